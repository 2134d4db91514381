import type { Instant } from '../../shared/ids.ts';
import type { LocalStore, RefLogEntry } from './local-store/store.ts';

interface Highest {
  readonly seq: number;
  readonly hash: string;
  readonly millis: number;
}

const kept = new WeakMap<LocalStore, Highest>();

/**
 * The instant of the next gesture: now, or one millisecond after the latest move of any ref where the clock has not gone on since. So everything
 * that was written before shows as of it, and nothing that is written later.
 */
export function nextInstant(store: LocalStore, now: number): Instant {
  const [newest] = store.refLog({ limit: 1 });
  if (newest === undefined) return new Date(now).toISOString();
  // Moves of different refs need not be in the order of their times: a branch that is made keeps to the clock alone.
  const millis = Math.max(...movesSince(store, newest, kept.get(store)));
  kept.set(store, { seq: newest.seq, hash: newest.hash, millis });
  return new Date(Math.max(now, millis + 1)).toISOString();
}

/** The times of the moves since the known one, and the highest before; of every ref's last move where the known one was taken back. */
function movesSince(store: LocalStore, newest: RefLogEntry, known: Highest | undefined): readonly number[] {
  if (known !== undefined && newest.seq >= known.seq && newest.seq - known.seq < 1_000) {
    const entries = store.refLog({ limit: newest.seq - known.seq + 1 });
    if (entries.at(-1)?.hash === known.hash) return [known.millis, ...entries.map(({ at }) => Date.parse(at))];
  }
  return store.refs({ deleted: true }).map(({ movedAt }) => Date.parse(movedAt));
}

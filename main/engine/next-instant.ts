import type { Instant } from '../../shared/ids.ts';
import type { LocalStore } from './local-store/store.ts';
import { movesSince, type Mark } from './moves-since.ts';

interface Highest {
  readonly mark: Mark | null;
  readonly millis: number;
}

const kept = new WeakMap<LocalStore, Highest>();

/**
 * The instant of the next gesture: now, or one millisecond after the latest move of any ref where the clock has not gone on since. So everything
 * that was written before shows as of it, and nothing that is written later.
 */
export function nextInstant(store: LocalStore, now: number): Instant {
  const known = kept.get(store);
  const { moves, mark } = movesSince(store, known?.mark ?? null);
  // Moves of different refs need not be in the order of their times: a branch that is made keeps to the clock alone.
  const followed = moves === null || known === undefined ? null : [known.millis, ...moves.map(({ at }) => Date.parse(at))];
  const times = followed ?? store.refs({ deleted: true }).map(({ movedAt }) => Date.parse(movedAt));
  const millis = Math.max(0, ...times);
  kept.set(store, { mark, millis });
  return new Date(Math.max(now, millis + 1)).toISOString();
}

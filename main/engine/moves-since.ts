import type { RefLogEntry } from './local-store/store.ts';
import type { StoreReader } from './reader.ts';

/** A place in the log of moves, up to which something is known. */
export interface Mark {
  readonly seq: number;
  readonly hash: string;
}

const mostFollowed = 1_000;

/**
 * The moves since a mark, newest first, and the mark of now. `null` for the moves where they cannot be followed from there: nothing is known yet,
 * a command took the marked move back, or there are very many.
 */
export function movesSince(
  store: StoreReader,
  known: Mark | null,
): { readonly moves: readonly RefLogEntry[] | null; readonly mark: Mark | null } {
  const [newest] = store.refLog({ limit: 1 });
  if (newest === undefined) return { moves: known === null ? [] : null, mark: null };
  const mark = { seq: newest.seq, hash: newest.hash };
  if (known === null || newest.seq < known.seq || newest.seq - known.seq > mostFollowed) return { moves: null, mark };
  const entries = store.refLog({ limit: newest.seq - known.seq + 1 });
  return { moves: entries.at(-1)?.hash === known.hash ? entries.slice(0, -1) : null, mark };
}

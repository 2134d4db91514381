import { movesSince, type Mark } from '../moves-since.ts';
import type { StoreReader } from '../reader.ts';
import { hasViews } from '../views/sight.ts';
import { recordKey } from '../views/user-view.ts';

interface Kept {
  readonly mark: Mark | null;
  readonly stands: Map<string, number>;
}

const kept = new WeakMap<StoreReader, Kept>();

/** How many stands (versions and deletes, on every line) a record has. Counted once for each record that is asked for, then from move to move. */
export function standsOf(whole: StoreReader): (type: string, id: string) => number {
  const known = kept.get(whole);
  const { moves, mark } = movesSince(whole, known?.mark ?? null);
  const stands = moves === null || known === undefined ? new Map<string, number>() : known.stands;
  for (const { cause, new: commit } of moves ?? [])
    if (cause.kind === 'commit' && commit !== null && stands.size > 0 && whole.commit(commit)?.counts.some(({ type }) => hasViews(type)))
      for (const { type, id } of whole.changesOf(commit)) {
        const key = recordKey(type, id);
        const before = stands.get(key);
        if (before !== undefined) stands.set(key, before + 1);
      }
  kept.set(whole, { mark, stands });
  return (type, id) => {
    const key = recordKey(type, id);
    const count = stands.get(key) ?? whole.versionsOf(type, id).length;
    stands.set(key, count);
    return count;
  };
}

import type { MergeReads, MergeRecord } from '../local-store/merge-table.ts';
import type { StoreReader } from '../reader.ts';
import { linksOf } from '../views/links-index.ts';

/**
 * Merges without what others are publishing: the values stand in no branch yet, and may never. Only who publishes them sees such a merge, and
 * only while linked to its record; to everybody else there is none.
 */
export function mergesOfUser(whole: StoreReader, user: string): MergeReads {
  const { merges } = whole;
  const isShown = ({ publishes }: MergeRecord): boolean =>
    publishes === undefined || (publishes.user === user && linksOf(whole).isLinked(user, publishes.type, publishes.id));
  const session = (merge: string): MergeRecord | null => {
    const found = merges.session(merge);
    return found !== null && isShown(found) ? found : null;
  };
  return {
    ...merges,
    session,
    sessions: (state) => merges.sessions(state).filter(isShown),
    steps: (merge) => (session(merge) === null ? [] : merges.steps(merge)),
  };
}

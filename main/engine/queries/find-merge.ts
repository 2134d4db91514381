import { notFound, quote, RefusedError } from '../../../shared/errors.ts';
import type { MergeRecord } from '../local-store/merge-table.ts';
import { refToName } from '../../../shared/versioning/ref-name.ts';
import { deletedBranches } from '../merging/merge-subject.ts';
import { nameOfPublishing } from '../merging/open-publishing.ts';
import type { StoreReader } from '../reader.ts';

/** The merge of this id, open or concluded. Refuses NOT_FOUND. */
export function findMerge(store: StoreReader, merge: string): MergeRecord {
  const session = store.merges.session(merge);
  if (session === null) throw notFound('merge', merge);
  return session;
}

/** A merge that can still be worked on. Refuses STALE for one that was concluded, NOT_FOUND when one of its branches was deleted since. */
export function findOpenMerge(store: StoreReader, merge: string): MergeRecord {
  const session = findMerge(store, merge);
  if (session.state !== 'open')
    throw new RefusedError('STALE', `This merge was concluded already, as commit ${session.commit ?? ''}. Nothing was changed.`, {
      what: 'merge',
      id: merge,
      commit: session.commit,
    });
  const [deleted] = deletedBranches(store, session);
  if (deleted !== undefined)
    throw new RefusedError(
      'NOT_FOUND',
      `The branch “${quote(deleted)}” was deleted since this merge began: restore it, or abort the merge.`,
      {
        what: 'branch',
        id: deleted,
      },
    );
  return session;
}

/** The open merge of the same two branches, if there is one. */
export function findOpenMergeOf(
  store: StoreReader,
  wanted: Pick<MergeRecord, 'kind' | 'source' | 'target' | 'reverts' | 'picked' | 'publishes'>,
): MergeRecord | null {
  const about = ({ picked, publishes }: typeof wanted): string => JSON.stringify([picked, publishes ?? null]);
  const wantedAbout = about(wanted);
  return (
    store.merges
      .sessions('open')
      .find(
        (session) =>
          session.kind === wanted.kind &&
          session.source === wanted.source &&
          session.target === wanted.target &&
          session.reverts === wanted.reverts &&
          about(session) === wantedAbout,
      ) ?? null
  );
}

/** What a session calls its source: a branch, the commit that is taken back, or whose values are published. */
export function sourceNameOf(store: StoreReader, { source, reverts, publishes }: MergeRecord): string {
  if (publishes !== undefined) return nameOfPublishing(publishes);
  if (source !== null) return refToName(source);
  return `before “${quote((reverts === null ? null : store.commit(reverts))?.message ?? '')}”`;
}

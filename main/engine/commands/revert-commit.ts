import { notFound, RefusedError } from '../../../shared/errors.ts';
import type { CommitHash } from '../../../shared/ids.ts';
import { findBranch } from '../queries/find-branch.ts';
import type { Writer } from '../reader.ts';
import { appendOnTip, type CommittedAnswer } from './append-gesture.ts';
import { draftInverse } from './draft-inverse.ts';
import { refuseProtected } from './refuse-protected.ts';

/**
 * Takes back one commit of a branch, whoever made it, by a new commit. Refuses NOT_FOUND for a commit that is not on the branch or of which
 * nothing is left to take back, and STALE when something it changed was changed again since.
 */
export function revertCommit(
  writer: Writer,
  { commit, branch: name, reason }: { readonly commit: CommitHash; readonly branch: string; readonly reason: string },
): CommittedAnswer {
  const { store } = writer;
  const branch = findBranch(store, name);
  refuseProtected(writer, branch.ref);
  const record = store.commit(commit);
  if (record === null) throw notFound('commit', commit);
  const place = store.placeAt(branch.ref);
  if (!store.holds(place, commit))
    throw new RefusedError('NOT_FOUND', `The commit ${commit} (“${record.message.slice(0, 80)}”) is not on the branch “${branch.name}”.`, {
      what: 'commit',
      id: commit,
    });
  const changes = draftInverse(writer, record, place);
  if (changes.length === 0)
    throw new RefusedError(
      'NOT_FOUND',
      `There is nothing to take back: what “${record.message.slice(0, 80)}” changed is as it was before already.`,
      {
        what: 'change',
        id: commit,
      },
    );
  return appendOnTip(writer, branch.ref, { message: `Revert: ${record.message}`, reason, kind: 'revert', changes });
}

import { notFound, RefusedError } from '../../../shared/errors.ts';
import type { CommitHash } from '../../../shared/ids.ts';
import { nothingChosen, resolveSubject } from '../merging/judge-merge.ts';
import { openRevert } from '../merging/merge-subject.ts';
import { changedEntities } from '../merging/resolve-merge.ts';
import { findBranch } from '../queries/find-branch.ts';
import type { Writer } from '../reader.ts';
import { appendOnTip, type CommittedAnswer } from './append-gesture.ts';
import { draftChange } from './draft-change.ts';
import { openOrResume } from './open-merge.ts';
import { refuseBrokenText } from './refuse-broken-text.ts';
import { refuseProtected } from './refuse-protected.ts';

export type RevertAnswer = CommittedAnswer | { readonly kind: 'conflicts'; readonly merge: string; readonly count: number };

/**
 * Takes back one commit of a branch, whoever made it, by a new commit, whatever was done since: what nobody changed again goes back. Where
 * something was changed again, a merge is opened in which people decide. Refuses NOT_FOUND for a commit that is not on the branch or of which
 * nothing is left to take back.
 */
export function revertCommit(
  writer: Writer,
  { commit, branch: name, reason }: { readonly commit: CommitHash; readonly branch: string; readonly reason: string },
): RevertAnswer {
  const { store } = writer;
  refuseBrokenText({ reason });
  const branch = findBranch(store, name);
  refuseProtected(writer, branch.ref);
  const record = store.commit(commit);
  if (record === null) throw notFound('commit', commit);
  // Also one that came in with a merge: what it changed can be taken back wherever it arrived.
  if (!store.isAncestor(store.placeOf(commit), store.placeAt(branch.ref)))
    throw new RefusedError('NOT_FOUND', `The commit ${commit} (“${record.message.slice(0, 80)}”) is not on the branch “${branch.name}”.`, {
      what: 'commit',
      id: commit,
    });
  const message = `Revert: ${record.message}`.slice(0, 2_000);
  const subject = openRevert(store, branch, commit);
  const resolved = resolveSubject(store, subject, nothingChosen);
  if (resolved.conflicts.length > 0) {
    const wanted = { kind: 'revert', source: null, target: branch.ref, reverts: commit, picked: null } as const;
    return { kind: 'conflicts', merge: openOrResume(writer, wanted, { message, reason }), count: resolved.conflicts.length };
  }
  const changes = changedEntities(resolved).flatMap(({ type, id, merged, record: sides }) => {
    const now = store.versionAt(type, id, subject.target);
    const draft = draftChange({ type, id, now, wanted: merged, earlier: [sides?.source ?? null], random: writer.random });
    return draft === null ? [] : [draft];
  });
  if (changes.length === 0)
    throw new RefusedError(
      'NOT_FOUND',
      `There is nothing to take back: what “${record.message.slice(0, 80)}” changed is as it was before already.`,
      {
        what: 'change',
        id: commit,
      },
    );
  return appendOnTip(writer, branch.ref, { message, reason, kind: 'revert', changes });
}

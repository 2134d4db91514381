import { RefusedError } from '../../../shared/errors.ts';
import { findBranch } from '../queries/find-branch.ts';
import { findGestures } from '../queries/find-gestures.ts';
import type { Writer } from '../reader.ts';
import { appendOnTip, type CommittedAnswer } from './append-gesture.ts';
import { draftInverse } from './draft-inverse.ts';
import { refuseProtected } from './refuse-protected.ts';

/**
 * Takes back the acting user's last gesture on the branch that still stands, by an inverse commit. Refuses NOT_FOUND when there is none, and
 * STALE when somebody changed the same field since.
 */
export function undo(writer: Writer, { branch: name }: { readonly branch: string }): CommittedAnswer & { readonly label: string } {
  const branch = findBranch(writer.store, name);
  refuseProtected(writer, branch.ref);
  const { undo: found } = findGestures(writer.store, branch, writer.actor.userId);
  if (found === null)
    throw new RefusedError(
      'NOT_FOUND',
      `There is nothing to undo: ${writer.actor.userName} has changed nothing on “${branch.name}” that still stands.`,
      {
        what: 'gesture to undo',
        id: branch.name,
      },
    );
  const { gesture, latest } = found;
  const label = `Undo: ${gesture.message}`;
  const changes = draftInverse(writer, latest, writer.store.placeAt(branch.ref));
  return { ...appendOnTip(writer, branch.ref, { message: label, kind: 'undo', undoes: gesture.commit, changes }), label };
}

import { RefusedError } from '../../../shared/errors.ts';
import { findBranch } from '../queries/find-branch.ts';
import { findGestures } from '../queries/find-gestures.ts';
import type { Writer } from '../reader.ts';
import { appendOnTip, type CommittedAnswer } from './append-gesture.ts';
import { draftInverse } from './draft-inverse.ts';
import { refuseProtected } from './refuse-protected.ts';

/**
 * Does again what the acting user's last undo on the branch took back. Refuses NOT_FOUND when there is none or the user has gone on since,
 * and STALE when somebody changed the same field since.
 */
export function redo(writer: Writer, { branch: name }: { readonly branch: string }): CommittedAnswer & { readonly label: string } {
  const branch = findBranch(writer.store, name);
  refuseProtected(writer, branch.ref);
  const { redo: found } = findGestures(writer.store, branch, writer.actor.userId);
  const place = writer.store.placeAt(branch.ref);
  const changes = found === null ? [] : draftInverse(writer, found.latest, place);
  if (found === null || changes.length === 0)
    throw new RefusedError('NOT_FOUND', `There is nothing to redo on “${branch.name}”.`, { what: 'gesture to redo', id: branch.name });
  const label = `Redo: ${found.gesture.message}`;
  return { ...appendOnTip(writer, branch.ref, { message: label, kind: 'redo', redoes: found.gesture.commit, changes }), label };
}

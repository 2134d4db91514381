import { quote, RefusedError } from '../../../shared/errors.ts';
import { refToName } from '../../../shared/versioning/ref-name.ts';
import { isProtected } from '../queries/branch-protection.ts';
import type { Writer } from '../reader.ts';

/** Refuses FORBIDDEN for whoever may only look, and PROTECTED when the branch takes direct changes only from those whose role allows it. */
export function refuseProtected(writer: Writer, ref: string): void {
  refuseViewer(writer);
  if (isProtected(writer.store, ref) && !mayApprove(writer))
    throw new RefusedError(
      'PROTECTED',
      `The branch “${quote(refToName(ref))}” is protected: change a branch of your own, and have it merged by an approver.`,
      { what: 'branch', id: quote(refToName(ref)) },
    );
}

/** Refuses to merge into a branch under the same rules as changing it directly. */
export function refuseMerging(writer: Writer, target: { readonly ref: string }): void {
  refuseProtected(writer, target.ref);
}

/** Refuses FORBIDDEN for whoever may only look. */
export function refuseViewer({ role, actor }: Writer): void {
  if (role === 'viewer')
    throw new RefusedError('FORBIDDEN', `${actor.userName} may look at this programme but not change it.`, { what: 'role', id: role });
}

/** Refuses FORBIDDEN unless the acting user decides about branches and rules. */
export function refuseUnlessApprover(writer: Writer, what: string): void {
  refuseViewer(writer);
  if (!mayApprove(writer))
    throw new RefusedError('FORBIDDEN', `${writer.actor.userName} is an editor; only an approver or an administrator may ${what}.`, {
      what: 'role',
      id: writer.role,
    });
}

function mayApprove({ role }: Writer): boolean {
  return role === 'approver' || role === 'admin';
}

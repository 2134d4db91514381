import { RefusedError } from '../../../shared/errors.ts';
import { findActiveBranch } from '../queries/find-branch.ts';
import type { Writer } from '../reader.ts';
import { refuseViewer } from './refuse-protected.ts';

/** Hides a branch; its commits stay, and it can be restored. False for a branch that is not there. Refuses main and protected branches. */
export function deleteBranch(writer: Writer, { name }: { readonly name: string }): { readonly deleted: boolean } {
  const record = findActiveBranch(writer.store, name);
  if (record === null) return { deleted: false };
  if (record.name === 'main')
    throw new RefusedError('PROTECTED', 'Cannot delete main branch. Every other branch can be deleted.', { what: 'branch', id: 'main' });
  refuseViewer(writer);
  if (record.isProtected)
    throw new RefusedError('PROTECTED', `The branch “${record.name}” is protected. Take its protection away first, then delete it.`, {
      what: 'branch',
      id: record.name,
    });
  writer.branches((branches) => branches.deleteBranch(record.ref, writer.actor));
  return { deleted: true };
}

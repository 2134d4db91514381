import type { Branch } from '../../../shared/contract/app/branches.ts';
import { RefusedError } from '../../../shared/errors.ts';
import { describeBranch } from '../queries/describe-branch.ts';
import { findBranch } from '../queries/find-branch.ts';
import type { Writer } from '../reader.ts';
import { refuseProtected } from './refuse-protected.ts';

/** Puts a branch away, or takes it out again. It can still be read, changed and merged. Refuses PROTECTED for main. */
export function archiveBranch(writer: Writer, { name, archived }: { readonly name: string; readonly archived: boolean }): Branch {
  const record = findBranch(writer.store, name);
  if (record.name === 'main')
    throw new RefusedError('PROTECTED', 'Cannot archive main branch. Every other branch can be archived.', { what: 'branch', id: 'main' });
  refuseProtected(writer, record.ref);
  if ((record.archivedAt !== null) === archived) return describeBranch(writer.store, record);
  return describeBranch(
    writer.store,
    writer.branches((branches) => branches.archiveBranch(record.ref, archived, writer.actor)),
  );
}

import type { Branch } from '../../../shared/contract/app/branches.ts';
import { RefusedError } from '../../../shared/errors.ts';
import { branchRef } from '../../../shared/versioning/ref-name.ts';
import { describeBranch } from '../queries/describe-branch.ts';
import { findBranch } from '../queries/find-branch.ts';
import type { Writer } from '../reader.ts';
import { refuseProtected } from './refuse-protected.ts';

/** Gives a branch another name; its history and its merges stay. Refuses PROTECTED for main, EXISTS for a name that is in use or was deleted. */
export function renameBranch(writer: Writer, { name, to }: { readonly name: string; readonly to: string }): Branch {
  const record = findBranch(writer.store, name);
  if (record.name === 'main')
    throw new RefusedError('PROTECTED', 'Cannot rename main branch. Every other branch can be renamed.', { what: 'branch', id: 'main' });
  refuseProtected(writer, record.ref);
  if (to === record.name) return describeBranch(writer.store, record);
  return describeBranch(
    writer.store,
    writer.branches((branches) => branches.renameBranch(record.ref, branchRef(to), writer.actor)),
  );
}

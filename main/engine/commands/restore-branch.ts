import type { Branch } from '../../../shared/contract/app/branches.ts';
import { notFound, RefusedError } from '../../../shared/errors.ts';
import { branchRef } from '../../../shared/versioning/ref-name.ts';
import { describeBranch } from '../queries/describe-branch.ts';
import type { Writer } from '../reader.ts';

/** Brings a deleted branch back as it was. Refuses NOT_FOUND for one that never was, EXISTS for one that is not deleted. */
export function restoreBranch(writer: Writer, { name }: { readonly name: string }): Branch {
  const record = writer.store.ref(branchRef(name));
  if (record === null) throw notFound('branch', name);
  if (record.deletedAt === null)
    throw new RefusedError('EXISTS', `The branch “${record.name}” is not deleted: there is nothing to restore.`, {
      what: 'branch',
      id: record.name,
    });
  return describeBranch(
    writer.store,
    writer.branches((branches) => branches.restoreBranch(record.ref, writer.actor)),
  );
}

import type { Branch } from '../../../shared/contract/app/branches.ts';
import { notFound, RefusedError } from '../../../shared/errors.ts';
import { branchRef } from '../../../shared/versioning/ref-name.ts';
import { describeBranch, restorableUntil } from '../queries/describe-branch.ts';
import { refuseViewer } from './refuse-protected.ts';
import type { Writer } from '../reader.ts';

/** Brings a deleted branch back as it was. Refuses NOT_FOUND for one that never was or was deleted more than 30 days ago, EXISTS for one that is not deleted. */
export function restoreBranch(writer: Writer, { name }: { readonly name: string }): Branch {
  refuseViewer(writer);
  const record = writer.store.ref(branchRef(name));
  if (record === null) throw notFound('branch', name);
  if (record.deletedAt === null)
    throw new RefusedError('EXISTS', `The branch “${record.name}” is not deleted: there is nothing to restore.`, {
      what: 'branch',
      id: record.name,
    });
  if (writer.clock() > Date.parse(restorableUntil(record.deletedAt)))
    throw new RefusedError('NOT_FOUND', `The branch “${record.name}” was deleted more than 30 days ago and can no longer be restored.`, {
      what: 'branch',
      id: record.name,
      deletedAt: record.deletedAt,
    });
  return describeBranch(
    writer.store,
    writer.branches((branches) => branches.restoreBranch(record.ref, writer.actor)),
  );
}

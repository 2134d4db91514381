import type { Branch } from '../../../shared/contract/app/branches.ts';
import { describeBranch } from '../queries/describe-branch.ts';
import { findBranch } from '../queries/find-branch.ts';
import type { Writer } from '../reader.ts';
import { refuseUnlessApprover } from './refuse-protected.ts';

/** Protects a branch from direct changes by editors, or takes the protection away. Refuses FORBIDDEN for whoever is no approver. */
export function protectBranch(writer: Writer, { name, protected: wanted }: { readonly name: string; readonly protected: boolean }): Branch {
  const record = findBranch(writer.store, name);
  refuseUnlessApprover(writer, 'protect a branch or take its protection away');
  if (record.isProtected === wanted) return describeBranch(writer.store, record);
  return describeBranch(
    writer.store,
    writer.branches((branches) => branches.protectBranch(record.ref, wanted, writer.actor)),
  );
}

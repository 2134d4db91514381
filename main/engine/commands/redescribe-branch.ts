import type { Branch } from '../../../shared/contract/app/branches.ts';
import { describeBranch } from '../queries/describe-branch.ts';
import { findBranch } from '../queries/find-branch.ts';
import type { Writer } from '../reader.ts';
import { refuseBrokenText } from './refuse-broken-text.ts';
import { refuseProtected } from './refuse-protected.ts';

/** Says anew what a branch is for; nothing or a blank takes the words away. */
export function redescribeBranch(
  writer: Writer,
  { name, description }: { readonly name: string; readonly description: string | null },
): Branch {
  refuseBrokenText({ description: description ?? '' });
  const record = findBranch(writer.store, name);
  refuseProtected(writer, record.ref);
  const next = description === '' ? null : description;
  if (next === record.description) return describeBranch(writer.store, record);
  return describeBranch(
    writer.store,
    writer.branches((branches) => branches.describeBranch(record.ref, next, writer.actor)),
  );
}

import type { Branch } from '../../../shared/contract/app/branches.ts';
import type { Moment } from '../../../shared/ids.ts';
import { RefusedError } from '../../../shared/errors.ts';
import { branchRef } from '../../../shared/versioning/ref-name.ts';
import { describeBranch } from '../queries/describe-branch.ts';
import { findBranch } from '../queries/find-branch.ts';
import { refuseViewer } from './refuse-protected.ts';
import type { Writer } from '../reader.ts';

export interface NewBranchRequest {
  readonly name: string;
  readonly parent?: string | undefined;
  readonly at?: Moment | undefined;
  readonly description?: string | undefined;
}

/**
 * Makes a branch at its parent's tip, or at a moment of the parent. Refuses EXISTS for a name that is in use. The name of a deleted branch is
 * refused as well, because that branch can be brought back.
 */
export function createBranch(writer: Writer, { name, parent = 'main', at, description }: NewBranchRequest): Branch {
  refuseViewer(writer);
  const { store, actor } = writer;
  const from = findBranch(store, parent);
  const ref = branchRef(name);
  const taken = store.ref(ref);
  if (taken !== null) throw nameTaken(name, taken.deletedAt !== null);
  const place = store.placeAt(from.ref, at);
  const made = writer.branches((branches) =>
    branches.createBranch({
      ref,
      parent: from.ref,
      place,
      description: description === undefined || description === '' ? null : description,
      by: actor,
    }),
  );
  return describeBranch(store, made);
}

function nameTaken(name: string, deleted: boolean): RefusedError {
  const message = deleted
    ? `There was a branch “${name}”, which was deleted and can be restored. Restore it, or choose another name.`
    : `There is a branch “${name}” already. Choose another name.`;
  return new RefusedError('EXISTS', message, { what: 'branch', id: name, deleted });
}

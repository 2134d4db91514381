import { notFound } from '../../../shared/errors.ts';
import type { Moment } from '../../../shared/ids.ts';
import { branchRef } from '../../../shared/versioning/ref-name.ts';
import type { BranchRecord, Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';

/** The branch of this name. Refuses NOT_FOUND for one that never was or was deleted. */
export function findBranch(store: StoreReader, name: string): BranchRecord {
  const record = findActiveBranch(store, name);
  if (record === null) throw notFound('branch', name);
  return record;
}

/** The branch of this name, or `null` for one that never was or was deleted. */
export function findActiveBranch(store: StoreReader, name: string): BranchRecord | null {
  const record = store.ref(branchRef(name));
  return record === null || record.deletedAt !== null ? null : record;
}

/** What the branch of this name showed at a moment; now unless told. */
export function placeOnBranch(store: StoreReader, name: string, moment?: Moment): Place {
  return store.placeAt(findBranch(store, name).ref, moment);
}

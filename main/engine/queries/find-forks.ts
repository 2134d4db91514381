import type { CommitHash } from '../../../shared/ids.ts';
import { isBranchRef } from '../../../shared/versioning/ref-name.ts';
import type { StoreReader } from '../reader.ts';

/** The commits at which branches begin, with the names of those branches. */
export function findForks(store: StoreReader): ReadonlyMap<CommitHash, readonly string[]> {
  const forks = new Map<CommitHash, string[]>();
  for (const record of store.refs()) {
    if (!isBranchRef(record.ref) || record.base === null) continue;
    forks.set(record.base, [...(forks.get(record.base) ?? []), record.name]);
  }
  return forks;
}

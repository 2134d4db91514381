import type { Branch, BranchInfo } from '../../../shared/contract/app/branches.ts';
import type { BranchRecord, Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { refToName } from '../../../shared/versioning/ref-name.ts';
import { entityCountsAt } from './entity-counts.ts';
import { mergeStatusOf } from './merge-status.ts';
import { notesOf } from './notes-index.ts';

/** A branch as it is listed. Its tags are those on commits made on it. */
export function describeBranch(store: StoreReader, record: BranchRecord): Branch {
  const place = tipOf(store, record);
  return {
    name: record.name,
    parent: record.parent === null ? null : refToName(record.parent),
    base: record.base,
    tip: record.tip,
    position: record.position,
    basePosition: record.basePosition,
    createdBy: record.createdBy,
    createdByName: record.createdByName,
    createdAt: record.createdAt,
    description: record.description,
    isActive: record.deletedAt === null,
    isProtected: record.isProtected,
    tags: notesOf(store)
      .taggedCommits()
      .filter(({ commit }) => (store.commit(commit)?.position ?? 0) > record.basePosition && store.holds(place, commit))
      .map(({ tag }) => tag),
  };
}

/**
 * A branch with what is true of it now. Counts are of the whole line as the branch shows it; ahead and behind are against its parent, and
 * what the branch alone has is `ahead`.
 */
export function describeBranchInfo(store: StoreReader, record: BranchRecord): BranchInfo {
  const place = tipOf(store, record);
  const parent = record.parent === null ? null : store.ref(record.parent);
  const { ahead, behind } = parent === null ? { ahead: 0, behind: 0 } : store.aheadBehind(place, tipOf(store, parent));
  return {
    ...describeBranch(store, record),
    ahead,
    behind,
    versionCount: versionCountOf(store, place),
    entityCount: entityCountOf(store, place),
    commitCount: place.position,
    latestActivity: record.movedAt,
    contributors: store.contributors(place, { own: record.basePosition }).map(({ author }) => author),
    mergeStatus: parent === null ? 'clean' : ahead === 0 ? 'merged' : mergeStatusOf(store, place, tipOf(store, parent)),
  };
}

// A deleted branch shows nothing as of now; its last commit is where its line ends.
function tipOf(store: StoreReader, record: BranchRecord): Place {
  return record.deletedAt === null || record.tip === null ? store.placeAt(record.ref) : store.placeOf(record.tip);
}

function entityCountOf(store: StoreReader, place: Place): number {
  let sum = 0;
  for (const count of entityCountsAt(store, place).values()) sum += count;
  return sum;
}

function versionCountOf(store: StoreReader, place: Place): number {
  return place.position === 0 ? 0 : store.density(place, { buckets: 1 }).reduce((sum, bucket) => sum + bucket.changes, 0);
}

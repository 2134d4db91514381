import type { Branch, BranchInfo } from '../../../shared/contract/app/branches.ts';
import type { Instant } from '../../../shared/ids.ts';
import type { BranchRecord, Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { refToName } from '../../../shared/versioning/ref-name.ts';
import { mergeForecast, wouldConflict } from '../merging/merge-forecast.ts';
import { entityCountsAt } from './entity-counts.ts';
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
    isArchived: record.archivedAt !== null,
    archivedAt: record.archivedAt,
    deletedAt: record.deletedAt,
    restorableUntil: record.deletedAt === null ? null : restorableUntil(record.deletedAt),
    tags: notesOf(store)
      .taggedCommits()
      .filter(({ commit }) => (store.commit(commit)?.position ?? 0) > record.basePosition && store.holds(place, commit))
      .map(({ tag }) => tag),
  };
}

const dayMillis = 86_400_000;
/** A deleted branch can be brought back for so long. */
const restorableDays = 30;
const staleDays = 30;

/** Until when a branch that was deleted at an instant can be brought back. */
export function restorableUntil(deletedAt: Instant): Instant {
  return new Date(Date.parse(deletedAt) + restorableDays * dayMillis).toISOString();
}

/**
 * A branch with what is true of it now; with `forecast`, also what merging it into its parent would find. Counts are of the whole line as the
 * branch shows it; ahead and behind are against its parent, and what the branch alone has is `ahead`.
 */
export function describeBranchInfo(
  store: StoreReader,
  record: BranchRecord,
  { now, forecast }: { readonly now: number; readonly forecast: boolean },
): BranchInfo {
  const place = tipOf(store, record);
  const parent = record.parent === null ? null : store.ref(record.parent);
  const { ahead, behind } = parent === null ? { ahead: 0, behind: 0 } : store.aheadBehind(place, tipOf(store, parent));
  const isStanding = record.deletedAt === null && record.archivedAt === null;
  const isComparable = parent !== null && record.deletedAt === null && parent.deletedAt === null;
  const ifMerged = isComparable && forecast ? mergeForecast(store, record, parent, now) : null;
  const contributors = store.contributors(place, { own: record.basePosition }).map(({ author }) => author);
  const conflicts =
    ifMerged === null ? isComparable && ahead > 0 && wouldConflict(store, place, tipOf(store, parent)) : ifMerged.conflicts > 0;
  return {
    ...describeBranch(store, record),
    ahead,
    behind,
    versionCount: versionCountOf(store, place),
    entityCount: entityCountOf(store, place),
    commitCount: place.position,
    latestActivity: record.movedAt,
    contributors,
    contributorNames: contributors.map((author) => store.line(place, { author, limit: 1 }).items[0]?.authorName ?? author),
    mergeStatus: ahead === 0 ? (parent === null ? 'clean' : 'merged') : conflicts ? 'conflicts' : 'clean',
    isStale: ahead > 0 && parent !== null && isStanding && Date.parse(record.movedAt) + staleDays * dayMillis < now,
    ifMerged,
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

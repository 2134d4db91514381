import type { HistoryEntry } from '../../../shared/contract/app/base.ts';
import type { Instant } from '../../../shared/ids.ts';
import { publicTypeOf } from '../../../shared/roster/entity-type.ts';
import type { StoreReader } from '../reader.ts';
import { describeHistory } from '../words/history-entry.ts';

export interface Lineage {
  readonly type: string;
  readonly id: string;
  readonly totalVersions: number;
  readonly createdAt: Instant | null;
  readonly lastModified: Instant | null;
  readonly versions: HistoryEntry[];
  readonly branches: string[];
}

/** Everything that ever became of an entity on all branches, newest first, deleted branches included. Nothing at all for an id nobody has used. */
export function readLineage(store: StoreReader, { type, id }: { readonly type: string; readonly id: string }): Lineage {
  publicTypeOf(type);
  const byTime = store
    .versionsOf(type, id)
    .toSorted((a, b) => (a.commit.at < b.commit.at ? -1 : a.commit.at > b.commit.at ? 1 : a.row - b.row));
  const occurrences = byTime.map((occurrence, index) => ({ occurrence, number: index + 1 })).toReversed();
  const versions = describeHistory(store, { type, id, occurrences });
  return {
    type,
    id,
    totalVersions: versions.length,
    createdAt: byTime[0]?.commit.at ?? null,
    lastModified: byTime.at(-1)?.commit.at ?? null,
    versions,
    branches: [...new Set(versions.map((entry) => entry.branch))],
  };
}

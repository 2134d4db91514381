import type { StoredVersion, VersionRow } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';

/** Loads both sides of many changes at once and answers each by its row; `null` for a side that did not exist. */
export function loadVersions(
  store: StoreReader,
  changes: readonly { readonly before: VersionRow | null; readonly after: VersionRow | null }[],
): (row: VersionRow | null) => StoredVersion | null {
  const rows = new Set<VersionRow>();
  for (const { before, after } of changes) {
    if (before !== null) rows.add(before);
    if (after !== null) rows.add(after);
  }
  const versionByRow = new Map(store.versions([...rows]).map((version) => [version.row, version]));
  return (row) => (row === null ? null : (versionByRow.get(row) ?? null));
}

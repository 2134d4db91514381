import type { Fields } from '../../../shared/json.ts';
import { compareEntities } from '../../../shared/versioning/change.ts';
import type { LinePlace } from '../../../shared/versioning/commit-graph.ts';
import type { CellIndex } from './cell-index.ts';
import type { CellReads } from './cell-reads.ts';
import type { ChangeReads } from './change-reads.ts';
import type { EntityTable } from './entity-table.ts';
import type { LineTable } from './line-table.ts';
import type { Axes, LoadedChange, StoredVersion, StoreWindow, VersionRow } from './store.ts';
import type { VersionTable } from './version-table.ts';

/** What existed at a place. */
export interface StateReads {
  one(type: string, id: string, place: LinePlace): StoredVersion | null;
  all(type: string, place: LinePlace): Iterable<StoredVersion>;
  window(type: string, place: LinePlace, window: StoreWindow): readonly StoredVersion[];
  ever(type: string, place: LinePlace, window: StoreWindow & { readonly subjects: readonly string[] }): readonly string[];
  windowChanges(type: string, from: LinePlace, to: LinePlace, window: StoreWindow): readonly LoadedChange[];
  counts(place: LinePlace): ReadonlyMap<string, number>;
}

const portion = 1_000;

export function createStateReads(parts: {
  readonly entities: EntityTable;
  readonly versions: VersionTable;
  readonly lines: LineTable;
  readonly index: CellIndex;
  readonly cells: CellReads;
  readonly changes: ChangeReads;
  readonly axes: (type: string, fields: Fields) => Axes | null;
  readonly subjectType: string;
  /** Changes up to which the log is read rather than both windows. */
  readonly logChanges: number;
}): StateReads {
  const { entities, versions, lines, index, cells, changes, axes, subjectType, logChanges } = parts;
  return { one, all, window, ever, windowChanges, counts };

  function one(type: string, id: string, place: LinePlace): StoredVersion | null {
    const entity = entities.find(type, id);
    if (entity === null) return null;
    const row = index.version(entity, lines.chain(place));
    return row === 0 ? null : versions.load(row);
  }

  function all(type: string, place: LinePlace): Iterable<StoredVersion> {
    const typeId = entities.typeOf(type);
    const rows = typeId === null ? [] : cells.all(lines.chain(place), typeId);
    // In the order they were written: pages are read front to back. Rows are immutable, so later portions still belong to this place.
    return inPortions(Int32Array.from(rows).sort());
  }

  function* inPortions(rows: Int32Array): Generator<StoredVersion> {
    for (let start = 0; start < rows.length; start += portion) yield* versions.loadAscending(rows.subarray(start, start + portion));
  }

  function window(type: string, place: LinePlace, wanted: StoreWindow): readonly StoredVersion[] {
    // Answers have no promised order, and in that of the rows the pages are read front to back.
    return versions.loadAscending(Int32Array.from(windowRows(type, place, wanted)).sort());
  }

  function windowRows(type: string, place: LinePlace, { subjects, from, to }: StoreWindow): VersionRow[] {
    const typeId = entities.typeOf(type);
    if (typeId === null) return [];
    const known = subjects?.map((id) => entities.find(subjectType, id)).filter((entity) => entity !== null) ?? null;
    if (known !== null && known.length === 0) return [];
    return cells.window(lines.chain(place), typeId, { subjects: known === null ? null : [...new Set(known)], from, to });
  }

  function ever(
    type: string,
    place: LinePlace,
    { subjects, from, to }: StoreWindow & { readonly subjects: readonly string[] },
  ): readonly string[] {
    const typeId = entities.typeOf(type);
    const known = subjects.map((id) => entities.find(subjectType, id)).filter((entity) => entity !== null);
    if (typeId === null || known.length === 0) return [];
    return cells.ever(lines.chain(place), typeId, { subjects: [...new Set(known)], from, to }).map((entity) => entities.key(entity).id);
  }

  function windowChanges(type: string, from: LinePlace, to: LinePlace, wanted: StoreWindow): readonly LoadedChange[] {
    return changes.distance(from, to) <= logChanges ? fromLog(type, from, to, wanted) : fromState(type, from, to, wanted);
  }

  function fromLog(type: string, from: LinePlace, to: LinePlace, wanted: StoreWindow): readonly LoadedChange[] {
    const net = changes.between(from, to, [type]);
    const rows = net.flatMap(({ before, after }) => [before, after]).filter((row) => row !== null);
    const loaded = new Map(versions.loadAll(rows).map((version) => [version.row, version]));
    const touching = makeTouching(wanted);
    const found: LoadedChange[] = [];
    for (const { type: name, id, before, after } of net) {
      const old = before === null ? null : (loaded.get(before) ?? null);
      const next = after === null ? null : (loaded.get(after) ?? null);
      if (touching(old) || touching(next)) found.push({ type: name, id, before: old, after: next });
    }
    return found;
  }

  /** Both windows by row: what stands in only one of them has changed, wherever the other side of it is. */
  function fromState(type: string, from: LinePlace, to: LinePlace, wanted: StoreWindow): readonly LoadedChange[] {
    const old = new Set(windowRows(type, from, wanted));
    const next = new Set(windowRows(type, to, wanted));
    const ids = new Map<string, { before: StoredVersion | null; after: StoredVersion | null }>();
    for (const version of versions.loadAll([...old].filter((row) => !next.has(row)))) ids.set(version.id, { before: version, after: null });
    for (const version of versions.loadAll([...next].filter((row) => !old.has(row)))) {
      const known = ids.get(version.id);
      ids.set(version.id, { before: known?.before ?? null, after: version });
    }
    const found: LoadedChange[] = [];
    for (const [id, { before, after }] of ids) {
      const left = before ?? one(type, id, from);
      const right = after ?? one(type, id, to);
      if (left !== null && right !== null && versions.sameContent(left.row, right.row)) continue;
      found.push({ type, id, before: left, after: right });
    }
    return found.sort(compareEntities);
  }

  function makeTouching({ subjects, from, to }: StoreWindow): (version: StoredVersion | null) => boolean {
    const wanted = subjects === undefined ? null : new Set(subjects);
    return (version) => {
      if (version === null) return false;
      const found = axes(version.type, version.fields);
      if (found === null || found.from > to || found.to < from) return false;
      return wanted === null || (found.subject !== null && wanted.has(found.subject));
    };
  }

  function counts(place: LinePlace): ReadonlyMap<string, number> {
    return new Map([...cells.counts(lines.chain(place))].map(([type, count]) => [entities.typeName(type), count]));
  }
}

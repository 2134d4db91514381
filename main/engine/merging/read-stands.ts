import type { CommitRecord, NetChange, Place, StoredVersion } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { loadVersions } from '../queries/load-versions.ts';

/** One record as it stands on the three sides of a merge; `null` where it does not exist. Several bases after criss-cross merges. */
export interface Stands {
  readonly type: string;
  readonly id: string;
  readonly bases: readonly (StoredVersion | null)[];
  readonly source: StoredVersion | null;
  readonly target: StoredVersion | null;
}

export interface MergeSides {
  readonly bases: readonly Place[];
  readonly source: Place;
  readonly target: Place;
}

/** Every record that either side changed since any of the bases, in canonical entity order. Reads only what changed. */
export function readStands(store: StoreReader, { bases, source, target }: MergeSides, types?: readonly string[]): Stands[] {
  const options = types === undefined ? {} : { types };
  // Histories that never met begin from nothing.
  const starts = bases.length > 0 ? bases : [{ line: source.line, position: 0, commit: null, at: null }];
  const nets = starts.map((base) => ({
    source: byKey(store.changesBetween(base, source, options)),
    target: byKey(store.changesBetween(base, target, options)),
  }));
  const entities = new Map<string, { readonly type: string; readonly id: string }>();
  for (const net of nets)
    for (const side of [net.source, net.target]) for (const [key, { type, id }] of side) entities.set(key, { type, id });
  const versionOf = loadVersions(
    store,
    nets.flatMap((net) => [...net.source.values(), ...net.target.values()]),
  );
  const stands = [...entities].map(([key, { type, id }]): Stands => {
    const rows = rowsOf(nets.map((net) => ({ source: net.source.get(key), target: net.target.get(key) })));
    return { type, id, bases: rows.bases.map(versionOf), source: versionOf(rows.source), target: versionOf(rows.target) };
  });
  return stands.toSorted((a, b) => compareText(a.type, b.type) || compareText(a.id, b.id));
}

interface Rows {
  readonly bases: readonly (number | null)[];
  readonly source: number | null;
  readonly target: number | null;
}

/** Puts a record's three sides together. A side that says nothing about a base is the same as that base. */
function rowsOf(nets: readonly { readonly source: NetChange | undefined; readonly target: NetChange | undefined }[]): Rows {
  const moved = {
    source: nets.find((net) => net.source !== undefined)?.source,
    target: nets.find((net) => net.target !== undefined)?.target,
  };
  const source = moved.source === undefined ? (moved.target?.before ?? null) : moved.source.after;
  const target = moved.target === undefined ? (moved.source?.before ?? null) : moved.target.after;
  const bases = nets.map((net) => {
    const change = net.source ?? net.target;
    return change === undefined ? source : change.before;
  });
  return { bases, source, target };
}
/** As `readStands`, only of what the source changed: a few seeks where the target did much. Nothing else can be in conflict. */
export function readSourceStands(store: StoreReader, { bases, source, target }: MergeSides): Stands[] {
  const starts = bases.length > 0 ? bases : [{ line: source.line, position: 0, commit: null, at: null }];
  const nets = starts.map((base) => byKey(store.changesBetween(base, source)));
  const entities = new Map(nets.flatMap((net) => [...net].map(([key, change]) => [key, change] as const)));
  const versionOf = loadVersions(
    store,
    nets.flatMap((net) => [...net.values()]),
  );
  return [...entities].map(([key, { type, id, after }]) => ({
    type,
    id,
    bases: nets.map((net) => {
      const change = net.get(key);
      return versionOf(change === undefined ? after : change.before);
    }),
    source: versionOf(after),
    target: store.versionAt(type, id, target),
  }));
}

/** The three sides for taking a commit back: from what it made, to what stood before it, on what stands now. */
export function readRevertStands(store: StoreReader, record: CommitRecord, now: Place): Stands[] {
  const changes = store.changesOf(record.commit);
  const versionOf = loadVersions(
    store,
    changes.map((change) => ({ before: change.before, after: change.op === 'delete' ? null : change.after })),
  );
  return changes.map(({ type, id, op, before, after }) => ({
    type,
    id,
    bases: [op === 'delete' ? null : versionOf(after)],
    source: versionOf(before),
    target: store.versionAt(type, id, now),
  }));
}

function byKey(changes: readonly NetChange[]): ReadonlyMap<string, NetChange> {
  return new Map(changes.map((change) => [`${change.type} ${change.id}`, change]));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import { findEntityType } from '../../../shared/roster/entity-type.ts';
import type { EntityRecord } from '../../../shared/roster/entity-record.ts';
import { readerOf, type RecordReader } from '../../../shared/roster/record-reader.ts';
import { findMergeClashes, type MergeClash, type MergeInput } from '../../../shared/roster/rules/merge-clashes.ts';
import type { MergedRecord } from '../../../shared/roster/rules/merged-record.ts';
import { mergeRecord } from '../../../shared/versioning/three-way.ts';
import { sameFields } from '../../../shared/versioning/diff.ts';

/** The records of a whole roster at the three ends of a merge. */
export interface ThreeRosters {
  readonly base: readonly EntityRecord[];
  readonly source: readonly EntityRecord[];
  readonly target: readonly EntityRecord[];
}

/** Merges three rosters as the engine does, field by field, and gives what the rules are asked with. */
export function mergeRosters({ base, source, target }: ThreeRosters): {
  readonly target: RecordReader;
  readonly merges: readonly MergedRecord[];
} {
  const keyed = (records: readonly EntityRecord[]) => new Map(records.map((record) => [`${record.type}|${record.id}`, record]));
  const [bases, sources, targets] = [keyed(base), keyed(source), keyed(target)];
  const merges: MergedRecord[] = [];
  for (const key of new Set([...bases.keys(), ...sources.keys(), ...targets.keys()])) {
    const record = bases.get(key) ?? sources.get(key) ?? targets.get(key);
    const [was, mine, theirs] = [bases, sources, targets].map((map) => map.get(key)?.fields ?? null);
    if (!record || was === undefined || mine === undefined || theirs === undefined) continue;
    if (sameFields(was, mine) && sameFields(was, theirs)) continue;
    const { fields, conflicts } = mergeRecord(
      record,
      [was],
      mine,
      theirs,
      (type, field) => findEntityType(type)?.fields[field]?.kind ?? 'scalar',
    );
    merges.push({
      type: record.type,
      id: record.id,
      base: was,
      source: mine,
      target: theirs,
      merged: fields,
      ...(conflicts.length > 0 ? { undecided: true } : {}),
    });
  }
  return { target: readerOf(target), merges };
}

/** The clashes that merging the source into the target adds. */
export function clashesOf(rosters: ThreeRosters, options: Partial<MergeInput> = {}): readonly MergeClash[] {
  return findMergeClashes({ ...mergeRosters(rosters), ...options });
}

/** The records with some replaced or added (by type and id) and some removed. */
export function edit(
  records: readonly EntityRecord[],
  puts: readonly EntityRecord[],
  removed: readonly string[] = [],
): readonly EntityRecord[] {
  const next = new Map(records.map((record) => [`${record.type}|${record.id}`, record]));
  for (const record of puts) next.set(`${record.type}|${record.id}`, record);
  return [...next.values()].filter((record) => !removed.includes(record.id));
}

/** A record with some fields changed; `null` clears one. */
export function patch(record: EntityRecord, fields: EntityRecord['fields']): EntityRecord {
  return { ...record, fields: Object.fromEntries(Object.entries({ ...record.fields, ...fields }).filter(([, value]) => value !== null)) };
}

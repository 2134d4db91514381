import type { EntityId } from '../../ids.ts';
import { VersionHash } from '../../ids.ts';
import { valueOf, type Fields } from '../../json.ts';
import type { EntityRecord } from '../entity-record.ts';
import { recordKey } from '../focus.ts';
import { readerOf, rememberAnswers, type RecordReader } from '../record-reader.ts';
import { sameFields, sameValue } from '../same-value.ts';

/**
 * One record that either side of a merge touched: what both started from, what each side made of it, and what stands in the merged roster.
 * `null` where it does not exist.
 */
export interface MergedRecord {
  readonly type: string;
  readonly id: EntityId;
  readonly base: Fields | null;
  readonly source: Fields | null;
  readonly target: Fields | null;
  readonly merged: Fields | null;
  /** Somebody has yet to decide about it; until then `merged` is the target's, and nobody asks whether it is right. */
  readonly undecided?: boolean;
}

export type Side = 'source' | 'target';

export function otherSide(side: Side): Side {
  return side === 'source' ? 'target' : 'source';
}

/** Whether a side changed the record. */
export function isTouchedBy(merge: MergedRecord, side: Side): boolean {
  return !sameFields(merge[side], merge.base);
}

/** Whether the merge changes the record on the target. */
export function isBrought({ target, merged }: MergedRecord): boolean {
  return !sameFields(target, merged);
}

/** Whether some of these fields differ between two stands of a record. A record that only one of them holds differs in all. */
export function differsIn(a: Fields | null, b: Fields | null, fields: readonly string[]): boolean {
  if (a === null || b === null) return a !== b;
  return fields.some((field) => !sameValue(valueOf(a, field), valueOf(b, field)));
}

/** What an assignment shows in the grid and where. */
export const cellFields = ['personId', 'date', 'half', 'rotationId', 'activity', 'role'] as const;
/** What an absence keeps free. */
export const absenceFields = ['personId', 'startDate', 'endDate', 'status', 'isBlocking', 'replacementActivity'] as const;

// What stands in a merged roster was not written yet. No rule reads versions.
const unwritten = VersionHash.parse('0'.repeat(64));
const recordByFields = new WeakMap<Fields, EntityRecord>();

/** A stand of a record as a record. The same stand gives the same object, so that what was read from it stays known. */
export function standOf({ type, id }: Pick<MergedRecord, 'type' | 'id'>, fields: Fields): EntityRecord {
  const known = recordByFields.get(fields);
  if (known?.id === id && known.type === type) return known;
  const record = { type, id, version: unwritten, fields };
  recordByFields.set(fields, record);
  return record;
}

/** The merged roster: the target's records, with those that the merge touched as they come out of it. */
export function overlayMerges(target: RecordReader, merges: readonly MergedRecord[]): RecordReader {
  const touched = new Map(merges.map((merge) => [recordKey(merge.type, merge.id), merge]));
  const stands = merges.flatMap((merge) => (merge.merged === null ? [] : [standOf(merge, merge.merged)]));
  const merged = readerOf(stands);
  // Asked for every record of every half day that is read: one look-up, no text made.
  const idsByType = new Map([...Map.groupBy(merges, ({ type }) => type)].map(([type, each]) => [type, new Set(each.map(({ id }) => id))]));
  const withoutTouched = (type: string, records: readonly EntityRecord[]): readonly EntityRecord[] => {
    const ids = idsByType.get(type);
    return ids ? records.filter(({ id }) => !ids.has(id)) : records;
  };
  function* withMerged(type: string): Generator<EntityRecord> {
    const ids = idsByType.get(type);
    for (const record of target.all(type)) if (!ids?.has(record.id)) yield record;
    yield* merged.all(type);
  }
  return rememberAnswers({
    record: (type, id) => {
      const merge = touched.get(recordKey(type, id));
      if (!merge) return target.record(type, id);
      return merge.merged === null ? null : standOf(merge, merge.merged);
    },
    touching: (type, span) => [...withoutTouched(type, target.touching(type, span)), ...merged.touching(type, span)],
    all: (type) => (idsByType.has(type) ? withMerged(type) : target.all(type)),
  });
}

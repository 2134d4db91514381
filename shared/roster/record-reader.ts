import type { EntityRecord } from './entity-record.ts';
import { findEntityType } from './entity-type.ts';
import { recordKey, type Span } from './focus.ts';

/** The types that stand in the grid. */
export type GridType = 'assignment' | 'absence' | 'holiday';

const gridTypes: ReadonlySet<string> = new Set<GridType>(['assignment', 'absence', 'holiday']);

export interface GridSpan extends Span {
  /** Ids of people; everybody, and what belongs to nobody, when left out. */
  readonly subjects?: readonly string[];
}

/**
 * The records of a roster at one moment, asked for piece by piece, so that what is read follows what is asked and not how much there is.
 * Answers come in no promised order and must not change while the reader lives.
 */
export interface RecordReader {
  record(type: string, id: string): EntityRecord | null;
  /** The records of a type whose half days touch a span. */
  touching(type: GridType, span: GridSpan): readonly EntityRecord[];
  /** Every record of a type. Asked only for types of few records, and where nothing else can answer. */
  all(type: string): Iterable<EntityRecord>;
}

/** Reads records that are all in memory. */
export function readerOf(records: readonly EntityRecord[]): RecordReader {
  const byKey = new Map(records.map((record) => [recordKey(record.type, record.id), record]));
  const byType = Map.groupBy(records, (record) => record.type);
  const bySlot = new Map<string, EntityRecord[]>();
  const bySubject = new Map<string, EntityRecord[]>();
  for (const record of byType.get('assignment') ?? []) {
    const place = placeOf(record);
    if (!place) continue;
    gather(bySlot, String(place.from), record);
    gather(bySubject, recordKey('assignment', place.subject ?? ''), record);
  }
  for (const record of byType.get('absence') ?? []) gather(bySubject, recordKey('absence', placeOf(record)?.subject ?? ''), record);
  return {
    record: (type, id) => byKey.get(recordKey(type, id)) ?? null,
    all: (type) => byType.get(type) ?? [],
    touching: (type, { from, to, subjects }) => {
      if (subjects) {
        const each = subjects.flatMap((subject) => bySubject.get(recordKey(type, subject)) ?? []);
        return each.filter((record) => isTouching(record, { from, to }));
      }
      if (type === 'assignment' && to - from < 1_000)
        return Array.from({ length: to - from + 1 }, (_, offset) => bySlot.get(String(from + offset)) ?? []).flat();
      return (byType.get(type) ?? []).filter((record) => isTouching(record, { from, to }));
    },
  };
}

/** Where a record stands in the grid; `null` where its fields do not say, or its type has no place there. */
export function placeOf({ type, fields }: Pick<EntityRecord, 'type' | 'fields'>): (Span & { readonly subject: string | null }) | null {
  return findEntityType(type)?.axes(fields) ?? null;
}

function isTouching(record: Pick<EntityRecord, 'type' | 'fields'>, { from, to }: Span): boolean {
  const place = placeOf(record);
  return place !== null && place.from <= to && place.to >= from;
}

/** A reader that asks another one each question once. */
export function rememberAnswers(reader: RecordReader): RecordReader {
  const records = new Map<string, EntityRecord | null>();
  const spans = new Map<string, readonly EntityRecord[]>();
  const types = new Map<string, readonly EntityRecord[]>();
  return {
    record: (type, id) => remember(records, recordKey(type, id), () => reader.record(type, id)),
    touching: (type, span) =>
      remember(spans, `${type}|${span.from}|${span.to}|${span.subjects?.join(',') ?? '*'}`, () => reader.touching(type, span)),
    // What stands in the grid may be too much to keep.
    all: (type) => (gridTypes.has(type) ? reader.all(type) : remember(types, type, () => toList(reader.all(type)))),
  };
}

/** The items as a list; a list stays the same object. */
export function toList<T>(items: Iterable<T>): readonly T[] {
  return isList(items) ? items : [...items];
}

function isList<T>(items: Iterable<T>): items is readonly T[] {
  return Array.isArray(items);
}

function remember<T>(answers: Map<string, T>, question: string, ask: () => T): T {
  const known = answers.get(question);
  if (known !== undefined) return known;
  const answer = ask();
  answers.set(question, answer);
  return answer;
}

function gather<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
}

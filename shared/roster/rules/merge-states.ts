import type { EntityRecord } from '../entity-record.ts';
import { textOf } from '../field.ts';
import { recordKey, type Focus, type Span } from '../focus.ts';
import { toList, type RecordReader } from '../record-reader.ts';
import { referencesOf } from '../references.ts';
import { readRosterState, type RosterState } from '../roster-state.ts';
import { firstDate, slotToDate } from '../slot.ts';
import { entityTypes } from '../entity-type.ts';
import type { MergedRecord } from './merged-record.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import { identifierOf } from './unique.ts';

/** The same part of a roster, without a merge and with it. */
export interface StatePair {
  readonly before: RosterState;
  readonly after: RosterState;
}

/**
 * Reads the part of the target that a neighbourhood names, and the same part of the merged roster. `touched` are records that both states
 * hold whatever else they hold: those that point somewhere may be left pointing to nothing.
 */
export function readStatePair(
  readers: { readonly target: RecordReader; readonly merged: RecordReader },
  neighbourhood: Neighbourhood,
  touched: readonly Pick<MergedRecord, 'type' | 'id'>[],
): StatePair {
  const focus = readFocus(neighbourhood);
  const read = (reader: RecordReader): RosterState => readPart(reader, { neighbourhood, focus, touched });
  return { before: read(readers.target), after: read(readers.merged) };
}

/** Reads the part of one roster that a neighbourhood names. */
export function readState(
  reader: RecordReader,
  neighbourhood: Neighbourhood,
  touched: readonly Pick<MergedRecord, 'type' | 'id'>[],
): RosterState {
  return readPart(reader, { neighbourhood, focus: readFocus(neighbourhood), touched });
}

function readFocus(neighbourhood: Neighbourhood): Part['focus'] {
  return { columns: slotsOf(neighbourhood.columns), rows: rowsByPerson(neighbourhood) };
}

interface Part {
  readonly neighbourhood: Neighbourhood;
  readonly focus: Omit<Focus, 'missing'>;
  readonly touched: readonly Pick<MergedRecord, 'type' | 'id'>[];
}

function readPart(reader: RecordReader, { neighbourhood, focus, touched }: Part): RosterState {
  const { hull, rows, columns, lookups, gone } = neighbourhood;
  const byType = new Map<string, Map<string, EntityRecord>>();
  const keep = (type: string, found: Iterable<EntityRecord>): void => {
    const records = byType.get(type) ?? new Map<string, EntityRecord>();
    byType.set(type, records);
    for (const record of found) records.set(record.id, record);
  };
  for (const { personId, from, to } of rows) {
    keep('assignment', reader.touching('assignment', { subjects: [personId], from, to }));
    keep('absence', reader.touching('absence', { subjects: [personId], from, to }));
  }
  for (const { from, to } of columns) {
    keep('assignment', reader.touching('assignment', { from, to }));
    keep('holiday', reader.touching('holiday', { from, to }));
  }
  for (const { type, id } of touched) keep(type, existing(reader, type, id));
  for (const record of [...pointingTo(reader, gone), ...sharing(reader, neighbourhood)]) keep(record.type, [record]);
  if (neighbourhood.swaps) keep('swap_record', reader.all('swap_record'));
  const lists = new Map([...byType].map(([type, records]) => [type, [...records.values()]]));
  const of = (type: string): readonly EntityRecord[] => lists.get(type) ?? [];
  const people = [...readPeople(reader, of, neighbourhood), ...of('person')];
  const missing = new Set(
    [...lookups, ...gone].filter(({ type, id }) => reader.record(type, id) === null).map(({ type, id }) => recordKey(type, id)),
  );
  return readRosterState({
    from: hull ? slotToDate(hull.from) : firstDate,
    to: hull ? slotToDate(hull.to) : firstDate,
    people: [...new Map(people.map((record) => [record.id, record])).values()],
    assignments: of('assignment'),
    absences: of('absence'),
    // Kept as the reader gives it: cells that were read among these rotations are then known already.
    rotations: rotationsOf(reader),
    holidays: of('holiday'),
    focus: { ...focus, missing },
    others: [...byType.keys()]
      .filter((type) => !inGrid.has(type))
      .flatMap(of)
      .toSorted((a, b) => compareText(recordKey(a.type, a.id), recordKey(b.type, b.id))),
  });
}

const inGrid: ReadonlySet<string> = new Set(['assignment', 'absence', 'holiday', 'person']);

const rotationLists = new WeakMap<RecordReader, readonly EntityRecord[]>();

/** The rotations of a reader, the same list each time. */
export function rotationsOf(reader: RecordReader): readonly EntityRecord[] {
  const known = rotationLists.get(reader);
  if (known) return known;
  const rotations = toList(reader.all('rotation'));
  rotationLists.set(reader, rotations);
  return rotations;
}

function readPeople(
  reader: RecordReader,
  of: (type: string) => readonly EntityRecord[],
  { personIds, lookups }: Neighbourhood,
): readonly EntityRecord[] {
  const ids = new Set<string>(personIds);
  for (const { type, id } of lookups) if (type === 'person') ids.add(id);
  for (const [type, ...fields] of namingPeople)
    for (const record of of(type))
      for (const field of fields) {
        const id = textOf(record.fields, field);
        if (id !== null) ids.add(id);
      }
  return [...ids].flatMap((id) => existing(reader, 'person', id));
}

const namingPeople = [
  ['assignment', 'personId'],
  ['absence', 'personId'],
  ['swap_record', 'sourceFacultyId', 'targetFacultyId'],
] as const;

/** What points to records that are gone, beyond the rows of people, which are read for themselves. */
function* pointingTo(reader: RecordReader, gone: Neighbourhood['gone']): Generator<EntityRecord> {
  const idsByType = new Map(
    [...Map.groupBy(gone, ({ type }) => type)].map(([type, each]) => [type, new Set<string>(each.map(({ id }) => id))]),
  );
  for (const { type } of entityTypes) {
    const references = referencesOf(type).filter(({ field, to }) => idsByType.has(to) && field !== 'personId');
    if (references.length === 0) continue;
    for (const record of reader.all(type))
      if (references.some(({ field, to }) => idsByType.get(to)?.has(textOf(record.fields, field) ?? ''))) yield record;
  }
}

function* sharing(reader: RecordReader, { identifiers }: Neighbourhood): Generator<EntityRecord> {
  for (const { type, field, values } of identifiers) {
    const wanted = new Set(values);
    for (const record of reader.all(type)) if (wanted.has(identifierOf(record.fields, field) ?? '')) yield record;
  }
}

function existing(reader: RecordReader, type: string, id: string): readonly EntityRecord[] {
  const record = reader.record(type, id);
  return record === null ? [] : [record];
}

function slotsOf(columns: readonly Span[]): readonly number[] {
  return columns.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, offset) => from + offset));
}

function rowsByPerson({ rows }: Neighbourhood): Focus['rows'] {
  return Map.groupBy(rows, ({ personId }) => personId);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

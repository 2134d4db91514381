import type { EntityRecord, WindowRecords } from './entity-record.ts';
import { textOf } from './field.ts';
import type { EntityId, VersionHash } from '../ids.ts';
import type { Fields } from '../json.ts';

/** The net change of one entity from one position to another. `before` and `after` are `null` where it did not exist. */
export interface WindowChange {
  readonly op: 'create' | 'update' | 'delete';
  readonly type: string;
  readonly id: EntityId;
  readonly before: EntityRecord | null;
  readonly after: EntityRecord | null;
}

/** A window as the engine answers it, as far as its records can be read back from it. */
export interface WindowAnswer {
  readonly from: string;
  readonly to: string;
  readonly people: readonly AnsweredRecord[];
  readonly otherPeople?: readonly AnsweredRecord[] | undefined;
  readonly cells: readonly AnsweredRecord[];
  readonly absences: readonly AnsweredRecord[];
  readonly rotations: readonly EntityRecord[];
  readonly holidays: readonly EntityRecord[];
}

interface AnsweredRecord {
  readonly id: EntityId;
  readonly version: VersionHash;
  readonly fields: Fields;
}

/** The records that a window's answer was built from, for going on from it in the page. */
export function readWindowRecords(answer: WindowAnswer): WindowRecords {
  return {
    from: answer.from,
    to: answer.to,
    people: [...answer.people, ...(answer.otherPeople ?? [])].map((record) => toRecord('person', record)),
    assignments: answer.cells.map((record) => toRecord('assignment', record)),
    absences: answer.absences.map((record) => toRecord('absence', record)),
    rotations: answer.rotations,
    holidays: answer.holidays,
  };
}

/**
 * The records after some changes: what an edit or a step of the slider makes of a window. The input is left as it is; lists and records
 * that did not change stay the same objects, so that building the window again costs only what changed. Changes of types that a window does
 * not hold, and records that come to lie outside its days, are left out. A change that is already there changes nothing.
 */
export function applyWindowChanges(records: WindowRecords, changes: readonly WindowChange[]): WindowRecords {
  const changesOf = (type: string): readonly WindowChange[] => changes.filter((change) => change.type === type);
  return {
    from: records.from,
    to: records.to,
    people: applyToList(records.people, changesOf('person'), () => true),
    assignments: applyToList(records.assignments, changesOf('assignment'), ({ fields }) => isWithin(textOf(fields, 'date'), records)),
    absences: applyToList(records.absences, changesOf('absence'), ({ fields }) => touches(fields, records)),
    rotations: applyToList(records.rotations, changesOf('rotation'), () => true),
    holidays: applyToList(records.holidays, changesOf('holiday'), ({ fields }) => isWithin(textOf(fields, 'date'), records)),
  };
}

/** The same changes the other way round, which take back what they did. */
export function invertWindowChanges(changes: readonly WindowChange[]): readonly WindowChange[] {
  return changes
    .map(({ op, type, id, before, after }) => ({
      op: op === 'create' ? ('delete' as const) : op === 'delete' ? ('create' as const) : op,
      type,
      id,
      before: after,
      after: before,
    }))
    .toReversed();
}

function applyToList(
  list: readonly EntityRecord[],
  changes: readonly WindowChange[],
  isKept: (record: EntityRecord) => boolean,
): readonly EntityRecord[] {
  if (changes.length === 0) return list;
  // The last change of an entity decides; what is left in the map after the walk is new.
  const next = new Map<string, EntityRecord | null>();
  for (const change of changes) next.set(change.id, change.after !== null && isKept(change.after) ? change.after : null);
  let changed = false;
  const result: EntityRecord[] = [];
  for (const record of list) {
    const replacement = next.get(record.id);
    if (replacement === undefined) {
      result.push(record);
      continue;
    }
    next.delete(record.id);
    if (replacement?.version === record.version) {
      result.push(record);
      continue;
    }
    changed = true;
    if (replacement) result.push(replacement);
  }
  for (const record of next.values()) {
    if (!record) continue;
    changed = true;
    result.push(record);
  }
  return changed ? result : list;
}

function isWithin(date: string | null, { from, to }: WindowRecords): boolean {
  return date !== null && date >= from && date <= to;
}

function touches(fields: Fields, { from, to }: WindowRecords): boolean {
  const start = textOf(fields, 'startDate');
  const end = textOf(fields, 'endDate');
  return start !== null && end !== null && start <= to && end >= from;
}

function toRecord(type: string, { id, version, fields }: AnsweredRecord): EntityRecord {
  return { type, id, version, fields };
}

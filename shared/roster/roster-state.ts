import { cellCode, findActivityCode, hoursOf, rotationCode, type ActivityCode } from './codes.ts';
import { readDays, type DayFacts } from './day.ts';
import type { EntityRecord, WindowRecords } from './entity-record.ts';
import { booleanOf, numberOf, textOf } from './field.ts';
import type { Focus } from './focus.ts';
import { orderPeople, type PersonRow } from './person-row.ts';
import { dateToDay, parseDay, parseSlot, slotToDay } from './slot.ts';

/** One assignment as the rules see it. */
export interface StateCell {
  readonly record: EntityRecord;
  readonly personId: string;
  readonly slot: number;
  readonly code: string;
  readonly rotationId: string | null;
  /** The rotation named by the assignment, where it exists. */
  readonly rotation: EntityRecord | undefined;
  /** The rotation whose work the cell shows: named and not overlaid by another activity, or found by the activity's code. */
  readonly shown: EntityRecord | undefined;
  /** Nothing is worked: leave, a day off, or nothing assigned. */
  readonly off: boolean;
  /** How many supervisors a trainee of the first year, and one above, takes up here; 0 where nobody is supervised. */
  readonly supervision: { readonly firstYear: number; readonly above: number };
  /** `by-role`: the assignment says so; `by-code`: faculty with this code do. */
  readonly supervises: 'no' | 'by-code' | 'by-role';
  /** What the half day counts for the hour rules; 0 where nothing is worked, and for a backup who is called in only when needed. */
  readonly hours: number;
  /** The hours are one shift of the day, whichever of its halves show it. */
  readonly isNight: boolean;
}

export interface StateAbsence {
  readonly record: EntityRecord;
  readonly personId: string;
  /** First and last half day, both included. */
  readonly from: number;
  readonly to: number;
}

/** A roster at one moment, indexed for the rules. Cells are in order of person, half day and id; each person's cells lie together. */
export interface RosterState {
  /** First and last half day of the window; neighbours lie outside. */
  readonly from: number;
  readonly to: number;
  /** In the order of the grid. */
  readonly people: ReadonlyMap<string, PersonRow>;
  readonly rotations: ReadonlyMap<string, EntityRecord>;
  readonly cells: readonly StateCell[];
  /** Where a person's cells begin and end (not included) in `cells`. */
  readonly cellsOf: ReadonlyMap<string, readonly [number, number]>;
  readonly absences: readonly StateAbsence[];
  /** Set when the state knows only parts of `from` to `to`. */
  readonly focus: Focus | null;
  /** Records of the types that have no place in the grid, as far as a rule needs them. */
  readonly others: readonly EntityRecord[];
  dayFacts(day: number): DayFacts;
}

/** What a state is read from: the records of a window, and for a state of parts what these are. */
export interface StateRecords extends WindowRecords {
  readonly focus?: Focus;
  readonly others?: readonly EntityRecord[];
}

/** Indexes the records of a window. Records that say no half day or no person are left out: they cannot have been written. */
export function readRosterState(records: StateRecords): RosterState {
  const rows = orderPeople(records.people);
  const rotations = readRotations(records.rotations);
  const cells = orderCells(readCells(records.assignments, rotations), rows);
  return {
    from: dateToDay(records.from) * 2,
    to: dateToDay(records.to) * 2 + 1,
    people: new Map(rows.map((row) => [row.id, row])),
    rotations: rotations.byId,
    cells,
    cellsOf: rangesByPerson(cells),
    absences: records.absences.flatMap(readAbsence),
    focus: records.focus ?? null,
    others: records.others ?? [],
    dayFacts: readDays(records.holidays),
  };
}

const cellsBySlot = new WeakMap<RosterState, ReadonlyMap<number, readonly StateCell[]>>();

/** The cells of one half day, in the order of the grid. */
export function cellsAt(state: RosterState, slot: number): readonly StateCell[] {
  let bySlot = cellsBySlot.get(state);
  if (!bySlot) {
    bySlot = Map.groupBy(state.cells, (cell) => cell.slot);
    cellsBySlot.set(state, bySlot);
  }
  return bySlot.get(slot) ?? [];
}

const absencesByPerson = new WeakMap<RosterState, ReadonlyMap<string, readonly StateAbsence[]>>();

/** A person's absences, as far as the state knows them. */
export function absencesOf(state: RosterState, personId: string): readonly StateAbsence[] {
  let byPerson = absencesByPerson.get(state);
  if (!byPerson) {
    byPerson = Map.groupBy(state.absences, (absence) => absence.personId);
    absencesByPerson.set(state, byPerson);
  }
  return byPerson.get(personId) ?? [];
}

/** Whether a half day lies between the first and the last of the state. */
export function isInWindow(state: RosterState, slot: number): boolean {
  return slot >= state.from && slot <= state.to;
}

/** The facts of the day that a half day belongs to. */
export function dayFactsAt(state: RosterState, slot: number): DayFacts {
  return state.dayFacts(slotToDay(slot));
}

/** A person's name, or words for one who is gone. */
export function personName(state: RosterState, personId: string): string {
  return state.people.get(personId)?.name ?? 'a person who is gone';
}

interface RotationIndex {
  readonly byId: ReadonlyMap<string, EntityRecord>;
  /** By code in capitals: whoever types `fmit` means the rotation. */
  readonly byCode: ReadonlyMap<string, EntityRecord>;
}

// A record never changes, and a list of records is never changed in place, so what was read from them stays true as long as they live.
// This is what keeps the recomputation after one edit at a fraction of the first.
const rotationIndexes = new WeakMap<readonly EntityRecord[], RotationIndex>();
const cellByRecord = new WeakMap<EntityRecord, { readonly rotations: RotationIndex; readonly cell: StateCell | null }>();

function readRotations(rotations: readonly EntityRecord[]): RotationIndex {
  const known = rotationIndexes.get(rotations);
  if (known) return known;
  const byCode = new Map<string, EntityRecord>();
  for (const rotation of rotations.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const code = rotationCode(rotation.fields).toUpperCase();
    const other = byCode.get(code);
    // An archived rotation gives its code away to one that is in use.
    if (code !== '' && (!other || (booleanOf(other.fields, 'isArchived') && !booleanOf(rotation.fields, 'isArchived'))))
      byCode.set(code, rotation);
  }
  const index = { byId: new Map<string, EntityRecord>(rotations.map((rotation) => [rotation.id, rotation])), byCode };
  rotationIndexes.set(rotations, index);
  return index;
}

/** A record as a cell, as it would stand among these rotations; `null` where it says no half day or no person. */
export function cellOf(record: EntityRecord, rotations: readonly EntityRecord[]): StateCell | null {
  return cellAmong(record, readRotations(rotations));
}

function readCells(assignments: readonly EntityRecord[], rotations: RotationIndex): StateCell[] {
  const cells: StateCell[] = [];
  for (const record of assignments) {
    const cell = cellAmong(record, rotations);
    if (cell) cells.push(cell);
  }
  return cells;
}

function cellAmong(record: EntityRecord, rotations: RotationIndex): StateCell | null {
  let cached = cellByRecord.get(record);
  if (cached?.rotations !== rotations) {
    cached = { rotations, cell: readCell(record, rotations) };
    cellByRecord.set(record, cached);
  }
  return cached.cell;
}

function readCell(record: EntityRecord, rotations: RotationIndex): StateCell | null {
  const { fields } = record;
  const personId = textOf(fields, 'personId');
  const slot = parseSlot(fields['date'], fields['half']);
  if (personId === null || slot === null) return null;
  const rotationId = textOf(fields, 'rotationId');
  const rotation = rotationId === null ? undefined : rotations.byId.get(rotationId);
  const activity = textOf(fields, 'activity');
  const code = cellCode(fields, rotation?.fields);
  const standard = findActivityCode(code);
  const shown = shownRotation({ activity, code, standard, rotation }, rotations);
  const role = textOf(fields, 'role');
  const off = (activity === null && rotationId === null) || isOff(shown, standard);
  const { hours, isNight } = hoursOf(standard, shown?.fields);
  return {
    record,
    personId,
    slot,
    code,
    rotationId,
    rotation,
    shown,
    off,
    supervision: role === 'supervising' || role === 'backup' ? unsupervised : supervisionOf(shown, standard),
    supervises: superviseBy(role, shown, standard),
    hours: off || role === 'backup' ? 0 : hours,
    isNight,
  };
}

function shownRotation(
  {
    activity,
    code,
    standard,
    rotation,
  }: {
    readonly activity: string | null;
    readonly code: string;
    readonly standard: ActivityCode | undefined;
    readonly rotation: EntityRecord | undefined;
  },
  rotations: RotationIndex,
): EntityRecord | undefined {
  if (activity === null || (rotation && rotationCode(rotation.fields) === code)) return rotation;
  // The code of something else shows that; a free text beside a rotation only says more about it.
  return rotations.byCode.get(code.toUpperCase()) ?? (standard ? undefined : rotation);
}

const offTypes: ReadonlySet<string | null> = new Set(['off', 'absence', 'recovery']);
const offCategories: ReadonlySet<string | null> = new Set(['time_off', 'absence']);

function isOff(shown: EntityRecord | undefined, standard: ActivityCode | undefined): boolean {
  const type = shown ? textOf(shown.fields, 'rotationType') : null;
  const category = shown ? textOf(shown.fields, 'templateCategory') : null;
  if (type === null && category === null) return standard?.category === 'time_off';
  return offTypes.has(type) || offCategories.has(category);
}

const unsupervised = { firstYear: 0, above: 0 } as const;
const byLevel = { firstYear: 1 / 2, above: 1 / 4 } as const;
const oneToOne = { firstYear: 1, above: 1 } as const;

function supervisionOf(shown: EntityRecord | undefined, standard: ActivityCode | undefined): StateCell['supervision'] {
  const required = shown ? booleanOf(shown.fields, 'requiresSupervision') : null;
  if (required === false) return unsupervised;
  if (shown && required === true) {
    const ratio = numberOf(shown.fields, 'maxSupervisionRatio');
    return ratio === null || ratio < 1 ? byLevel : { firstYear: Math.max(byLevel.firstYear, 1 / ratio), above: 1 / ratio };
  }
  return standard?.supervision === 'by-level' ? byLevel : standard?.supervision === 'one-to-one' ? oneToOne : unsupervised;
}

function superviseBy(role: string | null, shown: EntityRecord | undefined, standard: ActivityCode | undefined): StateCell['supervises'] {
  if (role === 'supervising') return 'by-role';
  if (role === 'backup') return 'no';
  const provides = shown ? booleanOf(shown.fields, 'providesSupervision') : null;
  return (provides ?? standard?.supervises === true) ? 'by-code' : 'no';
}

// Sorted as one array of numbers, which is several times faster than comparing objects: person, half day and place in the input in one.
function orderCells(cells: readonly StateCell[], rows: readonly PersonRow[]): StateCell[] {
  if (cells.length === 0) return [];
  const ordinals = new Map<string, number>(rows.map((row, index) => [row.id, index]));
  const strangers = [...new Set(cells.filter((cell) => !ordinals.has(cell.personId)).map((cell) => cell.personId))].toSorted();
  for (const personId of strangers) ordinals.set(personId, ordinals.size);
  let first = Infinity;
  let last = -Infinity;
  for (const cell of cells) {
    first = Math.min(first, cell.slot);
    last = Math.max(last, cell.slot);
  }
  const slots = last - first + 1;
  const keys = Float64Array.from(
    cells,
    (cell, index) => ((ordinals.get(cell.personId) ?? 0) * slots + cell.slot - first) * cells.length + index,
  ).sort();
  const ordered: StateCell[] = [];
  for (const key of keys) {
    const cell = cells[key % cells.length];
    if (cell) ordered.push(cell);
  }
  return orderTwins(ordered);
}

// Cells of one person in one half day are rare; they are put in order of id, so that the answer does not depend on the input's order.
function orderTwins(cells: StateCell[]): StateCell[] {
  for (let index = 1; index < cells.length; index++) {
    for (let at = index; at > 0; at--) {
      const cell = cells[at];
      const before = cells[at - 1];
      if (!cell || !before || cell.slot !== before.slot || cell.personId !== before.personId || before.record.id <= cell.record.id) break;
      cells[at] = before;
      cells[at - 1] = cell;
    }
  }
  return cells;
}

function rangesByPerson(cells: readonly StateCell[]): ReadonlyMap<string, readonly [number, number]> {
  const ranges = new Map<string, readonly [number, number]>();
  let start = 0;
  for (let index = 1; index <= cells.length; index++) {
    const person = cells[start]?.personId;
    if (person === undefined || cells[index]?.personId === person) continue;
    ranges.set(person, [start, index]);
    start = index;
  }
  return ranges;
}

function readAbsence(record: EntityRecord): readonly StateAbsence[] {
  const personId = textOf(record.fields, 'personId');
  const first = parseDay(textOf(record.fields, 'startDate') ?? '');
  const last = parseDay(textOf(record.fields, 'endDate') ?? '');
  return personId === null || first === null || last === null || last < first
    ? []
    : [{ record, personId, from: first * 2, to: last * 2 + 1 }];
}

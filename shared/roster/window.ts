import { blockOfDay } from './academic-calendar.ts';
import { cellText } from './codes.ts';
import { countCoverage, type CoverageCount } from './coverage.ts';
import type { EntityRecord, WindowRecords } from './entity-record.ts';
import { textOf } from './field.ts';
import { isInProgramme, type PersonRow } from './person-row.ts';
import { isInWindow, readRosterState, type RosterState, type StateCell } from './roster-state.ts';
import { findClashes, type Clash } from './rules/index.ts';
import { dayToDate, slotToDate, slotToDay, slotToHalf, type HalfName } from './slot.ts';
import type { EntityId, VersionHash } from '../ids.ts';
import type { Fields } from '../json.ts';

export type { EntityRecord, WindowRecords } from './entity-record.ts';

/** A column of the grid. */
export interface HalfDay {
  readonly date: string;
  readonly half: HalfName;
  readonly label: string;
  readonly academicYear: number;
  readonly block: number;
  readonly weekend: boolean;
  readonly dayType: string;
  readonly holiday: string | null;
}

/** One assignment: where it stands and what is shown. */
export interface Cell {
  readonly id: EntityId;
  readonly version: VersionHash;
  readonly personId: string;
  readonly date: string;
  readonly half: HalfName;
  readonly code: string;
  readonly text: string;
  readonly fields: Fields;
}

export interface WindowAbsence {
  readonly id: EntityId;
  readonly version: VersionHash;
  readonly personId: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly absenceType: string;
  readonly status: string;
  readonly fields: Fields;
}

/** The parts of a roster window that follow from its records; the contract's `RosterWindow` adds where they come from. */
export interface WindowModel {
  readonly people: PersonRow[];
  /** People who left before these days or come after them and have nothing in them: no rows, but known. */
  readonly otherPeople: PersonRow[];
  readonly halfDays: HalfDay[];
  readonly cells: Cell[];
  readonly absences: WindowAbsence[];
  readonly rotations: EntityRecord[];
  readonly holidays: EntityRecord[];
  readonly coverage: CoverageCount[];
  readonly clashes: Clash[];
}

/**
 * The grid of a stretch of days, both ends included: rows, columns, cells, absences, coverage and clashes. Cells come row by row in order
 * of half day. Given the same record objects again, the same cell objects come back.
 */
export function buildWindow(records: WindowRecords): WindowModel {
  const state = readRosterState(records);
  const { people, otherPeople } = splitPeople(state, records);
  return {
    people,
    otherPeople,
    halfDays: listHalfDays(state),
    cells: state.cells.filter((cell) => isInWindow(state, cell.slot)).map(readCell),
    absences: readAbsences(state),
    rotations: [...records.rotations],
    holidays: records.holidays.filter((record) => isWithin(record, records)),
    coverage: countCoverage(state).flatMap((line) => line.counts),
    clashes: findClashes(state),
  };
}

function splitPeople(state: RosterState, { from, to }: WindowRecords): Pick<WindowModel, 'people' | 'otherPeople'> {
  const people: PersonRow[] = [];
  const otherPeople: PersonRow[] = [];
  let busy: ReadonlySet<string> | null = null;
  for (const row of state.people.values()) {
    const hasRow = isInProgramme(row, from, to) || (busy ??= peopleWithRecords(state)).has(row.id);
    (hasRow ? people : otherPeople).push(row);
  }
  return { people, otherPeople };
}

function peopleWithRecords(state: RosterState): ReadonlySet<string> {
  return new Set([
    ...state.cells.filter((cell) => isInWindow(state, cell.slot)).map((cell) => cell.personId),
    ...state.absences.filter((absence) => absence.to >= state.from && absence.from <= state.to).map((absence) => absence.personId),
  ]);
}

const cellByState = new WeakMap<StateCell, Cell>();

function readCell(stateCell: StateCell): Cell {
  const known = cellByState.get(stateCell);
  if (known) return known;
  const { record, personId, slot, code, rotation } = stateCell;
  const cell: Cell = {
    id: record.id,
    version: record.version,
    personId,
    date: slotToDate(slot),
    half: slotToHalf(slot),
    code,
    text: cellText(record.fields, rotation?.fields),
    fields: record.fields,
  };
  cellByState.set(stateCell, cell);
  return cell;
}

function listHalfDays(state: RosterState): HalfDay[] {
  const halfDays: HalfDay[] = [];
  for (let day = slotToDay(state.from); day <= slotToDay(state.to); day++) {
    const { weekend, dayType, holiday } = state.dayFacts(day);
    const { academicYear, number } = blockOfDay(day);
    const date = dayToDate(day);
    for (const half of ['AM', 'PM'] as const)
      halfDays.push({ date, half, label: `${date} ${half}`, academicYear, block: number, weekend, dayType, holiday });
  }
  return halfDays;
}

function readAbsences(state: RosterState): WindowAbsence[] {
  return state.absences
    .filter((absence) => absence.to >= state.from && absence.from <= state.to)
    .toSorted((a, b) => a.from - b.from || a.to - b.to || (a.record.id < b.record.id ? -1 : 1))
    .map(({ record, personId, from, to }) => ({
      id: record.id,
      version: record.version,
      personId,
      startDate: slotToDate(from),
      endDate: slotToDate(to),
      absenceType: textOf(record.fields, 'absenceType') ?? '',
      status: textOf(record.fields, 'status') ?? 'approved',
      fields: record.fields,
    }));
}

function isWithin(record: EntityRecord, { from, to }: WindowRecords): boolean {
  const date = textOf(record.fields, 'date');
  return date !== null && date >= from && date <= to;
}

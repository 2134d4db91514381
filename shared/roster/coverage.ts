import { rotationCode } from './codes.ts';
import type { DayFacts } from './day.ts';
import type { EntityRecord } from './entity-record.ts';
import { booleanOf, numberOf, textOf } from './field.ts';
import { columnsOf, type Columns } from './focus.ts';
import { cellsAt, dayFactsAt, type RosterState, type StateCell } from './roster-state.ts';
import { slotToDate, slotToHalf, type HalfName } from './slot.ts';

/** How many people show a rotation in one half day, beside how many are wanted (`minimum`) and fit (`capacity`). */
export interface CoverageCount {
  readonly code: string;
  readonly name: string;
  readonly date: string;
  readonly half: HalfName;
  readonly count: number;
  readonly minimum: number | null;
  readonly capacity: number | null;
  /** Fewer than wanted, in a half day that anybody has a cell in: a plan that does not exist yet is not short. */
  readonly short: boolean;
}

/** One rotation whose people are counted, with its count per half day that the state can judge, in order of time. */
export interface CoverageLine {
  readonly rotation: EntityRecord;
  readonly code: string;
  readonly name: string;
  readonly capacity: number | null;
  readonly counts: readonly CoverageCount[];
}

const linesByState = new WeakMap<RosterState, readonly CoverageLine[]>();

/**
 * The rotations in use that want a number of people or hold a limited one, in order of code, each with the people it has per half day.
 * A person who stands there twice counts once.
 */
export function countCoverage(state: RosterState): readonly CoverageLine[] {
  const known = linesByState.get(state);
  if (known) return known;
  const lines = [...state.rotations.values()].filter(isCounted).map((rotation) => {
    const { fields } = rotation;
    const code = rotationCode(fields);
    return { rotation, code, name: textOf(fields, 'name') ?? code, capacity: numberOf(fields, 'capacity') };
  });
  lines.sort((a, b) => compareText(a.code, b.code) || compareText(a.rotation.id, b.rotation.id));
  const columns = columnsOf(state);
  const planned = findPlanned(state, columns);
  const countsByLine = countPeople(
    state,
    lines.map((line) => line.rotation.id),
    columns,
  );
  const counted = lines.map((line, index) => {
    const counts = countsByLine[index] ?? new Int32Array(columns.count);
    return {
      ...line,
      counts: Array.from(counts, (count, column) =>
        readCount(state, { line, slot: columns.slotAt(column), count, isPlanned: planned[column] === 1 }),
      ),
    };
  });
  linesByState.set(state, counted);
  return counted;
}

/** How many people a rotation wants on a day: fewer when the program works at reduced capacity, `null` when nobody has to come. */
function minimumOn(rotation: EntityRecord, day: DayFacts): number | null {
  const minimum = numberOf(rotation.fields, 'coverageMinimum');
  if (minimum === null || booleanOf(rotation.fields, 'includesWeekend') === true) return minimum;
  return day.weekend || day.operation === 0 ? null : Math.ceil(minimum * day.operation);
}

/** The people who show a rotation in a half day, each once, in the order of the grid. */
export function coveringCells(state: RosterState, rotationId: string, slot: number): readonly StateCell[] {
  return cellsAt(state, slot)
    .filter((cell) => cell.shown?.id === rotationId)
    .filter((cell, index, cells) => cells[index - 1]?.personId !== cell.personId);
}

/** Whether anybody asks how many people a rotation has. */
export function isCounted(rotation: EntityRecord): boolean {
  return (
    booleanOf(rotation.fields, 'isArchived') !== true &&
    (numberOf(rotation.fields, 'coverageMinimum') !== null || numberOf(rotation.fields, 'capacity') !== null)
  );
}

function countPeople(state: RosterState, rotationIds: readonly string[], columns: Columns): readonly Int32Array[] {
  const lineById = new Map(rotationIds.map((id, index) => [id, index]));
  const counts = rotationIds.map(() => new Int32Array(columns.count));
  // Cells of one person and half day lie together, so the lines that already counted this person are known from the few cells before.
  let person = '';
  let slot = -1;
  let counted: number[] = [];
  for (const cell of state.cells) {
    const line = cell.shown ? lineById.get(cell.shown.id) : undefined;
    const column = line === undefined ? -1 : columns.indexOf(cell.slot);
    if (line === undefined || column === -1) continue;
    if (cell.slot !== slot || cell.personId !== person) {
      person = cell.personId;
      slot = cell.slot;
      counted = [];
    }
    if (counted.includes(line)) continue;
    counted.push(line);
    const perSlot = counts[line];
    if (perSlot) perSlot[column] = (perSlot[column] ?? 0) + 1;
  }
  return counts;
}

function findPlanned(state: RosterState, columns: Columns): Uint8Array {
  const planned = new Uint8Array(columns.count);
  // Two states that are compared must not differ in this: who comes first to an empty half day does not make it short, and who goes last does.
  if (state.focus) return planned.fill(1);
  for (const cell of state.cells) {
    const column = columns.indexOf(cell.slot);
    if (column !== -1) planned[column] = 1;
  }
  return planned;
}

function readCount(
  state: RosterState,
  {
    line,
    slot,
    count,
    isPlanned,
  }: { readonly line: Omit<CoverageLine, 'counts'>; readonly slot: number; readonly count: number; readonly isPlanned: boolean },
): CoverageCount {
  const minimum = minimumOn(line.rotation, dayFactsAt(state, slot));
  return {
    code: line.code,
    name: line.name,
    date: slotToDate(slot),
    half: slotToHalf(slot),
    count,
    minimum,
    capacity: line.capacity,
    short: isPlanned && minimum !== null && count < minimum,
  };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import type {
  Cell,
  Clash,
  CoverageCount,
  EntityRecord,
  HalfDay,
  WindowAbsence,
  WindowPerson,
} from '../../../shared/contract/app/roster.ts';
import type { Half } from '../../../shared/ids.ts';
import { dateToDay } from '../../../shared/roster/slot.ts';
import type { ChunkedWindow, WindowChunk } from './window-chunks.ts';

/** One cell as it is drawn: an assignment, or the emptiness of a half day. */
export interface ShownCell {
  readonly person: WindowPerson;
  readonly halfDay: HalfDay;
  readonly column: number;
  readonly assignment: Cell | null;
  readonly code: string;
  /** The rotation's own colour. */
  readonly color: string | null;
  readonly clash: ShownClash | null;
  /** The kind of absence that covers the half day. */
  readonly absence: string | null;
  readonly stacked: boolean;
}

export interface ShownClash {
  readonly text: string;
  readonly severity: Clash['severity'];
}

export interface ModelGroup {
  readonly kind: 'group';
  readonly key: string;
  readonly label: string;
  readonly count: number;
}

/** A person's line. The same object as long as nothing on it changed. */
export interface ModelPerson {
  readonly kind: 'row';
  readonly key: string;
  readonly person: WindowPerson;
  /** How many cells lie on top of each other where most do. */
  readonly depth: number;
  readonly clashes: number;
  /** Whether an absence lies on the days shown. */
  readonly absent: boolean;
  readonly worst: Clash['severity'] | null;
  readonly cells: (column: number) => readonly ShownCell[];
}

export interface CoverageLine {
  readonly code: string;
  readonly name: string;
  /** Whether anything is wanted of it: a minimum or a capacity. */
  readonly wanted: boolean;
  readonly hasMinimum: boolean;
  readonly short: number;
  at(column: number): CoverageCount | null;
}

/** A roster ready to be drawn. */
export interface RosterModel {
  readonly window: ChunkedWindow;
  readonly people: readonly WindowPerson[];
  readonly rotations: readonly EntityRecord[];
  readonly rows: readonly (ModelGroup | ModelPerson)[];
  readonly columns: readonly HalfDay[];
  readonly coverage: readonly CoverageLine[];
  readonly clashes: readonly Clash[];
  columnOf(date: string, half: Half): number;
  rowOf(personId: string): number;
}

/** What stands on one person's line within a stretch of the window. */
interface PersonContent {
  readonly slots: ReadonlyMap<number, readonly Cell[]>;
  readonly clashes: ReadonlyMap<number, ShownClash>;
  readonly absences: ReadonlyMap<number, string>;
}

/** A stretch of the window, sorted out by person; columns count from its own first half day. */
interface Stretch {
  readonly chunk: WindowChunk;
  readonly length: number;
  readonly byPerson: ReadonlyMap<string, PersonContent>;
  readonly coverage: ReadonlyMap<string, CoveragePart>;
}

interface CoveragePart {
  readonly name: string;
  readonly wanted: boolean;
  readonly hasMinimum: boolean;
  readonly short: number;
  readonly counts: ReadonlyMap<number, CoverageCount>;
}

const stretchOf = new WeakMap<WindowChunk, Stretch>();
const linesOf = new WeakMap<ModelPerson, readonly PersonContent[]>();
const inactive = new Set(['rejected', 'cancelled', 'denied']);
const worseFirst: readonly Clash['severity'][] = ['error', 'warning', 'info'];
const nothing: PersonContent = { slots: new Map(), clashes: new Map(), absences: new Map() };

/** Makes the model of a window. Lines and cells that are as they were in `previous` are the same objects, so that they are not drawn again. */
export function buildModel(window: ChunkedWindow, previous: RosterModel | null): RosterModel {
  const { halfDays, chunks, people } = window;
  const columns = previous !== null && sameColumns(previous.columns, halfDays) ? previous.columns : halfDays;
  const firstSlot = columns[0] === undefined ? 0 : dateToDay(columns[0].date) * 2;
  const columnOf = (date: string, half: Half): number => {
    const column = dateToDay(date) * 2 + (half === 'PM' ? 1 : 0) - firstSlot;
    return column >= 0 && column < columns.length ? column : -1;
  };
  const rotations = window.records.rotations;
  const colors = previous?.rotations === rotations ? (colorsOf.get(previous) ?? readColors(rotations)) : readColors(rotations);
  const before = new Map<string, ModelPerson>();
  const comparable = previous !== null && previous.columns === columns && sameColors(colors, colorsOf.get(previous));
  if (comparable) for (const row of previous.rows) if (row.kind === 'row') before.set(row.person.id, row);

  const stretches = chunks.map(readStretch);
  const rows: (ModelGroup | ModelPerson)[] = [];
  const rowById = new Map<string, number>();
  const groupsBefore = new Map(previous?.rows.flatMap((row) => (row.kind === 'group' ? [[row.key, row] as const] : [])));
  for (const [label, members] of Map.groupBy(people, (person) => person.group)) {
    const key = `group ${label}`;
    const known = groupsBefore.get(key);
    rows.push(known?.count === members.length ? known : { kind: 'group', key, label, count: members.length });
    for (const person of members) {
      const content = stretches.map((stretch) => stretch.byPerson.get(person.id) ?? nothing);
      rowById.set(person.id, rows.length);
      rows.push(personRow({ person, content, stretches, columns, colors }, before.get(person.id) ?? null));
    }
  }
  const model: RosterModel = {
    window,
    people,
    rotations,
    rows,
    columns,
    coverage: coverageLines(stretches),
    clashes: window.clashes,
    columnOf,
    rowOf: (personId) => rowById.get(personId) ?? -1,
  };
  colorsOf.set(model, colors);
  return model;
}

function sameColumns(a: readonly HalfDay[], b: readonly HalfDay[]): boolean {
  if (a === b) return true;
  return (
    a.length === b.length &&
    a.every((day, index) => day.date === b[index]?.date && day.half === b[index].half && day.holiday === b[index].holiday)
  );
}

function readStretch(chunk: WindowChunk): Stretch {
  const known = stretchOf.get(chunk);
  if (known) return known;
  const { parts } = chunk;
  const length = parts.halfDays.length;
  const firstSlot = parts.halfDays[0] === undefined ? 0 : dateToDay(parts.halfDays[0].date) * 2;
  const columnOf = (date: string, half: Half): number => {
    const column = dateToDay(date) * 2 + (half === 'PM' ? 1 : 0) - firstSlot;
    return column >= 0 && column < length ? column : -1;
  };
  const byPerson = new Map<string, Draft>();
  const draftOf = (personId: string): Draft => {
    let draft = byPerson.get(personId);
    if (draft === undefined) byPerson.set(personId, (draft = { slots: new Map(), clashes: new Map(), absences: new Map() }));
    return draft;
  };
  for (const cell of parts.cells) {
    const column = columnOf(cell.date, cell.half);
    const { slots } = draftOf(cell.personId);
    const slot = slots.get(column);
    if (slot === undefined) slots.set(column, [cell]);
    else slot.push(cell);
  }
  for (const clash of parts.clashes)
    for (const slot of clash.slots) {
      const column = columnOf(slot.date, slot.half);
      if (column >= 0) markClash(draftOf(slot.personId).clashes, column, clash);
    }
  for (const absence of parts.absences) markAbsence(draftOf(absence.personId).absences, absence, firstSlot, length);
  const coverage = new Map(
    [...Map.groupBy(parts.coverage, (count) => count.code)].map(([code, counts]): readonly [string, CoveragePart] => [
      code,
      {
        name: counts[0]?.name ?? code,
        wanted: counts.some((count) => count.minimum !== null || count.capacity !== null),
        hasMinimum: counts.some((count) => count.minimum !== null),
        short: counts.filter((count) => count.short).length,
        counts: new Map(counts.map((count) => [columnOf(count.date, count.half), count])),
      },
    ]),
  );
  const stretch = { chunk, length, byPerson, coverage };
  stretchOf.set(chunk, stretch);
  return stretch;
}

interface Draft {
  readonly slots: Map<number, Cell[]>;
  readonly clashes: Map<number, ShownClash>;
  readonly absences: Map<number, string>;
}

function markClash(clashes: Draft['clashes'], column: number, clash: Clash): void {
  const known = clashes.get(column);
  const worse = known === undefined || worseFirst.indexOf(clash.severity) < worseFirst.indexOf(known.severity);
  clashes.set(column, {
    text: known === undefined ? clash.text : `${known.text} ${clash.text}`,
    severity: worse ? clash.severity : known.severity,
  });
}

function markAbsence(absences: Draft['absences'], absence: WindowAbsence, firstSlot: number, length: number): void {
  if (inactive.has(absence.status)) return;
  const from = Math.max(0, dateToDay(absence.startDate) * 2 - firstSlot);
  const to = Math.min(length - 1, dateToDay(absence.endDate) * 2 + 1 - firstSlot);
  for (let column = from; column <= to; column += 1) absences.set(column, absence.absenceType);
}

type Colors = ReadonlyMap<string, string | null>;
const colorsOf = new WeakMap<RosterModel, Colors>();

function readColors(rotations: readonly EntityRecord[]): Colors {
  return new Map(
    rotations.map(({ id, fields }) => [id, typeof fields['backgroundColor'] === 'string' ? fields['backgroundColor'] : null] as const),
  );
}

function sameColors(a: Colors, b: Colors | undefined): boolean {
  return a === b || (a.size === b?.size && [...a].every(([id, color]) => b.get(id) === color));
}

interface LineInput {
  readonly person: WindowPerson;
  readonly content: readonly PersonContent[];
  readonly stretches: readonly Stretch[];
  readonly columns: readonly HalfDay[];
  readonly colors: Colors;
}

function personRow(input: LineInput, before: ModelPerson | null): ModelPerson {
  const { person, content, stretches } = input;
  const was = before?.person.version === person.version ? linesOf.get(before) : undefined;
  if (before && was && content.every((part, index) => sameContent(was[index], part))) return before;
  const chunkLength = stretches[0]?.length ?? 1;
  let depth = 1;
  let clashes = 0;
  let worst: Clash['severity'] | null = null;
  for (const part of content) {
    for (const slot of part.slots.values()) depth = Math.max(depth, slot.length);
    clashes += part.clashes.size;
    for (const { severity } of part.clashes.values())
      if (worst === null || worseFirst.indexOf(severity) < worseFirst.indexOf(worst)) worst = severity;
  }
  const made = new Map<number, readonly ShownCell[]>();
  const row: ModelPerson = {
    kind: 'row',
    key: person.id,
    person,
    depth,
    clashes,
    absent: content.some((part) => part.absences.size > 0),
    worst,
    cells: (column) => {
      const known = made.get(column);
      if (known) return known;
      // All stretches but the last are equally long.
      const index = Math.min(Math.floor(column / chunkLength), content.length - 1);
      const part = content[index] ?? nothing;
      const local = column - index * chunkLength;
      const reusable = before && was && sameSlot(was[index], part, local) ? before.cells(column) : null;
      const cells = reusable ?? makeCells(input, part, local, column);
      made.set(column, cells);
      return cells;
    },
  };
  linesOf.set(row, content);
  return row;
}

function makeCells({ person, columns, colors }: LineInput, part: PersonContent, local: number, column: number): readonly ShownCell[] {
  const halfDay = columns[column];
  if (halfDay === undefined) return [];
  const common = { person, halfDay, column, clash: part.clashes.get(local) ?? null, absence: part.absences.get(local) ?? null };
  const slot = part.slots.get(local);
  if (slot === undefined) return [{ ...common, assignment: null, code: '', color: null, stacked: false }];
  return slot.map((cell) => {
    const rotationId = cell.fields['rotationId'];
    return {
      ...common,
      assignment: cell,
      code: cell.code,
      color: typeof rotationId === 'string' ? (colors.get(rotationId) ?? null) : null,
      stacked: slot.length > 1,
    };
  });
}

function sameContent(a: PersonContent | undefined, b: PersonContent): boolean {
  if (a === b) return true;
  if (a?.slots.size !== b.slots.size || a.clashes.size !== b.clashes.size || a.absences.size !== b.absences.size) return false;
  for (const [column, cells] of b.slots) if (!sameCells(a.slots.get(column), cells)) return false;
  for (const [column, clash] of b.clashes) if (!sameClash(a.clashes.get(column), clash)) return false;
  for (const [column, absence] of b.absences) if (a.absences.get(column) !== absence) return false;
  return true;
}

function sameSlot(a: PersonContent | undefined, b: PersonContent, column: number): boolean {
  return (
    a !== undefined &&
    sameCells(a.slots.get(column), b.slots.get(column)) &&
    sameClash(a.clashes.get(column), b.clashes.get(column)) &&
    a.absences.get(column) === b.absences.get(column)
  );
}

function sameClash(a: ShownClash | undefined, b: ShownClash | undefined): boolean {
  return a === b || (a?.text === b?.text && a?.severity === b?.severity);
}

function sameCells(a: readonly Cell[] | undefined, b: readonly Cell[] | undefined): boolean {
  if (a === b) return true;
  if (a?.length !== b?.length) return false;
  return (a ?? []).every((cell, index) => {
    const other = b?.[index];
    return (
      cell === other || (cell.id === other?.id && cell.code === other.code && cell.text === other.text && cell.fields === other.fields)
    );
  });
}

function coverageLines(stretches: readonly Stretch[]): readonly CoverageLine[] {
  const chunkLength = stretches[0]?.length ?? 1;
  const codes = new Set(stretches.flatMap((stretch) => [...stretch.coverage.keys()]));
  return [...codes]
    .map((code): CoverageLine => {
      const parts = stretches.map((stretch) => stretch.coverage.get(code));
      return {
        code,
        name: parts.find((part) => part !== undefined)?.name ?? code,
        wanted: parts.some((part) => part?.wanted),
        hasMinimum: parts.some((part) => part?.hasMinimum),
        short: parts.reduce((sum, part) => sum + (part?.short ?? 0), 0),
        at: (column) => {
          const index = Math.min(Math.floor(column / chunkLength), parts.length - 1);
          return parts[index]?.counts.get(column - index * chunkLength) ?? null;
        },
      };
    })
    .toSorted((a, b) => Number(b.hasMinimum) - Number(a.hasMinimum) || Number(b.wanted) - Number(a.wanted) || (a.code < b.code ? -1 : 1));
}

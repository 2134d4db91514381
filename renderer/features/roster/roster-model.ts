import type {
  Cell,
  Clash,
  CoverageCount,
  HalfDay,
  RosterWindow,
  WindowAbsence,
  WindowPerson,
} from '../../../shared/contract/app/roster.ts';
import type { Half } from '../../../shared/ids.ts';
import { dateToDay } from '../../../shared/roster/slot.ts';

/** The parts of a window that are drawn: what the engine answers, or what the page computed after an edit. */
export type WindowParts = Pick<
  RosterWindow,
  'people' | 'halfDays' | 'cells' | 'absences' | 'rotations' | 'holidays' | 'coverage' | 'clashes'
>;

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
  /** First and last half day of the absence's run on screen; its name stands at the first. */
  readonly absenceEdge: 'start' | 'end' | 'both' | 'middle' | null;
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
  readonly parts: WindowParts;
  readonly rows: readonly (ModelGroup | ModelPerson)[];
  readonly columns: readonly HalfDay[];
  readonly coverage: readonly CoverageLine[];
  readonly clashes: readonly Clash[];
  columnOf(date: string, half: Half): number;
  rowOf(personId: string): number;
}

interface PersonContent {
  readonly slots: ReadonlyMap<number, readonly Cell[]>;
  readonly clashes: ReadonlyMap<number, ShownClash>;
  readonly absences: ReadonlyMap<number, { readonly type: string; readonly edge: ShownCell['absenceEdge'] }>;
}

// What a person's line was made of, so that the next model can tell whether anything on it changed.
const contentOf = new WeakMap<ModelPerson, PersonContent>();
const inactive = new Set(['rejected', 'cancelled', 'denied']);
const worseFirst: readonly Clash['severity'][] = ['error', 'warning', 'info'];

/** Makes the model of a window. Lines and cells that are as they were in `previous` are the same objects, so that they are not drawn again. */
export function buildModel(parts: WindowParts, previous: RosterModel | null): RosterModel {
  const firstDate = parts.halfDays[0]?.date;
  const firstSlot = firstDate === undefined ? 0 : dateToDay(firstDate) * 2;
  const count = parts.halfDays.length;
  const columnOf = (date: string, half: Half): number => {
    const column = dateToDay(date) * 2 + (half === 'PM' ? 1 : 0) - firstSlot;
    return column >= 0 && column < count ? column : -1;
  };
  const columns = previous !== null && sameColumns(previous.columns, parts.halfDays) ? previous.columns : parts.halfDays;

  const slots = slotsByPerson(parts.cells, columnOf);
  const clashes = clashesByPerson(parts.clashes, parts.cells, columnOf);
  const absences = absencesByPerson(parts.absences, firstSlot, count);
  const colors = colorsByRotation(parts, previous);

  const before = new Map<string, ModelPerson>();
  if (previous?.columns === columns && colors === colorsOf.get(previous.parts))
    for (const row of previous.rows) if (row.kind === 'row') before.set(row.person.id, row);
  const rows: (ModelGroup | ModelPerson)[] = [];
  const rowById = new Map<string, number>();
  for (const [label, people] of Map.groupBy(parts.people, (person) => person.group)) {
    rows.push({ kind: 'group', key: `group ${label}`, label, count: people.length });
    for (const person of people) {
      const content: PersonContent = {
        slots: slots.get(person.id) ?? none,
        clashes: clashes.get(person.id) ?? none,
        absences: absences.get(person.id) ?? none,
      };
      rowById.set(person.id, rows.length);
      rows.push(personRow(person, content, columns, colors, before.get(person.id) ?? null));
    }
  }
  colorsOf.set(parts, colors);
  return {
    parts,
    rows,
    columns,
    coverage: coverageLines(parts.coverage, columnOf),
    clashes: parts.clashes,
    columnOf,
    rowOf: (personId) => rowById.get(personId) ?? -1,
  };
}

const none: ReadonlyMap<number, never> = new Map<number, never>();

function sameColumns(a: readonly HalfDay[], b: readonly HalfDay[]): boolean {
  return (
    a.length === b.length &&
    a.every((day, index) => day.date === b[index]?.date && day.half === b[index].half && day.holiday === b[index].holiday)
  );
}

function slotsByPerson(
  cells: readonly Cell[],
  columnOf: (date: string, half: Half) => number,
): ReadonlyMap<string, ReadonlyMap<number, readonly Cell[]>> {
  const byPerson = new Map<string, Map<number, Cell[]>>();
  for (const cell of cells) {
    const column = columnOf(cell.date, cell.half);
    if (column < 0) continue;
    let person = byPerson.get(cell.personId);
    if (person === undefined) byPerson.set(cell.personId, (person = new Map()));
    const slot = person.get(column);
    if (slot === undefined) person.set(column, [cell]);
    else slot.push(cell);
  }
  return byPerson;
}

function clashesByPerson(
  clashes: readonly Clash[],
  cells: readonly Cell[],
  columnOf: (date: string, half: Half) => number,
): ReadonlyMap<string, ReadonlyMap<number, ShownClash>> {
  const byPerson = new Map<string, Map<number, ShownClash>>();
  const mark = (personId: string, column: number, clash: Clash): void => {
    if (column < 0) return;
    let person = byPerson.get(personId);
    if (person === undefined) byPerson.set(personId, (person = new Map()));
    const known = person.get(column);
    const worse = known === undefined || worseFirst.indexOf(clash.severity) < worseFirst.indexOf(known.severity);
    person.set(column, {
      text: known === undefined ? clash.text : `${known.text} ${clash.text}`,
      severity: worse ? clash.severity : known.severity,
    });
  };
  const cellById = clashes.some((clash) => clash.slots.length === 0) ? new Map(cells.map((cell) => [cell.id, cell])) : null;
  for (const clash of clashes) {
    for (const slot of clash.slots) mark(slot.personId, columnOf(slot.date, slot.half), clash);
    if (clash.slots.length > 0) continue;
    for (const entity of clash.entities) {
      const cell = entity.type === 'assignment' ? cellById?.get(entity.id) : undefined;
      if (cell) mark(cell.personId, columnOf(cell.date, cell.half), clash);
    }
  }
  return byPerson;
}

function absencesByPerson(
  absences: readonly WindowAbsence[],
  firstSlot: number,
  count: number,
): ReadonlyMap<string, PersonContent['absences']> {
  const byPerson = new Map<string, Map<number, { readonly type: string; readonly edge: ShownCell['absenceEdge'] }>>();
  for (const absence of absences) {
    if (inactive.has(absence.status)) continue;
    const from = dateToDay(absence.startDate) * 2 - firstSlot;
    const to = dateToDay(absence.endDate) * 2 + 1 - firstSlot;
    let person = byPerson.get(absence.personId);
    if (person === undefined) byPerson.set(absence.personId, (person = new Map()));
    const first = Math.max(0, from);
    const last = Math.min(count - 1, to);
    for (let column = first; column <= last; column += 1)
      person.set(column, {
        type: absence.absenceType,
        edge: first === last ? 'both' : column === first ? 'start' : column === last ? 'end' : 'middle',
      });
  }
  return byPerson;
}

type Colors = ReadonlyMap<string, string | null>;
const colorsOf = new WeakMap<WindowParts, Colors>();

function colorsByRotation(parts: WindowParts, previous: RosterModel | null): Colors {
  const colors = new Map(parts.rotations.map((rotation) => [rotation.id, textField(rotation.fields['backgroundColor'])] as const));
  const before = previous === null ? undefined : colorsOf.get(previous.parts);
  const same = before?.size === colors.size && [...colors].every(([id, color]) => before.get(id) === color);
  return same ? before : colors;
}

function textField(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function personRow(
  person: WindowPerson,
  content: PersonContent,
  columns: readonly HalfDay[],
  colors: Colors,
  before: ModelPerson | null,
): ModelPerson {
  const was = before?.person.version === person.version ? contentOf.get(before) : undefined;
  if (before && was && sameContent(was, content)) return before;
  let depth = 1;
  for (const slot of content.slots.values()) depth = Math.max(depth, slot.length);
  const made = new Map<number, readonly ShownCell[]>();
  const row: ModelPerson = {
    kind: 'row',
    key: person.id,
    person,
    depth,
    clashes: content.clashes.size,
    absent: content.absences.size > 0,
    worst: [...content.clashes.values()].reduce<Clash['severity'] | null>(
      (worst, { severity }) => (worst === null || worseFirst.indexOf(severity) < worseFirst.indexOf(worst) ? severity : worst),
      null,
    ),
    cells: (column) => {
      const known = made.get(column);
      if (known) return known;
      const reusable = before && was && sameSlot(was, content, column) ? before.cells(column) : null;
      const cells = reusable ?? makeCells(person, content, columns, colors, column);
      made.set(column, cells);
      return cells;
    },
  };
  contentOf.set(row, content);
  return row;
}

function makeCells(
  person: WindowPerson,
  content: PersonContent,
  columns: readonly HalfDay[],
  colors: Colors,
  column: number,
): readonly ShownCell[] {
  const halfDay = columns[column];
  if (halfDay === undefined) return [];
  const absence = content.absences.get(column);
  const common = {
    person,
    halfDay,
    column,
    clash: content.clashes.get(column) ?? null,
    absence: absence?.type ?? null,
    absenceEdge: absence?.edge ?? null,
  };
  const slot = content.slots.get(column);
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

function sameContent(a: PersonContent, b: PersonContent): boolean {
  if (a.slots.size !== b.slots.size || a.clashes.size !== b.clashes.size || a.absences.size !== b.absences.size) return false;
  for (const column of b.slots.keys()) if (!sameCells(a.slots.get(column), b.slots.get(column))) return false;
  for (const [column, clash] of b.clashes) if (!sameClash(a.clashes.get(column), clash)) return false;
  for (const [column, absence] of b.absences) {
    const other = a.absences.get(column);
    if (other?.type !== absence.type || other.edge !== absence.edge) return false;
  }
  return true;
}

function sameSlot(a: PersonContent, b: PersonContent, column: number): boolean {
  const absence = a.absences.get(column);
  const other = b.absences.get(column);
  return (
    sameCells(a.slots.get(column), b.slots.get(column)) &&
    sameClash(a.clashes.get(column), b.clashes.get(column)) &&
    absence?.type === other?.type &&
    absence?.edge === other?.edge
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
    return cell.id === other?.id && cell.code === other.code && cell.text === other.text && cell.fields === other.fields;
  });
}

function coverageLines(coverage: readonly CoverageCount[], columnOf: (date: string, half: Half) => number): readonly CoverageLine[] {
  return [...Map.groupBy(coverage, (count) => count.code)]
    .map(([code, counts]): CoverageLine => {
      const byColumn = new Map(counts.map((count) => [columnOf(count.date, count.half), count]));
      return {
        code,
        name: counts[0]?.name ?? code,
        wanted: counts.some((count) => count.minimum !== null || count.capacity !== null),
        hasMinimum: counts.some((count) => count.minimum !== null),
        short: counts.reduce((sum, count) => sum + (count.short ? 1 : 0), 0),
        at: (column) => byColumn.get(column) ?? null,
      };
    })
    .toSorted((a, b) => Number(b.hasMinimum) - Number(a.hasMinimum) || Number(b.wanted) - Number(a.wanted) || (a.code < b.code ? -1 : 1));
}

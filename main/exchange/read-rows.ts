import type { Half } from '../../shared/ids.ts';
import { dayToDate } from '../../shared/roster/slot.ts';
import { describePerson, looksLikeRole, parseHeading } from './describe-person.ts';
import { isNameLabel, type PersonColumns } from './find-columns.ts';
import type { DayColumn, DaySection } from './find-days.ts';
import { parseHalf, parseHeaderDate, parseWeekday } from './header-words.ts';
import type { IssueList } from './issue-list.ts';
import { limits } from './limits.ts';
import { readKey } from './person-key.ts';
import { readCode } from './read-code.ts';
import type { RotaCallRow, RotaCell, RotaGroup, RotaPerson } from './rota.ts';
import { foldSpaces, textOf, type Cell, type Sheet } from './sheet.ts';

/** A run of rows under one row of dates. `rows` are those that may speak of people, `above` those over the dates that may be call rows. */
export interface Body {
  readonly section: DaySection;
  readonly rows: ReadonlySet<number>;
  readonly above: readonly number[];
}

export interface RowsReading {
  /** One for each row, or part of a row, that names a person; the same person may come several times. */
  readonly people: readonly RotaPerson[];
  readonly callRows: readonly RotaCallRow[];
}

interface Context {
  readonly sheet: Sheet;
  readonly columns: PersonColumns;
  readonly issues: IssueList;
  /** Days to add to the dates of the file. */
  readonly shift: number;
  /** What to throw when there is more than is read. */
  refuseTooMany(): Error;
}

/** Tells the rows of people from those of calls, sums, headings and stray tables, and reads the first two. What is left out is an issue. */
export function readRows(context: Context, bodies: readonly Body[]): RowsReading {
  const people: RotaPerson[] = [];
  const callRows: RotaCallRow[] = [];
  let halfDays = 0;
  for (const body of bodies) {
    for (const row of body.above) if (isCallLabel(readName(context, row))) callRows.push(readCallRow(context, body, row));
    let heading = context.columns.heading;
    let lastName = '';
    for (const row of body.rows) {
      const kind = classifyRow(context, body, row);
      if (kind === 'heading') heading = parseHeading(readLeftText(context, row)) ?? heading;
      if (kind === 'call') callRows.push(readCallRow(context, body, row));
      if (kind === 'person') {
        const half = context.columns.half === null ? null : parseHalf(textOf(context.sheet.ownCell(row, context.columns.half)));
        const name = readName(context, row) || (half === 'PM' ? lastName : '');
        lastName = name;
        const person = readPerson(context, body, { row, name, heading, half });
        halfDays += person.cells.length;
        if (halfDays > limits.halfDays || people.length >= limits.people) throw context.refuseTooMany();
        people.push(person);
      }
      if (kind === 'nameless' || kind === 'sums' || kind === 'note' || (kind === 'repeat' && readName(context, row) !== ''))
        reportRow(context, body, row, kind);
    }
  }
  return { people, callRows };
}

type RowKind = 'blank' | 'repeat' | 'heading' | 'call' | 'person' | 'nameless' | 'sums' | 'note';

function classifyRow(context: Context, body: Body, row: number): RowKind {
  const { sheet, columns } = context;
  const name = readName(context, row);
  if (name !== '' && readKey(sheet, columns.keys, row) !== null) return 'person';
  const days = body.section.columns.map(({ column }) => sheet.cell(row, column)).filter((cell) => cell !== undefined);
  const half = columns.half === null ? null : parseHalf(textOf(sheet.ownCell(row, columns.half)));
  if (name === '' && half === 'PM' && days.length > 0 && readName(context, row - 1) !== '') return 'person';
  if (name === '' && days.length === 0) return parseHeading(readLeftText(context, row)) === null ? 'blank' : 'heading';
  if (isCallLabel(name) && !looksLikeRole(readRole(context, row))) return 'call';
  const isPerson = name !== '' && hasRole(context, row) && !isNameLabel(name);
  if (!isPerson && repeatsHeader(days)) return 'repeat';
  if (name === '') return 'nameless';
  if (isPerson) return 'person';
  if (parseHeading(name) !== null && days.length === 0) return 'heading';
  const sums = days.filter((cell) => cell.formula || cell.kind === 'number' || /^-?\d+([.,]\d+)?%?$/.test(textOf(cell))).length;
  if (sums * 2 >= days.length && days.length > 0) return 'sums';
  if (days.length > 0) return 'person';
  // A name with an empty row is a person among other people, and a remark anywhere else.
  return isPlainName(name) && (isPersonRow(context, body, row - 1) || isPersonRow(context, body, row + 1)) ? 'person' : 'note';
}

/** A row that says the weekdays or the dates again, as over a second table. */
function repeatsHeader(days: readonly Cell[]): boolean {
  const weekdays = days.map(textOf).filter((text) => text.length > 1 && parseWeekday(text).length > 0);
  if (days.length > 0 && weekdays.length * 2 >= days.length) return true;
  return days.length > 1 && days.every((cell) => cell.kind === 'date' || (cell.kind === 'text' && parseHeaderDate(cell.text) !== null));
}

function isPersonRow({ sheet, columns }: Context, body: Body, row: number): boolean {
  if (!body.rows.has(row)) return false;
  return (
    columns.name.some((column) => textOf(sheet.ownCell(row, column)) !== '') &&
    body.section.columns.some(({ column }) => sheet.cell(row, column) !== undefined)
  );
}

const isPlainName = (name: string) => name.length <= 60 && !/[\d=:;]/.test(name) && name.split(' ').length <= 5;

function readRole({ sheet, columns }: Context, row: number): string {
  return columns.role === null ? '' : foldSpaces(textOf(sheet.cell(row, columns.role)));
}

function hasRole({ sheet, columns }: Context, row: number): boolean {
  const textIn = (column: number | null) => (column === null ? '' : foldSpaces(textOf(sheet.ownCell(row, column))));
  return textIn(columns.role) !== '' || textIn(columns.template) !== '';
}

/** The label of a row of calls: `Staff Call`, `On call`, `Night call:`. Not Callahan. */
function isCallLabel(name: string): boolean {
  return /\b(on[ -]?)?calls?:?$/i.test(name) || /^call\b/i.test(name);
}

function readName({ sheet, columns }: Context, row: number): string {
  const parts = columns.name.map((column) => foldSpaces(textOf(sheet.cell(row, column)))).filter((text) => text !== '');
  return parts.join(', ').slice(0, limits.nameLength + 1);
}

/** The first text beside the days, in whichever column it stands: headings are put anywhere. */
function readLeftText({ sheet }: Context, row: number): string {
  const column = sheet.columnsIn(row)[0];
  return column === undefined ? '' : foldSpaces(textOf(sheet.ownCell(row, column)));
}

function readPerson(
  context: Context,
  body: Body,
  { row, name, heading, half }: { row: number; name: string; heading: RotaGroup | null; half: Half | null },
): RotaPerson {
  const { sheet, columns } = context;
  const textIn = (column: number | null) => (column === null ? '' : foldSpaces(textOf(sheet.cell(row, column))).slice(0, 100));
  // `Silva (PGY-2)` says the role behind the name.
  const inName = /^(.+?)\s*\(([^()]+)\)$/.exec(name);
  const roleInName = columns.role === null && inName !== null && looksLikeRole(inName[2] ?? '') ? (inName[2] ?? '') : '';
  const role = textIn(columns.role) || roleInName;
  const template = textIn(columns.template);
  const key = readKey(sheet, columns.keys, row);
  const described = describePerson({ role, template, heading: parseHeading(textIn(columns.group)) ?? heading });
  return {
    row,
    ...(key === null ? {} : { key }),
    name: (roleInName === '' ? name : (inName?.[1] ?? name)).slice(0, limits.nameLength),
    group: described.group,
    role,
    template,
    rotations: [...new Set(columns.rotations.map((column) => textIn(column)).filter((text) => text !== ''))],
    fields: { ...described.fields, ...(role === '' ? {} : { role }), ...(template === '' ? {} : { template }) },
    cells: readCells(context, body.section.columns, row, half),
  };
}

function readCells({ sheet, issues, shift }: Context, columns: readonly DayColumn[], row: number, only: Half | null): readonly RotaCell[] {
  const cells: RotaCell[] = [];
  const unreadable: string[] = [];
  for (const { column, day, half } of columns) {
    const read = readCode(sheet.cell(row, column));
    const where = sheet.where(row, column);
    if (read.kind === 'unreadable') unreadable.push(`${where} ${read.why}`);
    for (const each of only === null ? (half === null ? (['AM', 'PM'] as const) : [half]) : half === null || half === only ? [only] : []) {
      const place = { date: dayToDate(day + shift), half: each, where };
      cells.push(read.kind === 'code' ? { kind: 'code', ...place, code: read.code } : { kind: read.kind, ...place });
    }
  }
  if (unreadable.length > 0)
    issues.add({
      kind: 'unreadable-cell',
      severity: 'warning',
      where: sheet.rowName(row),
      text: `${firstOf(unreadable)} That is no code: what the roster holds there is left alone.`,
      data: { cells: unreadable.length },
    });
  return cells;
}

const firstOf = (list: readonly string[]) => `${list.slice(0, 5).join('; ')}${list.length > 5 ? `; and ${list.length - 5} more` : ''}.`;

function readCallRow(context: Context, body: Body, row: number): RotaCallRow {
  const { sheet, shift } = context;
  const entries = new Map<number, RotaCallRow['entries'][number]>();
  for (const { column, day } of body.section.columns) {
    const text = foldSpaces(textOf(sheet.cell(row, column))).slice(0, limits.nameLength);
    // One call a day: the columns of the morning and the afternoon are merged, or the second repeats the first.
    if (text !== '' && entries.get(day)?.text !== text)
      entries.set(entries.has(day) ? column * 1e7 : day, { date: dayToDate(day + shift), where: sheet.where(row, column), text });
  }
  return {
    row,
    label: readName(context, row).replace(/:$/, ''),
    entries: [...entries.values()],
  };
}

function reportRow(context: Context, body: Body, row: number, kind: 'nameless' | 'sums' | 'note' | 'repeat'): void {
  const { sheet, issues } = context;
  const name = readName(context, row) || readLeftText(context, row);
  const filled = body.section.columns.filter(({ column }) => sheet.cell(row, column) !== undefined).length;
  const texts = {
    nameless: `This row fills ${filled} of its cells but names no person: no person and no assignments are made of it.`,
    sums: `“${name.slice(0, 80)}” is a row of sums beside the rota: nothing is taken from it.`,
    repeat: `“${name.slice(0, 80)}” says the days once more: nothing is taken from it.`,
    note: `“${name.slice(0, 80)}” has nothing on any day and no role: no person is made of it.`,
  };
  issues.add({ kind: 'row-without-person', severity: 'info', where: sheet.rowName(row), text: texts[kind], data: { row, filled } });
}

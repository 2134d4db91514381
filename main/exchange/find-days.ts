import type { Half } from '../../shared/ids.ts';
import { dayToDate, parseDay } from '../../shared/roster/slot.ts';
import { looksLikeRole } from './describe-person.ts';
import { isLabel } from './find-columns.ts';
import { parseHalf, parseHeaderDate, parseWeekday, type HeaderDate } from './header-words.ts';
import { findKeyColumn, readKey } from './person-key.ts';
import { textOf, type Cell, type Sheet } from './sheet.ts';

/** A column that speaks of one day: of its morning, its afternoon, or (`null`) the whole of it. */
export interface DayColumn {
  readonly column: number;
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly half: Half | null;
}

/** A row of dates and the columns under it. */
export interface DaySection {
  readonly row: number;
  readonly columns: readonly DayColumn[];
  /** Rows that only head the columns: dates, weekdays, AM and PM. */
  readonly headerRows: ReadonlySet<number>;
  /** For the first column of each day, the weekdays that the header says it may be. */
  readonly weekdays: readonly {
    readonly column: number;
    readonly day: number;
    readonly stated: readonly number[];
    readonly text: string;
  }[];
  /** The dates are written without a year: they were put into the year that was asked for. */
  readonly yearless: boolean;
  /** Columns among the days that are no half day: spacers with something in them, a third column of a day. */
  readonly leftOut: readonly number[];
}

interface DateCell {
  readonly column: number;
  readonly lastColumn: number | null;
  readonly date: HeaderDate;
}

const headerReach = { above: 6, below: 3 } as const;

/**
 * Finds the rows of dates: each is a run of dates from left to right that never goes back. Dates may be Excel's, text, or plain serial
 * numbers; one column or several for each day; AM and PM beside, below or in the date itself. Dates without a year begin in `yearOfYearless`.
 */
export function findDaySections(sheet: Sheet, yearOfYearless = 2000): readonly DaySection[] {
  const sections: DaySection[] = [];
  const keys = findKeyColumn(sheet);
  for (let row = 1; row <= sheet.rows && sections.length < mostSections; row += 1) {
    // Codes such as 1/2 look like dates; a row that says whose it is heads nothing.
    if (readKey(sheet, keys, row) !== null) continue;
    const cells = readDateCells(sheet, row);
    const previous = sections.at(-1);
    // A second row of the same dates just below (once as text, once for machines) heads nothing of its own.
    if (cells.length === 0 || previous?.headerRows.has(row) === true) continue;
    const block = { sheet, row, cells, floor: previous === undefined ? 1 : Math.max(...previous.headerRows) + 1 };
    const section = readSection(block, previous?.yearless === true ? yearOfDay(firstDayOf(previous)) : yearOfYearless);
    // January below December is the next one.
    const isEarlier = previous !== undefined && section?.yearless === true && firstDayOf(section) < firstDayOf(previous) - 100;
    const placed = isEarlier ? readSection(block, yearOfDay(firstDayOf(previous)) + 1) : section;
    if (placed !== null) sections.push(placed);
  }
  return sections;
}

/** The weeks of a year below each other are 53; more is no rota. */
const mostSections = 400;

const firstDayOf = (section: DaySection) => section.columns[0]?.day ?? 0;
const yearOfDay = (day: number) => Number(dayToDate(day).slice(0, 4));

function readDateCells(sheet: Sheet, row: number): readonly DateCell[] {
  const columns = sheet.columnsIn(row);
  const found: DateCell[] = [];
  for (const column of columns) {
    const cell = sheet.ownCell(row, column);
    const date = cell === undefined ? null : readDate(cell);
    if (date !== null) found.push({ column, lastColumn: sheet.rangeAt(row, column)?.right ?? null, date });
  }
  const serials = found.length > 1 ? [] : readSerials(sheet, row);
  return serials.length > found.length ? serials : found;
}

function readDate(cell: Cell): HeaderDate | null {
  if (cell.kind !== 'text' && cell.kind !== 'date') return null;
  return parseHeaderDate(cell.text);
}

/** Dates that lost their format are whole numbers of this century that follow each other. */
function readSerials(sheet: Sheet, row: number): readonly DateCell[] {
  const cells: DateCell[] = [];
  let last = 0;
  for (const column of sheet.columnsIn(row)) {
    const cell = sheet.ownCell(row, column);
    const serial = cell?.kind === 'number' ? cell.number : Number(/^\d{5}$/.exec(textOf(cell))?.[0] ?? Number.NaN);
    if (!Number.isInteger(serial) || serial < 36_526 || serial > 73_050) continue;
    if (last !== 0 && (serial < last || serial > last + 7)) return [];
    last = serial;
    const date = parseHeaderDate(dayToDate(serial - 25_569));
    if (date !== null) cells.push({ column, lastColumn: sheet.rangeAt(row, column)?.right ?? null, date });
  }
  return cells.length >= 3 ? cells : [];
}

interface HeaderBlock {
  readonly sheet: Sheet;
  readonly row: number;
  readonly cells: readonly DateCell[];
  /** The first row that cannot belong to the header above. */
  readonly floor: number;
}

function readSection(block: HeaderBlock, yearOfYearless: number): DaySection | null {
  const { sheet, row, cells } = block;
  const firstColumn = cells[0]?.column ?? 0;
  // The dates must be what the row is about from its first date on; a date in a line of text heads nothing.
  const filled = sheet.columnsIn(row).filter((column) => column >= firstColumn).length;
  if (cells.length * 2 < filled) return null;
  // One date over and over is a column of dates lying on its side.
  if (cells.length > 3 && new Set(cells.map(({ date }) => dayAndMonth(date))).size < 2) return null;
  // A row of a person may hold codes such as 1/2; a row of dates has no role beside them.
  if (sheet.columnsIn(row).some((column) => column < firstColumn && looksLikeRole(textOf(sheet.ownCell(row, column))))) return null;
  const { halfRows, weekdayRows, twinRows } = findHeaderRows(block);
  const weekdaysOf = (cell: DateCell) => [
    ...(cell.date.weekdays.length > 0 ? [{ stated: cell.date.weekdays, text: textOf(sheet.ownCell(row, cell.column)) }] : []),
    ...weekdayRows
      .map((each) => textOf(sheet.cell(each, cell.column)))
      .map((text) => ({ stated: parseWeekday(text), text }))
      .filter(({ stated }) => stated.length > 0),
  ];
  const agreement = (days: readonly number[]): number =>
    cells.flatMap((cell, index) => weekdaysOf(cell).filter(({ stated }) => stated.includes(weekdayNumber(days[index] ?? 0)))).length;
  const resolved = resolveDays(cells, yearOfYearless, agreement);
  if (resolved === null) return null;

  const halfAt = (column: number): Half | null =>
    halfRows.map((each) => parseHalf(textOf(sheet.cell(each, column)))).find((half) => half !== null) ?? null;
  const { columns, leftOut } = spreadDays(sheet, cells, resolved.days, halfAt);
  if (new Set(resolved.days).size < 2 && !columns.some((column) => column.half !== null)) return null;
  return {
    row,
    columns,
    leftOut,
    yearless: resolved.yearless,
    headerRows: new Set([row, ...halfRows, ...weekdayRows, ...twinRows]),
    weekdays: cells.flatMap((cell, index) =>
      weekdaysOf(cell).map((each) => ({ ...each, column: cell.column, day: resolved.days[index] ?? 0 })),
    ),
  };
}

/**
 * Puts dates that may be read two ways, or have no year, into days. The right reading is the one where the days never go back, then the
 * one that agrees with the weekdays, then the one that spans the fewest days.
 */
function resolveDays(
  cells: readonly DateCell[],
  yearOfYearless: number,
  agreement: (days: readonly number[]) => number,
): { readonly days: readonly number[]; readonly yearless: boolean } | null {
  const yearless = cells.every((cell) => cell.date.year === null);
  const readings = (['month-day', 'day-month'] as const)
    .map((order) => readInOrder(cells, order, yearless ? yearOfYearless : null))
    .filter((days): days is readonly number[] => days !== null && isForward(days));
  const spanOf = (days: readonly number[]) => (days.at(-1) ?? 0) - (days[0] ?? 0);
  const [best] = readings.toSorted((a, b) => agreement(b) - agreement(a) || spanOf(a) - spanOf(b));
  return best === undefined || spanOf(best) > 800 ? null : { days: best, yearless };
}

function readInOrder(
  cells: readonly DateCell[],
  order: 'day-month' | 'month-day',
  yearOfYearless: number | null,
): readonly number[] | null {
  const parts = cells.map(({ date }) => {
    const dayFirst = (date.order === 'either' ? order : date.order) === 'day-month';
    return { month: dayFirst ? date.second : date.first, day: dayFirst ? date.first : date.second, year: date.year };
  });
  // Years that are left out follow from the ones that are there: December is followed by January of the next.
  let turns = 0;
  const years = parts.map((part, index) => {
    const before = parts[index - 1];
    if (before !== undefined && part.month < before.month) turns += 1;
    return turns;
  });
  const anchor = parts.findIndex((part) => part.year !== null);
  const firstYear = yearOfYearless ?? (parts[anchor]?.year ?? 0) - (years[anchor] ?? 0);
  const days: number[] = [];
  for (const [index, part] of parts.entries()) {
    const year = part.year ?? firstYear + (years[index] ?? 0);
    const day = parseDay(`${year}-${String(part.month).padStart(2, '0')}-${String(part.day).padStart(2, '0')}`);
    if (day === null) return null;
    days.push(day);
  }
  return days;
}

/** Days of a roster follow each other: they never go back, and most are within a week of the one before. */
function isForward(days: readonly number[]): boolean {
  const steps = days.slice(1).map((day, index) => day - (days[index] ?? 0));
  return steps.every((step) => step >= 0) && steps.filter((step) => step <= 7).length * 2 >= steps.length;
}

/** 0 is Sunday; 1970-01-01 was a Thursday. */
export function weekdayNumber(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Gives each date its columns: as wide as its merged cell, else up to the next date, but no wider than the others are. */
function spreadDays(sheet: Sheet, cells: readonly DateCell[], days: readonly number[], halfAt: (column: number) => Half | null) {
  const gaps = cells.map((cell, index) => (cells[index + 1]?.column ?? Number.NaN) - cell.column).filter((gap) => gap > 0);
  const usual = mostFrequent(gaps) ?? (halfAt((cells[0]?.column ?? 0) + 1) === 'PM' ? 2 : 1);
  const columnsByDay = new Map<number, { column: number; half: Half | null }[]>();
  const leftOut: number[] = [];
  for (const [index, cell] of cells.entries()) {
    const next = cells[index + 1]?.column ?? Number.POSITIVE_INFINITY;
    const labelled = (column: number) => halfAt(column) !== null;
    let last = Math.min(cell.lastColumn ?? cell.column + usual - 1, next - 1);
    while (last + 1 < next && last - cell.column < 6 && labelled(last + 1) && cell.lastColumn === null) last += 1;
    const list = columnsByDay.get(days[index] ?? 0) ?? [];
    columnsByDay.set(days[index] ?? 0, list);
    for (let column = cell.column; column <= last; column += 1) list.push({ column, half: cell.date.half ?? halfAt(column) });
    if (Number.isFinite(next)) for (let column = last + 1; column < next; column += 1) leftOut.push(column);
  }
  const columns: DayColumn[] = [];
  for (const [day, list] of columnsByDay) {
    const chosen = chooseHalves(list);
    columns.push(...chosen.map((each) => ({ ...each, day })));
    leftOut.push(...list.filter((each) => !chosen.some((one) => one.column === each.column)).map((each) => each.column));
  }
  return { columns, leftOut: leftOut.filter((column) => sheet.rowsIn(column).length > 0) };
}

/** Labels decide. Without any, one column is the whole day, and of several the first two are morning and afternoon. */
function chooseHalves(list: readonly { column: number; half: Half | null }[]): readonly { column: number; half: Half | null }[] {
  if (list.some((each) => each.half !== null)) {
    const morning = list.find((each) => each.half === 'AM');
    const afternoon = list.find((each) => each.half === 'PM');
    return [morning, afternoon].filter((each) => each !== undefined);
  }
  if (list.length < 2) return list;
  return list.slice(0, 2).map(({ column }, index) => ({ column, half: index === 0 ? 'AM' : 'PM' }));
}

function mostFrequent(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0];
}

/** The rows around the dates that say weekdays, halves or the dates once more. Above, the first row that says anything else ends the header. */
function findHeaderRows({ sheet, row, cells, floor }: HeaderBlock) {
  const first = cells[0]?.column ?? 0;
  const found = { halfRows: [] as number[], weekdayRows: [] as number[], twinRows: [] as number[] };
  for (let each = row - 1; each >= Math.max(1, floor, row - headerReach.above); each -= 1) {
    if (isWeekdayRow(sheet, each, cells, 2)) found.weekdayRows.push(each);
    else if (isHalfRow(sheet, each, first)) found.halfRows.push(each);
    else if (floor > 1 && sheet.columnsIn(each).some((column) => column >= first)) break;
  }
  for (let each = row + 1; each <= Math.min(sheet.rows, row + headerReach.below); each += 1) {
    // Below stand the people, whose codes may look like weekdays or halves too (`W`, `F`, `AM`): a row that names somebody is none.
    if (sheet.columnsIn(each).some((column) => column < first && !isLabel(textOf(sheet.ownCell(each, column))))) continue;
    if (isWeekdayRow(sheet, each, cells, 4)) found.weekdayRows.push(each);
    else if (isHalfRow(sheet, each, first)) found.halfRows.push(each);
    else if (isTwinRow(sheet, each, cells)) found.twinRows.push(each);
  }
  return found;
}

function isWeekdayRow(sheet: Sheet, row: number, cells: readonly DateCell[], different: number): boolean {
  const texts = cells.map((cell) => textOf(sheet.cell(row, cell.column))).filter((text) => text !== '');
  const weekdays = texts.map(parseWeekday).filter((stated) => stated.length > 0);
  const distinct = new Set(weekdays.map((stated) => stated.join())).size;
  return weekdays.length * 5 >= texts.length * 4 && weekdays.length * 2 >= cells.length && distinct >= Math.min(different, cells.length);
}

function isHalfRow(sheet: Sheet, row: number, first: number): boolean {
  const columns = sheet.columnsIn(row).filter((column) => column >= first);
  const halves = columns.map((column) => parseHalf(textOf(sheet.ownCell(row, column)))).filter((half) => half !== null);
  return halves.length * 2 >= columns.length && new Set(halves).size === 2;
}

/** A row close by that says the same dates once more, perhaps written another way. */
function isTwinRow(sheet: Sheet, row: number, cells: readonly DateCell[]): boolean {
  const twins = cells.filter((cell) => {
    const below = sheet.ownCell(row, cell.column);
    const date = below === undefined ? null : readDate(below);
    return date !== null && dayAndMonth(date) === dayAndMonth(cell.date);
  });
  return twins.length * 5 >= cells.length * 4;
}

const dayAndMonth = ({ first, second }: HeaderDate) => `${Math.min(first, second)} ${Math.max(first, second)}`;

import { limits } from './limits.ts';

/** One cell that is not empty. Rows and columns count from 1. */
export type Cell =
  | { readonly kind: 'text' | 'boolean' | 'error'; readonly text: string; readonly formula: boolean }
  | { readonly kind: 'number'; readonly text: string; readonly number: number; readonly formula: boolean }
  /** `text` is the day as `YYYY-MM-DD`. */
  | { readonly kind: 'date'; readonly text: string; readonly formula: boolean }
  /** A formula whose result is not in the file. */
  | { readonly kind: 'unknown'; readonly text: ''; readonly formula: true };

export interface Range {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** The last row and column that hold anything. */
  readonly rows: number;
  readonly columns: number;
  /** The cell as people see it: a merged cell shows the value of its first one. */
  cell(row: number, column: number): Cell | undefined;
  /** The cell itself, without what it is merged with. */
  ownCell(row: number, column: number): Cell | undefined;
  /** The columns of a row, and the rows of a column, whose own cells are not empty, in order. */
  columnsIn(row: number): readonly number[];
  rowsIn(column: number): readonly number[];
  /** The merged range that begins at this cell. */
  rangeAt(row: number, column: number): Range | undefined;
  /** What lies beyond what is read, in words; empty when everything was read. */
  readonly beyond: readonly string[];
  /** Which way round the sheet is held: `where` names a cell as the file does, also after `transpose`. */
  where(row: number, column: number): string;
  rowName(row: number): string;
  columnName(column: number): string;
}

export interface Workbook {
  readonly sheets: readonly Sheet[];
  /** The day the file says it was last saved, where it does. */
  readonly savedOn: string | null;
}

/** Collects the cells of one sheet within the limits, and says what was left out. */
export class SheetBuilder {
  readonly #cells = new Map<number, Cell>();
  readonly #ranges: Range[] = [];
  readonly #name: string;
  readonly #hidden: boolean;
  readonly #mostRows: number;
  #outside = 0;
  #rows = 0;
  #columns = 0;

  constructor(name: string, hidden: boolean, mostRows: number = limits.rows) {
    this.#name = name;
    this.#hidden = hidden;
    this.#mostRows = mostRows;
  }

  /** Adds a cell unless it is blank: spaces of any kind, also those that do not break, are no content. */
  add(row: number, column: number, cell: Cell): void {
    if (cell.kind === 'text' && !cell.formula && trimText(cell.text) === '') return;
    if (row > this.#mostRows || column > limits.columns) {
      this.#outside += 1;
      return;
    }
    this.#cells.set(keyOf(row, column), cell);
    this.#rows = Math.max(this.#rows, row);
    this.#columns = Math.max(this.#columns, column);
  }

  merge(range: Range): void {
    this.#ranges.push(range);
  }

  build(): Sheet {
    const beyond: string[] = [];
    if (this.#outside > 0)
      beyond.push(
        `What stands beyond row ${this.#mostRows} or column ${nameColumn(limits.columns)} of “${this.#name}” is not read (cells: ${this.#outside}).`,
      );
    const ranges = new Map<number, Range>();
    const coveredBy = new Map<number, number>();
    let room: number = limits.mergedCells;
    for (const whole of this.#ranges) {
      const range = {
        ...whole,
        bottom: Math.min(whole.bottom, this.#rows),
        right: Math.min(whole.right, Math.max(this.#columns, whole.left + 1)),
      };
      const first = keyOf(range.top, range.left);
      if (range.top > this.#rows || range.left > limits.columns) continue;
      ranges.set(first, range);
      if (!this.#cells.has(first)) continue;
      room -= (range.bottom - range.top + 1) * (range.right - range.left + 1);
      if (room < 0) continue;
      for (let row = range.top; row <= range.bottom; row += 1)
        for (let column = range.left; column <= range.right; column += 1) coveredBy.set(keyOf(row, column), first);
    }
    if (room < 0)
      beyond.push(`“${this.#name}” merges more than ${limits.mergedCells} cells; those beyond are read as if they were not merged.`);
    const cells = this.#cells;
    const byRow = new Map<number, number[]>();
    const byColumn = new Map<number, number[]>();
    for (const key of [...cells.keys()].sort((a, b) => a - b)) {
      const row = Math.floor(key / keyWidth);
      const column = key % keyWidth;
      addTo(byRow, row, column);
      addTo(byColumn, column, row);
    }
    return {
      name: this.#name,
      hidden: this.#hidden,
      rows: this.#rows,
      columns: this.#columns,
      cell: (row, column) => cells.get(coveredBy.get(keyOf(row, column)) ?? keyOf(row, column)),
      ownCell: (row, column) => cells.get(keyOf(row, column)),
      columnsIn: (row) => byRow.get(row) ?? [],
      rowsIn: (column) => byColumn.get(column) ?? [],
      rangeAt: (row, column) => ranges.get(keyOf(row, column)),
      beyond,
      where: (row, column) => `${nameColumn(column)}${row}`,
      rowName: (row) => `row ${row}`,
      columnName: (column) => `column ${nameColumn(column)}`,
    };
  }
}

/** The same sheet with rows and columns exchanged: a rota whose days run downwards reads like any other. Cells keep their names. */
export function transpose(sheet: Sheet): Sheet {
  return {
    ...sheet,
    rows: sheet.columns,
    columns: sheet.rows,
    cell: (row, column) => sheet.cell(column, row),
    ownCell: (row, column) => sheet.ownCell(column, row),
    columnsIn: (row) => sheet.rowsIn(row),
    rowsIn: (column) => sheet.columnsIn(column),
    rangeAt: (row, column) => {
      const range = sheet.rangeAt(column, row);
      return range === undefined ? undefined : { top: range.left, left: range.top, bottom: range.right, right: range.bottom };
    },
    where: (row, column) => sheet.where(column, row),
    rowName: (row) => sheet.columnName(row),
    columnName: (column) => sheet.rowName(column),
  };
}

/** Without the blanks around it, of every kind that a sheet may hold, also those that do not break or have no width. */
export function trimText(text: string): string {
  // By hand: a pattern that looks for blanks at the end takes minutes on megabytes of blanks.
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text, start)) start += 1;
  while (end > start && isBlank(text, end - 1)) end -= 1;
  return text.slice(start, end);
}

function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code <= 32 || (code > 127 && ((code >= 0x200b && code <= 0x200d) || code === 0x2060 || (text[at] ?? '').trim() === ''));
}

/** A name as one line: blanks of every kind become one space. */
export function foldSpaces(text: string): string {
  return trimText(text).replace(/[\s\u200b-\u200d\u2060]+/g, ' ');
}

/** The text of a cell without the blanks around it; empty for no cell, and for an error, which is no text anybody wrote. */
export function textOf(cell: Cell | undefined): string {
  return cell === undefined || cell.kind === 'error' ? '' : trimText(cell.text);
}

/** `A` for 1, `BJ` for 62. */
export function nameColumn(column: number): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}

/** The row and column of `BJ62`, or `null` when it is no such name. */
export function parseCellName(name: string): { readonly row: number; readonly column: number } | null {
  const match = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})$/.exec(name);
  if (match === null) return null;
  let column = 0;
  for (const letter of (match[1] ?? '').toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(match[2]);
  return row < 1 || row > 1_048_576 || column > 16_384 ? null : { row, column };
}

const keyWidth = 32_768;

const keyOf = (row: number, column: number) => row * keyWidth + column;

function addTo(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

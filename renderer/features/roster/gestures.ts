import type { EntityRecord } from '../../../shared/contract/app/roster.ts';
import { dateText } from '../../ui/format.ts';
import type { GridBlock, GridPlace } from '../../ui/grid/model.ts';
import { t } from '../../messages/index.ts';
import { codeToValue, type CodeBook } from './code-book.ts';
import { pasteSize, tileAt, type TextBlock } from './clipboard.ts';
import { planValues, removeRecord, setValue, valueOf, type CellValue, type PlannedChange, type Slot } from './edit-plan.ts';
import type { ModelPerson, RosterModel, ShownCell } from './roster-model.ts';

/** What a gesture would write: nothing to do when it makes no change. */
export interface PlannedGesture {
  readonly message: string;
  readonly changes: readonly PlannedChange[];
  /** How many cells the gesture is about. */
  readonly cells: number;
  /** Cells that were left as they are because an absence covers them. */
  readonly skipped: number;
}

/** The people's rows of a block, in order; group rows are passed over. */
export function rowsIn(model: RosterModel, block: Pick<GridBlock, 'fromRow' | 'toRow'>): readonly ModelPerson[] {
  return model.rows.slice(block.fromRow, block.toRow + 1).filter((row) => row.kind === 'row');
}

/** `Lima, A, Wed 5 Aug AM`. */
export function cellTitle(cell: ShownCell): string {
  return `${cell.person.name}, ${dateText(cell.halfDay.date)} ${cell.halfDay.half}`;
}

/** The cell at a place of the grid, where there is one. */
export function cellAt(model: RosterModel, place: GridPlace): ShownCell | null {
  const row = model.rows[place.row];
  return row?.kind === 'row' ? (row.cells(place.column)[place.index] ?? row.cells(place.column)[0] ?? null) : null;
}

function recordOf(cell: ShownCell): EntityRecord | null {
  const { assignment } = cell;
  return assignment === null ? null : { type: 'assignment', id: assignment.id, version: assignment.version, fields: assignment.fields };
}

/** A half day of a person with what stands there; `null` beyond the columns. */
export function slotOf(row: ModelPerson, column: number): Slot | null {
  const cells = row.cells(column);
  const [first] = cells;
  if (first === undefined) return null;
  return {
    personId: row.person.id,
    date: first.halfDay.date,
    half: first.halfDay.half,
    assignments: cells.flatMap((cell) => recordOf(cell) ?? []),
  };
}

/** Writes a code into one cell; an empty text clears it. */
export function planCode(model: RosterModel, place: GridPlace, text: string, book: CodeBook): PlannedGesture | null {
  const cell = cellAt(model, place);
  const row = model.rows[place.row];
  if (cell === null || row?.kind !== 'row') return null;
  if (text.trim() === '')
    return planClear(model, { fromRow: place.row, toRow: place.row, fromColumn: place.column, toColumn: place.column }, place);
  const value = codeToValue(book, text);
  const record = recordOf(cell);
  const slot = slotOf(row, place.column);
  if (slot === null) return null;
  const changes = record === null ? planValues([{ slot, values: [value] }]) : setValue(record, value);
  return { message: t('roster.messageCode', { code: value.code, cell: cellTitle(cell) }), changes, cells: 1, skipped: 0 };
}

/** Writes a code into every cell of a block. */
export function planFillCode(model: RosterModel, block: GridBlock, text: string, book: CodeBook): PlannedGesture | null {
  if (text.trim() === '') return planClear(model, block, null);
  const value = codeToValue(book, text);
  const targets = slotsIn(model, block).map((slot) => ({ slot, values: [value] }));
  const [only] = targets;
  if (only === undefined) return null;
  const message =
    targets.length === 1
      ? t('roster.messageCode', { code: value.code, cell: slotTitle(model, only.slot) })
      : t('roster.messageFillCode', { count: targets.length, code: value.code });
  return { message, changes: planValues(targets), cells: targets.length, skipped: 0 };
}

/** Clears a block; of stacked assignments in a single selected half day only the chosen one goes. */
export function planClear(model: RosterModel, block: GridBlock, chosen: GridPlace | null): PlannedGesture | null {
  const single = chosen !== null && block.fromRow === block.toRow && block.fromColumn === block.toColumn;
  const cells = single
    ? [cellAt(model, chosen)]
    : rowsIn(model, block).flatMap((row) => columnsOf(block).flatMap((column) => row.cells(column)));
  const filled = cells.filter((cell) => cell !== null && cell.assignment !== null);
  const [first] = filled;
  if (!first) return null;
  const changes = filled.flatMap((cell) => {
    const record = cell === null ? null : recordOf(cell);
    return record === null ? [] : [removeRecord(record)];
  });
  const message =
    filled.length === 1 ? t('roster.messageClearOne', { cell: cellTitle(first) }) : t('roster.messageClear', { count: filled.length });
  return { message, changes, cells: filled.length, skipped: 0 };
}

/** Copies one part of the grid over another again and again, as filling by the handle, downwards or to the right does. */
export function planFill(model: RosterModel, source: GridBlock, target: GridBlock): PlannedGesture | null {
  const sourceRows = rowsIn(model, source);
  const targets = rowsIn(model, target).flatMap((row, rowIndex) =>
    columnsOf(target).flatMap((column, columnIndex) => {
      if (column >= source.fromColumn && column <= source.toColumn && sourceRows.includes(row)) return [];
      const from = sourceRows[wrap(rowIndex + offsetRows(model, source, target), sourceRows.length)];
      const fromColumn =
        source.fromColumn + wrap(columnIndex + target.fromColumn - source.fromColumn, source.toColumn - source.fromColumn + 1);
      const slot = slotOf(row, column);
      return from && slot ? [{ slot, values: valuesAt(from, fromColumn) }] : [];
    }),
  );
  if (targets.length === 0) return null;
  return { message: t('roster.messageFill', { count: targets.length }), changes: planValues(targets), cells: targets.length, skipped: 0 };
}

function offsetRows(model: RosterModel, source: GridBlock, target: GridBlock): number {
  const before = (from: number, to: number): number => rowsIn(model, { fromRow: from, toRow: to - 1 }).length;
  return target.fromRow >= source.fromRow ? before(source.fromRow, target.fromRow) : -before(target.fromRow, source.fromRow);
}

function wrap(value: number, size: number): number {
  return size === 0 ? 0 : ((value % size) + size) % size;
}

/** The codes of a paste that nobody knows yet, in the order in which they come. */
export function unknownCodes(block: TextBlock, book: CodeBook): readonly string[] {
  return [...new Set(block.flat().filter((text) => text !== '' && valuesOfText(text, book) === null))];
}

/** What a text of the clipboard means: one code, or several joined by a slash; `null` where nobody knows it. */
function valuesOfText(text: string, book: CodeBook): readonly CellValue[] | null {
  if (book.find(text) !== null) return [codeToValue(book, text)];
  const parts = text.split('/').filter((part) => part.trim() !== '');
  return parts.length > 1 && parts.every((part) => book.find(part) !== null) ? parts.map((part) => codeToValue(book, part)) : null;
}

/** What a person decided about an unknown code: take it as it is, write another, or leave those cells as they are. */
export type CodeDecision = { readonly use: 'keep' } | { readonly use: 'map'; readonly code: string } | { readonly use: 'skip' };

/** Lays a block of texts over the selection; a single cell fills it, a block that fits is tiled. Empty texts clear. */
export function planPaste(
  model: RosterModel,
  block: TextBlock,
  selected: GridBlock,
  book: CodeBook,
  options: {
    readonly skipAbsences?: boolean;
    readonly decisions?: ReadonlyMap<string, CodeDecision>;
    readonly moved?: readonly Slot[];
  } = {},
): PlannedGesture | null {
  const { targets, skipped } = pasteTargets(model, block, selected, book, options);
  const pasted = new Set(targets.map(({ slot }) => slotKey(slot)));
  const emptied = (options.moved ?? []).filter((slot) => !pasted.has(slotKey(slot))).map((slot) => ({ slot, values: [] }));
  const changes = planValues([...targets, ...emptied]);
  if (targets.length === 0) return null;
  const message = t(options.moved ? 'roster.messageMove' : 'roster.messagePaste', { count: targets.length });
  return { message, changes, cells: targets.length, skipped };
}

function pasteTargets(
  model: RosterModel,
  block: TextBlock,
  selected: GridBlock,
  book: CodeBook,
  options: { readonly skipAbsences?: boolean; readonly decisions?: ReadonlyMap<string, CodeDecision> },
): { readonly targets: readonly { readonly slot: Slot; readonly values: readonly CellValue[] }[]; readonly skipped: number } {
  const selectedRows = rowsIn(model, selected).length;
  const size = pasteSize(block, { rows: selectedRows, columns: selected.toColumn - selected.fromColumn + 1 });
  const rows = rowsIn(model, { fromRow: selected.fromRow, toRow: model.rows.length - 1 }).slice(0, size.rows);
  const targets: { slot: Slot; values: readonly CellValue[] }[] = [];
  let skipped = 0;
  rows.forEach((row, rowIndex) => {
    for (let across = 0; across < size.columns; across += 1) {
      const column = selected.fromColumn + across;
      const slot = column < model.columns.length ? slotOf(row, column) : null;
      if (slot === null) continue;
      if (options.skipAbsences === true && row.cells(column)[0]?.absence != null) {
        skipped += 1;
        continue;
      }
      const text = tileAt(block, rowIndex, across);
      const decision = options.decisions?.get(text);
      if (decision?.use === 'skip') continue;
      const code = decision?.use === 'map' ? decision.code : text;
      targets.push({ slot, values: code === '' ? [] : (valuesOfText(code, book) ?? [codeToValue(book, code)]) });
    }
  });
  return { targets, skipped };
}

/** The codes of a block as text, for the clipboard. Several assignments of a half day are joined by a slash. */
export function blockToTexts(model: RosterModel, block: GridBlock): TextBlock {
  return rowsIn(model, block).map((row) =>
    columnsOf(block).map((column) =>
      row
        .cells(column)
        .map((cell) => cell.code)
        .join('/'),
    ),
  );
}

/** The half days of a block. */
export function slotsIn(model: RosterModel, block: GridBlock): readonly Slot[] {
  return rowsIn(model, block).flatMap((row) => columnsOf(block).flatMap((column) => slotOf(row, column) ?? []));
}

/** What the assignments of a half day give away when they are copied. */
export function valuesAt(row: ModelPerson, column: number): readonly CellValue[] {
  return row.cells(column).flatMap((cell) => {
    const record = recordOf(cell);
    return record === null ? [] : [valueOf(record, cell.code)];
  });
}

function columnsOf(block: GridBlock): readonly number[] {
  return Array.from({ length: block.toColumn - block.fromColumn + 1 }, (_, index) => block.fromColumn + index);
}

/** Names a half day of a person. */
export function slotKey(slot: Slot): string {
  return `${slot.personId} ${slot.date} ${slot.half}`;
}

function slotTitle(model: RosterModel, slot: Slot): string {
  const row = model.rows[model.rowOf(slot.personId)];
  return `${row?.kind === 'row' ? row.person.name : ''}, ${dateText(slot.date)} ${slot.half}`;
}

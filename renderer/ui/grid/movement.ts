import { isMac } from '../keys.ts';
import type { GridPlace, GridRow } from './model.ts';

export interface MovementBounds<C> {
  readonly rows: readonly GridRow<C>[];
  readonly columnCount: number;
  /** How many rows a page holds. */
  readonly pageRows: number;
  /** How many columns Alt+PageUp and Alt+PageDown go. */
  readonly pageColumns: number;
  /** Whether a slot holds nothing; Ctrl+arrow stops where filled and empty meet. */
  isEmpty?(row: number, column: number): boolean;
}

export interface Movement {
  readonly active: GridPlace;
  /** `null` where the selection follows the active cell. */
  readonly anchor: GridPlace | null;
}

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Where a key leads from the active cell and its anchor, or `null` when the key does not move or select. */
export function moveByKey<C>(event: Pressed, active: GridPlace, anchor: GridPlace, bounds: MovementBounds<C>): Movement | null {
  const mod = isMac ? event.metaKey : event.ctrlKey;
  if (isMac ? event.ctrlKey : event.metaKey) return null;
  const selected = selectByKey(event, mod, active, bounds);
  if (selected) return selected;
  const next = targetOf(event, mod, active, bounds);
  if (next === null) return null;
  return { active: next, anchor: event.shiftKey ? anchor : null };
}

function selectByKey<C>(event: Pressed, mod: boolean, active: GridPlace, bounds: MovementBounds<C>): Movement | null {
  const first = edgeRow(bounds, 1);
  const last = edgeRow(bounds, -1);
  const lastColumn = bounds.columnCount - 1;
  if (event.key === ' ' && mod && !event.shiftKey && !event.altKey)
    return { active: { row: first, column: active.column, index: 0 }, anchor: { row: last, column: active.column, index: 0 } };
  if (event.key === ' ' && event.shiftKey && !mod && !event.altKey)
    return { active: { row: active.row, column: 0, index: 0 }, anchor: { row: active.row, column: lastColumn, index: 0 } };
  if (event.key.toLowerCase() === 'a' && mod && !event.shiftKey && !event.altKey)
    return { active: { row: first, column: 0, index: 0 }, anchor: { row: last, column: lastColumn, index: 0 } };
  return null;
}

function targetOf<C>(event: Pressed, mod: boolean, from: GridPlace, bounds: MovementBounds<C>): GridPlace | null {
  const lastColumn = bounds.columnCount - 1;
  if (event.altKey) {
    if (mod || (event.key !== 'PageUp' && event.key !== 'PageDown')) return null;
    return toColumn(from, from.column + (event.key === 'PageDown' ? bounds.pageColumns : -bounds.pageColumns), bounds);
  }
  switch (event.key) {
    case 'ArrowLeft':
      return mod ? toColumn(from, edgeColumn(from, -1, bounds), bounds) : toColumn(from, from.column - 1, bounds);
    case 'ArrowRight':
      return mod ? toColumn(from, edgeColumn(from, 1, bounds), bounds) : toColumn(from, from.column + 1, bounds);
    case 'ArrowUp':
      return mod ? toRow(from, dataEdgeRow(from, -1, bounds), bounds) : stepRow(from, -1, bounds);
    case 'ArrowDown':
      return mod ? toRow(from, dataEdgeRow(from, 1, bounds), bounds) : stepRow(from, 1, bounds);
    case 'Home':
      return mod ? { row: edgeRow(bounds, 1), column: 0, index: 0 } : toColumn(from, 0, bounds);
    case 'End':
      return mod ? { row: edgeRow(bounds, -1), column: lastColumn, index: 0 } : toColumn(from, lastColumn, bounds);
    case 'PageUp':
      return mod ? null : jumpRows(from, -bounds.pageRows, bounds);
    case 'PageDown':
      return mod ? null : jumpRows(from, bounds.pageRows, bounds);
    default:
      return null;
  }
}

/** The place one row below or above, going through the stacked cells of a slot first. Stays where it is at the edge. */
export function stepRow<C>(from: GridPlace, step: 1 | -1, bounds: Pick<MovementBounds<C>, 'rows'>): GridPlace {
  const stacked = bounds.rows[from.row]?.cells(from.column).length ?? 1;
  const index = from.index + step;
  if (index >= 0 && index < stacked) return { ...from, index };
  const row = nextRow(bounds.rows, from.row, step);
  if (row === null) return from;
  const cells = bounds.rows[row]?.cells(from.column).length ?? 1;
  return { row, column: from.column, index: step === 1 ? 0 : cells - 1 };
}

/** The place one column on; at the end of a row it goes to the next row. For Tab. */
export function stepColumn<C>(from: GridPlace, step: 1 | -1, bounds: Pick<MovementBounds<C>, 'rows' | 'columnCount'>): GridPlace {
  const column = from.column + step;
  if (column >= 0 && column < bounds.columnCount) return { row: from.row, column, index: 0 };
  const row = nextRow(bounds.rows, from.row, step);
  return row === null ? from : { row, column: step === 1 ? 0 : bounds.columnCount - 1, index: 0 };
}

function nextRow<C>(rows: readonly GridRow<C>[], from: number, step: 1 | -1): number | null {
  for (let row = from + step; row >= 0 && row < rows.length; row += step) if (rows[row]?.kind === 'row') return row;
  return null;
}

function toColumn<C>(from: GridPlace, column: number, bounds: MovementBounds<C>): GridPlace {
  const next = Math.max(0, Math.min(bounds.columnCount - 1, column));
  const stacked = bounds.rows[from.row]?.cells(next).length ?? 1;
  return { row: from.row, column: next, index: Math.min(from.index, stacked - 1) };
}

function toRow<C>(from: GridPlace, row: number, bounds: MovementBounds<C>): GridPlace {
  return bounds.rows[row] === undefined ? from : { row, column: from.column, index: 0 };
}

function jumpRows<C>(from: GridPlace, count: number, bounds: MovementBounds<C>): GridPlace {
  let row = from.row;
  for (let left = Math.abs(count); left > 0; left -= 1) {
    const next = nextRow(bounds.rows, row, count > 0 ? 1 : -1);
    if (next === null) break;
    row = next;
  }
  return toRow(from, row, bounds);
}

/** The first (`1`) or last (`-1`) row that is no group. */
export function edgeRow<C>(bounds: Pick<MovementBounds<C>, 'rows'>, side: 1 | -1): number {
  return nextRow(bounds.rows, side === 1 ? -1 : bounds.rows.length, side) ?? 0;
}

function edgeColumn<C>(from: GridPlace, step: 1 | -1, bounds: MovementBounds<C>): number {
  const end = step === 1 ? bounds.columnCount - 1 : 0;
  return edgeAlong(
    from.column,
    end,
    step,
    (column) => column + step,
    (column) => bounds.isEmpty?.(from.row, column),
  );
}

function dataEdgeRow<C>(from: GridPlace, step: 1 | -1, bounds: MovementBounds<C>): number {
  const end = edgeRow(bounds, step === 1 ? -1 : 1);
  return edgeAlong(
    from.row,
    end,
    step,
    (row) => nextRow(bounds.rows, row, step) ?? end,
    (row) => bounds.isEmpty?.(row, from.column),
  );
}

/** As a spreadsheet does: to the end of what is filled, or over the empty to where filled begins, or to the very end. */
function edgeAlong(
  from: number,
  end: number,
  step: 1 | -1,
  next: (at: number) => number,
  isEmpty: (at: number) => boolean | undefined,
): number {
  if (from === end || isEmpty(from) === undefined) return end;
  let at = next(from);
  const overEmpty = isEmpty(from) === true || isEmpty(at) === true;
  while (step === 1 ? at < end : at > end) {
    if (overEmpty ? !isEmpty(at) : isEmpty(next(at)) === true) return at;
    at = next(at);
  }
  return end;
}

import { rowAtOffset } from './model.ts';

/** What is in the document: rows and columns from, and the ones after the last. */
export interface VisibleRange {
  readonly fromRow: number;
  readonly toRow: number;
  readonly fromColumn: number;
  readonly toColumn: number;
}

const spareRows = 4;
const spareColumns = 6;
/** Columns come and go in steps, so that a slow sideways scroll does not draw every row again for each column. */
const columnStep = 6;

/** The rows and columns to draw for a scroll position, with some to spare on every side. */
export function rangeOf(view: {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly offsets: readonly number[];
  readonly columnWidth: number;
  readonly columnCount: number;
}): VisibleRange {
  const rowCount = view.offsets.length - 1;
  const fromRow = Math.max(0, rowAtOffset(view.offsets, view.top) - spareRows);
  const toRow = Math.min(rowCount, rowAtOffset(view.offsets, view.top + Math.max(0, view.height)) + 1 + spareRows);
  const first = Math.floor(view.left / view.columnWidth) - spareColumns;
  const last = Math.ceil((view.left + Math.max(0, view.width)) / view.columnWidth) + spareColumns;
  return {
    fromRow,
    toRow,
    fromColumn: Math.max(0, Math.floor(first / columnStep) * columnStep),
    toColumn: Math.min(view.columnCount, Math.ceil(last / columnStep) * columnStep),
  };
}

export function sameRange(a: VisibleRange, b: VisibleRange): boolean {
  return a.fromRow === b.fromRow && a.toRow === b.toRow && a.fromColumn === b.fromColumn && a.toColumn === b.toColumn;
}

import type { CSSProperties, ReactNode } from 'react';

/** One row of the grid. Its identity says its content: a new object means that something in it must be drawn again. */
export interface GridRow<C> {
  readonly key: string;
  /** A group row carries only a label over the whole width; the keyboard passes over it. */
  readonly kind: 'group' | 'row';
  readonly height: number;
  /** What the row header says to people who use a screen reader. */
  readonly name: string;
  readonly header: ReactNode;
  /** The cells that stand in one slot, at least one; several are stacked. Equal content must be the same object. */
  cells(column: number): readonly C[];
}

/** One level of the column header. */
export interface HeaderBand {
  readonly key: string;
  readonly height: number;
  readonly spans: readonly HeaderSpan[];
}
export interface HeaderSpan {
  readonly key: string;
  /** First column, and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly name?: string;
  readonly content: ReactNode;
  readonly className?: string | undefined;
}

/** How a cell looks and what it is called. */
export interface CellLook {
  readonly name: string;
  readonly content: ReactNode;
  readonly className?: string | undefined;
  readonly style?: CSSProperties | undefined;
  readonly title?: string | undefined;
}

/** A place in the grid; `index` counts the stacked cells of a slot from the top. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
  readonly index: number;
}

export interface GridBlock {
  readonly fromRow: number;
  readonly toRow: number;
  readonly fromColumn: number;
  readonly toColumn: number;
}

/** The block between two corners, both included. */
export function blockOf(a: GridPlace, b: GridPlace): GridBlock {
  return {
    fromRow: Math.min(a.row, b.row),
    toRow: Math.max(a.row, b.row),
    fromColumn: Math.min(a.column, b.column),
    toColumn: Math.max(a.column, b.column),
  };
}

/** The left-over space above each row, and after the last one the height of all. */
export function offsetsOf(rows: readonly { readonly height: number }[]): readonly number[] {
  const offsets = [0];
  let top = 0;
  for (const row of rows) offsets.push((top += row.height));
  return offsets;
}

/** The row at a height: the last one that begins at or above it. */
export function rowAtOffset(offsets: readonly number[], top: number): number {
  let low = 0;
  let high = offsets.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] ?? 0) <= top) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

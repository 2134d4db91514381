/** How a cell looks. Colours are six hex digits. Equal styles may be one object, which makes writing many cells cheap. */
export interface CellStyle {
  readonly fill?: string;
  /** Thin lines over the fill: somebody is away. */
  readonly hatched?: true;
  readonly color?: string;
  readonly bold?: true;
  readonly italic?: true;
  readonly size?: number;
  readonly align?: 'center' | 'left';
  readonly wrap?: true;
  /** A line at the left, where a day begins, or below. */
  readonly edge?: 'left' | 'bottom';
  /** For dates: `Thu 2026-01-15` is said as `15 Jan` or as `2026-01-15`. */
  readonly dates?: 'short' | 'long';
}

/** What a cell holds. A text is always written as a text, whatever it looks like; a date is a number of days since 1970-01-01. */
export type BookCell =
  | { readonly kind: 'text'; readonly text: string; readonly style?: CellStyle }
  | { readonly kind: 'number'; readonly number: number; readonly style?: CellStyle }
  | { readonly kind: 'date'; readonly day: number; readonly style?: CellStyle }
  | { readonly kind: 'blank'; readonly style?: CellStyle };

export interface BookRow {
  readonly cells: readonly (BookCell | null)[];
  /** In points. */
  readonly height?: number;
}

/** Cells that are one, from 1; both corners included. */
export interface CellSpan {
  readonly row: number;
  readonly column: number;
  readonly lastRow: number;
  readonly lastColumn: number;
}

export interface BookSheet {
  /** At most 31 characters, none of `[ ] : * ? / \`, and none twice in a book. */
  readonly name: string;
  /** Widths in characters. */
  readonly columns: readonly { readonly width: number; readonly hidden?: true }[];
  /** How many rows and columns stay in sight; they head every printed page too. */
  readonly frozen: { readonly rows: number; readonly columns: number };
  readonly spans?: readonly CellSpan[];
  /** Offers to filter below the row with this number. */
  readonly filterRow?: number;
  /** Drawn one after the other while they are written, so that a large sheet is never held twice. */
  readonly rows: Iterable<BookRow>;
}

export interface Book {
  readonly title: string;
  readonly author: string;
  /** When it was made. */
  readonly at: string;
  /** What the file says about itself, for machines. */
  readonly properties: Readonly<Record<string, string | number>>;
  readonly sheets: readonly BookSheet[];
}

/** A cell that holds a text, whatever the text looks like. */
export function textCell(text: string, style?: CellStyle): BookCell {
  return text === '' ? { kind: 'blank', ...(style === undefined ? {} : { style }) } : { kind: 'text', text, ...(style ? { style } : {}) };
}

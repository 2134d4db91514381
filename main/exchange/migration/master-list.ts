import type { Fields } from '../../../shared/json.ts';

/** A list of shared records, and of who is linked to them, as a file says it. Nothing of it has been compared with the programme yet. */
export interface MasterList {
  readonly file: string;
  /** The sheet it stands in; `null` where it is spread over several. */
  readonly sheet: string | null;
  /** Which column is read as what, and the headings that mean nothing here. */
  readonly columns: readonly { readonly column: string; readonly reads: string }[];
  readonly unread: readonly string[];
  /** In the order of the file. */
  readonly rows: readonly MasterRow[];
  /** Identifiers that stood in number cells and got their leading zeros back. */
  readonly padded: number;
}

export interface MasterRow {
  /** `null` where the whole list stands in one sheet. */
  readonly sheet: string | null;
  readonly row: number;
  /** As written, with lost zeros put back; empty for none. */
  readonly identifier: string;
  /** The number that another system gave the record; empty for none. */
  readonly key: string;
  /** This part of the list has no column for the identifier and names records by that number alone. */
  readonly byKey: boolean;
  /** What the row says of the record, without its identifier; fields that are empty are left out. */
  readonly fields: Fields;
  /** What it calls the user, in every column that does; `null` where this part of the list is not about users. */
  readonly users: readonly string[] | null;
  /** Whether this part of the list has columns for the record's own fields. */
  readonly describes: boolean;
}

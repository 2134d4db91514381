import { EntityId } from '../../shared/ids.ts';
import { foldSpaces, textOf, type Sheet } from './sheet.ts';

/** The heading of the hidden column in which our own exports say who each row is about. */
export const keyHeading = 'Rosterline id';

/** Where a sheet says which record each row is about: the column, and the row with its heading. */
export interface KeyColumn {
  readonly column: number;
  readonly row: number;
}

const headRows = 20;
const headColumns = 10;

/** Finds the column of keys; `null` for a sheet that no export of ours made. */
export function findKeyColumn(sheet: Sheet): KeyColumn | null {
  for (let row = 1; row <= Math.min(sheet.rows, headRows); row += 1)
    for (const column of sheet.columnsIn(row)) {
      if (column > headColumns) break;
      if (isKeyHeading(textOf(sheet.ownCell(row, column)))) return { column, row };
    }
  return null;
}

/** Whether a heading is that of the column of keys. */
export function isKeyHeading(text: string): boolean {
  return foldSpaces(text).toLowerCase() === keyHeading.toLowerCase();
}

/** The id that a row says it is about; `null` where it says none. */
export function readKey(sheet: Sheet, keys: KeyColumn | null, row: number): EntityId | null {
  if (keys === null || row <= keys.row) return null;
  const key = EntityId.safeParse(foldSpaces(textOf(sheet.ownCell(row, keys.column))));
  return key.success ? key.data : null;
}

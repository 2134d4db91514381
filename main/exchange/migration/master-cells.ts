import type { Json } from '../../../shared/json.ts';
import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import { textOf, type Cell } from '../sheet.ts';
import { digitsOf } from './master-columns.ts';

/** What databases and scripts write where there is nothing. */
const nothing = new Set(['NULL', 'null', '\\N', 'None', 'none', 'NaN', 'nan']);

/** The text of a cell; empty for none, and for what other programs write where there is nothing. */
export function readText(cell: Cell | undefined): string {
  const text = textOf(cell);
  if (nothing.has(text)) return '';
  // A column of whole numbers with gaps is exported with decimals.
  return /^\d{1,15}\.0$/.test(text) ? text.slice(0, -2) : text;
}

/**
 * The identifier in a cell. A cell that holds a number has lost the zeros at its beginning: they are put back, and `padded` says so.
 * Whether it is a proper one is not looked at.
 */
export function readIdentifier(type: string, cell: Cell | undefined): { readonly text: string; readonly padded: boolean } {
  const text = readText(cell);
  const digits = digitsOf[type] ?? 0;
  const isNumber = cell?.kind === 'number' || text !== textOf(cell);
  if (!isNumber || !/^[1-9]\d*$/.test(text) || text.length >= digits) return { text, padded: false };
  return { text: text.padStart(digits, '0'), padded: true };
}

/** The value of a field as it would be typed in: yes and no where it is a yes-or-no field, text everywhere else; `null` for nothing. */
export function readValue(type: string, field: string, cell: Cell | undefined): Json {
  const text = readText(cell);
  if (text === '') return null;
  if (isYesNo(type, field)) return readYesNo(text) ?? text;
  if (field === 'postcode' && /^\d{7}$/.test(text) && (cell?.kind === 'number' || text !== textOf(cell))) return `0${text}`;
  return text;
}

function isYesNo(type: string, field: string): boolean {
  const check = entityTypeOf(type).fields[field]?.check;
  return check?.(true) === null && check('text') !== null;
}

function readYesNo(text: string): boolean | null {
  const word = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  if (/^(true|t|yes|y|1|sim|s|verdadeiro|v|x)$/.test(word)) return true;
  return /^(false|f|no|n|0|nao|falso)$/.test(word) ? false : null;
}

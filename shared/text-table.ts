import { guardText } from './formula-guard.ts';

/** What a text table begins with, so that Excel knows that it is UTF-8. */
export const tableMark = '\ufeff';

/**
 * One row of a text table after RFC 4180, with its line end: quotes doubled, and an apostrophe before what a spreadsheet might take for a formula.
 */
export function tableLine(values: readonly string[], separator: ',' | ';'): string {
  return `${values.map((value) => quoteValue(guardText(value), separator)).join(separator)}\r\n`;
}

function quoteValue(value: string, separator: string): string {
  return /["\r\n]/.test(value) || value.includes(separator) || value !== value.trim() ? `"${value.replaceAll('"', '""')}"` : value;
}

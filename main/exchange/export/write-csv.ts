import { guardText } from '../formula-guard.ts';
import type { Breathe } from './write-xlsx.ts';

const rowsPerSlice = 10;

/**
 * Writes a text table after RFC 4180: UTF-8 with a mark so that Excel knows, lines ending in CR LF, quotes doubled. A text that a spreadsheet
 * might take for a formula gets an apostrophe before it, which our own import takes off again.
 */
export async function writeCsv(rows: Iterable<readonly string[]>, separator: ',' | ';', breathe: Breathe): Promise<Buffer> {
  const lines: string[] = [];
  for (const row of rows) {
    lines.push(row.map((value) => quoteValue(guardText(value), separator)).join(separator));
    if (lines.length % rowsPerSlice === 0) await breathe(lines.length);
  }
  return Buffer.from(`\ufeff${lines.map((line) => `${line}\r\n`).join('')}`, 'utf8');
}

function quoteValue(value: string, separator: string): string {
  return /["\r\n]/.test(value) || value.includes(separator) || value !== value.trim() ? `"${value.replaceAll('"', '""')}"` : value;
}

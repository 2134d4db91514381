import { tableLine, tableMark } from '../../../shared/text-table.ts';
import type { Breathe } from './write-xlsx.ts';

const rowsPerSlice = 10;

/** Writes a text table, in slices between which others are answered. Our own import takes the apostrophes off again. */
export async function writeCsv(rows: Iterable<readonly string[]>, separator: ',' | ';', breathe: Breathe): Promise<Buffer> {
  const lines: string[] = [];
  for (const row of rows) {
    lines.push(tableLine(row, separator));
    if (lines.length % rowsPerSlice === 0) await breathe(lines.length);
  }
  return Buffer.from(`${tableMark}${lines.join('')}`, 'utf8');
}

import Papa from 'papaparse';
import { unguardText } from '../../shared/formula-guard.ts';
import { limits } from './limits.ts';
import { refuseFile } from './refuse-file.ts';
import type { RotaFile } from './rota.ts';
import { SheetBuilder, type Workbook } from './sheet.ts';

const separators = [',', ';', '\t', '|'] as const;

/** Reads comma-, semicolon- or tab-separated text as a workbook with one sheet, in UTF-8, UTF-16 with a mark, or Windows' Western set. */
export function readCsv(file: RotaFile, rows: number = limits.rows): Workbook {
  if (file.bytes.length > limits.textBytes)
    throw refuseFile(file, 'too-large', `is a text of more than ${limits.textBytes / 1024 / 1024} MB, far more than a rota has.`);
  let text = decode(file);
  const declared = /^sep=(.)\r?\n/i.exec(text);
  if (declared !== null) text = text.slice(declared[0].length);
  const separator = declared?.[1] ?? guessSeparator(text);
  refuseEndlessRow(file, text, separator);

  const builder = new SheetBuilder(sheetName(file), false, rows);
  let row = declared === null ? 0 : 1;
  let cells = 0;
  Papa.parse<string[]>(text, {
    delimiter: separator,
    step({ data, errors }) {
      row += 1;
      cells += data.length;
      if (cells > limits.cells) throw refuseFile(file, 'too-large', `has more than ${limits.cells} cells, far more than a rota has.`);
      if (errors.some((error) => error.code === 'MissingQuotes'))
        throw refuseFile(file, 'damaged', `is damaged: a text in quotes that begins in row ${row} never ends.`);
      for (const [index, value] of data.entries())
        if (value !== '') builder.add(row, index + 1, { kind: 'text', text: unguardText(value), formula: false });
    },
  });
  return { sheets: [builder.build()], savedOn: null };
}

function sheetName(file: RotaFile): string {
  const name = file.name.slice(Math.max(file.name.lastIndexOf('/'), file.name.lastIndexOf('\\')) + 1).replace(/\.[A-Za-z]{2,4}$/, '');
  return name.slice(0, 100) || 'Sheet1';
}

function decode(file: RotaFile): string {
  const { bytes } = file;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const utf8 = decodeUtf8(bytes);
  // With its mark it is text, whatever odd characters stand in it.
  if (utf8 !== null && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf && !utf8.includes('\0')) return utf8;
  const text = utf8 ?? new TextDecoder('windows-1252').decode(bytes);
  if (looksBinary(text))
    throw refuseFile(file, 'not-a-workbook', 'is neither a workbook (.xlsx) nor a text table (.csv). Save the rota as one of these.');
  return text;
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: older Excel saves its .csv in the system's own character set.
    return null;
  }
}

function looksBinary(text: string): boolean {
  let controls = 0;
  const sample = Math.min(text.length, 65_536);
  for (let at = 0; at < sample; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) controls += 1;
  }
  return text.includes('\0') || controls * 200 > sample;
}

/** The one that stands most often outside quotes near the beginning. */
function guessSeparator(text: string): string {
  const counts = new Map<string, number>(separators.map((separator) => [separator, 0]));
  let quoted = false;
  for (const character of text.slice(0, 65_536)) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && counts.has(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return separators.reduce((best, separator) => ((counts.get(separator) ?? 0) > (counts.get(best) ?? 0) ? separator : best));
}

/** A row of millions of columns would be held in memory whole before it could be looked at. */
function refuseEndlessRow(file: RotaFile, text: string, separator: string): void {
  const code = separator.charCodeAt(0);
  let columns = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const here = text.charCodeAt(at);
    if (here === 34) quoted = !quoted;
    else if (here === 10 || here === 13) columns = quoted ? columns : 0;
    else if (here === code && !quoted) columns += 1;
    if (columns > 16_384) throw refuseFile(file, 'too-large', 'has a row of more than 16,384 columns, more than Excel itself can hold.');
  }
}

import { crc32, deflateRawSync } from 'node:zlib';

/** A cell as the tests write it: text, number, a date by its ISO day, a formula with or without a stored result, or nothing. */
export type TestCell = string | number | null | { readonly date: string } | { readonly formula: string; readonly result?: string | number };

export interface TestSheet {
  readonly name?: string;
  readonly hidden?: boolean;
  readonly rows: readonly (readonly TestCell[])[];
  readonly merges?: readonly string[];
}

/** Packs files into a zip archive; `sizes` makes the archive lie about how large a file is. */
export function zip(files: Readonly<Record<string, string | Uint8Array>>, sizes: Readonly<Record<string, number>> = {}): Uint8Array {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(crc32(bytes), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(sizes[name] ?? bytes.length, 18);
    head.writeUInt16LE(Buffer.byteLength(name), 22);
    const entry = Buffer.concat([Buffer.from('PK\u0003\u0004'), head, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), head, tail, Buffer.from(name)]));
    local.push(entry);
    offset += entry.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(
    directory.reduce((sum, each) => sum + each.length, 0),
    8,
  );
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, ...directory, Buffer.from('PK\u0005\u0006'), end]);
}

/** A workbook as Excel lays it out, with as little in it as will do. */
export function makeWorkbook(sheets: readonly TestSheet[], more: Readonly<Record<string, string | Uint8Array>> = {}): Uint8Array {
  const list = sheets.map(
    (sheet, index) =>
      `<sheet name="${escape(sheet.name ?? `Sheet${index + 1}`)}" sheetId="${index + 1}"${sheet.hidden === true ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`,
  );
  const relations = sheets.map(
    (_, index) => `<Relationship Id="rId${index + 1}" Type="x/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  return zip({
    '_rels/.rels': '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relations.join('')}</Relationships>`,
    'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    ...Object.fromEntries(sheets.map((sheet, index) => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(sheet)])),
    ...more,
  });
}

export function sheetXml({ rows, merges = [] }: TestSheet): string {
  const lines = rows.map(
    (cells, row) =>
      `<row r="${row + 1}">${cells.map((cell, column) => cellXml(cell, `${columnName(column + 1)}${row + 1}`)).join('')}</row>`,
  );
  const merged = merges.length === 0 ? '' : `<mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`;
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>${lines.join('')}</sheetData>${merged}</worksheet>`;
}

function cellXml(cell: TestCell, name: string): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${name}"><v>${cell}</v></c>`;
  if (typeof cell === 'string') return `<c r="${name}" t="inlineStr"><is><t>${escape(cell)}</t></is></c>`;
  if ('date' in cell) return `<c r="${name}" s="1"><v>${serialOf(cell.date)}</v></c>`;
  const result = cell.result === undefined ? '' : `<v>${escape(String(cell.result))}</v>`;
  return `<c r="${name}"${typeof cell.result === 'string' ? ' t="str"' : ''}><f>${escape(cell.formula)}</f>${result}</c>`;
}

export const serialOf = (date: string): number => Date.parse(date) / 86_400_000 + 25_569;

/** `count` days from `first` on, as ISO dates. */
export function daysFrom(first: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => new Date(Date.parse(first) + index * 86_400_000).toISOString().slice(0, 10));
}

export function columnName(column: number): string {
  return column <= 26 ? String.fromCharCode(64 + column) : columnName(Math.floor((column - 1) / 26)) + columnName(((column - 1) % 26) + 1);
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

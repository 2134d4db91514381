import fc from 'fast-check';
import readXlsxFile from 'read-excel-file/node';
import { expect, test } from 'vitest';
import type { Book, BookCell } from '../../../main/exchange/export/book.ts';
import { fileName, type FileStamp } from '../../../main/exchange/export/file-stamp.ts';
import { writeXlsx } from '../../../main/exchange/export/write-xlsx.ts';
import { openZip } from '../../../main/exchange/read-zip.ts';
import { readWorkbook } from '../../../main/exchange/read-workbook.ts';
import { trimText } from '../../../main/exchange/sheet.ts';

const noBreath = async (): Promise<void> => undefined;

function bookOf(rows: readonly (readonly (BookCell | null)[])[]): Book {
  return {
    title: 'Test',
    author: 'Ana <Lima> & "co"',
    at: '2026-08-03T09:00:00.000Z',
    properties: { 'Rosterline position': 12, 'Rosterline branch': 'try & <see>' },
    sheets: [{ name: "O'Neil & co", columns: [{ width: 10 }], frozen: { rows: 0, columns: 0 }, rows: rows.map((cells) => ({ cells })) }],
  };
}

const text = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.constantFrom(
    '=1+1',
    '@SUM(A1)',
    '0012345',
    'constructor',
    '_x0041_',
    '_x005F_',
    'a\r\nb',
    ' x ',
    '<&>"\'',
    '\u0000',
    '\ufffe',
    '\ud83d',
    '1/2',
    'TRUE',
  ),
);

/** A value that changed on its way through a workbook would change a roster without anybody having typed it. */
test('every text comes through a workbook exactly, as a text and never as a formula', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }), async (rows) => {
      const bytes = await writeXlsx(bookOf(rows.map((row) => row.map((value) => ({ kind: 'text', text: value })))), noBreath);
      const [sheet] = readWorkbook({ name: 'x.xlsx', bytes }).sheets;
      rows.forEach((row, index) =>
        row.forEach((value, column) => {
          const cell = sheet?.ownCell(index + 1, column + 1);
          if (trimText(value) === '') expect(cell).toBeUndefined();
          else expect(cell).toEqual({ kind: 'text', text: value, formula: false });
        }),
      );
      const xml = new TextDecoder().decode(openZip({ name: 'x.xlsx', bytes }).read('xl/worksheets/sheet1.xml') ?? undefined);
      expect(xml).not.toMatch(/<f[ >]/);
    }),
    { numRuns: 150 },
  );
});

test('another reader reads the same texts, numbers and dates, and the same book gives the same bytes', async () => {
  const cells: readonly BookCell[] = [
    { kind: 'text', text: '=1+1' },
    { kind: 'text', text: '0012345', style: { bold: true, fill: 'E9EDF3' } },
    { kind: 'number', number: -2.5 },
    { kind: 'date', day: 20_668, style: { dates: 'short' } },
  ];
  const bytes = await writeXlsx(bookOf([cells]), noBreath);
  expect(await writeXlsx(bookOf([cells]), noBreath)).toEqual(bytes);
  const [sheet] = await readXlsxFile(bytes);
  expect(sheet).toMatchObject({ sheet: "O'Neil & co", data: [['=1+1', '0012345', -2.5, new Date('2026-08-03T00:00:00.000Z')]] });
});

test('a text that looks like a formula stays a text when somebody edits its cell', async () => {
  const bytes = await writeXlsx(bookOf([[{ kind: 'text', text: '=1+1' }], [{ kind: 'text', text: 'C' }]]), noBreath);
  const xml = (path: string): string => new TextDecoder().decode(openZip({ name: 'x.xlsx', bytes }).read(path) ?? undefined);
  const style = /<c r="A1" s="(\d+)" t="s">/.exec(xml('xl/worksheets/sheet1.xml'))?.[1];
  const formats = [...xml('xl/styles.xml').matchAll(/<xf [^>]*>/g)].map(([each]) => each).slice(1);
  expect(formats[Number(style)]).toContain('quotePrefix="1"');
});

test.each([
  ['try/4 week', 'Roster, try-4 week 12 3f1c6a0e.xlsx'],
  ['../..\\x:*?"<>|', 'Roster, x 12 3f1c6a0e.xlsx'],
  ['día das mães', 'Roster, día das mães 12 3f1c6a0e.xlsx'],
  ['...', 'Roster, branch 12 3f1c6a0e.xlsx'],
])('a file’s name is safe on every system, whatever its branch is called: %s', (branch, name) => {
  const stamp: FileStamp = {
    programme: 'Family Medicine',
    branch,
    position: 12,
    commit: '3f1c6a0e5d2b4c798a9f0b1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a',
    shownAt: null,
    asOf: null,
    madeAt: '2026-08-03T09:00:00.000Z',
    madeBy: 'Ana',
  };
  expect(fileName('Roster', stamp, 'xlsx')).toBe(name);
});

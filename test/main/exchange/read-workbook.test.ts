import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRota } from '../../../main/exchange/read-rota.ts';
import { readWorkbook } from '../../../main/exchange/read-workbook.ts';
import { RefusedError } from '../../../shared/errors.ts';
import { daysFrom, makeWorkbook, sheetXml, zip, type TestCell } from './make-workbook.ts';

const rota: readonly (readonly TestCell[])[] = [
  ['Name', { date: '2026-02-12' }, { date: '2026-02-13' }],
  ['Ana', 'C', 'NF'],
];
const good = makeWorkbook([{ rows: rota }]);

describe('a file that is no workbook is refused with what it is', () => {
  test.each<readonly [string, Uint8Array, string, string]>([
    ['empty', new Uint8Array(), 'empty', 'is empty'],
    ['blank text', Buffer.from(' ;;\n;;\n'), 'empty', 'holds nothing but blanks'],
    [
      'an old .xls',
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...Buffer.alloc(500)]),
      'other-format',
      'old format of Excel',
    ],
    [
      'an encrypted .xlsx',
      Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]),
      'encrypted',
      'protected by a password',
    ],
    ['a PDF', Buffer.from('%PDF-1.7 …'), 'other-format', 'is a PDF'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), 'other-format', 'is a picture'],
    ['a web page under the name .xls', Buffer.from('<html><table><tr><td>Ana</td></tr></table></html>'), 'other-format', 'web page or XML'],
    ['a programme of ours', Buffer.from('SQLite format 3\0'), 'other-format', 'is a database'],
    ['bytes', Buffer.from([1, 2, 3, 0, 255, 254, 7]), 'not-a-workbook', 'neither a workbook'],
    ['another archive', zip({ 'readme.txt': 'hello' }), 'not-a-workbook', 'zip archive, but not a workbook'],
    ['a Word document', zip({ 'word/document.xml': '<w/>' }), 'other-format', 'Word document'],
    ['an OpenDocument file', zip({ mimetype: 'x', 'content.xml': '<x/>' }), 'other-format', 'OpenDocument'],
    ['a binary workbook', zip({ 'xl/workbook.bin': 'x' }), 'other-format', '.xlsb'],
    ['a workbook cut short', good.subarray(0, good.length - 40), 'damaged', 'its end is missing'],
    ['a workbook without its sheets', zip({ 'xl/workbook.xml': '<workbook><sheets/></workbook>' }), 'damaged', 'holds none of them'],
    [
      'a sheet cut short',
      makeWorkbook([{ rows: rota }], { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row>' }),
      'damaged',
      'no proper XML',
    ],
  ])('%s', (_, bytes, reason, words) => {
    const refusal = refusalOf(bytes);
    expect({ code: refusal?.code, what: refusal?.data.what, id: refusal?.data.id, reason: refusal?.data['reason'] }).toEqual({
      code: 'INVALID',
      what: 'file',
      id: 'rota.xlsx',
      reason,
    });
    expect(refusal?.message).toContain(words);
  });
});

describe('a file made to do harm is refused before it can', () => {
  const million = 'x'.repeat(1024 * 1024);

  test.each<readonly [string, () => Uint8Array, string]>([
    ['unpacks to far more than its size', () => makeWorkbook([{ rows: rota }], { 'xl/sharedStrings.xml': million.repeat(4) }), 'unsafe'],
    ['claims to unpack to more than fits', () => zip({ 'xl/workbook.xml': '<workbook/>', a: 'x' }, { a: 0xfffffff0 }), 'too-large'],
    [
      'is longer than it claims',
      () => zip({ 'xl/workbook.xml': `<workbook><!--${million}--></workbook>` }, { 'xl/workbook.xml': 20 }),
      'damaged',
    ],
    ['has thousands of parts', () => zip(Object.fromEntries(Array.from({ length: 2_001 }, (_, index) => [`p${index}`, '']))), 'too-large'],
    ['declares entities', () => withWorkbook('<!DOCTYPE w [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'), 'unsafe'],
    ['uses entities it does not declare', () => withWorkbook('<workbook><sheets>&a;</sheets></workbook>'), 'unsafe'],
    ['is nested without end', () => withWorkbook('<a>'.repeat(5_000)), 'unsafe'],
    ['names one part twice', () => twice(), 'unsafe'],
    ['has a row of a million columns', () => Buffer.from(`Name${',C'.repeat(1_000_000)}\n`), 'too-large'],
    ['has millions of cells', () => Buffer.from(`${'C,'.repeat(1_000)}\n`.repeat(2_100)), 'too-large'],
    ['never ends a quoted text', () => Buffer.from('Name,2026-02-12,2026-02-13\nAna,"C,NF\nRui,C,C\n'), 'damaged'],
  ])('%s', (_, make, reason) => {
    expect(refusalOf(make())?.data['reason']).toBe(reason);
  });

  test('names a part of a workbook outside its folder without ever opening a file', () => {
    const bytes = makeWorkbook([{ rows: rota }], {
      'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="rId1" Target="../../../../../../etc/passwd"/></Relationships>',
    });
    expect(refusalOf(bytes)?.data['reason']).toBe('damaged');
  });

  function twice(): Uint8Array {
    // The same length of name, renamed after packing: a zip writer would not do it.
    const bytes = Buffer.from(zip({ 'xl/workbook.xml': '<workbook/>', 'xl/workbook.xmm': '<workbook/>' }));
    for (let at = bytes.indexOf('.xmm'); at >= 0; at = bytes.indexOf('.xmm', at)) bytes.write('.xml', at);
    return bytes;
  }
});

describe('a large or strange file is read all the same', () => {
  test('a cell of ten million characters is left alone, the others count', () => {
    const reading = readRota({ name: 'rota.csv', bytes: Buffer.from(`Name,2026-02-12,2026-02-13\nAna,${'x'.repeat(10_000_000)},NF\n`) });
    expect(reading.people[0]?.cells.map((cell) => (cell.kind === 'code' ? cell.code : cell.kind))).toEqual([
      'unreadable',
      'unreadable',
      'NF',
      'NF',
    ]);
    expect(reading.issues[0]?.text).toContain('B2 holds a text of 10000000 characters');
  });

  test('megabytes of blanks in a cell are nothing', () => {
    const rows = [...rota, ['Rui', ' '.repeat(3_000_000), `${'\u00a0'.repeat(1_000_000)}C`]];
    const bytes = makeWorkbook([{ rows }]);
    // Above the ratio only because blanks pack so well; one of them is enough for the question.
    expect(refusalOf(bytes)?.data['reason']).toBe('unsafe');
    expect(
      readRota({ name: 'r.csv', bytes: Buffer.from(`Name,2026-02-12,2026-02-13\nRui,${' '.repeat(3_000_000)},C\n`) }).people[0]?.cells[0]
        ?.kind,
    ).toBe('empty');
  });

  test('cells far outside what a rota has are counted, not read', () => {
    const bytes = makeWorkbook([{ rows: rota }], {
      'xl/worksheets/sheet1.xml': sheetXml({ rows: rota }).replace(
        '</sheetData>',
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
      ),
    });
    expect(readRota({ name: 'r.xlsx', bytes }).issues.map(({ kind, text }) => [kind, text])).toEqual([
      ['truncated', 'What stands beyond row 20000 or column BXX of “Sheet1” is not read (cells: 1).'],
    ]);
  });

  test('a merge over the whole sheet takes no time', () => {
    const reading = readRota({ name: 'r.xlsx', bytes: makeWorkbook([{ rows: rota, merges: ['A4:XFD1048576', 'A1048576:XFD1048576'] }]) });
    expect(reading.people).toHaveLength(1);
  });

  test('a year of half days for sixty people is read whole', () => {
    const days = daysFrom('2025-07-01', 365);
    const rows = [
      ['Name', 'Role', ...days.flatMap((date) => [{ date }, null])],
      ...Array.from({ length: 60 }, (_, index) => [`P${index}`, 'R1', ...days.flatMap(() => ['C', 'NF'])]),
    ];
    const reading = readRota({ name: 'year.xlsx', bytes: makeWorkbook([{ rows }]) });
    expect({ people: reading.people.length, cells: reading.people[59]?.cells.length, from: reading.from, to: reading.to }).toEqual({
      people: 60,
      cells: 730,
      from: '2025-07-01',
      to: '2026-06-30',
    });
  });

  test('keys such as __proto__ are names like any other', () => {
    const reading = readRota({ name: 'r.csv', bytes: Buffer.from('Name,2026-02-12,2026-02-13\n__proto__,constructor,__proto__\n') });
    expect(reading.people.map(({ name, cells }) => [name, cells.map((cell) => (cell.kind === 'code' ? cell.code : ''))])).toEqual([
      ['__proto__', ['constructor', 'constructor', '__proto__', '__proto__']],
    ]);
  });

  test('a workbook written with prefixed names and without cell names is read', () => {
    const bytes = makeWorkbook([{ rows: [] }], {
      'xl/worksheets/sheet1.xml':
        '<x:worksheet xmlns:x="s"><x:sheetData><x:row><x:c t="str"><x:v>Name</x:v></x:c><x:c s="1"><x:v>46065</x:v></x:c><x:c s="1"><x:v>46066</x:v></x:c></x:row>' +
        '<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c t="str"><x:v>A&amp;B&#32;_x0043_</x:v></x:c></x:row></x:sheetData></x:worksheet>',
      'xl/sharedStrings.xml':
        '<x:sst xmlns:x="s"><x:si><x:r><x:t>An</x:t></x:r><x:r><x:t>a</x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:si><x:si><x:t><![CDATA[C<]]></x:t></x:si></x:sst>',
    });
    const [ana] = readRota({ name: 'r.xlsx', bytes }).people;
    expect([ana?.name, ana?.cells.map((cell) => (cell.kind === 'code' ? cell.code : ''))]).toEqual(['Ana', ['C<', 'C<', 'A&B C', 'A&B C']]);
  });
});

/**
 * Whatever arrives, the answer is a reading or a refusal that names the file. A bug thrown from deep inside a parser would leave the
 * coordinator with an incident number instead of a sentence, so bytes of every kind are tried: random ones, a workbook with bytes
 * changed, and one cut anywhere.
 */
test('any bytes are read or refused by name', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.uint8Array({ maxLength: 200 }).map((tail) => Buffer.concat([Buffer.from('PK\u0003\u0004'), tail])),
    fc.nat(good.length).map((length) => good.subarray(0, length)),
    fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }).map((changes) => {
      const changed = Uint8Array.from(good);
      for (const [at, value] of changes) changed[at] = value;
      return changed;
    }),
    fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
    fc
      .string({ unit: fc.constantFrom('<', '>', '/', 'c', '&', '"', ' ', '=', ';', '!', '-', '1'), maxLength: 80 })
      .map((xml) => withWorkbook(`<workbook>${xml}</workbook>`)),
  );
  fc.assert(
    fc.property(bytes, (content) => {
      const refusal = refusalOf(content);
      expect(refusal === null || (refusal.data.what === 'file' && refusal.message.includes('rota.xlsx'))).toBe(true);
    }),
    { numRuns: 1_500 },
  );
});

test('plain cells keep what they are: text, number, date, formula, error', () => {
  const [sheet] = readWorkbook({
    name: 'r.xlsx',
    bytes: makeWorkbook([
      {
        name: 'A & B',
        rows: [['a\u00a0', 1.5, { date: '2026-02-12' }, { formula: '1+1', result: 2 }, { formula: '1/0' }, '\u00a0']],
        merges: ['A1:A3'],
      },
    ]),
  }).sheets;
  const cells = [1, 2, 3, 4, 5, 6].map((column) => sheet?.cell(1, column));
  expect({ name: sheet?.name, cells, merged: sheet?.cell(3, 1)?.text }).toEqual({
    name: 'A & B',
    cells: [
      { kind: 'text', text: 'a\u00a0', formula: false },
      { kind: 'number', text: '1.5', number: 1.5, formula: false },
      { kind: 'date', text: '2026-02-12', formula: false },
      { kind: 'number', text: '2', number: 2, formula: true },
      { kind: 'unknown', text: '', formula: true },
      undefined,
    ],
    merged: undefined,
  });
});

function withWorkbook(xml: string): Uint8Array {
  return makeWorkbook([{ rows: rota }], { 'xl/workbook.xml': xml });
}

function refusalOf(bytes: Uint8Array): RefusedError | null {
  try {
    readRota({ name: 'rota.xlsx', bytes });
    return null;
  } catch (refusal) {
    if (refusal instanceof RefusedError) return refusal;
    throw refusal;
  }
}

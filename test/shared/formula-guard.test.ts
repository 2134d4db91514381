import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { writeCsv } from '../../main/exchange/export/write-csv.ts';
import { guardText, looksLikeFormula, unguardText } from '../../shared/formula-guard.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .tuple(
      fc.array(fc.constantFrom(' ', "'", '"', '\t', '“', '\u00a0', '\u200b', '\n', '\r'), { maxLength: 4 }),
      fc.constantFrom('=', '+', '-', '@', '＝', '＋', '－', '＠', 'C', ''),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    )
    .map(([before, sign, after]) => before.join('') + sign + after),
);

test.each(['=1+1', '@SUM(A1)', '+55 11', '-2', '\tC', '\rC', ' =1', '"=1"', "'=1", '＝1+1', '\u00a0＠x', '\u200b=x'])(
  'a text table never begins a value with what a spreadsheet runs: %j',
  (text) => {
    expect(guardText(text)).toBe(`'${text}`);
    expect(unguardText(guardText(text))).toBe(text);
  },
);

test.each(['Lima, A', 'C-I', '1/2', "O'Neil", "'quoted'", '0012345', ''])('what no spreadsheet runs stays as it is: %j', (text) => {
  expect([guardText(text), unguardText(text)]).toEqual([text, text]);
});

/** A value that changed on its way through a file would change a roster without anybody having typed it. */
test('every text comes through a text table exactly, and none begins like a formula in it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(hostile, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
      fc.constantFrom(',' as const, ';' as const),
      async (rows, separator) => {
        const bytes = await writeCsv(rows, separator, async () => undefined);
        const text = bytes.toString('utf8');
        expect(text.startsWith('\ufeff')).toBe(true);
        const { data } = Papa.parse<string[]>(text.slice(1), { delimiter: separator, newline: '\r\n', skipEmptyLines: false });
        const read = data.slice(0, rows.length);
        expect(
          read
            .flat()
            .filter(looksLikeFormula)
            .filter((value) => !value.startsWith("'")),
        ).toEqual([]);
        expect(read.map((row) => row.map(unguardText))).toEqual(rows.map((row) => row.map((value) => value.toWellFormed())));
      },
    ),
    { numRuns: 300 },
  );
});

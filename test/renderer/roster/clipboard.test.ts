import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blockToHtml, blockToTsv, pasteSize, tileAt, tsvToBlock } from '../../../renderer/features/roster/clipboard.ts';

test('reads a block as a spreadsheet writes it, with quotes, tabs and line breaks inside cells', () => {
  expect(tsvToBlock('ICU\t"two\tparts"\r\n"say ""hi"""\t\r\n')).toEqual([
    ['ICU', 'two\tparts'],
    ['say "hi"', ''],
  ]);
});

test('takes a non-breaking space for an empty cell', () => {
  expect(tsvToBlock('\u00a0\tC')).toEqual([['', 'C']]);
});

test('keeps every block of texts through text and back', () => {
  // Spaces around a text are dropped on purpose; everything else survives.
  const text = fc.string({ maxLength: 12 }).map((value) => value.replaceAll('\r', '').replaceAll('\u00a0', '').trim());
  const block = fc
    .integer({ min: 1, max: 4 })
    .chain((width) => fc.array(fc.array(text, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }));
  fc.assert(
    fc.property(block, (rows) => {
      // A last row of one empty cell cannot be told from the line break that ends a text.
      fc.pre(rows.length === 1 || rows.at(-1)?.join('') !== '' || (rows[0]?.length ?? 0) > 1);
      expect(tsvToBlock(blockToTsv(rows))).toEqual(rows);
    }),
  );
});

test('writes a table in which codes stay text, and nothing of them becomes markup', () => {
  const html = blockToHtml([['<b>', '=1+1', '0012']]);
  expect(html).toContain('&lt;b&gt;');
  expect(html).toContain("mso-number-format:'\\@'");
});

test('fills a selection with one cell, tiles a block that fits, and otherwise keeps the size of the block', () => {
  const block = [['A', 'B']];
  expect(pasteSize([['A']], { rows: 3, columns: 5 })).toEqual({ rows: 3, columns: 5 });
  expect(pasteSize(block, { rows: 2, columns: 4 })).toEqual({ rows: 2, columns: 4 });
  expect(pasteSize(block, { rows: 2, columns: 3 })).toEqual({ rows: 1, columns: 2 });
  expect([tileAt(block, 1, 2), tileAt(block, 1, 3)]).toEqual(['A', 'B']);
});

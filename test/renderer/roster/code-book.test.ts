import { expect, test } from 'vitest';
import { codeToValue, makeCodeBook } from '../../../renderer/features/roster/code-book.ts';
import { codeLook } from '../../../shared/roster/code-look.ts';
import { recordOf } from './sample.ts';

const book = makeCodeBook(
  [
    recordOf('rotation', 'icu', { name: 'Intensive Care', displayAbbreviation: 'ICU' }),
    recordOf('rotation', 'old', { name: 'Old ICU', displayAbbreviation: 'OICU', isArchived: true }),
  ],
  [
    { code: 'Xa', name: 'Xa', rotationId: null, color: null, background: null, count: 3 },
    { code: 'XA', name: 'XA', rotationId: null, color: null, background: null, count: 1 },
  ],
);

test('finds a code in any case, but not where two differ only by case', () => {
  expect(book.find('icu')?.code).toBe('ICU');
  expect(book.find('Xa')?.code).toBe('Xa');
  expect(book.find('xa')).toBeNull();
});

test('writes the rotation with a code that is one, and leaves the rotation alone otherwise', () => {
  expect(codeToValue(book, ' icu ')).toEqual({ code: 'ICU', rotationId: 'icu' });
  expect(codeToValue(book, 'LV')).toEqual({ code: 'LV' });
  expect(codeToValue(book, 'never seen')).toEqual({ code: 'never seen' });
});

test('suggests beginnings before parts, and no archived rotation', () => {
  const codes = book.suggest('icu', 10).map(({ code }) => code);
  expect(codes[0]).toBe('ICU');
  expect(codes).not.toContain('OICU');
});

test('colours a code the same every time, and takes hue alone from a rotation', () => {
  expect(codeLook('ICU', null)).toEqual(codeLook('ICU', null));
  expect(codeLook('ICU', '#ff0000').hue).toBeCloseTo(29, -1);
  expect(codeLook('ICU', 'not a colour')).toEqual(codeLook('ICU', null));
});

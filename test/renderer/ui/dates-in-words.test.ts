import { expect, test } from 'vitest';
import { datesInWords } from '../../../renderer/ui/format.ts';

test('dates in the texts of the engine are said as people say them, with or without their weekday', () => {
  expect(datesInWords('Lima, A, Wed 2026-08-05 AM')).toBe('Lima, A, Wed 5 Aug AM');
  expect(datesInWords('vacation, 2026-08-05 to 2026-08-07')).toBe('vacation, Wed 5 Aug to Fri 7 Aug');
  expect(datesInWords('Move ICU of Lima, A, Wed 2026-08-05 AM to Thu 2026-08-06 PM')).toBe(
    'Move ICU of Lima, A, Wed 5 Aug AM to Thu 6 Aug PM',
  );
});

test('a date that is all there is to read says its year', () => {
  expect(datesInWords('2023-07-01', true)).toBe('Sat 1 Jul 2023');
});

test('what only looks like a date, and instants, stay as they are', () => {
  for (const text of ['', 'nothing', 'MRN 1234-56-789', '2026-08-05T09:00:00.000Z', '2026-13-45', 'id-2026-08-051'])
    expect(datesInWords(text)).toBe(text);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RefusedError } from '../../../shared/errors.ts';
import {
  dateToDay,
  dayToDate,
  isWeekend,
  parseDay,
  parseSlot,
  slotOf,
  slotToText,
  slotToWords,
  weekdayOf,
} from '../../../shared/roster/slot.ts';

const anyDay = fc.integer({ min: dateToDay('1900-01-01'), max: dateToDay('2199-12-31') });

test('counts days from 1970 and calls half days by their date', () => {
  expect([dateToDay('1970-01-01'), dateToDay('2026-01-15'), slotOf('1970-01-02', 'PM')]).toEqual([0, 20_468, 3]);
  expect(slotToText(slotOf('2026-01-15', 'AM'))).toBe('2026-01-15 AM');
  expect(slotToWords(slotOf('2026-01-15', 'PM'))).toBe('Thu 2026-01-15 PM');
});

test('agrees with the calendar of the language on every day of three centuries', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const date = new Date(day * 86_400_000);
      expect(dayToDate(day)).toBe(date.toISOString().slice(0, 10));
      expect(dateToDay(dayToDate(day))).toBe(day);
      expect(weekdayOf(day)).toBe(date.toUTCString().slice(0, 3));
      expect(isWeekend(day)).toBe(date.getUTCDay() === 0 || date.getUTCDay() === 6);
    }),
    { numRuns: 500 },
  );
});

test('gives half days that follow each other without gaps', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const date = dayToDate(day);
      expect(slotOf(date, 'PM')).toBe(slotOf(date, 'AM') + 1);
      expect(parseSlot(date, 'PM')).toBe(slotOf(date, 'PM'));
    }),
    { numRuns: 100 },
  );
});

test.each([
  '2026-02-30',
  '2025-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-1-15',
  '20260115',
  '1899-12-31',
  '2200-01-01',
  '2026-01-15T00:00',
  '',
  '2026-01-1५',
])('knows that “%s” is no date', (date) => {
  expect(parseDay(date)).toBeNull();
  expect(() => dateToDay(date)).toThrow(RefusedError);
});

test('takes neither a wrong half nor a wrong date for a half day', () => {
  expect([parseSlot('2026-01-15', 'am'), parseSlot('2026-02-30', 'AM'), parseSlot(null, 'AM')]).toEqual([null, null, null]);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { academicYearOf, blockHalfOf, blockOf, blocksOf } from '../../../shared/roster/academic-calendar.ts';
import { dateToDay, dayToDate, weekdayOf } from '../../../shared/roster/slot.ts';

const years = [2024, 2025, 2026, 2027, 2028, 2029, 2030];

test('starts the blocks of academic year 2025 on the days the program knows', () => {
  const starts = blocksOf(2025).map((block) => block.start);
  expect({ b1: starts[1], b8: starts[8], b10: starts[10], b13: starts[13] }).toEqual({
    b1: '2025-07-03',
    b8: '2026-01-15',
    b10: '2026-03-12',
    b13: '2026-06-04',
  });
});

test('gives block 13 the days that are left: 26, 27, 28 and 30 in the years 2024 to 2027', () => {
  expect([2024, 2025, 2026, 2027].map((year) => blocksOf(year)[13]?.days)).toEqual([26, 27, 28, 30]);
});

test('leaves block 0 empty where 1 July is a Thursday', () => {
  expect(blocksOf(2027)[0]).toMatchObject({ number: 0, start: '2027-07-01', end: '2027-06-30', days: 0, isOrientation: true });
  expect(blockOf('2027-07-01')).toMatchObject({ academicYear: 2027, number: 1 });
  expect(years.map((year) => blocksOf(year)[0]?.days)).toEqual([3, 2, 1, 0, 5, 4, 3]);
});

test('turns the academic year on 1 July', () => {
  expect([academicYearOf('2026-06-30'), academicYearOf('2026-07-01'), academicYearOf('2026-01-15')]).toEqual([2025, 2026, 2025]);
});

test('puts days 1 to 14 of a block in its first half and the rest in the second', () => {
  expect([blockHalfOf('2026-01-15'), blockHalfOf('2026-01-28'), blockHalfOf('2026-01-29'), blockHalfOf('2026-02-11')]).toEqual([
    1, 1, 2, 2,
  ]);
});

describe.each(years)('academic year %i', (year) => {
  const blocks = blocksOf(year);

  test('has fourteen blocks that cover 1 July to 30 June without gap or overlap', () => {
    expect(blocks.map((block) => block.number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    expect(blocks[0]?.start).toBe(`${year}-07-01`);
    expect(blocks[13]?.end).toBe(`${year + 1}-06-30`);
    for (const [index, block] of blocks.entries())
      expect(dateToDay(block.start)).toBe(index === 0 ? dateToDay(`${year}-07-01`) : dateToDay(blocks[index - 1]?.end ?? '') + 1);
  });

  test('starts blocks 1 to 13 on Thursdays, and blocks 1 to 12 last 28 days', () => {
    for (const block of blocks.slice(1)) expect(weekdayOf(dateToDay(block.start))).toBe('Thu');
    for (const block of blocks.slice(1, 13)) expect(block.days).toBe(28);
    expect(blocks[0]?.days).toBeLessThan(7);
  });
});

test('puts every date into exactly one block', () => {
  fc.assert(
    fc.property(fc.integer({ min: dateToDay('2000-01-01'), max: dateToDay('2099-12-31') }), (day) => {
      const date = dayToDate(day);
      const holding = [academicYearOf(date) - 1, academicYearOf(date), academicYearOf(date) + 1]
        .flatMap((year) => blocksOf(year))
        .filter((block) => block.start <= date && date <= block.end);
      expect(holding).toEqual([blockOf(date)]);
    }),
    { numRuns: 1_000 },
  );
});

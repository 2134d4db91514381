import { dateToDay, dayToDate } from './slot.ts';

/** One block of an academic year. `start` and `end` are both included; an empty block 0 has `days` 0 and ends the day before it starts. */
export interface AcademicBlock {
  readonly academicYear: number;
  readonly number: number;
  readonly name: string;
  readonly start: string;
  readonly end: string;
  readonly days: number;
  readonly isOrientation: boolean;
  readonly isVariableLength: boolean;
  /** `start` in days since 1970-01-01. */
  readonly firstDay: number;
}

const thursday = 4;
const blockDays = 28;
const halfDaysBoundary = 14;
const blocksByYear = new Map<number, readonly AcademicBlock[]>();

/** The academic year a date lies in, named for the year it starts in: it runs from 1 July to 30 June. */
export function academicYearOf(date: string): number {
  const year = Number(date.slice(0, 4));
  return Number(date.slice(5, 7)) >= 7 ? year : year - 1;
}

/**
 * The fourteen blocks of an academic year in order: 0 from 1 July to the day before the first Thursday (empty when 1 July is one),
 * 1 to 12 of 28 days each from Thursday to Wednesday, 13 the rest up to 30 June.
 */
export function blocksOf(academicYear: number): readonly AcademicBlock[] {
  const known = blocksByYear.get(academicYear);
  if (known) return known;
  const blocks = computeBlocks(academicYear);
  blocksByYear.set(academicYear, blocks);
  return blocks;
}

/** The one block a date belongs to. Refuses what is no date. */
export function blockOf(date: string): AcademicBlock {
  return blockOfDay(dateToDay(date));
}

/** The one block that a number of days since 1970-01-01 belongs to. */
export function blockOfDay(day: number): AcademicBlock {
  const blocks = blocksOf(academicYearOf(dayToDate(day)));
  const first = blocks[1];
  if (!first) throw new Error('an academic year has fourteen blocks');
  const number = day < first.firstDay ? 0 : Math.min(13, 1 + Math.floor((day - first.firstDay) / blockDays));
  const block = blocks[number];
  if (!block) throw new Error('an academic year has fourteen blocks');
  return block;
}

/** Which half of its block a date lies in: 1 for the first 14 days, 2 for the rest. */
export function blockHalfOf(date: string): 1 | 2 {
  const day = dateToDay(date);
  return day - blockOfDay(day).firstDay < halfDaysBoundary ? 1 : 2;
}

function computeBlocks(academicYear: number): readonly AcademicBlock[] {
  const yearStart = dateToDay(`${academicYear}-07-01`);
  const yearEnd = dateToDay(`${academicYear + 1}-06-30`);
  const weekday = (((yearStart + 4) % 7) + 7) % 7;
  const firstThursday = yearStart + ((thursday - weekday + 7) % 7);
  const starts = [yearStart, ...Array.from({ length: 13 }, (_, index) => firstThursday + index * blockDays)];
  return starts.map((firstDay, number) => {
    const lastDay = number === 13 ? yearEnd : (starts[number + 1] ?? yearEnd) - 1;
    return Object.freeze({
      academicYear,
      number,
      name: number === 0 ? 'Orientation' : `Block ${number}`,
      start: dayToDate(firstDay),
      end: dayToDate(lastDay),
      days: lastDay - firstDay + 1,
      isOrientation: number === 0,
      isVariableLength: number === 0 || number === 13,
      firstDay,
    });
  });
}

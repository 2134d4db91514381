import { blocksOf, type AcademicBlock } from '../../shared/roster/academic-calendar.ts';
import { dateToDay } from '../../shared/roster/slot.ts';

/** A day without normal work, as the roster keeps it. */
export interface DayOff {
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly name: string;
  readonly dayType: 'FEDERAL_HOLIDAY' | 'TRAINING_HOLIDAY';
  /** The day the holiday is really on, when it is kept on another. */
  readonly actualDay: number;
}

/** 0 is Sunday. */
export function weekdayNumber(day: number): number {
  return (day + 4) % 7;
}

/** The federal holidays that are kept in a calendar year, and the training holiday after Thanksgiving, in order. */
export function daysOffOf(year: number): readonly DayOff[] {
  const thanksgiving = nthWeekday(year, 11, 4, 4);
  return [
    onDate(year, '01-01', 'New Year’s Day'),
    onWeekday(nthWeekday(year, 1, 1, 3), 'Birthday of Martin Luther King, Jr.'),
    onWeekday(nthWeekday(year, 2, 1, 3), 'Washington’s Birthday'),
    onWeekday(lastMondayOfMay(year), 'Memorial Day'),
    onDate(year, '06-19', 'Juneteenth'),
    onDate(year, '07-04', 'Independence Day'),
    onWeekday(nthWeekday(year, 9, 1, 1), 'Labor Day'),
    onWeekday(nthWeekday(year, 10, 1, 2), 'Columbus Day'),
    onDate(year, '11-11', 'Veterans Day'),
    onWeekday(thanksgiving, 'Thanksgiving Day'),
    { day: thanksgiving + 1, name: 'Day after Thanksgiving', dayType: 'TRAINING_HOLIDAY', actualDay: thanksgiving + 1 },
    onDate(year, '12-25', 'Christmas Day'),
  ];
}

/** The blocks of several academic years in order, without empty ones. */
export function blocksOfYears(firstYear: number, lastYear: number): readonly AcademicBlock[] {
  const blocks: AcademicBlock[] = [];
  for (let year = firstYear; year <= lastYear; year++) blocks.push(...blocksOf(year).filter((block) => block.days > 0));
  return blocks;
}

function onDate(year: number, monthDay: string, name: string): DayOff {
  const actualDay = dateToDay(`${year}-${monthDay}`);
  const weekday = weekdayNumber(actualDay);
  const day = weekday === 6 ? actualDay - 1 : weekday === 0 ? actualDay + 1 : actualDay;
  return { day, name, dayType: 'FEDERAL_HOLIDAY', actualDay };
}

function onWeekday(day: number, name: string): DayOff {
  return { day, name, dayType: 'FEDERAL_HOLIDAY', actualDay: day };
}

function nthWeekday(year: number, month: number, weekday: number, count: number): number {
  const first = dateToDay(`${year}-${String(month).padStart(2, '0')}-01`);
  return first + ((weekday - weekdayNumber(first) + 7) % 7) + (count - 1) * 7;
}

function lastMondayOfMay(year: number): number {
  const last = dateToDay(`${year}-05-31`);
  return last - ((weekdayNumber(last) + 6) % 7);
}

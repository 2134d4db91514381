import { blockOf, academicYearOf } from '../../shared/roster/academic-calendar.ts';
import { dateToDay, dayToDate } from '../../shared/roster/slot.ts';
import type { DaySpan } from './position.ts';

/** The days on screen: the first and the last, both included. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** The stretch of a span that a date lies in: weeks begin on Monday, blocks and years are the academic ones. */
export function rangeAround(date: string, span: DaySpan): DayRange {
  switch (span) {
    case 'week':
      return { from: mondayOf(date), to: dayToDate(dateToDay(mondayOf(date)) + 6) };
    case 'twoWeeks':
      return { from: mondayOf(date), to: dayToDate(dateToDay(mondayOf(date)) + 13) };
    case 'block': {
      const block = blockOf(date);
      return { from: block.start, to: block.end };
    }
    case 'year': {
      const year = academicYearOf(date);
      return { from: `${year}-07-01`, to: `${year + 1}-06-30` };
    }
  }
}

/** The days shown for what the position names: `from` is the first day, the span says how many. */
export function rangeOfDays(days: { readonly from: string; readonly span: DaySpan }): DayRange {
  return rangeAround(days.from, days.span);
}

/** The stretch before (`-1`) or after (`1`). */
export function shiftRange(range: DayRange, span: DaySpan, step: 1 | -1): DayRange {
  return rangeAround(step === 1 ? dayToDate(dateToDay(range.to) + 1) : beforeOf(range, span), span);
}

function beforeOf(range: DayRange, span: DaySpan): string {
  return dayToDate(dateToDay(range.from) - (span === 'twoWeeks' ? 14 : 1));
}

function mondayOf(date: string): string {
  const day = dateToDay(date);
  // 1970-01-01 was a Thursday.
  return dayToDate(day - ((((day + 3) % 7) + 7) % 7));
}

/** Where a roster opens first: today where it has assignments, otherwise the nearest end of what it has. */
export function firstDate(filled: DayRange | null, today: string): string {
  if (filled === null || (today >= filled.from && today <= filled.to)) return today;
  return today < filled.from ? filled.from : filled.to;
}

import { dayToDate, parseDay } from '../../shared/roster/slot.ts';
import { weekdayNumber, type DaySection } from './find-days.ts';
import type { RotaDecisions } from './rota.ts';

export interface YearChoice {
  readonly stated: number;
  readonly suggested: number;
  readonly used: number;
  /** Days to add to every date of the file. */
  readonly shift: number;
  /** How many of the weekdays in the header agree with the dates in the stated and in the suggested year. */
  readonly agreement: { readonly of: number; readonly stated: number; readonly suggested: number };
}

/** How far around the stated year another one is looked for. */
const reach = 2;

/**
 * Holds the dates against the weekdays beside them. Suggests the nearest year within two in which more of them agree, if nearly all do;
 * otherwise the stated one. All days move by the same number, so that columns that follow each other still do.
 */
export function chooseYear(sections: readonly DaySection[], decision: RotaDecisions['year']): YearChoice {
  const first = sections[0]?.columns[0]?.day ?? 0;
  const stated = yearOf(first);
  const weekdays = sections.flatMap((section) => section.weekdays);
  const agreementIn = (year: number): number => {
    const shift = moveToYear(first, year) - first;
    return weekdays.filter((each) => each.stated.includes(weekdayNumber(each.day + shift))).length;
  };
  const statedAgreement = agreementIn(stated);
  let suggested = stated;
  let best = statedAgreement;
  for (let distance = 1; distance <= reach; distance += 1)
    for (const year of [stated + distance, stated - distance]) {
      const agreeing = agreementIn(year);
      if (agreeing > best && agreeing * 5 >= weekdays.length * 4) [suggested, best] = [year, agreeing];
    }
  const used = decision === 'correct' ? suggested : typeof decision === 'number' ? decision : stated;
  return {
    stated,
    suggested,
    used,
    shift: moveToYear(first, used) - first,
    agreement: { of: weekdays.length, stated: statedAgreement, suggested: best },
  };
}

/** How well the weekdays agree, for choosing a year of dates that have none. */
export function countAgreeing(sections: readonly DaySection[]): number {
  return sections.flatMap((section) => section.weekdays).filter((each) => each.stated.includes(weekdayNumber(each.day))).length;
}

export const yearOf = (day: number): number => Number(dayToDate(day).slice(0, 4));

function moveToYear(day: number, year: number): number {
  const monthAndDay = dayToDate(day).slice(4);
  // 29 February moves to 1 March where there is none.
  return parseDay(`${year}${monthAndDay}`) ?? parseDay(`${year}-03-01`) ?? day;
}

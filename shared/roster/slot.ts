import { RefusedError, quote } from '../errors.ts';

/** Which half of a day. */
export type HalfName = 'AM' | 'PM';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
export type Weekday = (typeof weekdays)[number];

/** The first and last date a roster may speak of: years outside are typing mistakes. */
export const firstDate = '1900-01-01';
export const lastDate = '2199-12-31';

/** Days since 1970-01-01 of a calendar date, or `null` where the text is no date that exists (`2026-02-30`) within 1900 to 2199. */
export function parseDay(date: string): number | null {
  if (date.length !== 10 || date.charCodeAt(4) !== 45 || date.charCodeAt(7) !== 45) return null;
  const year = readDigits(date, 0, 4);
  const month = readDigits(date, 5, 7);
  const day = readDigits(date, 8, 10);
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return civilToDay(year, month, day);
}

/** Days since 1970-01-01 of a calendar date. Refuses with INVALID what is no date. No time zone is ever asked. */
export function dateToDay(date: string): number {
  const day = parseDay(date);
  if (day === null)
    throw new RefusedError('INVALID', `“${quote(date)}” is not a date: write YYYY-MM-DD, such as 2026-01-15.`, {
      what: 'date',
      id: quote(date),
    });
  return day;
}

const dateByDay = new Map<number, string>();

/** The calendar date of a number of days since 1970-01-01. */
export function dayToDate(day: number): string {
  const known = dateByDay.get(day);
  if (known !== undefined) return known;
  const { year, month, dayOfMonth } = dayToCivil(day);
  const date = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
  // A roster speaks of a few thousand days; the bound only guards against a caller that walks through all time.
  if (dateByDay.size < 20_000) dateByDay.set(day, date);
  return date;
}

/** The half day as one integer, `day * 2`, plus 1 in the afternoon: half days follow each other without gaps. */
export function slotOf(date: string, half: HalfName): number {
  return dateToDay(date) * 2 + (half === 'PM' ? 1 : 0);
}

/** The half day as one integer, or `null` where either part is not what it should be. */
export function parseSlot(date: unknown, half: unknown): number | null {
  if (typeof date !== 'string' || (half !== 'AM' && half !== 'PM')) return null;
  const day = parseDay(date);
  return day === null ? null : day * 2 + (half === 'PM' ? 1 : 0);
}

export function slotToDay(slot: number): number {
  return Math.floor(slot / 2);
}

export function slotToDate(slot: number): string {
  return dayToDate(Math.floor(slot / 2));
}

export function slotToHalf(slot: number): HalfName {
  return (slot & 1) === 0 ? 'AM' : 'PM';
}

/** `2026-01-15 AM`. */
export function slotToText(slot: number): string {
  return `${slotToDate(slot)} ${slotToHalf(slot)}`;
}

/** `Thu 2026-01-15 AM`. */
export function slotToWords(slot: number): string {
  return `${dateToWords(slotToDate(slot))} ${slotToHalf(slot)}`;
}

/** `Thu 2026-01-15`; what is no date stays as it is. */
export function dateToWords(date: string): string {
  const day = parseDay(date);
  return day === null ? date : `${weekdayOf(day)} ${date}`;
}

/** The weekday of a number of days since 1970-01-01 (which was a Thursday). */
export function weekdayOf(day: number): Weekday {
  return weekdays[(((day + 4) % 7) + 7) % 7] ?? 'Sun';
}

export function isWeekend(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
}

function readDigits(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

// Years are counted from March, so that the leap day is the last day of its year; 719468 days lie between 0000-03-01 and 1970-01-01.
function civilToDay(year: number, month: number, dayOfMonth: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + dayOfMonth - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

function dayToCivil(day: number): { year: number; month: number; dayOfMonth: number } {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

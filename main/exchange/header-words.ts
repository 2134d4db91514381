import type { Half } from '../../shared/ids.ts';
import { foldSpaces } from './sheet.ts';

/** A date as a header writes it. Where day and month may be either way round, both numbers are below 13 and `order` is `either`. */
export interface HeaderDate {
  readonly first: number;
  readonly second: number;
  readonly order: 'day-month' | 'month-day' | 'either';
  /** `null` where the header leaves it out. */
  readonly year: number | null;
  readonly half: Half | null;
  readonly weekdays: readonly number[];
}

const monthNames = [
  ['january', 'janeiro', 'enero'],
  ['february', 'fevereiro', 'febrero'],
  ['march', 'marco', 'marzo'],
  ['april', 'abril'],
  ['may', 'maio', 'mayo'],
  ['june', 'junho', 'junio'],
  ['july', 'julho', 'julio'],
  ['august', 'agosto'],
  ['september', 'setembro', 'septiembre'],
  ['october', 'outubro', 'octubre'],
  ['november', 'novembro', 'noviembre'],
  ['december', 'dezembro', 'diciembre'],
] as const;

const weekdayNames = [
  ['sunday', 'domingo'],
  ['monday', 'segunda', 'lunes'],
  ['tuesday', 'terca', 'martes'],
  ['wednesday', 'weds', 'quarta', 'miercoles'],
  ['thursday', 'quinta', 'jueves'],
  ['friday', 'sexta', 'viernes'],
  ['saturday', 'sabado'],
] as const;

/** Longer texts are no words of a header, and are not searched for any. */
const longestWord = 30;
const longestDate = 60;

/** The weekdays (0 is Sunday) a word may stand for: one for `THURS`, two for `T`, none for what is no weekday. */
export function parseWeekday(text: string): readonly number[] {
  return text.length > longestWord ? [] : readWeekday(text);
}

const readWeekday = remember((text: string): readonly number[] => {
  const word = foldWord(text)
    .replace(/\.$/, '')
    .replace(/-feira$/, '');
  if (!/^[a-z]{1,10}$/.test(word)) return [];
  const found = weekdayNames.flatMap((names, weekday) => (names.some((name) => name.startsWith(word)) ? [weekday] : []));
  // `ter` and `mar` shorten a day and a month; two letters and more must leave one day only.
  return word.length > 1 && found.length > 1 ? [] : found;
});

/** Which half of a day a header means by `AM`, `p.m.`, `morning`; `null` for anything else. */
export function parseHalf(text: string): Half | null {
  if (text.length > longestWord) return null;
  const word = foldWord(text).replaceAll('.', '').replaceAll(' ', '');
  if (/^(a|am|morning|manha|manana)$/.test(word)) return 'AM';
  return /^(p|pm|afternoon|tarde)$/.test(word) ? 'PM' : null;
}

/**
 * The date a header cell writes as text: `2026-02-12`, `12/02/2026`, `12.2.`, `12-Feb-26`, `Feb 12`, with a weekday before or behind it
 * and `AM` or `PM` at its end. `null` for what is no date. Dates that cannot exist in any year are none.
 */
export function parseHeaderDate(text: string): HeaderDate | null {
  return text.length > longestDate ? null : readHeaderDate(text);
}

const readHeaderDate = remember((text: string): HeaderDate | null => {
  let rest = foldWord(text)
    .replace(/\s*[,;()]\s*/g, ' ')
    .trim();
  const halfMatch = /[\s-]*\b(a\.?m\.?|p\.?m\.?)$/.exec(rest);
  const half = halfMatch === null ? null : parseHalf(halfMatch[1] ?? '');
  if (halfMatch !== null) rest = rest.slice(0, halfMatch.index);
  // The whole text first: `mar 2` is a date, though `mar` may shorten a weekday too.
  const whole = parseDate(rest);
  if (whole !== null) return { ...whole, half, weekdays: [] };
  const { weekdays, rest: date } = cutWeekday(rest);
  const found = weekdays.length === 0 ? null : parseDate(date);
  return found === null ? null : { ...found, half, weekdays };
});

type PlainDate = Pick<HeaderDate, 'first' | 'second' | 'order' | 'year'>;

function parseDate(date: string): PlainDate | null {
  const iso = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[t ]\d{2}:\d{2}.*)?$/.exec(date);
  if (iso) return makeDate({ first: Number(iso[2]), second: Number(iso[3]), order: 'month-day', year: Number(iso[1]) });

  const numbers = /^(\d{1,2})([-/. ])(\d{1,2})(?:[-/. ](\d{4}|\d{2})?)?$/.exec(date);
  if (numbers) {
    const first = Number(numbers[1]);
    const second = Number(numbers[3]);
    // Nobody writes the month first with dots between.
    const order = numbers[2] === '.' || first > 12 ? 'day-month' : second > 12 ? 'month-day' : 'either';
    return makeDate({ first, second, order, year: parseYear(numbers[4]) });
  }

  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th|o)?[-/. ]*(?:de )?([a-z]{3,10})(?:[-/. ]+'?(?:de )?(\d{4}|\d{2}))?$/.exec(date);
  const monthFirst = /^([a-z]{3,10})[-/. ]*(\d{1,2})(?:st|nd|rd|th)?(?:[-/. ]+'?(\d{4}|\d{2}))?$/.exec(date);
  const named = dayFirst
    ? { day: dayFirst[1], month: dayFirst[2], year: dayFirst[3] }
    : { day: monthFirst?.[2], month: monthFirst?.[1], year: monthFirst?.[3] };
  const month = parseMonth(named.month ?? '');
  return month === 0 ? null : makeDate({ first: month, second: Number(named.day), order: 'month-day', year: parseYear(named.year) });
}

function makeDate(date: PlainDate): PlainDate | null {
  const fits = (day: number, month: number) =>
    day >= 1 && month >= 1 && month <= 12 && day <= (month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31);
  const dayMonth = fits(date.first, date.second);
  const monthDay = fits(date.second, date.first);
  if (date.order === 'either' && dayMonth !== monthDay) return { ...date, order: dayMonth ? 'day-month' : 'month-day' };
  return (date.order === 'month-day' ? monthDay : dayMonth) ? date : null;
}

function cutWeekday(text: string): { weekdays: readonly number[]; rest: string } {
  const before = /^([a-z]{2,9}(?:-feira)?)\.?[\s-]+(?=.*\d)/.exec(text);
  const first = parseWeekday(before?.[1] ?? '');
  if (before !== null && first.length > 0) return { weekdays: first, rest: text.slice(before[0].length) };
  const behind = /[\s-]+([a-z]{2,9})\.?$/.exec(text);
  const last = parseWeekday(behind?.[1] ?? '');
  return behind !== null && last.length > 0 ? { weekdays: last, rest: text.slice(0, behind.index) } : { weekdays: [], rest: text };
}

function parseMonth(word: string): number {
  if (word.length < 3) return 0;
  const wanted = word === 'sept' ? 'sep' : word;
  return monthNames.findIndex((names) => names.some((name) => name.startsWith(wanted))) + 1;
}

function parseYear(text: string | undefined): number | null {
  if (text === undefined) return null;
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

function foldWord(text: string): string {
  return foldSpaces(text).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Headers say the same few words over and over; a large sheet would spend its time on parsing them again. */
function remember<T>(parse: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const parsed = parse(text);
    if (known.size >= 20_000) known.clear();
    known.set(text, parsed);
    return parsed;
  };
}

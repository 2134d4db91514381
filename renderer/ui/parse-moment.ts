import { addDays, addMonths, isRealWall, type Wall, wallOf, wallToInstant, weekdayOf } from './zoned-time.ts';

/** A typed moment, understood; or why it was not. `now` asks for the living roster. */
export type TypedMoment =
  | { readonly kind: 'now' }
  | { readonly kind: 'instant'; readonly at: string }
  | { readonly kind: 'refused'; readonly problem: 'empty' | 'unreadable' | 'no such day' | 'no such time' };

interface Clock {
  readonly now: number;
  readonly zone: string;
}

type TimeOfDay = Pick<Wall, 'hour' | 'minute' | 'second'>;

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdayPattern = '(mon|tue|wed|thu|fri|sat|sun)[a-z]*';
const monthPattern = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
/** A day named without a time means the whole of it: how things stood when it was over. */
const endOfDay: TimeOfDay = { hour: 23, minute: 59, second: 59 };

/**
 * Reads a moment as a coordinator types one, in the programme's zone: `12 May 2026 14:30`, `2026-05-12T14:30Z`, `12/05/2026` (day first),
 * `yesterday 9am`, `last Tuesday 9am`, `2 weeks ago`. A day without a time means its end. Never throws.
 */
export function parseMoment(typed: string, clock: Clock): TypedMoment {
  const text = typed.trim().toLowerCase().replace(/[,]/g, ' ').replace(/\s+/g, ' ');
  if (text === '') return { kind: 'refused', problem: 'empty' };
  if (text === 'now') return { kind: 'now' };
  const exact = readIsoInstant(typed.trim());
  if (exact !== null) return exact;
  const elapsed = readElapsed(text, clock);
  if (elapsed !== null) return elapsed;
  for (const { head, tail } of splits(text)) {
    const day = readDay(head, wallOf(clock.now, clock.zone));
    if (day === null) continue;
    const time = tail === '' ? endOfDay : readTime(tail);
    if (time === null) continue;
    if (time === 'no such time') return { kind: 'refused', problem: 'no such time' };
    const wall = { ...day, ...time };
    if (!isRealWall(wall) || wall.year < 1900) return { kind: 'refused', problem: 'no such day' };
    const millis = wallToInstant(wall, clock.zone) + (tail === '' ? 999 : 0);
    return { kind: 'instant', at: new Date(millis).toISOString() };
  }
  return { kind: 'refused', problem: 'unreadable' };
}

/** ISO 8601 with its own offset; without one it is a wall reading and handled with the others. */
function readIsoInstant(text: string): TypedMoment | null {
  if (!/^\d{4}-\d{2}-\d{2}[tT ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?\s?([zZ]|[+-]\d{2}:?\d{2})$/.test(text)) return null;
  const millis = Date.parse(text.replace(' ', 'T').replace(' ', ''));
  return Number.isNaN(millis) ? { kind: 'refused', problem: 'no such day' } : { kind: 'instant', at: new Date(millis).toISOString() };
}

/** `3 hours ago`: exact time back from now. Days and longer are calendar facts and are read by `readDay`. */
function readElapsed(text: string, { now }: Clock): TypedMoment | null {
  const found = /^(\d{1,6}|an?) (minute|min|hour|hr|h)s? ago$/.exec(text);
  if (!found) return null;
  const millis = now - countOf(found[1]) * (found[2]?.startsWith('m') ? 60_000 : 3_600_000);
  return { kind: 'instant', at: new Date(millis).toISOString() };
}

/** Every way to cut the text into a day and a time of day, the whole text as a day first. */
function* splits(text: string): Generator<{ readonly head: string; readonly tail: string }> {
  yield { head: text, tail: '' };
  const words = text.replace(/^(\d{4}-\d{2}-\d{2})t/, '$1 ').split(' ');
  for (let cut = words.length - 1; cut >= 0; cut--) {
    const head = words.slice(0, cut).join(' ');
    const tail = words.slice(cut).join(' ').replace(/^at /, '');
    yield { head: head === '' ? 'today' : head.replace(/ at$/, ''), tail };
  }
}

function readTime(text: string): TimeOfDay | 'no such time' | null {
  if (text === 'noon' || text === 'midday') return { hour: 12, minute: 0, second: 0 };
  if (text === 'midnight') return { hour: 0, minute: 0, second: 0 };
  const found =
    /^(\d{1,2})(?:[:.h](\d{2}))?(?:[:.](\d{2})(?:\.\d+)?)? ?(am|pm|a\.m\.|p\.m\.)$/.exec(text) ??
    /^(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?$/.exec(text) ??
    /^(\d{1,2})h$/.exec(text);
  if (!found) return null;
  const [, hourText, minuteText = '0', secondText = '0', half] = found;
  const hour = Number(hourText);
  const minute = Number(minuteText);
  const second = Number(secondText);
  if (minute > 59 || second > 59) return 'no such time';
  if (half === undefined) return hour > 23 ? 'no such time' : { hour, minute, second };
  if (hour < 1 || hour > 12) return 'no such time';
  return { hour: (hour % 12) + (half.startsWith('p') ? 12 : 0), minute, second };
}

function readDay(text: string, today: Wall): Wall | null {
  const relative = readRelativeDay(text, today);
  if (relative !== null) return relative;
  // The weekday that `instantText` prints in front of a date adds nothing.
  return readCalendarDay(text.replace(new RegExp(`^${weekdayPattern} (?=\\d|${monthPattern})`), ''), today);
}

function readRelativeDay(text: string, today: Wall): Wall | null {
  if (text === 'today') return today;
  if (text === 'yesterday') return addDays(today, -1);
  if (text === 'the day before yesterday') return addDays(today, -2);
  const ago = /^(\d{1,5}|an?) (day|week|month|year)s? ago$/.exec(text);
  if (ago) return back(today, countOf(ago[1]), ago[2] ?? '');
  const last = /^last (week|month|year)$/.exec(text);
  if (last) return back(today, 1, last[1] ?? '');
  const weekday = new RegExp(`^(last |this |on )?${weekdayPattern}$`).exec(text);
  if (!weekday) return null;
  const behind = (weekdayOf(today) - weekdays.indexOf(weekday[2] ?? '') + 7) % 7;
  return addDays(today, -(behind === 0 && weekday[1] === 'last ' ? 7 : behind));
}

function readCalendarDay(text: string, today: Wall): Wall | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return dayOf(today, iso[1], Number(iso[2]), iso[3]);
  const numeric = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?$/.exec(text);
  if (numeric) return dayOf(today, numeric[3], Number(numeric[2]), numeric[1]);
  const worded = new RegExp(`^(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${monthPattern}\\.?(?: (\\d{4}))?$`).exec(text);
  if (worded) return dayOf(today, worded[3], months.indexOf(worded[2] ?? '') + 1, worded[1]);
  const american = new RegExp(`^${monthPattern}\\.? (\\d{1,2})(?:st|nd|rd|th)?(?: (\\d{4}))?$`).exec(text);
  if (american) return dayOf(today, american[3], months.indexOf(american[1] ?? '') + 1, american[2]);
  return null;
}

/** Without a year: the latest such day that is not in the future. */
function dayOf(today: Wall, year: string | undefined, month: number, day: string | undefined): Wall {
  const named = { ...today, month, day: Number(day) };
  if (year !== undefined) return { ...named, year: year.length === 2 ? 2000 + Number(year) : Number(year) };
  const isAhead = month > today.month || (month === today.month && named.day > today.day);
  return isAhead ? { ...named, year: today.year - 1 } : named;
}

function back(today: Wall, count: number, unit: string): Wall {
  if (unit === 'day') return addDays(today, -count);
  if (unit === 'week') return addDays(today, -7 * count);
  return addMonths(today, unit === 'month' ? -count : -12 * count);
}

function countOf(word: string | undefined): number {
  return word === undefined || word.startsWith('a') ? 1 : Number(word);
}

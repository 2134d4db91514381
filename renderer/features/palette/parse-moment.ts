import { parseDay } from '../../../shared/roster/slot.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A date that somebody typed, and the instant when a time stands beside it. */
export interface TypedMoment {
  readonly date: string;
  /** ISO instant in the computer's zone; `null` where no time was given. */
  readonly instant: string | null;
}

/** Reads `12 May 2026`, `12 May 2026 14:30`, `2026-05-12`, `12/05/2026 9:05`; `null` for anything else. A date alone means that day's end. */
export function parseMoment(text: string, now = new Date()): TypedMoment | null {
  const [, dateText, hour, minute] = /^(.*?)(?:[ ,T]+(\d{1,2})[:h](\d{2}))?$/.exec(text.trim()) ?? [];
  const date = readDate(dateText ?? '', now);
  if (date === null) return null;
  if (hour === undefined || minute === undefined) return { date, instant: endOfDay(date) };
  if (Number(hour) > 23 || Number(minute) > 59) return null;
  return { date, instant: new Date(`${date}T${hour.padStart(2, '0')}:${minute}:59.999`).toISOString() };
}

function endOfDay(date: string): string {
  return new Date(`${date}T23:59:59.999`).toISOString();
}

function readDate(text: string, now: Date): string | null {
  const named = /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\s+([a-z]{3,9})\.?(?:,?\s+(\d{4}))?$/i.exec(text);
  if (named) {
    const month = months.indexOf((named[2] ?? '').slice(0, 3).toLowerCase()) + 1;
    return month === 0 ? null : existing(Number(named[3] ?? now.getFullYear()), month, Number(named[1]));
  }
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return existing(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const slashed = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text);
  return slashed ? existing(Number(slashed[3]), Number(slashed[2]), Number(slashed[1])) : null;
}

function existing(year: number, month: number, day: number): string | null {
  const date = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return parseDay(date) === null ? null : date;
}

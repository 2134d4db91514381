/** A wall-clock reading in some zone. Months count from 1. */
export interface Wall {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let found = formatters.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, found);
  }
  return found;
}

/** What the clocks of the zone show at an instant (milliseconds since 1970). */
export function wallOf(millis: number, zone: string): Wall {
  const read: Record<string, number> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(millis)) read[type] = Number(value);
  return {
    year: read['year'] ?? 0,
    month: read['month'] ?? 1,
    day: read['day'] ?? 1,
    hour: read['hour'] ?? 0,
    minute: read['minute'] ?? 0,
    second: read['second'] ?? 0,
  };
}

/** The wall reading as if it were UTC: a plain number that can be added to and compared. Days and months that overflow roll over. */
function wallToNumber(wall: Wall): number {
  const date = new Date(0);
  date.setUTCFullYear(wall.year, wall.month - 1, wall.day);
  date.setUTCHours(wall.hour, wall.minute, wall.second, 0);
  return date.getTime();
}

/**
 * The instant at which the zone's clocks show this. A reading that is skipped in spring is taken as far after the gap as it was into it;
 * of two instants with the same reading in autumn the earlier one is meant.
 */
export function wallToInstant(wall: Wall, zone: string): number {
  const wanted = wallToNumber(wall);
  const shownAt = (millis: number): number => wallToNumber(wallOf(millis, zone));
  // The offset before and after the reading; they differ only around a change of clocks.
  const before = wanted - (shownAt(wanted - 86_400_000) - (wanted - 86_400_000));
  const after = wanted - (shownAt(wanted + 86_400_000) - (wanted + 86_400_000));
  const fits = [before, after].filter((millis) => shownAt(millis) === wanted);
  return fits.length > 0 ? Math.min(...fits) : before;
}

/** Monday is 0, Sunday 6. */
export function weekdayOf(wall: Wall): number {
  return (new Date(wallToNumber(wall)).getUTCDay() + 6) % 7;
}

/** Whether such a day and time of day exist in the calendar. */
export function isRealWall(wall: Wall): boolean {
  const date = new Date(wallToNumber(wall));
  return (
    date.getUTCFullYear() === wall.year &&
    date.getUTCMonth() === wall.month - 1 &&
    date.getUTCDate() === wall.day &&
    date.getUTCHours() === wall.hour &&
    date.getUTCMinutes() === wall.minute &&
    date.getUTCSeconds() === wall.second
  );
}

/** The reading `days` later, at the same time of day. */
export function addDays(wall: Wall, days: number): Wall {
  const date = new Date(wallToNumber({ ...wall, day: wall.day + days }));
  return { ...wall, year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** The reading `months` later; the last day of a shorter month when the day does not exist there. */
export function addMonths(wall: Wall, months: number): Wall {
  const index = wall.year * 12 + wall.month - 1 + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { ...wall, year, month, day: Math.min(wall.day, last) };
}

let zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Sets the zone that instants are shown in: the programme's. Roster dates are calendar dates and know no zone. */
export function setZone(timeZone: string): void {
  zone = timeZone;
}

const made = new Map<string, Intl.DateTimeFormat>();
function formatter(options: Intl.DateTimeFormatOptions, timeZone: string): Intl.DateTimeFormat {
  const key = JSON.stringify(options) + timeZone;
  let found = made.get(key);
  if (!found) made.set(key, (found = new Intl.DateTimeFormat('en-GB', { ...options, timeZone })));
  return found;
}
function parts(date: Date, options: Intl.DateTimeFormatOptions, timeZone: string): Record<string, string> {
  return Object.fromEntries(
    formatter(options, timeZone)
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  );
}

/** `Tue 12 May 2026 14:30`, in the programme's zone. */
export function instantText(iso: string): string {
  const p = parts(
    new Date(iso),
    { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    zone,
  );
  return `${p['weekday']} ${p['day']} ${p['month']} ${p['year']} ${p['hour']}:${p['minute']}`;
}

/** The shortest that is clear today: `09:12`, `Tue 09:12` within a week, `12 May`, `12 May 2025`. */
export function shortInstantText(iso: string, now = Date.now()): string {
  const date = new Date(iso);
  const p = parts(
    date,
    { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    zone,
  );
  const today = parts(new Date(now), { day: 'numeric', month: 'short', year: 'numeric' }, zone);
  if (p['day'] === today['day'] && p['month'] === today['month'] && p['year'] === today['year']) return `${p['hour']}:${p['minute']}`;
  if (Math.abs(now - date.getTime()) < 6 * 86_400_000) return `${p['weekday']} ${p['hour']}:${p['minute']}`;
  return p['year'] === today['year'] ? `${p['day']} ${p['month']}` : `${p['day']} ${p['month']} ${p['year']}`;
}

// A grid asks for the same few dates hundreds of times at each drawing, and formatting one takes microseconds.
const dateTexts = new Map<string, string>();

/** A calendar date: `Wed 5 Aug`, with the year when asked. */
export function dateText(date: string, withYear = false): string {
  const key = withYear ? `${date}+` : date;
  const known = dateTexts.get(key);
  if (known !== undefined) return known;
  const text = writeDate(date, withYear);
  if (dateTexts.size >= 5_000) dateTexts.clear();
  dateTexts.set(key, text);
  return text;
}

function writeDate(date: string, withYear: boolean): string {
  const p = parts(new Date(`${date}T12:00:00Z`), { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }, 'UTC');
  return `${p['weekday']} ${p['day']} ${p['month']}${withYear ? ` ${p['year']}` : ''}`;
}

/**
 * A text of the engine with its dates as people say them: `Lima, A, Wed 2026-08-05 AM` reads `Lima, A, Wed 5 Aug AM`. With the year where the
 * date is all there is to read, as the value of a field.
 */
export function datesInWords(text: string, withYear = false): string {
  return text.replace(/(?:\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\b(\d{4}-\d{2}-\d{2})\b(?!T)/g, (found, date: string) =>
    Number.isNaN(Date.parse(date)) ? found : dateText(date, withYear),
  );
}

/** The pieces of a calendar date, for headers. */
export function dateParts(date: string): { readonly weekday: string; readonly day: string; readonly month: string; readonly year: string } {
  const p = parts(new Date(`${date}T12:00:00Z`), { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }, 'UTC');
  return { weekday: p['weekday'] ?? '', day: p['day'] ?? '', month: p['month'] ?? '', year: p['year'] ?? '' };
}

/** `3–16 Aug 2026`, `27 Jul – 9 Aug 2026`. */
export function dateRangeText(from: string, to: string): string {
  const a = dateParts(from);
  const b = dateParts(to);
  if (a.year !== b.year) return `${a.day} ${a.month} ${a.year} – ${b.day} ${b.month} ${b.year}`;
  if (a.month !== b.month) return `${a.day} ${a.month} – ${b.day} ${b.month} ${b.year}`;
  return `${a.day}–${b.day} ${b.month} ${b.year}`;
}

/** `88 102`: digits grouped by a thin space, as in the wireframes. */
export function numberText(value: number): string {
  return value.toLocaleString('en-GB').replaceAll(',', '\u2009');
}

/** The zone that instants are shown in, by its IANA name. */
export function currentZone(): string {
  return zone;
}

/** The zone's name, shown once. */
export function zoneText(): string {
  return zone.replaceAll('_', ' ');
}

/** A long text told by how it begins, for lines where the whole of it is one click away. */
export function shortText(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

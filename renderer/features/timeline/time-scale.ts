import { addDays, addMonths, type Wall, wallOf, wallToInstant, weekdayOf } from '../../ui/zoned-time.ts';

/** A stretch of time in milliseconds since 1970, `from` before `to`. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** A line on the scale with its label; `major` ones begin a larger unit. */
export interface Tick {
  readonly at: number;
  readonly text: string;
  readonly major: boolean;
}

/** The shortest stretch that can be zoomed to: several steps in a second are rare, and the keys tell them apart. */
const shortestSpan = 1_000;

/** The shortest stretch that a whole history takes, so that one of a few seconds is no wall of bars. */
const shortestWhole = 60_000;

/** Where an instant lies on a track of this width, in pixels; outside of the range it lies outside of the track. */
export function xOf(range: TimeRange, width: number, millis: number): number {
  return ((millis - range.from) / (range.to - range.from)) * width;
}

/** The instant under a pixel. */
export function timeAt(range: TimeRange, width: number, x: number): number {
  return range.from + (x / Math.max(1, width)) * (range.to - range.from);
}

/** The whole history with a little air on both sides, so that the first and the last step can be seen and hit. */
export function wholeRange(first: number, last: number): TimeRange {
  const span = Math.max(last - first, shortestWhole);
  return { from: first - span * 0.012, to: last + span * 0.012 };
}

/** Keeps a range inside the whole, with its length where that is possible. */
export function clampRange(range: TimeRange, whole: TimeRange): TimeRange {
  const span = Math.min(Math.max(range.to - range.from, shortestSpan), whole.to - whole.from);
  const from = Math.min(Math.max(range.from, whole.from), whole.to - span);
  return { from, to: from + span };
}

/** Makes the range `factor` times as long; the instant `around` stays where it is on the screen. */
export function zoomRange(range: TimeRange, whole: TimeRange, factor: number, around: number): TimeRange {
  const share = Math.min(1, Math.max(0, (around - range.from) / (range.to - range.from)));
  const span = (range.to - range.from) * factor;
  const from = around - share * span;
  return clampRange({ from, to: from + span }, whole);
}

/** Whether a range is (as good as) the whole: then no zoom is remembered. */
export function isWhole(range: TimeRange, whole: TimeRange): boolean {
  return range.to - range.from >= (whole.to - whole.from) * 0.999;
}

/** Moves the range just as far as needed to show the instant with some air around it. */
export function revealIn(range: TimeRange, whole: TimeRange, millis: number): TimeRange {
  const air = (range.to - range.from) * 0.1;
  if (millis < range.from) return clampRange({ from: millis - air, to: millis - air + (range.to - range.from) }, whole);
  if (millis > range.to) return clampRange({ from: millis + air - (range.to - range.from), to: millis + air }, whole);
  return range;
}

interface Unit {
  /** Roughly how long, for choosing one. */
  readonly length: number;
  readonly floor: (wall: Wall) => Wall;
  readonly next: (wall: Wall) => Wall;
  readonly text: (wall: Wall, major: boolean) => string;
  readonly isMajor: (wall: Wall) => boolean;
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const midnight = { hour: 0, minute: 0, second: 0 };

function minutes(count: number): Unit {
  return {
    length: count * minute,
    floor: (wall) => {
      const inDay = Math.floor((wall.hour * 60 + wall.minute) / count) * count;
      return { ...wall, hour: Math.floor(inDay / 60), minute: inDay % 60, second: 0 };
    },
    next: (wall) => {
      const inDay = wall.hour * 60 + wall.minute + count;
      if (inDay >= 1440) return addDays({ ...wall, ...midnight }, 1);
      return { ...wall, hour: Math.floor(inDay / 60), minute: inDay % 60 };
    },
    text: (wall, major) => (major ? dayText(wall) : `${pad(wall.hour)}:${pad(wall.minute)}`),
    isMajor: (wall) => wall.hour === 0 && wall.minute === 0,
  };
}

function seconds(count: number): Unit {
  return {
    length: count * 1_000,
    floor: (wall) => ({ ...wall, second: Math.floor(wall.second / count) * count }),
    next: (wall) => {
      if (wall.second + count < 60) return { ...wall, second: wall.second + count };
      return minutes(1).next({ ...wall, second: 0 });
    },
    text: (wall, major) => (major ? `${pad(wall.hour)}:${pad(wall.minute)}` : `${pad(wall.hour)}:${pad(wall.minute)}:${pad(wall.second)}`),
    isMajor: (wall) => wall.second === 0,
  };
}

function days(count: number): Unit {
  return {
    length: count * day,
    floor: (wall) => (count === 7 ? addDays({ ...wall, ...midnight }, -weekdayOf(wall)) : { ...wall, ...midnight }),
    next: (wall) => addDays(wall, count),
    text: (wall, major) => (major && count === 1 ? dayText(wall) : `${wall.day} ${monthNames[wall.month - 1]}`),
    isMajor: (wall) => (count === 1 ? weekdayOf(wall) === 0 : wall.day <= 7),
  };
}

function monthsUnit(count: number): Unit {
  return {
    length: count * 30 * day,
    floor: (wall) => ({ ...wall, ...midnight, day: 1, month: Math.floor((wall.month - 1) / count) * count + 1 }),
    next: (wall) => addMonths(wall, count),
    text: (wall, major) => (major ? String(wall.year) : (monthNames[wall.month - 1] ?? '')),
    isMajor: (wall) => wall.month === 1,
  };
}

const units: readonly Unit[] = [
  ...[5, 15].map(seconds),
  ...[1, 5, 15, 60, 180, 360].map(minutes),
  days(1),
  days(7),
  monthsUnit(1),
  monthsUnit(3),
  monthsUnit(6),
  monthsUnit(12),
];

/** The lines and labels of the scale: the finest calendar unit of the zone whose labels keep `gap` pixels apart. */
export function ticksOf(range: TimeRange, width: number, zone: string, gap = 64): readonly Tick[] {
  if (width <= 0) return [];
  const perPixel = (range.to - range.from) / width;
  const last = units.at(-1);
  const unit = units.find(({ length }) => length / perPixel >= gap) ?? last;
  if (!unit) return [];
  const ticks: Tick[] = [];
  let wall = unit.floor(wallOf(range.from, zone));
  for (let guard = 0; guard < 400; guard++) {
    const at = wallToInstant(wall, zone);
    if (at > range.to) break;
    const major = unit.isMajor(wall);
    // A change of clocks swallows an hour; a label that would stand too close for it is left out.
    const before = ticks.at(-1);
    if (at >= range.from && (!before || (at - before.at) / perPixel >= gap * 0.8)) ticks.push({ at, text: unit.text(wall, major), major });
    wall = unit.next(wall);
  }
  return ticks;
}

function dayText(wall: Wall): string {
  const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  return `${names[weekdayOf(wall)]} ${wall.day} ${monthNames[wall.month - 1]}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

import type { RosterState } from '../roster-state.ts';
import { absenceOverlap } from './absence-overlap.ts';
import { capacity } from './capacity.ts';
import { toClash, type Clash, type Rule } from './clash.ts';
import { coverageMinimum } from './coverage-minimum.ts';
import { danglingReference } from './dangling-reference.ts';
import { dayOff } from './day-off.ts';
import { doubleBooking } from './double-booking.ts';
import { hoursWeek } from './hours-week.ts';
import { compareSeverity } from './severity.ts';
import { supervisionRatio } from './supervision-ratio.ts';

export type { Clash, Rule, Severity } from './clash.ts';

/** Every rule that a window of any length can judge. A new one is a file of its own and a line here. */
export const rules: readonly Rule[] = [doubleBooking, absenceOverlap, danglingReference, supervisionRatio, coverageMinimum, capacity];

/**
 * Rules that need four weeks to say anything. They judge what a merge brings, with the neighbours it takes; a window on screen leaves them out,
 * since what it shows would then depend on where it begins.
 */
export const longRules: readonly Rule[] = [hoursWeek, dayOff];

/** Every rule the state breaks within its window, in the order of `orderClashes`. */
export function findClashes(state: RosterState): Clash[] {
  return orderClashes(rules.flatMap((rule) => rule.find(state))).map(toClash);
}

/** By time, then what weighs most, then key: the order of the records makes no difference. */
export function orderClashes<T extends Clash>(clashes: readonly T[]): readonly T[] {
  return clashes
    .map((clash) => ({ clash, at: clash.halfDays[0] ? `${clash.halfDays[0].date} ${clash.halfDays[0].half}` : '' }))
    .toSorted(
      (a, b) => compareText(a.at, b.at) || compareSeverity(a.clash.severity, b.clash.severity) || compareText(a.clash.key, b.clash.key),
    )
    .map(({ clash }) => clash);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import type { RosterState } from '../roster-state.ts';
import { absenceOverlap } from './absence-overlap.ts';
import { capacity } from './capacity.ts';
import type { Clash, Rule, Severity } from './clash.ts';
import { coverageMinimum } from './coverage-minimum.ts';
import { danglingReference } from './dangling-reference.ts';
import { doubleBooking } from './double-booking.ts';
import { supervisionRatio } from './supervision-ratio.ts';

export type { Clash, Rule, Severity } from './clash.ts';

/** Every rule. A new one is a file of its own and a line here. */
export const rules: readonly Rule[] = [doubleBooking, absenceOverlap, danglingReference, supervisionRatio, coverageMinimum, capacity];

const severityOrder: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Every rule the state breaks within its window: by time, then what weighs most, then key. The order of the records makes no difference. */
export function findClashes(state: RosterState): Clash[] {
  return rules
    .flatMap((rule) => rule.find(state))
    .map((clash) => ({ clash, at: clash.halfDays[0] ? `${clash.halfDays[0].date} ${clash.halfDays[0].half}` : '' }))
    .toSorted(
      (a, b) =>
        compareText(a.at, b.at) ||
        severityOrder[a.clash.severity] - severityOrder[b.clash.severity] ||
        compareText(a.clash.key, b.clash.key),
    )
    .map(({ clash }) => clash);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

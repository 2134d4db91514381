import { dateToWords, dayToDate } from '../slot.ts';
import type { RosterState } from '../roster-state.ts';
import { describeStretch, findStretches, stretchDays, type Stretch } from './stretches.ts';
import type { Finding, Rule } from './clash.ts';

/**
 * A resident has less than one day in seven free of clinical work and education, averaged over four weeks (ACGME Common Program Requirements,
 * VI.F.2, “Mandatory Time Free of Clinical Work and Education”). A day is free when neither half of it is worked; call from home is not
 * free. Only four weeks that the state knows whole are judged. A warning: the day that is missing is nobody's day in particular.
 */
export const dayOff: Rule = {
  rule: 'day-off',
  label: 'Less than one day off in seven',
  find: (state) => findStretches(state, daysMissing).map((stretch) => describe(state, stretch)),
  findAdded: (before, after) => findStretches(after, daysMissing, before).map((stretch) => describe(after, stretch)),
};

function daysMissing({ weeks, freeDays }: Stretch): number {
  return weeks - freeDays;
}

function describe(state: RosterState, stretch: Stretch): Finding {
  const { person, firstDay, weeks, freeDays } = stretch;
  const days = freeDays === 0 ? 'no day' : freeDays === 1 ? '1 day' : `${freeDays} days`;
  return describeStretch(state, stretch, {
    rule: dayOff.rule,
    severity: 'warning',
    text: `${person.name} has ${days} off from ${dateToWords(dayToDate(firstDay))} to ${dateToWords(dayToDate(firstDay + stretchDays - 1))} and needs ${weeks}.`,
    weight: daysMissing(stretch),
  });
}

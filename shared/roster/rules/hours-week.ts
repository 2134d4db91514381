import { dateToWords, dayToDate } from '../slot.ts';
import type { RosterState } from '../roster-state.ts';
import { describeStretch, findStretches, stretchDays, type Stretch } from './stretches.ts';
import type { Finding, Rule } from './clash.ts';

/** Hours a week, averaged over four weeks. */
const mostHoursPerWeek = 80;

/**
 * A resident works more than 80 hours a week, averaged over four weeks (ACGME Common Program Requirements, VI.F.1, “Maximum Hours of Clinical
 * and Educational Work per Week”: all in-house clinical and educational activities count, leave does not). Hours follow from codes and
 * rotations (`hoursOf`). Only four weeks that the state knows whole are judged, so a window of two weeks never says anything.
 */
export const hoursWeek: Rule = {
  rule: 'hours-week',
  label: 'More than 80 hours a week',
  find: (state) => findStretches(state, hoursOver).map((stretch) => describe(state, stretch)),
  findAdded: (before, after) => findStretches(after, hoursOver, before).map((stretch) => describe(after, stretch)),
};

function averageOf({ hours, weeks }: Stretch): number {
  return hours / weeks;
}

// Sums of thirds of an hour may miss a whole number by the last bit, which must not be an hour too many.
function hoursOver(stretch: Stretch): number {
  const over = averageOf(stretch) - mostHoursPerWeek;
  return over > 1e-9 ? over : 0;
}

function describe(state: RosterState, stretch: Stretch): Finding {
  const average = Math.round(averageOf(stretch) * 10) / 10;
  const { person, firstDay } = stretch;
  return describeStretch(state, stretch, {
    rule: hoursWeek.rule,
    severity: 'error',
    text: `${person.name} works ${average === mostHoursPerWeek ? 'more than 80' : average} hours a week on average from ${dateToWords(dayToDate(firstDay))} to ${dateToWords(dayToDate(firstDay + stretchDays - 1))}; the limit is ${mostHoursPerWeek}.`,
    weight: hoursOver(stretch),
  });
}

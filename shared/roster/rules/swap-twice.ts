import type { EntityRecord } from '../entity-record.ts';
import { textOf } from '../field.ts';
import { personName, type RosterState } from '../roster-state.ts';
import { dateToWords } from '../slot.ts';
import { makeClash, type Finding, type Rule } from './clash.ts';
import { agreedStatuses, weeksOfSwap, type SwapWeek } from './swap-stale.ts';

const liveStatuses: ReadonlySet<string | null> = new Set([null, 'pending', ...agreedStatuses]);

/** Two swaps that are not settled otherwise give away the same week of one person. An error once both are agreed, a warning before. */
export const swapTwice: Rule = {
  rule: 'swap-twice',
  label: 'A week in two swaps',
  find: (state) => {
    const claims = state.others
      .filter(({ type, fields }) => type === 'swap_record' && liveStatuses.has(textOf(fields, 'status')))
      .flatMap((swap) => weeksOfSwap(swap.fields).map((week) => ({ swap, week })));
    return [...Map.groupBy(claims, ({ week }) => week.personId).values()].flatMap((each) => collide(state, each));
  },
};

interface Claim {
  readonly swap: EntityRecord;
  readonly week: SwapWeek;
}

/** Groups one person's claims into weeks that overlap. */
function collide(state: RosterState, claims: readonly Claim[]): readonly Finding[] {
  const found: Finding[] = [];
  let group: Claim[] = [];
  const close = (): void => {
    if (new Set(group.map(({ swap }) => swap.id)).size > 1) found.push(describe(state, group));
    group = [];
  };
  for (const claim of claims.toSorted((a, b) => a.week.firstDay - b.week.firstDay || (a.swap.id < b.swap.id ? -1 : 1))) {
    const last = group[0];
    if (last && claim.week.firstDay > last.week.lastDay) close();
    group.push(claim);
  }
  close();
  return found;
}

function describe(state: RosterState, claims: readonly Claim[]): Finding {
  const swaps = [...new Map(claims.map(({ swap }) => [swap.id, swap])).values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const { personId, date, firstDay } = claims[0]?.week ?? { personId: '', date: '', firstDay: 0 };
  const isAgreed = swaps.filter(({ fields }) => agreedStatuses.has(textOf(fields, 'status'))).length > 1;
  return makeClash({
    rule: swapTwice.rule,
    key: [personId, date, ...swaps.map(({ id }) => id)],
    group: [personId, String(firstDay)],
    severity: isAgreed ? 'error' : 'warning',
    text: `The week of ${dateToWords(date)} of ${personName(state, personId)} is in ${swaps.length} swaps at once: ${swaps.map(({ fields }) => textOf(fields, 'status') ?? 'pending').join(' and ')}.`,
    cells: [],
    others: swaps.map(({ type, id }) => ({ type, id })),
    weight: swaps.length,
    byMember: true,
  });
}

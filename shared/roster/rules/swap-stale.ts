import type { Names } from '../definition.ts';
import { findEntityType } from '../entity-type.ts';
import { textOf } from '../field.ts';
import { recordKey } from '../focus.ts';
import { sameFields } from '../same-value.ts';
import { dateToWords, parseDay } from '../slot.ts';
import type { Fields } from '../../json.ts';
import { listNames, makeClash, type Finding } from './clash.ts';
import { cellFields, differsIn, isTouchedBy, otherSide, type MergedRecord, type Side } from './merged-record.ts';

export const swapStaleRule = 'swap-stale';

/** Statuses of a swap that people count on. */
export const agreedStatuses: ReadonlySet<string | null> = new Set(['approved', 'executed']);

/** A week that a swap moves: whose it is before, and its first and last day, since 1970-01-01. */
export interface SwapWeek {
  readonly personId: string;
  readonly date: string;
  readonly firstDay: number;
  readonly lastDay: number;
}

/** The weeks that change hands: the one that is given and, unless it is given for nothing, the one that is taken. Seven days each. */
export function weeksOfSwap(swap: Fields): readonly SwapWeek[] {
  return [
    ['sourceFacultyId', 'sourceWeek'],
    ['targetFacultyId', 'targetWeek'],
  ].flatMap(([who = '', when = '']) => {
    const personId = textOf(swap, who);
    const date = textOf(swap, when);
    const firstDay = date === null ? null : parseDay(date);
    return personId === null || date === null || firstDay === null ? [] : [{ personId, date, firstDay, lastDay: firstDay + 6 }];
  });
}

/**
 * Swaps that one side approved or executed while the other moved, gave away, added or took half days of the weeks in question: what was agreed is
 * not what is there any more. What both sides did alike, as when both execute the same swap, is no trouble.
 */
export function findStaleSwaps(merges: readonly MergedRecord[], names: Names): readonly Finding[] {
  const swaps = merges.filter(({ type, merged, undecided }) => type === 'swap_record' && merged !== null && !undecided);
  if (swaps.length === 0) return [];
  const edits = indexEdits(merges);
  return swaps.flatMap((swap) => {
    const { source, target, merged } = swap;
    if (merged === null || !agreedStatuses.has(textOf(merged, 'status')) || sameFields(source, target)) return [];
    const moved = (['source', 'target'] as const)
      .filter((side) => isTouchedBy(swap, side) && agreedStatuses.has(textOf(swap[side] ?? {}, 'status')))
      .flatMap((side) => weeksOfSwap(swap[side] ?? {}).flatMap((week) => editsOf(edits, week, otherSide(side))));
    const halfDays = [...new Map(moved.map((merge) => [merge.id, merge])).values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
    return halfDays.length === 0 ? [] : [describe(swap, merged, halfDays, names)];
  });
}

type EditIndex = ReadonlyMap<string, readonly MergedRecord[]>;

/** Assignments that the two sides made different, by person and day of where they were, or where they came to be. */
function indexEdits(merges: readonly MergedRecord[]): EditIndex {
  const edits = new Map<string, MergedRecord[]>();
  for (const merge of merges) {
    if (merge.type !== 'assignment' || !differsIn(merge.source, merge.target, cellFields)) continue;
    const stand = merge.base ?? merge.merged ?? merge.source ?? merge.target;
    const day = stand && parseDay(textOf(stand, 'date') ?? '');
    if (!stand || day === null) continue;
    const key = `${textOf(stand, 'personId') ?? ''}|${day}`;
    const known = edits.get(key);
    if (known) known.push(merge);
    else edits.set(key, [merge]);
  }
  return edits;
}

function editsOf(edits: EditIndex, { personId, firstDay, lastDay }: SwapWeek, side: Side): readonly MergedRecord[] {
  const found: MergedRecord[] = [];
  for (let day = firstDay; day <= lastDay; day++)
    for (const merge of edits.get(`${personId}|${day}`) ?? [])
      // Where the merged record stands as the swap's side has it, the other side's change was taken back.
      if (differsIn(merge[side], merge.base, cellFields) && differsIn(merge.merged, merge[otherSide(side)], cellFields)) found.push(merge);
  return found;
}

function describe(swap: MergedRecord, merged: Fields, halfDays: readonly MergedRecord[], names: Names): Finding {
  const status = textOf(merged, 'status') ?? '';
  const definition = findEntityType('assignment');
  const titles = halfDays.map((merge) => definition?.title(merge.base ?? merge.merged ?? {}, names) ?? merge.id).toSorted();
  const weeks = weeksOfSwap(merged).map(({ date }) => dateToWords(date));
  return makeClash({
    rule: swapStaleRule,
    key: [recordKey(swap.type, swap.id)],
    severity: status === 'executed' ? 'error' : 'warning',
    text: `${findEntityType('swap_record')?.title(merged, names) ?? 'A swap'} (week of ${weeks.join(' and ')}) is ${status}, but ${halfDays.length === 1 ? 'a half day' : `${halfDays.length} half days`} of it changed meanwhile: ${listNames(titles)}.`,
    cells: [],
    others: [swap, ...halfDays],
    weight: halfDays.length,
    byMember: true,
  });
}

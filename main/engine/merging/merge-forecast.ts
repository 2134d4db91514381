import type { BranchRecord, Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { wholeOf } from '../sighted-store/sighted-store.ts';
import { computeMerge } from './compute-merge.ts';
import { dateOfMillis, judgeMerge, nothingChosen } from './judge-merge.ts';
import { openMerge } from './merge-subject.ts';
import { readSourceStands } from './read-stands.ts';

/** What a merge of a branch into another would find now, in numbers. */
export interface MergeForecast {
  readonly into: string;
  readonly conflicts: number;
  readonly clean: number;
  readonly clashes: number;
}

const kept = new WeakMap<StoreReader, Map<string, Omit<MergeForecast, 'into'>>>();
const mostKept = 500;

/**
 * The numbers that a preview of the same merge gives, since both are counted from the same: from everything there is, whoever asks. An answer
 * about two commits and a day is kept.
 */
export function mergeForecast(asked: StoreReader, source: BranchRecord, target: BranchRecord, now: number): MergeForecast {
  const store = wholeOf(asked);
  const today = dateOfMillis(now);
  const known = kept.get(store) ?? new Map<string, Omit<MergeForecast, 'into'>>();
  kept.set(store, known);
  const key = `${source.tip} ${target.tip} ${today} ${JSON.stringify(store.merges.houseRules())}`;
  const numbers = known.get(key) ?? count(store, source, target, today);
  known.delete(key);
  known.set(key, numbers);
  if (known.size > mostKept) known.delete(known.keys().next().value ?? '');
  return { into: target.name, ...numbers };
}

/** Whether a merge would have to ask, from what the source changed alone. */
export function wouldConflict(asked: StoreReader, source: Place, target: Place): boolean {
  const store = wholeOf(asked);
  if (store.isAncestor(source, target)) return false;
  return computeMerge(readSourceStands(store, { bases: store.mergeBases(source, target), source, target })).conflicts.length > 0;
}

function count(store: StoreReader, source: BranchRecord, target: BranchRecord, today: string): Omit<MergeForecast, 'into'> {
  const { resolved, clashes } = judgeMerge(store, openMerge(store, { source, target }), nothingChosen, today);
  return { conflicts: resolved.conflicts.length, clean: resolved.automatic.length, clashes: clashes.length };
}

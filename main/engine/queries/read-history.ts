import type { HistoryEntry } from '../../../shared/contract/app/base.ts';
import { publicTypeOf } from '../../../shared/roster/entity-type.ts';
import type { StoreReader } from '../reader.ts';
import { describeHistory } from '../words/history-entry.ts';
import { placeOnBranch } from './find-branch.ts';
import { pageOf, type PageAnswer, type PageRequest } from './page-of.ts';

/** Every stand of one entity on a branch, own and inherited, newest first; a delete is an entry too. Numbers count from 1 for the oldest. */
export function readHistory(
  store: StoreReader,
  { type, id, branch, ...page }: PageRequest & { readonly type: string; readonly id: string; readonly branch: string },
): PageAnswer<HistoryEntry> {
  publicTypeOf(type);
  const oldestFirst = store.versionsOf(type, id, placeOnBranch(store, branch));
  const numbered = oldestFirst.map((occurrence, index) => ({ occurrence, number: index + 1 })).toReversed();
  const { items, total, next } = pageOf(numbered, page, (entry) => String(entry.occurrence.row));
  return { items: describeHistory(store, { type, id, occurrences: items }), total, next };
}

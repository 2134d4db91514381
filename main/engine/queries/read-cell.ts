import type { HistoryEntry } from '../../../shared/contract/app/base.ts';
import { EntityId } from '../../../shared/ids.ts';
import { slotOf } from '../../../shared/roster/slot.ts';
import type { StoreReader } from '../reader.ts';
import { describeHistory } from '../words/history-entry.ts';
import { placeOnBranch } from './find-branch.ts';
import { pageOf, type PageAnswer, type PageRequest } from './page-of.ts';

export interface CellRequest extends PageRequest {
  readonly branch: string;
  readonly personId: string;
  readonly date: string;
  readonly half: 'AM' | 'PM';
}

export interface CellAssignment {
  readonly id: EntityId;
  readonly entries: HistoryEntry[];
}

/** Every assignment that ever stood in one person's half day on a branch, also those gone since, each with its whole history on the branch, newest first. */
export function readCell(store: StoreReader, { branch, personId, date, half, ...page }: CellRequest): PageAnswer<CellAssignment> {
  const place = placeOnBranch(store, branch);
  const slot = slotOf(date, half);
  const ids = store.everIn('assignment', place, { subjects: [personId], from: slot, to: slot }).toSorted();
  const { items, total, next } = pageOf(ids, page, (id) => id);
  return { items: items.map((id) => ({ id: EntityId.parse(id), entries: entriesOf(id) })), total, next };

  function entriesOf(id: string): HistoryEntry[] {
    const oldestFirst = store.versionsOf('assignment', id, place);
    const occurrences = oldestFirst.map((occurrence, index) => ({ occurrence, number: index + 1 })).toReversed();
    return describeHistory(store, { type: 'assignment', id, occurrences });
  }
}

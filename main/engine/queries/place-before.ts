import type { CommitRecord, Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';

/** The place that a commit started from: its first parent. For the first commit of a line of its own, a place where nothing exists. */
export function placeBefore(store: StoreReader, record: CommitRecord): Place {
  const [parent] = record.parents;
  return parent === undefined ? { line: record.line, position: 0, commit: null, at: null } : store.placeOf(parent);
}

import type Database from 'better-sqlite3';
import { createBatchInsert, type BatchInsert } from './batch-insert.ts';
import type { EpochPolicy, DerivedSink } from './derived-rows.ts';

const derivedTables = ['line_index', 'live_cells', 'past_cells', 'epochs', 'spans', 'version_prefixes', 'commit_prefixes'] as const;

/** Empties the derived tables. Only inside a write. */
export function emptyDerivedTables(db: Database.Database): void {
  for (const table of derivedTables) db.exec(`DELETE FROM ${table}`);
}

/** Writes derived rows as they come; in the order of their keys that is appending. Only inside a write; `flush` at the end. */
export function createDerivedWriter(db: Database.Database): { readonly sink: DerivedSink; flush(): void } {
  const insert = (table: string, columns: string): BatchInsert<number> => createBatchInsert<number>(db, table, columns);
  const lineIndex = insert('line_index', 'entity_id, line_id, position, version_id, type_id, subject, from_slot, to_slot');
  const live = insert('live_cells', 'line_id, type_id, subject, from_slot, entity_id, to_slot, position, version_id');
  const past = insert('past_cells', 'line_id, epoch, type_id, subject, from_slot, entity_id, position, until, to_slot, version_id');
  const epoch = insert('epochs', 'line_id, epoch, position, changes');
  const span = insert('spans', 'type_id, subject, longest');
  return {
    sink: { lineIndex: lineIndex.add, live: live.add, past: past.add, epoch: epoch.add, span: span.add },
    flush() {
      for (const table of [lineIndex, live, past, epoch, span]) table.flush();
    },
  };
}

/** Changes of an epoch at least; more where more is live: a search then reads at most about twice what is live. */
export function createEpochPolicy(epochChanges: number | undefined, changesBefore: (line: number) => number): EpochPolicy {
  return {
    // Never after the last change: a border there cuts nothing.
    border: ({ start, position, changes, live }) =>
      position > start && Number.isFinite(position) && changes >= epochLength(epochChanges, () => live) ? position : null,
    changesBefore,
  };
}

const fewestChanges = 4_096;

export function epochLength(epochChanges: number | undefined, live: () => number): number {
  return epochChanges ?? Math.max(fewestChanges, live());
}

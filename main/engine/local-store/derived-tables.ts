import type Database from 'better-sqlite3';
import type { EpochPolicy, DerivedSink } from './derived-rows.ts';

export const derivedTables = ['line_index', 'live_cells', 'past_cells', 'epochs', 'spans', 'commit_types'] as const;

/** Empties the derived tables. Only inside a write. */
export function emptyDerivedTables(db: Database.Database): void {
  for (const table of derivedTables) db.exec(`DELETE FROM ${table}`);
}

/** Writes derived rows as they come; in the order of their keys that is appending. Only inside a write. */
export function createDerivedWriter(db: Database.Database): DerivedSink {
  const insert = (table: string, columns: string): Database.Statement<number[]> =>
    db.prepare<number[]>(
      `INSERT INTO ${table} (${columns}) VALUES (${columns
        .split(', ')
        .map(() => '?')
        .join(', ')})`,
    );
  const lineIndex = insert('line_index', 'entity_id, line_id, position, version_id, type_id, subject, from_slot, to_slot');
  const live = insert('live_cells', 'line_id, type_id, subject, from_slot, entity_id, to_slot, position, version_id');
  const past = insert('past_cells', 'line_id, epoch, type_id, subject, from_slot, entity_id, position, until, to_slot, version_id');
  const epoch = insert('epochs', 'line_id, epoch, position, changes');
  const span = insert('spans', 'type_id, subject, longest');
  const commitType = insert('commit_types', 'line_id, type_id, position');
  return {
    lineIndex: (...row) => void lineIndex.run(...row),
    live: (...row) => void live.run(...row),
    past: (...row) => void past.run(...row),
    epoch: (...row) => void epoch.run(...row),
    span: (...row) => void span.run(...row),
    commitType: (...row) => void commitType.run(...row),
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

const fewestChanges = 16_384;

export function epochLength(epochChanges: number | undefined, live: () => number): number {
  return epochChanges ?? Math.max(fewestChanges, 1.5 * live());
}

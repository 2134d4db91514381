import type Database from 'better-sqlite3';
import type { Transactions } from './transactions.ts';

/**
 * The past of a line is cut into epochs so that a search at any instant reads one epoch, however long the history. Epoch 0 begins with the
 * line. Where the borders lie changes nothing about any answer.
 */
export interface EpochTable {
  /** The epoch that holds a position, where it begins, and whether it is the line's newest: only then do open cells count. */
  at(line: number, position: number): { readonly epoch: number; readonly start: number; readonly newest: boolean };
  /** The newest epoch of a line; `changes` counts the line's changes before it. */
  newest(line: number): { readonly epoch: number; readonly start: number; readonly changes: number };
  /** Begins a new epoch at a position: every open cell gets a past up to there. One statement, one pass over the open cells of the line. */
  turn(line: number, position: number, changes: number): void;
  liveCount(line: number): number;
}

interface EpochRow {
  readonly epoch: number;
  readonly position: number;
  readonly changes: number;
}

export function createEpochTable(db: Database.Database, transactions: Transactions): EpochTable {
  const read = db.prepare<[number], EpochRow>('SELECT epoch, position, changes FROM epochs WHERE line_id = ? ORDER BY epoch');
  const insert = db.prepare<[number, number, number, number]>('INSERT INTO epochs (line_id, epoch, position, changes) VALUES (?, ?, ?, ?)');
  const closeLive = db.prepare<[number, number, number, number]>(
    `INSERT INTO past_cells (line_id, epoch, type_id, subject, from_slot, entity_id, position, until, to_slot, version_id)
     SELECT line_id, ?, type_id, subject, from_slot, entity_id, max(position, ?), ?, to_slot, version_id FROM live_cells WHERE line_id = ?`,
  );
  const count = db.prepare<[number], number>('SELECT count(*) FROM live_cells WHERE line_id = ?').pluck();
  const epochs = new Map<number, readonly EpochRow[]>();
  transactions.onForget(() => epochs.clear());
  return { at, newest, turn, liveCount: (line) => count.get(line) ?? 0 };

  function of(line: number): readonly EpochRow[] {
    let known = epochs.get(line);
    if (known === undefined) {
      known = read.all(line);
      epochs.set(line, known);
    }
    return known;
  }

  function at(line: number, position: number): { epoch: number; start: number; newest: boolean } {
    const known = of(line);
    for (let index = known.length - 1; index >= 0; index--) {
      const row = known[index]!;
      if (row.position <= position) return { epoch: row.epoch, start: row.position, newest: index === known.length - 1 };
    }
    return { epoch: 0, start: 0, newest: known.length === 0 };
  }

  function newest(line: number): { epoch: number; start: number; changes: number } {
    const known = of(line);
    const row = known[known.length - 1];
    return row === undefined ? { epoch: 0, start: 0, changes: 0 } : { epoch: row.epoch, start: row.position, changes: row.changes };
  }

  function turn(line: number, position: number, changes: number): void {
    const { epoch, start } = newest(line);
    // Two intervals may not be empty: a turn at the border it already has would make them so.
    if (position <= start) return;
    closeLive.run(epoch, start, position, line);
    insert.run(line, epoch + 1, position, changes);
    epochs.delete(line);
  }
}

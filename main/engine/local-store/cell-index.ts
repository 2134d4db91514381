import type Database from 'better-sqlite3';
import type { LinePlace } from '../../../shared/versioning/commit-graph.ts';
import { createBatchInsert } from './batch-insert.ts';
import type { EpochTable } from './epoch-table.ts';
import type { Transactions } from './transactions.ts';

/** Where an entity stands in the grid, in the file's own numbers; -1 where its type has no grid. */
export interface Cell {
  readonly type: number;
  readonly subject: number;
  readonly from: number;
  readonly to: number;
}

export const noCell = -1;

/** What stands for an entity at a place: the version, and (when it was written on the nearest line itself) its cell there. */
export interface Stand {
  readonly version: number;
  readonly deleted: boolean;
  /** The line and position that wrote it. */
  readonly line: number;
  readonly position: number;
  readonly cell: Cell;
}

export interface CellChange {
  readonly line: number;
  readonly position: number;
  readonly entity: number;
  readonly version: number;
  readonly deleted: boolean;
  readonly cell: Cell;
  /** What stood before, as `stand` answered it. */
  readonly before: Stand | null;
}

/** The derived tables that follow every change: where each entity was written, what is open now, what was closed. */
export interface CellIndex {
  /** What stands for an entity along a chain of places (nearest first); `null` when it never existed there. A delete is a stand too. */
  stand(entity: number, chain: readonly LinePlace[]): Stand | null;
  /** The version that stands there; 0 where the entity does not exist. Half the price of `stand`. */
  version(entity: number, chain: readonly LinePlace[]): number;
  /** Only inside a write; what was put may not be asked for before `flush`. */
  put(change: CellChange): void;
  flush(): void;
}

interface IndexRow {
  readonly position: number;
  readonly version_id: number;
  readonly type_id: number;
  readonly subject: number;
  readonly from_slot: number;
  readonly to_slot: number;
}

export function createCellIndex(db: Database.Database, transactions: Transactions, epochs: EpochTable): CellIndex {
  // `+0`: better-sqlite3 prepares `column = ?` with ORDER BY again at every run (docs/gotchas.md).
  const find = db.prepare<[number, number, number], IndexRow>(
    `SELECT position, version_id, type_id, subject, from_slot, to_slot FROM line_index
     WHERE entity_id = (? + 0) AND line_id = (? + 0) AND position <= (? + 0) ORDER BY position DESC LIMIT 1`,
  );
  const findVersion = db
    .prepare<[number, number, number], number>(
      `SELECT iif(type_id = ${noCell}, 0, version_id) FROM line_index
       WHERE entity_id = (? + 0) AND line_id = (? + 0) AND position <= (? + 0) ORDER BY position DESC LIMIT 1`,
    )
    .pluck();
  const indexRows = createBatchInsert<number>(
    db,
    'line_index',
    'entity_id, line_id, position, version_id, type_id, subject, from_slot, to_slot',
  );
  const pastRows = createBatchInsert<number>(
    db,
    'past_cells',
    'line_id, epoch, type_id, subject, from_slot, entity_id, position, until, to_slot, version_id',
  );
  transactions.onForget(() => {
    indexRows.clear();
    pastRows.clear();
  });
  const insertLive = db.prepare<[number, number, number, number, number, number, number, number]>(
    'INSERT INTO live_cells (line_id, type_id, subject, from_slot, entity_id, to_slot, position, version_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const updateLive = db.prepare<[number, number, number, number, number, number, number, number]>(
    `UPDATE live_cells SET to_slot = ?, position = ?, version_id = ?
     WHERE line_id = ? AND type_id = ? AND subject = ? AND from_slot = ? AND entity_id = ?`,
  );
  const deleteLive = db.prepare<[number, number, number, number, number]>(
    'DELETE FROM live_cells WHERE line_id = ? AND type_id = ? AND subject = ? AND from_slot = ? AND entity_id = ?',
  );
  const spans = createSpans(db, transactions);
  return {
    stand,
    version(entity, chain) {
      for (const { line, position } of chain) {
        const row = findVersion.get(entity, line, position);
        if (row !== undefined) return row;
      }
      return 0;
    },
    put,
    flush() {
      indexRows.flush();
      pastRows.flush();
    },
  };

  function stand(entity: number, chain: readonly LinePlace[]): Stand | null {
    for (const { line, position } of chain) {
      const row = find.get(entity, line, position);
      if (row !== undefined)
        return {
          version: row.version_id,
          deleted: row.type_id === noCell,
          line,
          position: row.position,
          cell: { type: row.type_id, subject: row.subject, from: row.from_slot, to: row.to_slot },
        };
    }
    return null;
  }

  function put({ line, position, entity, version, deleted, cell, before }: CellChange): void {
    const { type, subject, from, to } = cell;
    indexRows.add(entity, line, position, version, deleted ? noCell : type, subject, from, to);
    const open = before !== null && !before.deleted && before.line === line ? before : null;
    if (open !== null) closeCell(line, position, entity, open);
    if (!deleted) spans.cover(type, subject, to - from);
    const same = open !== null && !deleted && open.cell.type === type && open.cell.subject === subject && open.cell.from === from;
    if (same) {
      updateLive.run(to, position, version, line, type, subject, from, entity);
      return;
    }
    if (open !== null) deleteLive.run(line, open.cell.type, open.cell.subject, open.cell.from, entity);
    if (!deleted) insertLive.run(line, type, subject, from, entity, to, position, version);
  }

  function closeCell(line: number, position: number, entity: number, open: Stand): void {
    const { epoch, start } = epochs.newest(line);
    const since = Math.max(open.position, start);
    // At the first position of an epoch the older epoch holds the whole interval already.
    if (since >= position) return;
    const { type, subject, from, to } = open.cell;
    pastRows.add(line, epoch, type, subject, from, entity, since, position, to, open.version);
  }
}

interface Spans {
  cover(type: number, subject: number, length: number): void;
}

/** Remembers for each subject of a type the longest stretch; it only grows, so that most changes write nothing. */
function createSpans(db: Database.Database, transactions: Transactions): Spans {
  const readAll = db.prepare<[], { type_id: number; subject: number; longest: number }>('SELECT type_id, subject, longest FROM spans');
  const upsert = db.prepare<[number, number, number]>(
    'INSERT INTO spans (type_id, subject, longest) VALUES (?, ?, ?) ON CONFLICT (type_id, subject) DO UPDATE SET longest = excluded.longest',
  );
  let longest: Map<number, Map<number, number>> | null = null;
  transactions.onForget(() => (longest = null));
  return {
    cover(type, subject, length) {
      longest ??= load();
      let subjects = longest.get(type);
      if (subjects === undefined) longest.set(type, (subjects = new Map()));
      const known = subjects.get(subject);
      if (known !== undefined && known >= length) return;
      upsert.run(type, subject, length);
      subjects.set(subject, length);
    },
  };

  function load(): Map<number, Map<number, number>> {
    const found = new Map<number, Map<number, number>>();
    for (const row of readAll.iterate()) {
      const subjects = found.get(row.type_id) ?? new Map<number, number>();
      found.set(row.type_id, subjects);
      subjects.set(row.subject, row.longest);
    }
    return found;
  }
}

import type Database from 'better-sqlite3';
import { chainOf, type LineGraph, type LinePlace } from '../../../shared/versioning/commit-graph.ts';
import { maxInt32 } from './entity-table.ts';
import type { Transactions } from './transactions.ts';

/** The lines of a file. There are as many as branches, so all of them are kept in memory. */
export interface LineTable {
  readonly graph: LineGraph;
  /** The place and the forks below it, nearest first; each owns its position. */
  chain(place: LinePlace): readonly LinePlace[];
  insert(parent: number | null, fork: number): number;
  /** Whether some line begins at a place: only there can two commits have the same first parent. */
  isFork(place: LinePlace): boolean;
}

interface LineRow {
  readonly line_id: number;
  readonly parent_line_id: number | null;
  readonly fork_position: number;
}

export function createLineTable(db: Database.Database, transactions: Transactions): LineTable {
  const readAll = db.prepare<[], LineRow>('SELECT line_id, parent_line_id, fork_position FROM lines');
  const insert = db.prepare<[number | null, number]>('INSERT INTO lines (parent_line_id, fork_position) VALUES (?, ?)');
  const merges = db.prepare<[number, number, number], { position: number; merge_line_id: number; merge_position: number }>(
    `SELECT position, merge_line_id, merge_position FROM commits
     WHERE merge_line_id IS NOT NULL AND line_id = ? AND position > ? AND position <= ?`,
  );
  const lines = new Map<number, { readonly parent: number | null; readonly fork: number }>();
  const forks = new Set<string>();
  /** Many questions of one request are about one place, and a place is never altered. */
  let latest: { readonly place: LinePlace; readonly chain: readonly LinePlace[] } | null = null;
  transactions.onForget(() => {
    lines.clear();
    latest = null;
  });

  const graph: LineGraph = {
    line(line) {
      if (lines.size === 0) load();
      const found = lines.get(line);
      if (found === undefined) throw new Error(`no line ${line}`);
      return found;
    },
    *mergesOf(line, after, upTo) {
      for (const row of merges.all(line, after, upTo))
        yield { position: row.position, merged: { line: row.merge_line_id, position: row.merge_position } };
    },
  };
  return {
    graph,
    chain(place) {
      if (latest?.place !== place) latest = { place, chain: chainOf(graph, place) };
      return latest.chain;
    },
    isFork({ line, position }) {
      if (lines.size === 0) load();
      return forks.has(`${line}/${position}`);
    },
    insert(parent, fork) {
      const line = Number(insert.run(parent, fork).lastInsertRowid);
      if (line > maxInt32) throw new Error('the file cannot hold more lines');
      lines.clear();
      return line;
    },
  };

  function load(): void {
    forks.clear();
    for (const row of readAll.all()) {
      lines.set(row.line_id, { parent: row.parent_line_id, fork: row.fork_position });
      if (row.parent_line_id !== null) forks.add(`${row.parent_line_id}/${row.fork_position}`);
    }
  }
}

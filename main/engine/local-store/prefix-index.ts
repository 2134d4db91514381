import type Database from 'better-sqlite3';
import { createBatchInsert } from './batch-insert.ts';
import type { Transactions } from './transactions.ts';

/**
 * Rows of a table by their hash. Kept apart from the table and filled when nobody waits: hashes are random, so that each entry is another
 * page, and a commit of 100 changes would wait for 100 of them.
 */
export interface PrefixIndex {
  /** Rows with this hash, in their order. */
  rowsOf(hash: string): readonly number[];
  /** To be told of a new row. Only inside a write. */
  added(row: number, hash: string): void;
  /** Whether enough rows wait to be worth a turn. */
  isDue(): boolean;
  /** Takes in some of what waits; false when nothing is left. Only inside a write. */
  fill(): boolean;
}

export interface PrefixIndexOf {
  readonly table: 'versions' | 'commits';
  readonly id: 'version_id' | 'commit_id';
  readonly index: 'version_prefixes' | 'commit_prefixes';
  /** Rows that have to wait before a turn is worth it. */
  readonly fewestWaiting: number;
  /** Whether the hashes of waiting rows are kept in memory: for what is asked for at every request. Others are looked through in the table. */
  readonly remember: boolean;
}

/** The row that says up to which row the index goes. */
export const coveredPrefix = -1;
const mostAtOnce = 20_000;

interface WaitingRow {
  readonly id: number;
  readonly hash: string;
}

export function createPrefixIndex(
  db: Database.Database,
  transactions: Transactions,
  { table, id, index, fewestWaiting, remember }: PrefixIndexOf,
): PrefixIndex {
  const find = db
    .prepare<[number, Buffer], number>(
      `SELECT p.${id} FROM ${index} p CROSS JOIN ${table} t ON t.${id} = p.${id} WHERE p.prefix = (? + 0) AND t.hash = ?`,
    )
    .pluck();
  const readCovered = db.prepare<[], number>(`SELECT ${id} FROM ${index} WHERE prefix = ${coveredPrefix}`).pluck();
  const forgetCovered = db.prepare(`DELETE FROM ${index} WHERE prefix = ${coveredPrefix}`);
  const readWaiting = db.prepare<[number], WaitingRow>(
    `SELECT ${id} AS id, hex(hash) AS hash FROM ${table} WHERE ${id} > (? + 0) ORDER BY ${id} LIMIT ${mostAtOnce}`,
  );
  const findWaiting = db.prepare<[number, Buffer], number>(`SELECT ${id} FROM ${table} WHERE ${id} > (? + 0) AND hash = ?`).pluck();
  const readLast = db.prepare<[], number>(`SELECT coalesce(max(${id}), 0) FROM ${table}`).pluck();
  const entries = createBatchInsert<number>(db, index, `prefix, ${id}`);
  let covered: number | null = null;
  /** What waits, by hash, where that is kept; `null` until somebody asks. */
  let waiting: Map<string, number[]> | null = null;
  transactions.onForget(() => {
    covered = null;
    waiting = null;
    entries.clear();
  });

  return {
    rowsOf(hash) {
      const bytes = Buffer.from(hash, 'hex');
      const found = find.all(prefixOf(hash), bytes).sort((left, right) => left - right);
      return [...found, ...(remember ? (load().get(hash) ?? []) : findWaiting.all(coveredUpTo(), bytes))];
    },
    added(row, hash) {
      // What is not in memory yet will be read from the table when somebody asks.
      if (waiting !== null) keep(waiting, row, hash);
    },
    isDue: () => (readLast.get() ?? 0) - coveredUpTo() >= fewestWaiting,
    fill,
  };

  function coveredUpTo(): number {
    covered ??= readCovered.get() ?? 0;
    return covered;
  }

  function load(): Map<string, number[]> {
    if (waiting !== null) return waiting;
    waiting = new Map();
    for (let after = coveredUpTo(); ;) {
      const rows = readWaiting.all(after);
      for (const { id: row, hash } of rows) keep(waiting, row, hash.toLowerCase());
      if (rows.length < mostAtOnce) return waiting;
      after = rows[rows.length - 1]!.id;
    }
  }

  function fill(): boolean {
    const rows = readWaiting.all(coveredUpTo());
    const last = rows[rows.length - 1];
    if (last === undefined) return false;
    // In the order of the key, so that each page is met once.
    const found = rows.filter(({ hash }) => hash !== '').map(({ id: row, hash }) => ({ prefix: prefixOf(hash), row }));
    found.sort((left, right) => left.prefix - right.prefix || left.row - right.row);
    for (const { prefix, row } of found) entries.add(prefix, row);
    forgetCovered.run();
    entries.add(coveredPrefix, last.id);
    entries.flush();
    covered = last.id;
    waiting = null;
    return rows.length === mostAtOnce;
  }
}

function keep(known: Map<string, number[]>, row: number, hash: string): void {
  const rows = known.get(hash);
  if (rows === undefined) known.set(hash, [row]);
  else rows.push(row);
}

/** The first four bytes of a hash in hex, as a number. */
export function prefixOf(hex: string): number {
  return Number.parseInt(hex.slice(0, 8), 16);
}

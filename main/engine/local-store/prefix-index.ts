import type Database from 'better-sqlite3';
import type { VersionHash } from '../../../shared/ids.ts';
import { createBatchInsert } from './batch-insert.ts';
import type { VersionRow } from './store.ts';
import type { Transactions } from './transactions.ts';

/**
 * Versions by their hash. Kept apart from the versions themselves and filled when nobody waits: hashes are random, so that each entry is
 * another page, and a commit of 100 changes would wait for 100 of them.
 */
export interface PrefixIndex {
  /** Rows whose hash may be this one: those with the same first four bytes, and none that has another hash. */
  rowsOf(hash: VersionHash): readonly VersionRow[];
  /** Whether enough versions wait to be worth a turn. */
  isDue(): boolean;
  /** Takes in some of what waits; false when nothing is left. Only inside a write. */
  fill(): boolean;
}

/** The row that says up to which version the index goes. */
export const coveredPrefix = -1;
const fewestWaiting = 2_000;
const mostAtOnce = 20_000;

interface WaitingRow {
  readonly version_id: number;
  readonly prefix: string;
}

export function createPrefixIndex(db: Database.Database, transactions: Transactions, lastRow: () => number): PrefixIndex {
  const find = db
    .prepare<[number, Buffer], number>(
      `SELECT p.version_id FROM version_prefixes p CROSS JOIN versions v ON v.version_id = p.version_id
       WHERE p.prefix = (? + 0) AND v.hash = ?`,
    )
    .pluck();
  const findWaiting = db
    .prepare<[number, Buffer], number>('SELECT version_id FROM versions WHERE version_id > (? + 0) AND hash = ?')
    .pluck();
  const readCovered = db.prepare<[], number>(`SELECT version_id FROM version_prefixes WHERE prefix = ${coveredPrefix}`).pluck();
  const forgetCovered = db.prepare(`DELETE FROM version_prefixes WHERE prefix = ${coveredPrefix}`);
  const readWaiting = db.prepare<[number], WaitingRow>(
    `SELECT version_id, hex(substr(hash, 1, 4)) AS prefix FROM versions WHERE version_id > (? + 0) ORDER BY version_id LIMIT ${mostAtOnce}`,
  );
  const rows = createBatchInsert<number>(db, 'version_prefixes', 'prefix, version_id');
  let covered: number | null = null;
  transactions.onForget(() => {
    covered = null;
    rows.clear();
  });

  return {
    rowsOf(hash) {
      const bytes = Buffer.from(hash, 'hex');
      const found = [...find.all(prefixOf(hash), bytes), ...findWaiting.all(coveredUpTo(), bytes)];
      return found.sort((left, right) => left - right);
    },
    isDue: () => lastRow() - coveredUpTo() >= fewestWaiting,
    fill,
  };

  function coveredUpTo(): number {
    covered ??= readCovered.get() ?? 0;
    return covered;
  }

  function fill(): boolean {
    const waiting = readWaiting.all(coveredUpTo());
    const last = waiting[waiting.length - 1];
    if (last === undefined) return false;
    // In the order of the key, so that each page is met once.
    const entries = waiting
      .filter(({ prefix }) => prefix !== '')
      .map(({ prefix, version_id }) => ({ prefix: prefixOf(prefix), version_id }));
    entries.sort((left, right) => left.prefix - right.prefix || left.version_id - right.version_id);
    for (const { prefix, version_id } of entries) rows.add(prefix, version_id);
    forgetCovered.run();
    rows.add(coveredPrefix, last.version_id);
    rows.flush();
    covered = last.version_id;
    return waiting.length === mostAtOnce;
  }
}

/** The first four bytes of a hash in hex, as a number. */
export function prefixOf(hex: string): number {
  return Number.parseInt(hex.slice(0, 8), 16);
}

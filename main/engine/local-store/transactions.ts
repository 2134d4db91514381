import type Database from 'better-sqlite3';
import { readOnly, toRefusal } from './refusals.ts';

/** Read and write transactions on the one connection, and word of when what is kept in memory may no longer be true. */
export interface Transactions {
  /** Runs on one consistent state. Nests, also inside `write`. */
  read<T>(work: () => T): T;
  /** Runs in one transaction that takes the write lock at once; all or nothing, on the disk when it returns. Nests. */
  write<T>(work: () => T): T;
  /** Called when another connection wrote, or when a write was rolled back: forget what was kept. */
  onForget(forget: () => void): void;
}

export function createTransactions(db: Database.Database, file: string, readonly: boolean): Transactions {
  const begin = db.prepare('BEGIN');
  const beginImmediate = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
  const forgetters: (() => void)[] = [];
  let seenVersion = dataVersion.get();

  return {
    read(work) {
      return db.inTransaction ? work() : run(begin, work);
    },
    write(work) {
      if (readonly) throw readOnly(file);
      if (!db.inTransaction) return run(beginImmediate, work);
      return work();
    },
    onForget(forget) {
      forgetters.push(forget);
    },
  };

  function run<T>(start: Database.Statement, work: () => T): T {
    try {
      start.run();
      const version = dataVersion.get();
      if (version !== seenVersion) {
        seenVersion = version;
        forgetAll();
      }
      const answer = work();
      commit.run();
      return answer;
    } catch (error) {
      if (db.inTransaction) rollback.run();
      if (start === beginImmediate) forgetAll();
      throw toRefusal(error, file);
    }
  }

  function forgetAll(): void {
    for (const forget of forgetters) forget();
  }
}

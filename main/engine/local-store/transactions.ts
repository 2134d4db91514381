import type Database from 'better-sqlite3';
import { RefusedError } from '../../../shared/errors.ts';
import { readOnly, toRefusal } from './refusals.ts';

/** Read and write transactions on the one connection, and word of when what is kept in memory may no longer be true. */
export interface Transactions {
  /** Runs on one consistent state. Nests, also inside `write`. */
  read<T>(work: () => T): T;
  /** Runs in one transaction that takes the write lock at once; all or nothing, on the disk when it returns. Nests. */
  write<T>(work: () => T): T;
  /** Begins a write that stays open over many calls; every other write is refused until it is committed or rolled back. */
  open(): OpenWrite;
  /** Called when another connection wrote, or when a write was rolled back: forget what was kept. */
  onForget(forget: () => void): void;
  /** Forgets everything kept in memory now. */
  forget(): void;
}

export interface OpenWrite {
  /** Runs a part of the write. When it throws, the whole write is rolled back. */
  run<T>(work: () => T): T;
  commit(): void;
  rollback(): void;
}

export function createTransactions(db: Database.Database, file: string, readonly: boolean): Transactions {
  const begin = db.prepare('BEGIN');
  const beginImmediate = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
  const forgetters: (() => void)[] = [];
  let seenVersion = dataVersion.get();
  // Kept here, because asking the connection costs as much as a look-up in memory, and every question asks.
  let inside = false;
  let writing = false;
  let long = false;

  return {
    read(work) {
      return inside ? work() : run(begin, work);
    },
    write(work) {
      if (readonly) throw readOnly(file);
      if (long)
        throw new RefusedError('READ_ONLY', 'The programme is being loaded. Nothing was changed; try again when that is finished.', {
          what: 'file',
          busy: true,
        });
      if (writing) return work();
      // The outer read would decide when this is on the disk, and whether.
      if (inside) throw new Error('a write cannot begin inside a read');
      writing = true;
      try {
        return run(beginImmediate, work);
      } finally {
        writing = false;
      }
    },
    open() {
      if (readonly) throw readOnly(file);
      if (inside) throw new Error('a write is open already');
      run(beginImmediate, () => {});
      beginImmediate.run();
      inside = true;
      long = true;
      return {
        run(work) {
          if (!long) throw new Error('the write is over');
          try {
            return work();
          } catch (error) {
            end(rollback);
            throw toRefusal(error, file);
          }
        },
        commit() {
          end(commit);
        },
        rollback() {
          if (long) end(rollback);
        },
      };
    },
    forget: forgetAll,
    onForget(forget) {
      forgetters.push(forget);
    },
  };

  function run<T>(start: Database.Statement, work: () => T): T {
    try {
      start.run();
      inside = true;
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
    } finally {
      inside = false;
    }
  }

  function end(statement: Database.Statement): void {
    try {
      statement.run();
    } catch (error) {
      if (db.inTransaction) rollback.run();
      throw toRefusal(error, file);
    } finally {
      inside = false;
      long = false;
      forgetAll();
    }
  }

  function forgetAll(): void {
    for (const forget of forgetters) forget();
  }
}

import type Database from 'better-sqlite3';
import { coveredPrefix, prefixOf } from '../prefix-index.ts';
import type { Faults } from './faults.ts';

/** What an index by hash should hold. */
export interface Hashed {
  readonly index: 'version_prefixes' | 'commit_prefixes';
  readonly id: 'version_id' | 'commit_id';
  readonly count: number;
  hash(row: number): string | null;
}

/** Compares an index by hash with the rows it is of. Yields how many entries are done. */
export function* checkPrefixes(db: Database.Database, hashed: Hashed, faults: Faults): Generator<number, number> {
  const { index, id, count } = hashed;
  const read = db
    .prepare<[number, number], [number, number]>(
      `SELECT prefix, ${id} FROM ${index} WHERE (prefix, ${id}) > (?, ?) ORDER BY prefix, ${id} LIMIT ${portion}`,
    )
    .raw();
  let covered = 0;
  let done = 0;
  for (let after: [number, number] = [Number.MIN_SAFE_INTEGER, 0]; ;) {
    const rows = read.all(...after);
    for (const [prefix, row] of rows) {
      if (prefix === coveredPrefix && covered === 0 && row <= count) covered = row;
      else if (row <= covered && isRight(prefix, row)) done++;
      else report(`${prefix}/${row}`, 'the row should not be there');
    }
    yield done;
    const last = rows[rows.length - 1];
    if (last === undefined || rows.length < portion) break;
    after = last;
  }
  let wanted = 0;
  for (let row = 1; row <= covered; row++) if (hashed.hash(row) !== null) wanted++;
  if (done !== wanted) report(null, `has ${done} of ${wanted} hashes`);
  return done;

  function isRight(prefix: number, row: number): boolean {
    const hash = hashed.hash(row);
    return hash !== null && prefixOf(hash) === prefix;
  }

  function report(row: string | null, problem: string): void {
    faults.add({ where: 'derived', table: index, row, problem });
  }
}

const portion = 4_000;

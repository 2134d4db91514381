import type Database from 'better-sqlite3';
import { coveredPrefix, prefixOf } from '../prefix-index.ts';
import type { CheckedVersions } from './check-versions.ts';
import type { Faults } from './faults.ts';

/** Compares the index of versions by hash with the versions. Yields how many entries are done. */
export function* checkPrefixes(db: Database.Database, versions: CheckedVersions, faults: Faults): Generator<number, number> {
  const read = db
    .prepare<[number, number], [number, number]>(
      `SELECT prefix, version_id FROM version_prefixes WHERE (prefix, version_id) > (?, ?) ORDER BY prefix, version_id LIMIT ${portion}`,
    )
    .raw();
  let covered = 0;
  let done = 0;
  for (let after: [number, number] = [Number.MIN_SAFE_INTEGER, 0]; ;) {
    const rows = read.all(...after);
    for (const [prefix, row] of rows) {
      if (prefix === coveredPrefix && covered === 0 && row <= versions.count) covered = row;
      else if (row <= covered && isRight(prefix, row)) done++;
      else report(`${prefix}/${row}`, 'the row should not be there');
    }
    yield done;
    const last = rows[rows.length - 1];
    if (last === undefined || rows.length < portion) break;
    after = last;
  }
  let wanted = 0;
  for (let row = 1; row <= covered; row++) if (versions.hash(row) !== null) wanted++;
  if (done !== wanted) report(null, `has ${done} of ${wanted} versions`);
  return done;

  function isRight(prefix: number, row: number): boolean {
    const hash = versions.hash(row);
    return hash !== null && prefixOf(hash) === prefix;
  }

  function report(row: string | null, problem: string): void {
    faults.add({ where: 'derived', table: 'version_prefixes', row, problem });
  }
}

const portion = 4_000;

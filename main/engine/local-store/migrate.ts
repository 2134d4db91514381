import Database from 'better-sqlite3';
import { existsSync, rmSync } from 'node:fs';
import type { Migration } from '../../../shared/object-store/migrations/index.ts';
import { damaged } from './refusals.ts';

/**
 * Brings a file to the newest format in one transaction. A file that holds something is copied beside itself first, and the copy is opened
 * and checked before anything is changed. Does nothing for a file that is up to date.
 */
export function migrate(db: Database.Database, file: string, migrations: readonly Migration[]): void {
  const version = readVersion(db);
  if (version >= migrations.length) return;
  if (version > 0) backUp(db, file, version);
  const run = db.transaction(() => {
    for (const migration of migrations.slice(version)) {
      for (const statement of migration.statements) db.exec(statement);
      db.pragma(`user_version = ${migration.version}`);
    }
  });
  run.immediate();
  // From here on the header in the file itself tells the new format to programs that only look.
  db.pragma('wal_checkpoint(TRUNCATE)');
}

function backUp(db: Database.Database, file: string, version: number): void {
  const copy = freeName(`${file}.format-${version}.backup`);
  db.prepare('VACUUM INTO ?').run(copy);
  const check = new Database(copy, { readonly: true, fileMustExist: true });
  try {
    const sound = check.pragma('integrity_check(1)', { simple: true }) === 'ok' && readVersion(check) === version;
    if (!sound || fingerprint(check) !== fingerprint(db)) {
      rmSync(copy, { force: true });
      throw damaged(file, 'its copy before the update does not hold what it holds');
    }
  } finally {
    check.close();
  }
}

/** How many rows each table has. */
function fingerprint(db: Database.Database): string {
  const tables = db
    .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .all();
  return tables
    .map(
      ({ name }) =>
        `${name}:${String(
          db
            .prepare(`SELECT count(*) FROM "${name.replaceAll('"', '""')}"`)
            .pluck()
            .get(),
        )}`,
    )
    .join(' ');
}

function freeName(wanted: string): string {
  if (!existsSync(wanted)) return wanted;
  for (let number = 2; ; number++) if (!existsSync(`${wanted}-${number}`)) return `${wanted}-${number}`;
}

function readVersion(db: Database.Database): number {
  const version = db.pragma('user_version', { simple: true });
  return typeof version === 'number' ? version : 0;
}

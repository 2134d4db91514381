import Database from 'better-sqlite3';
import type { Migration } from '../../../shared/object-store/migrations/index.ts';
import { damaged } from './refusals.ts';

export interface SchemaEntry {
  readonly type: string;
  readonly name: string;
  readonly sql: string | null;
}

export interface SchemaDifference {
  readonly type: string;
  readonly name: string;
  readonly kind: 'missing' | 'foreign' | 'changed';
}

const expectedByMigrations = new WeakMap<readonly Migration[], ReadonlyMap<string, SchemaEntry>>();

/** How the schema of a file differs from what the migrations make. */
export function diffSchema(db: Database.Database, migrations: readonly Migration[]): readonly SchemaDifference[] {
  const expected = expectedSchema(migrations);
  const found = readSchema(db);
  const differences: SchemaDifference[] = [];
  for (const [key, { type, name, sql }] of expected) {
    const entry = found.get(key);
    if (entry === undefined) differences.push({ type, name, kind: 'missing' });
    else if (entry.sql !== sql) differences.push({ type, name, kind: 'changed' });
  }
  for (const [key, { type, name }] of found) if (!expected.has(key)) differences.push({ type, name, kind: 'foreign' });
  return differences;
}

/**
 * Refuses DAMAGED when a table is missing or not ours, or when something foreign would run by itself. What is missing of our own guards and
 * indexes is left for `verify` to report, so that the history can still be looked at.
 */
export function checkSchema(db: Database.Database, file: string, migrations: readonly Migration[]): void {
  for (const { type, name, kind } of diffSchema(db, migrations)) {
    if (type === 'table' && kind === 'foreign' && name.startsWith('sqlite_')) continue;
    if (kind === 'missing' && type !== 'table') continue;
    throw damaged(file, `its ${type} ${name} is ${kind}`);
  }
}

function expectedSchema(migrations: readonly Migration[]): ReadonlyMap<string, SchemaEntry> {
  const known = expectedByMigrations.get(migrations);
  if (known !== undefined) return known;
  const model = new Database(':memory:');
  try {
    for (const migration of migrations) for (const statement of migration.statements) model.exec(statement);
    const expected = readSchema(model);
    expectedByMigrations.set(migrations, expected);
    return expected;
  } finally {
    model.close();
  }
}

function readSchema(db: Database.Database): ReadonlyMap<string, SchemaEntry> {
  const entries = db.prepare<[], SchemaEntry>('SELECT type, name, sql FROM sqlite_schema').all();
  return new Map(entries.map((entry) => [`${entry.type} ${entry.name}`, entry]));
}

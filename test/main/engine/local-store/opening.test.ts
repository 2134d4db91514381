import Database from 'better-sqlite3';
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { RefusedError } from '../../../../shared/errors.ts';
import { migrations } from '../../../../shared/object-store/migrations/index.ts';
import { openDatabase } from '../../../../main/engine/local-store/database.ts';
import { openLocalStore } from '../../../../main/engine/local-store/open-store.ts';
import { ana, axes, create, draft, openDesk, update, type Desk } from './desk.ts';

const main = 'heads/main';

function refusalOf(work: () => unknown): { readonly code: string; readonly message: string } | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof RefusedError) return { code: error.code, message: error.message };
    throw error;
  }
}

/** A desk whose file holds one commit and lies closed on the disk. */
function closedDesk(): Desk {
  const desk = openDesk();
  desk.store.appendCommit(main, draft([create('person', 'p1', { name: 'Ana' })]));
  desk.store.close();
  return desk;
}

const open = (file: string): unknown => openLocalStore({ file, clock: () => 0, axes });

test.each([
  ['an empty file', (file: string) => writeFileSync(file, '')],
  ['a text', (file: string) => writeFileSync(file, 'Name,Block\n'.repeat(1_000))],
  ['a database of another program', (file: string) => new Database(file).exec('CREATE TABLE t (a)').close()],
  ['half a file', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 40_000))],
  ['a file without its beginning', (file: string) => writeFileSync(file, readFileSync(file).fill(0, 0, 100))],
  [
    'a file with a foreign trigger',
    (file: string) => rawly(file, 'CREATE TRIGGER mine AFTER INSERT ON commits BEGIN DELETE FROM refs; END'),
  ],
  ['a file without one of its tables', (file: string) => rawly(file, 'DROP TABLE live_cells')],
])('refuses %s as DAMAGED and leaves it as it is', (_, damage) => {
  using desk = closedDesk();
  const file = join(desk.folder, 'other.rosterline');
  copyFileSync(desk.file, file);
  damage(file);
  const bytes = readFileSync(file);
  const beside = readdirSync(desk.folder);
  const refusal = refusalOf(() => open(file));
  expect(refusal).toMatchObject({ code: 'DAMAGED', message: expect.stringContaining('other.rosterline') });
  expect(readFileSync(file).equals(bytes)).toBe(true);
  expect(readdirSync(desk.folder)).toEqual(beside);
});

function rawly(file: string, sql: string): void {
  const db = new Database(file);
  db.exec(sql);
  db.close();
}

test('refuses a newer file kindly, naming both formats', () => {
  using desk = closedDesk();
  rawly(desk.file, 'PRAGMA user_version = 99');
  const bytes = readFileSync(desk.file);
  expect(refusalOf(() => open(desk.file))).toEqual({
    code: 'UNSUPPORTED',
    message: `${basename(desk.file)} was written by a newer Rosterline (file format 99); this one reads up to format ${migrations.length}. Update the program to open it.`,
  });
  expect(readFileSync(desk.file).equals(bytes)).toBe(true);
});

test('refuses a file that is not there as NOT_FOUND', () => {
  using desk = closedDesk();
  expect(refusalOf(() => open(join(desk.folder, 'missing.rosterline')))).toMatchObject({ code: 'NOT_FOUND' });
});

test('reads a file that cannot be written to, and refuses writes as READ_ONLY', () => {
  using desk = closedDesk();
  chmodSync(desk.file, 0o444);
  const before = readdirSync(desk.folder);
  const store = desk.reopen();
  expect(store.readonly).toBe(true);
  expect(store.versionAt('person', 'p1', store.placeAt(main))?.fields).toEqual({ name: 'Ana' });
  expect(store.verify().faults).toEqual([]);
  for (const write of [
    () => store.appendCommit(main, draft([create('person', 'p2', {})])),
    () => store.createBranch({ ref: 'heads/x', parent: main, by: ana }),
    () => store.rename('x'),
    () => store.rebuildDerived(),
    () => store.startBulkLoad(),
  ])
    expect(refusalOf(write)).toMatchObject({ code: 'READ_ONLY' });
  expect(readdirSync(desk.folder)).toEqual(before);
});

test('a full disk is refused as STORAGE_FULL and loses nothing', () => {
  using desk = openDesk();
  desk.store.appendCommit(main, draft([create('person', 'p1', { name: 'Ana' })]));
  desk.store.close();
  const store = desk.reopen({ largestFile: readFileSync(desk.file).length + 100_000 });
  const tip = store.ref(main)!.tip;
  const big = Array.from({ length: 300 }, (_, index) => create('person', `p-${index}`, { name: 'x'.repeat(4_000) }));
  expect(refusalOf(() => store.appendCommit(main, draft(big)))).toMatchObject({ code: 'STORAGE_FULL' });
  expect(store.ref(main)!.tip).toBe(tip);
  expect(store.versionAt('person', 'p-0', store.placeAt(main))).toBe(null);
  expect(store.appendCommit(main, draft([update('person', 'p1', { name: 'Ana Ito' })])).kind).toBe('committed');
  expect(store.verify().faults).toEqual([]);
});

test('sets every safety setting, and they are those of the file when it is read by others', () => {
  using desk = closedDesk();
  const { db } = openDatabase({ file: desk.file });
  const read = (name: string): unknown => db.pragma(name, { simple: true });
  expect({
    journal: read('journal_mode'),
    synchronous: read('synchronous'),
    foreignKeys: read('foreign_keys'),
    trusted: read('trusted_schema'),
    cellSizes: read('cell_size_check'),
    recursive: read('recursive_triggers'),
    pageSize: read('page_size'),
    autoCheckpoint: read('wal_autocheckpoint'),
    application: read('application_id'),
    version: read('user_version'),
  }).toEqual({
    journal: 'wal',
    synchronous: 2,
    foreignKeys: 1,
    trusted: 0,
    cellSizes: 0,
    recursive: 1,
    pageSize: 4096,
    autoCheckpoint: 0,
    application: 0x524c_696e,
    version: migrations.length,
  });
  db.close();
});

test('backs up an older file before it changes it, and keeps both as they were when the change fails', () => {
  using desk = closedDesk();
  const next = { version: migrations.length + 1, name: '0002-later', statements: ['CREATE TABLE later (a INTEGER) STRICT'] };
  const broken = { ...next, statements: ['CREATE TABLE later (a INTEGER) STRICT', 'CREATE TABLE later (a INTEGER) STRICT'] };
  const before = rowsOf(desk.file, 'SELECT hex(hash) FROM versions');
  expect(() => openDatabase({ file: desk.file, migrations: [...migrations, broken] })).toThrow('already exists');
  expect(rowsOf(desk.file, 'PRAGMA user_version')).toEqual([migrations.length]);

  openDatabase({ file: desk.file, migrations: [...migrations, next] }).db.close();
  expect(rowsOf(desk.file, 'PRAGMA user_version')).toEqual([next.version]);
  expect(rowsOf(desk.file, 'SELECT hex(hash) FROM versions')).toEqual(before);
  const copy = `${desk.file}.format-${migrations.length}.backup`;
  expect(existsSync(copy)).toBe(true);
  expect(rowsOf(copy, 'PRAGMA user_version')).toEqual([migrations.length]);
  expect(rowsOf(copy, 'SELECT hex(hash) FROM versions')).toEqual(before);
});

function rowsOf(file: string, sql: string): unknown[] {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare(sql).pluck().all();
  } finally {
    db.close();
  }
}

import Database from 'better-sqlite3';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../../main/engine/local-store/database.ts';
import { openLocalStore } from '../../../../main/engine/local-store/open-store.ts';
import { branchRef, MAIN_REF } from '../../../../shared/versioning/ref-name.ts';
import { migrations } from '../../../../shared/object-store/migrations/index.ts';
import { ana, axes, create, draft, openDesk } from './desk.ts';

/** Writes the file again as a program wrote it that knew only the first so many migrations. */
function asWrittenBefore(file: string, formatVersion: number): void {
  const old = `${file}.old`;
  const { db } = openDatabase({ file: old, create: true, migrations: migrations.slice(0, formatVersion) });
  db.prepare('ATTACH DATABASE ? AS newer').run(file);
  // A table that a later migration took away held what could be made again.
  const tables = db
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name IN (SELECT name FROM newer.sqlite_schema)",
    )
    .all()
    .map(({ name }) => name);
  for (const table of tables) {
    const columns = db
      .prepare<[], { name: string }>(`PRAGMA table_info(${table})`)
      .all()
      .map(({ name }) => name)
      .join(', ');
    db.exec(`INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM newer.${table}`);
  }
  db.exec('DETACH DATABASE newer');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  renameSync(old, file);
  for (const suffix of ['-wal', '-shm']) rmSync(old + suffix, { force: true });
}

test('a file of format 1 is copied beside itself, brought up to date, and takes merges with decisions', () => {
  using desk = openDesk();
  desk.store.appendCommit(MAIN_REF, draft([create('cell', 'c1', { who: 'lima', slot: 3, code: 'ICU' })]));
  desk.store.createBranch({ ref: branchRef('try'), parent: MAIN_REF, by: ana });
  desk.store.appendCommit(
    branchRef('try'),
    draft([{ type: 'cell', id: 'c1', op: 'update', fields: { who: 'lima', slot: 3, code: 'OFF' } }]),
  );
  const before = desk.store.line(desk.store.placeAt(branchRef('try'))).items;
  desk.store.close();
  asWrittenBefore(desk.file, 1);

  desk.reopen();
  expect(desk.store.properties().formatVersion).toBe(migrations.length);
  expect(existsSync(`${desk.file}.format-1.backup`)).toBe(true);
  expect(desk.store.line(desk.store.placeAt(branchRef('try'))).items).toEqual(before);
  expect(desk.store.verify().faults).toEqual([]);

  const source = desk.store.ref(branchRef('try'))?.tip ?? null;
  if (source === null) throw new Error('the branch has a tip');
  const outcome = desk.store.appendCommit(
    MAIN_REF,
    draft([{ type: 'cell', id: 'c1', op: 'update', fields: { who: 'lima', slot: 3, code: 'OFF' } }], {
      kind: 'merge',
      mergeParent: source,
      decisions: [{ field: 'code', value: 'OFF' }],
    }),
  );
  if (outcome.kind !== 'committed') throw new Error('nothing was committed');
  desk.reopen();
  expect(desk.store.decisionsOf(outcome.commit.commit)).toEqual([{ field: 'code', value: 'OFF' }]);
  expect(desk.store.recheck(outcome.commit.commit)).toBe(true);
  expect(desk.store.verify().faults).toEqual([]);
});

test('the copy of a file of format 1 is that file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  try {
    using desk = openDesk();
    desk.store.appendCommit(MAIN_REF, draft([create('cell', 'c1', { who: 'lima', slot: 3 })]));
    desk.store.close();
    asWrittenBefore(desk.file, 1);
    desk.reopen();
    const copy = readdirSync(desk.folder).find((name) => name.endsWith('.backup'));
    const taken = join(folder, 'copy.rosterline');
    renameSync(join(desk.folder, copy ?? ''), taken);
    const store = openLocalStore({ file: taken, clock: () => desk.now, axes, upkeep: 'manual' });
    expect(store.counts()).toEqual(desk.store.counts());
    expect(store.verify().faults).toEqual([]);
    store.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a decision that was altered, added or taken away is found out', () => {
  for (const altered of ['[{"field":"code","value":"ICU"}]', '[]', null, '[ {"field":"code","value":"OFF"}]', 'no list']) {
    using desk = openDesk();
    const outcome = desk.store.appendCommit(
      MAIN_REF,
      draft([create('cell', 'c1', { who: 'lima', slot: 3 })], { decisions: [{ field: 'code', value: 'OFF' }] }),
    );
    if (outcome.kind !== 'committed') throw new Error('nothing was committed');
    desk.store.close();
    const db = new Database(desk.file);
    const trigger = db.prepare<[], string>("SELECT sql FROM sqlite_schema WHERE name = 'commits_refuse_update'").pluck().get() ?? '';
    db.exec('DROP TRIGGER commits_refuse_update');
    db.prepare('UPDATE commits SET decisions = ?').run(altered);
    db.exec(trigger);
    db.close();
    desk.reopen();
    expect(desk.store.verify().faults).toMatchObject([
      { where: 'commit', commit: outcome.commit.commit, problem: 'the commit is not what was written' },
    ]);
    if (altered !== '[ {"field":"code","value":"OFF"}]') expect(desk.store.recheck(outcome.commit.commit)).toBe(false);
  }
});

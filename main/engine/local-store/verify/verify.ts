import type Database from 'better-sqlite3';
import { RefusedError } from '../../../../shared/errors.ts';
import { migrations } from '../../../../shared/object-store/migrations/index.ts';
import { openReader } from '../database.ts';
import { diffSchema } from '../schema.ts';
import type { StoreTables } from '../store-parts.ts';
import type { LocalStore, VerifyOptions, VerifyProgress, VerifyReport } from '../store.ts';
import { checkCommits, type CheckedCommits } from './check-commits.ts';
import { checkDerived, makeCellOf } from './check-derived.ts';
import { checkPrefixes, type Hashed } from './check-prefixes.ts';
import { checkRefs } from './check-refs.ts';
import { checkVersions, type CheckedVersions } from './check-versions.ts';
import { readDictionaries } from './dictionaries.ts';
import { createFaults, type Faults } from './faults.ts';

type Tables = Pick<StoreTables, 'file' | 'axes' | 'subjectType'>;

/** Checks everything in one go; see `LocalStore.verify`. */
export function verify(tables: Tables, options: NonNullable<Parameters<LocalStore['verify']>[0]>): VerifyReport {
  const slices = verifySlices(tables, options);
  for (;;) {
    const next = slices.next();
    if (next.done === true) return next.value;
    if (options.onProgress?.(next.value) === false) {
      slices.return({ ok: false, checked: nothingChecked, faults: [], millis: 0 });
      throw new RefusedError('CANCELLED', 'The check was cancelled.');
    }
  }
}

const nothingChecked = { versions: 0, commits: 0, refs: 0, refLog: 0, derived: 0 };

/** Checks everything on a connection of its own, so that others may read and write meanwhile; see `LocalStore.verifySlices`. */
export function* verifySlices(tables: Tables, options: VerifyOptions): Generator<VerifyProgress, VerifyReport> {
  const begun = performance.now();
  const faults = createFaults(options.maxFaults ?? 1_000);
  const checked = { ...nothingChecked };
  let db: Database.Database | null = null;
  try {
    db = openReader(tables.file);
    // One state for everything that follows.
    db.exec('BEGIN');
    yield* checkAll(db, tables, options.full ?? true, faults, checked);
  } catch (error) {
    // Whatever cannot be read to its end is a finding: a file that is as it was written can be.
    faults.add({
      where: 'file',
      table: '',
      problem: `the check could not go on: ${error instanceof Error ? error.message : String(error)}`,
    });
  } finally {
    db?.close();
  }
  return { ok: faults.list.length === 0, checked, faults: faults.list, millis: Math.round(performance.now() - begun) };
}

function* checkAll(
  db: Database.Database,
  tables: Tables,
  full: boolean,
  faults: Faults,
  checked: { versions: number; commits: number; refs: number; refLog: number; derived: number },
): Generator<VerifyProgress, void> {
  const totals = countRows(db);
  yield* checkFile(db, full, faults);
  const dictionaries = readDictionaries(db, tables.subjectType, faults);
  const versions = yield* inStage<CheckedVersions>(
    'versions',
    totals.versions,
    checkVersions(db, dictionaries, faults, makeCommitOf(db), full ? makeCellOf(dictionaries, tables.axes) : null),
  );
  checked.versions = versions.count;
  const commits = yield* inStage<CheckedCommits>('commits', totals.commits, checkCommits(db, dictionaries, versions, faults));
  checked.commits = commits.count;
  const refs = yield* inStage('ref log', totals.refLog, checkRefs(db, dictionaries, commits, faults));
  checked.refs = refs.refs;
  checked.refLog = refs.entries;
  if (!full) {
    checked.derived = compareCounts(db, versions, faults);
    return;
  }
  const cells = yield* inStage('derived', totals.derived, checkDerived(db, dictionaries, commits, faults));
  const ofVersions: Hashed = { index: 'version_prefixes', id: 'version_id', count: versions.count, hash: versions.hash };
  const ofCommits: Hashed = {
    index: 'commit_prefixes',
    id: 'commit_id',
    count: commits.count,
    hash: (commitId) => commits.byId.get(commitId)?.hash ?? null,
  };
  checked.derived =
    cells +
    (yield* inStage('derived', totals.derived, checkPrefixes(db, ofVersions, faults))) +
    (yield* inStage('derived', totals.derived, checkPrefixes(db, ofCommits, faults)));
}

function* inStage<T>(stage: VerifyProgress['stage'], total: number, work: Generator<number, T>): Generator<VerifyProgress, T> {
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
    yield { stage, done: next.value, total };
  }
}

/** SQLite's own check, one table with its indexes after the other, so that others get their turn in between. */
function* checkFile(db: Database.Database, full: boolean, faults: Faults): Generator<VerifyProgress, void> {
  for (const { type, name, kind } of diffSchema(db, migrations)) {
    if (name.startsWith('sqlite_')) continue;
    faults.add({ where: 'file', table: 'sqlite_schema', row: name, problem: `the ${type} ${name} is ${kind}` });
  }
  if (!full) return;
  // This check looks into every cell by itself; having each page checked again at each look would double its time.
  db.pragma('cell_size_check = OFF');
  const tables = ['sqlite_schema', ...db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()];
  for (const [done, table] of tables.entries()) {
    yield { stage: 'file', done, total: tables.length };
    const messages = db
      .prepare<[], string>(`PRAGMA integrity_check("${table.replaceAll('"', '""')}")`)
      .pluck()
      .all();
    for (const message of messages) if (message !== 'ok') faults.add({ where: 'file', table, problem: message });
  }
  db.pragma('cell_size_check = ON');
}

/** Without looking at each row: as many cells as there are versions, as many open ones as the index leaves open. */
function compareCounts(db: Database.Database, versions: CheckedVersions, faults: Faults): number {
  const indexed = count(db, 'SELECT count(*) FROM line_index');
  if (indexed !== versions.count)
    faults.add({ where: 'derived', table: 'line_index', problem: `has ${indexed} rows for ${versions.count} versions` });
  return indexed;
}

function countRows(db: Database.Database): { versions: number; commits: number; refLog: number; derived: number } {
  const versions = count(db, 'SELECT coalesce(max(version_id), 0) FROM versions');
  return {
    versions,
    commits: count(db, 'SELECT coalesce(max(commit_id), 0) FROM commits'),
    refLog: count(db, 'SELECT coalesce(max(seq), 0) FROM ref_log'),
    // A guess that is good enough for a progress bar: one row in the index, about two in the cells.
    derived: versions * 3,
  };
}

function count(db: Database.Database, sql: string): number {
  return db.prepare<[], number>(sql).pluck().get() ?? 0;
}

/** Names the commit that wrote a version, as far as the commits can still be read. */
function makeCommitOf(db: Database.Database): (row: number) => string | null {
  const find = db
    .prepare<[number], unknown>(
      'SELECT hash FROM commits WHERE first_version_id <= ? ORDER BY first_version_id DESC, commit_id DESC LIMIT 1',
    )
    .pluck();
  return (row) => {
    const hash = find.get(row);
    return Buffer.isBuffer(hash) ? hash.toString('hex') : null;
  };
}

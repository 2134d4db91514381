import Database from 'better-sqlite3';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RefusedError } from '../../../../shared/errors.ts';
import { openLocalStore } from '../../../../main/engine/local-store/open-store.ts';
import type { StoreFault } from '../../../../main/engine/local-store/store.ts';
import { ana, axes, create, draft, openDesk, remove, update } from './desk.ts';

/*
 * What must hold: no stored byte can be changed without being found, whoever changes it and by whatever way, guards taken away first.
 * Otherwise "who set this, when and why" would be hearsay.
 */

let folder: string;
let original: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tampering-'));
  original = join(folder, 'original.rosterline');
  using desk = openDesk({ epochChanges: 6 });
  const main = 'heads/main';
  const { store } = desk;
  const commit = (...parameters: Parameters<typeof store.appendCommit>): string => {
    const outcome = store.appendCommit(...parameters);
    if (outcome.kind !== 'committed') throw new Error('stale');
    store.tend();
    return outcome.commit.commit;
  };
  const salt = '00112233445566778899aabbccddeeff';
  commit(
    main,
    draft([create('cell', 'a', { who: 'p1', slot: 4, code: 'ICU' }), { ...create('person', 'p1', { name: 'Żoë', level: 2 }), salt }]),
  );
  commit(
    main,
    draft([create('leave', '0198c1f0-0000-7000-8000-000000000001', { who: 'p2', from: 3, to: 9 }), create('cell', 'b', { slot: 5 })]),
  );
  const third = commit(main, draft([update('cell', 'a', { who: 'p1', slot: 4, code: 'ED', why: { by: ['x', 'y'] } })], { reason: 'swap' }));
  store.createBranch({ ref: 'heads/swap', parent: main, by: ana, description: 'What if' });
  commit('heads/swap', draft([update('cell', 'a', { who: 'p2', slot: 4, code: 'ED' }), remove('cell', 'b')], { author: 'ben' }));
  const undo = commit(main, draft([update('cell', 'a', { who: 'p1', slot: 4, code: 'ICU' })], { kind: 'undo', undoes: third as never }));
  commit(main, draft([update('cell', 'a', { who: 'p1', slot: 6, code: 'ED' })], { kind: 'redo', redoes: undo as never }));
  const tip = store.ref('heads/swap')!.tip!;
  commit(main, draft([remove('cell', 'b')], { kind: 'merge', mergeParent: tip }));
  commit(main, draft([create('cell', 'b', { who: 'p3', slot: 8 }), update('cell', 'a', { who: 'p1', slot: 7, code: 'ED' })]));
  commit('notes', draft([create('note', 'n1', { text: 'Published "v1"' })]));
  store.deleteBranch('heads/swap', ana);
  store.restoreBranch('heads/swap', ana);
  // Fills what is otherwise filled when many versions wait.
  store.rebuildDerived();
  store.close();
  copyFileSync(desk.file, original);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly refused: string | null;
  readonly faults: readonly StoreFault[];
}

/** Opens a damaged copy as the program would and has it checked. */
function examine(file: string): Outcome {
  try {
    const store = openLocalStore({ file, clock: () => 0, axes, upkeep: 'manual' });
    try {
      return { refused: null, faults: store.verify({ full: true }).faults };
    } finally {
      store.close();
    }
  } catch (error) {
    if (error instanceof RefusedError) return { refused: error.code, faults: [] };
    throw error;
  }
}

let copies = 0;

function copyOf(change: (db: Database.Database) => void): string {
  const file = join(folder, `copy-${++copies}.rosterline`);
  copyFileSync(original, file);
  const db = new Database(file);
  db.unsafeMode(true);
  for (const name of db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all())
    db.exec(`DROP TRIGGER ${name}`);
  change(db);
  db.close();
  return file;
}

/** Faults beyond those of the guards that were taken away. */
function found({ faults }: Outcome): readonly StoreFault[] {
  return faults.filter(({ table, problem }) => !(table === 'sqlite_schema' && problem.startsWith('the trigger')));
}

test('finds nothing in an untouched file', () => {
  expect(examine(original)).toEqual({ refused: null, faults: [] });
});

test('finds a changed value in every column of every row of every table', () => {
  const model = new Database(original, { readonly: true });
  const tables = model
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all();
  const missed: string[] = [];
  let tried = 0;
  for (const table of tables) {
    const columns = model.prepare<[string], { name: string; type: string }>('SELECT name, type FROM pragma_table_info(?)').all(table);
    const rows = model.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).all();
    // A merge in progress is nobody's history yet; its tables are empty here and tested with merging.
    if (unfinished.has(table)) continue;
    expect(rows.length, table).toBeGreaterThan(0);
    for (const row of [rows[0]!, rows[Math.floor(rows.length / 2)]!, rows[rows.length - 1]!])
      for (const { name } of columns) {
        for (const value of alterations(row[name])) {
          tried++;
          const file = copyOf((db) => {
            db.pragma('ignore_check_constraints = ON');
            const where = columns.map((column) => `${column.name} IS ?`).join(' AND ');
            const run = (): unknown =>
              db.prepare(`UPDATE ${table} SET ${name} = ? WHERE ${where}`).run(value, ...columns.map((column) => row[column.name]));
            try {
              run();
            } catch (error) {
              // A value that a key or NOT NULL forbids cannot be written, so there is nothing to find.
              if (!(error instanceof Database.SqliteError)) throw error;
              db.exec(`INSERT INTO properties VALUES ('mark', '', x'00')`);
            }
          });
          const outcome = examine(file);
          if (outcome.refused === null && found(outcome).length === 0) missed.push(`${table}.${name} = ${String(value)}`);
          rmSync(file);
        }
      }
  }
  model.close();
  expect(missed).toEqual([]);
  expect(tried).toBeGreaterThan(200);
}, 120_000);

const unfinished = new Set(['merge_sessions', 'merge_steps', 'decision_memory']);

/** A value that differs by one bit, and one of another kind. */
function alterations(value: unknown): (string | number | Buffer | null)[] {
  if (value === null) return [1];
  if (typeof value === 'number') return [value + 1, -value - 7];
  if (typeof value === 'string') return [value.replace(/.$/su, (last) => String.fromCodePoint(last.codePointAt(0)! ^ 1)), `${value} `];
  if (Buffer.isBuffer(value)) {
    const flipped = Buffer.from(value);
    flipped[Math.floor(flipped.length / 2)]! ^= 0x10;
    return [flipped, value.subarray(1)];
  }
  throw new Error('no such kind of value');
}

test('names the version, the commit, the entity and the field of a changed value', () => {
  const file = copyOf((db) => db.exec(`UPDATE versions SET body = replace(body, '"ICU"', '"ICX"') WHERE version_id = 1`));
  const faults = found(examine(file));
  expect(faults).toContainEqual(
    expect.objectContaining({
      where: 'version',
      table: 'versions',
      row: '1',
      type: 'cell',
      id: 'a',
      field: 'code',
      commit: expect.stringMatching(/^[0-9a-f]{64}$/),
    }),
  );
});

test('finds removed and added rows', () => {
  for (const statement of [
    'DELETE FROM versions WHERE version_id = 4',
    'DELETE FROM versions WHERE version_id = (SELECT max(version_id) FROM versions)',
    'DELETE FROM commits WHERE commit_id = 3',
    'DELETE FROM commits WHERE commit_id = (SELECT max(commit_id) FROM commits)',
    'DELETE FROM ref_log WHERE seq = 3',
    'DELETE FROM ref_log WHERE seq = (SELECT max(seq) FROM ref_log)',
    'DELETE FROM refs WHERE ref_id = 3',
    'DELETE FROM lines WHERE line_id = 3',
    'DELETE FROM entities WHERE entity_id = 1',
    'DELETE FROM shapes WHERE shape_id = 1',
    'DELETE FROM types WHERE type_id = 1',
    "DELETE FROM properties WHERE key = 'name'",
    'DELETE FROM line_index WHERE rowid IN (SELECT 1) OR entity_id = 1',
    'DELETE FROM live_cells',
    'DELETE FROM past_cells WHERE epoch = 0',
    'DELETE FROM epochs',
    'DELETE FROM spans',
    'DELETE FROM version_prefixes WHERE prefix >= 0',
    'INSERT INTO version_prefixes VALUES (5, 1)',
    'DELETE FROM commit_prefixes WHERE prefix >= 0',
    "INSERT INTO versions VALUES (99, 1, 1, x'00', '[]', NULL)",
    'INSERT INTO live_cells VALUES (1, 1, -1, 1, 1, 1, 1, 1)',
    'INSERT INTO shapes (keys) VALUES (\'["zz"]\')',
    'INSERT INTO lines VALUES (9, 1, 1)',
    "INSERT INTO refs VALUES (9, 'heads/ghost', 1, 1, 5, 0)",
  ]) {
    const file = copyOf((db) => {
      db.exec(statement.replace('rowid IN (SELECT 1) OR ', ''));
    });
    const outcome = examine(file);
    expect([statement, outcome.refused !== null || found(outcome).length > 0]).toEqual([statement, true]);
  }
});

test('refuses to change history through SQL', () => {
  const file = join(folder, `copy-${++copies}.rosterline`);
  copyFileSync(original, file);
  const db = new Database(file);
  for (const table of ['versions', 'commits', 'ref_log', 'entities', 'shapes', 'types', 'lines']) {
    const column = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?) LIMIT 1').pluck().get(table)!;
    expect(() => db.exec(`UPDATE ${table} SET ${column} = ${column}`)).toThrow('append-only');
    expect(() => db.exec(`DELETE FROM ${table}`)).toThrow('append-only');
  }
  db.close();
});

test('finds flipped bytes anywhere in the pages of the file', () => {
  const bytes = readFileSync(original);
  const file = join(folder, 'flipped.rosterline');
  const used = usedRanges(original, bytes);
  let random = 20_260_105;
  const next = (below: number): number => {
    random = (random * 1_103_515_245 + 12_345) & 0x7fff_ffff;
    return random % below;
  };
  const missed: string[] = [];
  for (let round = 0; round < 250; round++) {
    const [start, end] = used[next(used.length)]!;
    const at = start + next(end - start);
    const copy = Buffer.from(bytes);
    copy[at]! ^= 1 << next(8);
    writeFileSync(file, copy);
    const outcome = examine(file);
    if (outcome.refused === null && outcome.faults.length === 0)
      missed.push(`byte ${at} (page ${Math.floor(at / 4096) + 1}, offset ${at % 4096})`);
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  }
  expect(missed).toEqual([]);
}, 120_000);

/** The cell contents of every b-tree page: what lies between is unused space, and the file's first 100 bytes are SQLite's own. */
function usedRanges(file: string, bytes: Buffer): [number, number][] {
  const db = new Database(file, { readonly: true });
  const pages = db
    .prepare<[], { pageno: number; pgoffset: number; unused: number; ncell: number }>('SELECT pageno, pgoffset, unused, ncell FROM dbstat')
    .all();
  db.close();
  const ranges: [number, number][] = [];
  for (const { pageno, pgoffset, ncell } of pages) {
    const header = pageno === 1 ? 100 : 0;
    const kind = bytes[pgoffset + header]!;
    if (ncell === 0 || ![2, 5, 10, 13].includes(kind)) continue;
    const pointers = pgoffset + header + (kind < 8 ? 12 : 8);
    ranges.push([pointers, pointers + ncell * 2]);
    for (let cell = 0; cell < ncell; cell++) {
      const at = bytes.readUInt16BE(pointers + cell * 2);
      // A leaf cell is at least its header; a few bytes of it are certainly in use.
      ranges.push([pgoffset + at, pgoffset + at + 4]);
    }
  }
  return ranges;
}

import Database from 'better-sqlite3';
import type { DraftChange } from '../../main/engine/local-store/store.ts';
import { canonicalVersion } from '../../shared/versioning/version.ts';
import { entityTypeOf } from '../../shared/roster/entity-type.ts';

/** The bytes that every side stores: the canonical JSON that a version is named by. */
export function bodyOf({ type, id, fields }: DraftChange): string {
  return canonicalVersion({ type, id, fields: fields ?? {} });
}

const mmapBytes = 2_147_418_112;

/** Opens a reference file with the settings our own files have. */
export function openPlain(file: string, options: { readonly readonly?: boolean } = {}): Database.Database {
  const db = new Database(file, { readonly: options.readonly ?? false });
  db.pragma(`mmap_size = ${mmapBytes}`);
  db.pragma('cache_size = -65536');
  db.pragma('temp_store = MEMORY');
  if (options.readonly) return db;
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('wal_autocheckpoint = 0');
  return db;
}

/** A table of all versions and nothing else: what the same JSON costs without history, index or hash. */
export function createRawTable(db: Database.Database): void {
  db.exec('CREATE TABLE raw (version INTEGER PRIMARY KEY, entity INTEGER NOT NULL, body TEXT NOT NULL)');
}

/** A table that holds only the present, indexed by its place in the grid: what a roster without history would be. */
export function createPresentTable(db: Database.Database): void {
  db.exec(`CREATE TABLE present (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type INTEGER NOT NULL, subject INTEGER NOT NULL,
             from_slot INTEGER NOT NULL, to_slot INTEGER NOT NULL, body TEXT NOT NULL);
           CREATE INDEX present_by_place ON present (type, subject, from_slot)`);
}

/** Writes the present of one type, in the order given. `subjects` counts the grid's rows from 1. */
export function fillPresent(db: Database.Database, records: Iterable<DraftChange>, subjects: ReadonlyMap<string, number>): number {
  const insert = db.prepare('INSERT INTO present (id, type, subject, from_slot, to_slot, body) VALUES (?, 1, ?, ?, ?, ?)');
  let count = 0;
  db.transaction(() => {
    for (const record of records) {
      const axes = entityTypeOf(record.type).axes(record.fields ?? {});
      if (!axes) continue;
      insert.run(record.id, subjects.get(axes.subject ?? '') ?? 0, axes.from, axes.to, bodyOf(record));
      count++;
    }
  })();
  return count;
}

/** The questions that the references answer, each prepared once. */
export interface PlainReads {
  /** Bodies of a window, as text. */
  window(subjects: readonly number[], from: number, to: number): readonly string[];
  one(id: string): string | undefined;
  all(): readonly string[];
  /** Runs several questions on one state, as a request does. */
  together<T>(work: () => T): T;
}

export function createPlainReads(db: Database.Database): PlainReads {
  const window = db
    .prepare<[string, number, number], string>(
      `SELECT p.body FROM json_each(?) w CROSS JOIN present p
       WHERE p.type = 1 AND p.subject = w.value AND p.from_slot >= (? + 0) AND p.from_slot <= (? + 0)`,
    )
    .pluck();
  const one = db.prepare<[string], string>('SELECT body FROM present WHERE id = ?').pluck();
  const all = db.prepare<[], string>('SELECT body FROM present').pluck();
  const begin = db.prepare('BEGIN');
  const commit = db.prepare('COMMIT');
  return {
    window: (subjects, from, to) => window.all(`[${subjects.join()}]`, from, to),
    one: (id) => one.get(id),
    all: () => all.all(),
    together: (work) => {
      begin.run();
      try {
        return work();
      } finally {
        commit.run();
      }
    },
  };
}

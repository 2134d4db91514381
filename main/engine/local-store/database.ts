import Database from 'better-sqlite3';
import { accessSync, closeSync, constants, existsSync, openSync, readFileSync, readSync, rmSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { notFound, RefusedError } from '../../../shared/errors.ts';
import { applicationId, migrations, type Migration } from '../../../shared/object-store/migrations/index.ts';
import { migrate } from './migrate.ts';
import { damaged, toRefusal } from './refusals.ts';
import { checkSchema } from './schema.ts';

export interface OpenedDatabase {
  readonly db: Database.Database;
  readonly readonly: boolean;
  /** True when the file was made just now and holds only its tables. */
  readonly fresh: boolean;
}

export interface DatabaseOptions {
  readonly file: string;
  readonly readonly?: boolean;
  readonly create?: boolean;
  readonly largestFile?: number;
  /** Another list of migrations, for tests of the runner. */
  readonly migrations?: readonly Migration[];
}

/**
 * Opens a programme file with every pragma set and read back, after its header was found to be ours. Refuses NOT_FOUND, DAMAGED, UNSUPPORTED
 * (a newer file), READ_ONLY, STORAGE_FULL; a refused open has changed nothing. An older file is backed up beside itself, then migrated.
 */
export function openDatabase(options: DatabaseOptions): OpenedDatabase {
  const { file } = options;
  const known = options.migrations ?? migrations;
  if (!existsSync(file)) {
    if (options.create !== true || options.readonly === true) throw notFound('programme file', basename(file));
    return { db: createDatabase(file, known), readonly: false, fresh: true };
  }
  const version = inspectHeader(file, known.length);
  const readonly = options.readonly === true || !isWritable(file);
  if (readonly && version < known.length)
    throw new RefusedError(
      'READ_ONLY',
      `${basename(file)} was made by an older version and must be brought up to date, but it cannot be written to.`,
      {
        what: 'file',
        id: basename(file),
      },
    );
  const db = connect(file, readonly);
  try {
    setPragmas(db, readonly);
    if (options.largestFile !== undefined) db.pragma(`max_page_count = ${Math.floor(options.largestFile / 4096)}`);
    migrate(db, file, known);
    checkSchema(db, file, known);
    return { db, readonly, fresh: false };
  } catch (error) {
    db.close();
    throw toRefusal(error, file);
  }
}

/** A second connection for looking at everything; it never writes, and checks each page it reads. */
export function openReader(file: string): Database.Database {
  const db = connect(file, true);
  setPragmas(db, true, true);
  return db;
}

function createDatabase(file: string, known: readonly Migration[]): Database.Database {
  let db: Database.Database | null = null;
  try {
    db = new Database(file, { timeout: 5_000 });
    db.pragma('page_size = 4096');
    setPragmas(db, false);
    db.pragma(`application_id = ${applicationId}`);
    migrate(db, file, known);
    // The header of the file itself must say what it is, not only the log beside it.
    db.pragma('wal_checkpoint(TRUNCATE)');
    return db;
  } catch (error) {
    db?.close();
    removeDatabase(file);
    throw toRefusal(error, file);
  }
}

/** Removes a file that was never finished, with what lies beside it. */
export function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
}

function connect(file: string, readonly: boolean): Database.Database {
  try {
    if (!readonly) return new Database(file, { timeout: 5_000, fileMustExist: true });
    const hasLog = existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0;
    if (!hasLog && !isWritable(file) && statSync(file).size <= largestCopy) return copyToMemory(file);
    return new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 });
  } catch (error) {
    throw toRefusal(error, file);
  }
}

/** A larger file that cannot be written to is read in place. */
const largestCopy = 1 << 30;

/** SQLite lays a log beside every file of ours that it opens, which must not (and often cannot) be done where nothing may be written. */
function copyToMemory(file: string): Database.Database {
  const bytes = readFileSync(file);
  // A database in memory has no log: its header must not ask for one.
  bytes[18] = 1;
  bytes[19] = 1;
  return new Database(bytes, { readonly: true });
}

/** Root may write anywhere; a file without any write permission is meant to be left alone all the same. */
function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    accessSync(dirname(file), constants.W_OK);
    return (statSync(file).mode & 0o222) !== 0 && (statSync(dirname(file)).mode & 0o222) !== 0;
  } catch {
    return false;
  }
}

/** Reads the first page's header without SQLite, so that a file that is not ours is not touched. Answers its `user_version`. */
function inspectHeader(file: string, newest: number): number {
  const header = Buffer.alloc(100);
  let size: number;
  try {
    const found = statSync(file);
    if (!found.isFile()) throw damaged(file, 'it is not a file');
    size = found.size;
    const handle = openSync(file, 'r');
    try {
      readSync(handle, header, 0, 100, 0);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    throw damaged(file, 'it cannot be read');
  }
  if (size < 100 || header.toString('latin1', 0, 16) !== 'SQLite format 3\0')
    throw damaged(file, 'it is not a programme file, or its beginning is destroyed');
  if (header.readUInt32BE(68) !== applicationId) throw damaged(file, 'it is a database of another program');
  const version = header.readUInt32BE(60);
  if (version > newest)
    throw new RefusedError(
      'UNSUPPORTED',
      `${basename(file)} was written by a newer Rosterline (file format ${version}); this one reads up to format ${newest}. Update the program to open it.`,
      { what: 'file', id: basename(file), formatVersion: version, supported: newest },
    );
  if (version === 0) throw damaged(file, 'it was never finished');
  const pageSize = header.readUInt16BE(16);
  const pages = header.readUInt32BE(28);
  const counted = header.readUInt32BE(24) === header.readUInt32BE(92);
  // Pages that exist only in the log are not in the header's count until they are in the file.
  if (counted && pageSize !== 1 && size < pages * pageSize) throw damaged(file, 'its end is missing');
  return version;
}

const mmapBytes = 2_147_418_112;

function setPragmas(db: Database.Database, readonly: boolean, checking = false): void {
  const wanted: readonly (readonly [name: string, value: string | number, readBack: string | number])[] = [
    ['foreign_keys', 'ON', 1],
    ['trusted_schema', 'OFF', 0],
    // Checks every cell of every page that is looked at: twice the time of a random read. The reader of `verify` has it on.
    ['cell_size_check', checking ? 'ON' : 'OFF', checking ? 1 : 0],
    // Without it INSERT OR REPLACE would delete rows past the triggers.
    ['recursive_triggers', 'ON', 1],
    ['temp_store', 'MEMORY', 2],
    ...(db.memory ? [] : ([['mmap_size', mmapBytes, mmapBytes]] as const)),
    ['cache_size', -65_536, -65_536],
    ['fullfsync', 'ON', 1],
    ['checkpoint_fullfsync', 'ON', 1],
    ...(readonly
      ? []
      : ([
          ['journal_mode', 'WAL', 'wal'],
          ['synchronous', 'FULL', 2],
          // Checkpoints are made between commits, off the answered path.
          ['wal_autocheckpoint', 0, 0],
        ] as const)),
  ];
  for (const [name, value, readBack] of wanted) {
    db.pragma(`${name} = ${value}`);
    const got = db.pragma(name, { simple: true });
    if (got !== readBack)
      throw new RefusedError(
        'UNSUPPORTED',
        `This computer cannot keep a programme safely: the database setting ${name} stays ${String(got)}.`,
        {
          what: 'file',
          id: name,
        },
      );
  }
}

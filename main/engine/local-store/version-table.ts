import type Database from 'better-sqlite3';
import { RefusedError } from '../../../shared/errors.ts';
import { VersionHash } from '../../../shared/ids.ts';
import type { EntityTable } from './entity-table.ts';
import { damaged } from './refusals.ts';
import { decodeFields, type ShapeTable } from './shape-table.ts';
import type { StoredVersion, VersionRow } from './store.ts';
import type { Transactions } from './transactions.ts';

export interface VersionRowFields {
  readonly version_id: number;
  readonly entity_id: number;
  readonly shape_id: number | null;
  readonly hash: Buffer | null;
  readonly body: string | null;
  readonly salt: Buffer | null;
}

export interface VersionTable {
  /** One version by row; refuses NOT_FOUND for a row that is none (or a delete). */
  load(row: VersionRow): StoredVersion;
  /** Several, in the order given; far fewer calls into SQLite than one by one. */
  loadAll(rows: readonly VersionRow[]): StoredVersion[];
  hashOf(row: VersionRow): VersionHash | null;
  rowsByHash(hash: VersionHash): readonly VersionRow[];
  entityOf(row: VersionRow): number | null;
  /** Whether two rows hold the same fields (their salts may differ). */
  sameContent(left: VersionRow, right: VersionRow): boolean;
  lastRow(): number;
  /** The row as it is stored; throws when there is none. */
  raw(row: VersionRow): VersionRowFields;
}

export function createVersionTable(
  db: Database.Database,
  transactions: Transactions,
  file: string,
  entities: EntityTable,
  shapes: ShapeTable,
  capacity: number,
): VersionTable {
  const columns = 'version_id, entity_id, shape_id, hash, body, salt';
  const readOne = db.prepare<[number], VersionRowFields>(`SELECT ${columns} FROM versions WHERE version_id = ?`);
  const readMany = db.prepare<[string], VersionRowFields>(
    `SELECT ${columns.replaceAll(/\b(?=\w)/g, 'v.')} FROM json_each(?) w CROSS JOIN versions v ON v.version_id = w.value`,
  );
  const readHash = db.prepare<[number], Buffer | null>('SELECT hash FROM versions WHERE version_id = ?').pluck();
  const readEntity = db.prepare<[number], number>('SELECT entity_id FROM versions WHERE version_id = ?').pluck();
  const byHash = db
    .prepare<[Buffer, Buffer], number>(
      'SELECT version_id FROM versions WHERE substr(hash, 1, 4) = substr(?, 1, 4) AND hash = ? ORDER BY version_id',
    )
    .pluck();
  const compare = db
    .prepare<[number, number], number>(
      'SELECT l.shape_id = r.shape_id AND l.body = r.body FROM versions l CROSS JOIN versions r WHERE l.version_id = ? AND r.version_id = ?',
    )
    .pluck();
  const last = db.prepare<[], number>('SELECT coalesce(max(version_id), 0) FROM versions').pluck();
  const cache = createCache(capacity);
  // After a rollback the rows are given out again.
  transactions.onForget(() => cache.clear());

  return {
    load(row) {
      const known = cache.get(row);
      if (known !== undefined) return known;
      const stored = readOne.get(row);
      if (stored === undefined) throw missing(row);
      return decode(stored);
    },
    loadAll(rows) {
      const found: (StoredVersion | undefined)[] = Array.from({ length: rows.length });
      const absent: number[] = [];
      for (let index = 0; index < rows.length; index++) {
        const known = cache.get(rows[index]!);
        if (known === undefined) absent.push(rows[index]!);
        else found[index] = known;
      }
      if (absent.length > 0) {
        // In row order: the pages are then read once each, front to back.
        const ascending = Int32Array.from(absent).sort();
        const loaded = new Map<number, StoredVersion>();
        if (ascending.length < 8) for (const row of ascending) loaded.set(row, this.load(row));
        else for (const stored of readMany.all(`[${ascending.join()}]`)) loaded.set(stored.version_id, decode(stored));
        for (let index = 0; index < rows.length; index++) found[index] ??= loaded.get(rows[index]!);
      }
      return found.map((version, index) => {
        if (version === undefined) throw missing(rows[index]!);
        return version;
      });
    },
    hashOf(row) {
      const known = cache.get(row);
      if (known !== undefined) return known.version;
      const hash = readHash.get(row);
      return hash === undefined || hash === null ? null : bytesToVersion(hash);
    },
    rowsByHash(hash) {
      const bytes = Buffer.from(hash, 'hex');
      return byHash.all(bytes, bytes);
    },
    entityOf: (row) => readEntity.get(row) ?? null,
    sameContent: (left, right) => left === right || compare.get(left, right) === 1,
    lastRow: () => last.get() ?? 0,
    raw(row) {
      const stored = readOne.get(row);
      if (stored === undefined) throw missing(row);
      return stored;
    },
  };

  function decode(stored: VersionRowFields): StoredVersion {
    const { version_id: row, entity_id, shape_id, hash, body, salt } = stored;
    if (shape_id === null || hash === null || body === null) throw missing(row);
    try {
      const { type, id } = entities.key(entity_id);
      const fields = decodeFields(shapes.shape(shape_id), body);
      const version: StoredVersion = {
        row,
        version: bytesToVersion(hash),
        type,
        id,
        fields,
        salt: salt === null ? null : salt.toString('hex'),
      };
      cache.set(row, version);
      return version;
    } catch (error) {
      throw damaged(
        file,
        `version ${hash.toString('hex')} (row ${row}) cannot be read (${error instanceof Error ? error.message : 'unknown'})`,
      );
    }
  }

  function missing(row: number): RefusedError {
    return new RefusedError('NOT_FOUND', `There is no version in row ${row}.`, { what: 'version', id: String(row) });
  }
}

/** Bytes of a hash column as the hash that names the version. */
export function bytesToVersion(bytes: Buffer): VersionHash {
  // Checked by length alone: parsing 3,000 hashes a window by pattern would cost more than reading them.
  if (bytes.length !== 32) throw new Error('a hash is 32 bytes');
  return bytes.toString('hex') as VersionHash;
}

interface Cache {
  get(row: number): StoredVersion | undefined;
  set(row: number, version: StoredVersion): void;
  clear(): void;
}

/** Keeps the newer half of what was used: two generations, so that a hit costs one look-up and no reordering. */
function createCache(capacity: number): Cache {
  let young = new Map<number, StoredVersion>();
  let old = new Map<number, StoredVersion>();
  return {
    get(row) {
      const found = young.get(row);
      if (found !== undefined) return found;
      const older = old.get(row);
      if (older !== undefined) set(row, older);
      return older;
    },
    set,
    clear() {
      young.clear();
      old.clear();
    },
  };

  function set(row: number, version: StoredVersion): void {
    if (young.size >= capacity / 2) {
      old = young;
      young = new Map();
    }
    young.set(row, version);
  }
}

import type Database from 'better-sqlite3';
import { RefusedError } from '../../../shared/errors.ts';
import type { VersionHash } from '../../../shared/ids.ts';
import type { Json } from '../../../shared/json.ts';
import type { EntityTable } from './entity-table.ts';
import { damaged } from './refusals.ts';
import { makeFields, type ShapeTable } from './shape-table.ts';
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
  /** The same for rows that ascend: then pages are read once each, front to back, and nothing has to be put in order. */
  loadAscending(rows: ArrayLike<VersionRow>): StoredVersion[];
  hashOf(row: VersionRow): VersionHash | null;
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
  // One text for each row, parsed in one go: making a row of six columns costs twice as much, and a Buffer for each hash as much again.
  const packed = `'[' || v.entity_id || ',' || v.shape_id || ',"' || hex(v.hash) || '",'
    || iif(v.salt IS NULL, 'null', '"' || hex(v.salt) || '"') || ',' || v.body || ']'`;
  const readOne = db.prepare<[number], string | null>(`SELECT ${packed} FROM versions v WHERE v.version_id = ?`).pluck();
  const readMany = db
    .prepare<[string], string | null>(`SELECT ${packed} FROM json_each(?) w CROSS JOIN versions v ON v.version_id = w.value`)
    .pluck();
  const readRaw = db.prepare<[number], VersionRowFields>(
    'SELECT version_id, entity_id, shape_id, hash, body, salt FROM versions WHERE version_id = ?',
  );
  const readHash = db.prepare<[number], string>('SELECT hex(hash) FROM versions WHERE version_id = ?').pluck();
  const readEntity = db.prepare<[number], number>('SELECT entity_id FROM versions WHERE version_id = ?').pluck();
  const compare = db
    .prepare<[number, number], number>(
      'SELECT l.shape_id = r.shape_id AND l.body = r.body FROM versions l CROSS JOIN versions r WHERE l.version_id = (? + 0) AND r.version_id = (? + 0)',
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
      return decode(row, readOne.get(row));
    },
    loadAll(rows) {
      let ascending = true;
      for (let index = 1; index < rows.length && ascending; index++) ascending = rows[index - 1]! < rows[index]!;
      if (ascending) return loadAscending(rows);
      const loaded = new Map(loadAscending(Int32Array.from(new Set(rows)).sort()).map((version) => [version.row, version]));
      return rows.map((row) => loaded.get(row)!);
    },
    loadAscending,
    hashOf(row) {
      const known = cache.get(row);
      if (known !== undefined) return known.version;
      const hash = readHash.get(row);
      return hash === undefined || hash === '' ? null : hexToVersion(hash);
    },
    entityOf: (row) => readEntity.get(row) ?? null,
    sameContent: (left, right) => left === right || compare.get(left, right) === 1,
    lastRow: () => last.get() ?? 0,
    raw(row) {
      const stored = readRaw.get(row);
      if (stored === undefined) throw missing(row);
      return stored;
    },
  };

  function loadAscending(rows: ArrayLike<VersionRow>): StoredVersion[] {
    const found: StoredVersion[] = [];
    const absent: number[] = [];
    for (let index = 0; index < rows.length; index++) {
      const known = cache.get(rows[index]!);
      if (known === undefined) absent.push(rows[index]!);
      else found.push(known);
    }
    if (absent.length === 0) return found;
    const read = absent.length < fewRows ? absent.map((row) => readOne.get(row)) : readMany.all(`[${absent.join()}]`);
    if (read.length !== absent.length) throw missing(absent.find((row) => readOne.get(row) === undefined) ?? 0);
    const loaded = read.map((text, index) => decode(absent[index]!, text));
    return found.length === 0 ? loaded : merge(found, loaded);
  }

  function decode(row: number, text: string | null | undefined): StoredVersion {
    // A delete has no fields, and nothing joined to nothing is nothing.
    if (text === undefined || text === null) throw missing(row);
    try {
      const [entity, shape, hash, salt, values] = parsePacked(text);
      const { type, id } = entities.key(entity);
      const version: StoredVersion = {
        row,
        version: hexToVersion(hash),
        type,
        id,
        fields: makeFields(shapes.shape(shape), values),
        salt: salt === null ? null : salt.toLowerCase(),
      };
      cache.set(row, version);
      return version;
    } catch (error) {
      const problem = error instanceof Error ? error.message : 'unknown';
      throw damaged(file, `version ${readHash.get(row)?.toLowerCase() ?? ''} (row ${row}) cannot be read (${problem})`);
    }
  }

  function missing(row: number): RefusedError {
    return new RefusedError('NOT_FOUND', `There is no version in row ${row}.`, { what: 'version', id: String(row) });
  }
}

/** Fewer are read one by one. */
const fewRows = 8;

/** Entity, shape, hash, salt, values; the hashes in upper-case hex, as SQLite writes it. */
type Packed = readonly [entity: number, shape: number, hash: string, salt: string | null, values: Json];

function parsePacked(text: string): Packed {
  const packed: Packed = JSON.parse(text);
  // A damaged body may have opened another list.
  if (packed.length !== 5) throw new Error('the body is no list of values');
  return packed;
}

/** Both ascend; so does what comes of them. */
function merge(known: readonly StoredVersion[], loaded: readonly StoredVersion[]): StoredVersion[] {
  const merged: StoredVersion[] = [];
  let next = 0;
  for (const version of loaded) {
    while (next < known.length && known[next]!.row < version.row) merged.push(known[next++]!);
    merged.push(version);
  }
  while (next < known.length) merged.push(known[next++]!);
  return merged;
}

function hexToVersion(hex: string): VersionHash {
  // Checked by length alone: parsing 3,000 hashes a window by pattern would cost more than reading them.
  if (hex.length !== 64) throw new Error('a hash is 32 bytes');
  return hex.toLowerCase() as VersionHash;
}

/** Bytes of a hash column as the hash that names the version. */
export function bytesToVersion(bytes: Buffer): VersionHash {
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
    if (capacity === 0) return;
    if (young.size >= capacity / 2) {
      old = young;
      young = new Map();
    }
    young.set(row, version);
  }
}

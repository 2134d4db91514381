import type Database from 'better-sqlite3';
import { sha256 } from '../../../../shared/versioning/hash.ts';
import type { VersionHash } from '../../../../shared/ids.ts';
import { bytesToVersion } from '../version-table.ts';
import { versionText } from '../version-text.ts';
import { rowsOf, type Dictionaries, type Row } from './dictionaries.ts';
import type { Faults } from './faults.ts';
import { findDamagedField } from './find-field.ts';

/** What later checks need of every version: by row, in typed arrays. */
export interface CheckedVersions {
  readonly count: number;
  /** Whether every row from 1 to `count` is there. */
  readonly dense: boolean;
  /** 0 where the row is missing or damaged beyond use. */
  readonly entity: Int32Array;
  readonly shape: Int32Array;
  /** 1: a delete. */
  readonly deleted: Uint8Array;
  hash(row: number): VersionHash | null;
}

/** Faults whose field is searched for: each search hashes some ten thousand texts. */
const searchesAtMost = 10;

/** Hashes every version again from its stored bytes. Yields how many are done. */
export function* checkVersions(
  db: Database.Database,
  dictionaries: Dictionaries,
  faults: Faults,
  commitOf: (row: number) => string | null,
): Generator<number, CheckedVersions> {
  const last = db.prepare<[], number>('SELECT coalesce(max(version_id), 0) FROM versions').pluck().get() ?? 0;
  const entity = new Int32Array(last + 1);
  const shape = new Int32Array(last + 1);
  const deleted = new Uint8Array(last + 1);
  const hashes = Buffer.alloc((last + 1) * 32);
  const known = new Uint8Array(last + 1);
  // As bytes: what is no UTF-8 any more would come as replacement characters.
  const bodyBytes = db.prepare<[number], unknown>('SELECT CAST(body AS BLOB) FROM versions WHERE version_id = ?').pluck();
  const usedShapes = new Set<number>();
  let searches = 0;
  let expected = 1;
  let dense = true;
  for (const row of rowsOf(db, 'SELECT version_id, entity_id, shape_id, hash, body, salt FROM versions ORDER BY version_id')) {
    const id = Number(row['version_id']);
    if (id !== expected)
      faults.add({
        where: 'version',
        table: 'versions',
        row: expected,
        commit: commitOf(expected),
        problem: 'versions are missing before this row',
      });
    dense &&= id === expected;
    expected = id + 1;
    checkVersion(id, row);
    if (id % 5_000 === 0) yield id;
  }
  for (const shapeId of dictionaries.shapes.keys())
    if (!usedShapes.has(shapeId)) faults.add({ where: 'shape', table: 'shapes', row: shapeId, problem: 'no version has these fields' });
  return {
    count: last,
    dense,
    entity,
    shape,
    deleted,
    hash: (row) => (known[row] === 1 ? bytesToVersion(hashes.subarray(row * 32, row * 32 + 32)) : null),
  };

  function checkVersion(id: number, row: Row): void {
    if (id < 1) {
      faults.add({ where: 'version', table: 'versions', row: id, problem: 'the row has no proper number' });
      return;
    }
    const { entity_id, shape_id, hash, body, salt } = row;
    const key = typeof entity_id === 'number' ? dictionaries.entities.get(entity_id) : undefined;
    if (typeof entity_id === 'number') entity[id] = entity_id;
    const report = (problem: string, field: string | null = null): void =>
      faults.add({
        where: 'version',
        table: 'versions',
        row: id,
        version: Buffer.isBuffer(hash) ? hash.toString('hex') : null,
        commit: commitOf(id),
        type: key?.type ?? null,
        id: key?.id ?? null,
        field,
        problem,
      });
    if (key === undefined) return report('the version belongs to no known entity');
    if (shape_id === null && hash === null && body === null && salt === null) {
      deleted[id] = 1;
      return;
    }
    if (Buffer.isBuffer(hash) && hash.length === 32) {
      hash.copy(hashes, id * 32);
      known[id] = 1;
    } else return report('the version has no proper hash');
    const fields = typeof shape_id === 'number' ? dictionaries.shapes.get(shape_id) : undefined;
    if (fields === undefined || typeof shape_id !== 'number') return report('the version has no known field names');
    usedShapes.add(shape_id);
    shape[id] = shape_id;
    if (typeof body !== 'string') return report('the content of the version is not a text');
    if (salt !== null && !(Buffer.isBuffer(salt) && salt.length === 16)) return report('the salt of the version is not 16 bytes');
    const saltText = salt === null ? null : salt.toString('hex');
    const text = versionText(fields, body, key.type, key.id, saltText);
    const wanted = hash.toString('hex');
    if (text !== null && sha256(text) === wanted) return;
    const bytes = searches++ < searchesAtMost ? bodyBytes.get(id) : undefined;
    const field = bytes instanceof Buffer ? findDamagedField(fields, bytes, key, saltText, wanted) : null;
    report(text === null ? 'the content of the version cannot be read' : 'the content of the version is not what was written', field);
  }
}

import type Database from 'better-sqlite3';
import { sha256 } from '../../../../shared/versioning/hash.ts';
import type { VersionHash } from '../../../../shared/ids.ts';
import type { Fields } from '../../../../shared/json.ts';
import { noCell, type Cell } from '../cell-index.ts';
import { decodeFields, type Shape } from '../shape-table.ts';
import { versionText } from '../version-text.ts';
import type { CheckedEntity, Dictionaries, Row } from './dictionaries.ts';
import type { Faults } from './faults.ts';
import { findDamagedField } from './find-field.ts';

/** What later checks need of every version: by row, in arrays. */
export interface CheckedVersions {
  readonly count: number;
  /** Whether every row from 1 to `count` is there. */
  readonly dense: boolean;
  /** 0 where the row is missing or damaged beyond use. */
  readonly entity: Int32Array;
  /** 1: a delete. */
  readonly deleted: Uint8Array;
  hash(row: number): VersionHash | null;
  /** Where the version stands in the grid; nowhere when that was not asked for. */
  cell(row: number, type: number): Cell;
}

/** Says where a record stands, in the file's own numbers. */
export type CellOf = (type: string, typeId: number, fields: Fields) => Cell;

/** Faults whose field is searched for: each search hashes some ten thousand texts. */
const searchesAtMost = 10;

/** Hashes every version again from its stored bytes. Yields how many are done. */
export function* checkVersions(
  db: Database.Database,
  dictionaries: Dictionaries,
  faults: Faults,
  commitOf: (row: number) => string | null,
  cellOf: CellOf | null,
): Generator<number, CheckedVersions> {
  const last = db.prepare<[], number>('SELECT coalesce(max(version_id), 0) FROM versions').pluck().get() ?? 0;
  const entity = new Int32Array(last + 1);
  const deleted = new Uint8Array(last + 1);
  const hashes: (VersionHash | undefined)[] = Array.from({ length: last + 1 });
  const cells =
    cellOf === null ? null : { subject: new Int32Array(last + 1), from: new Int32Array(last + 1), to: new Int32Array(last + 1) };
  // As bytes: what is no UTF-8 any more would come as replacement characters.
  const bodyBytes = db.prepare<[number], unknown>('SELECT CAST(body AS BLOB) FROM versions WHERE version_id = ?').pluck();
  const usedShapes = new Set<number>();
  let searches = 0;
  let expected = 1;
  let dense = true;
  for (const row of readPortions(db)) {
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
    deleted,
    hash: (row) => hashes[row] ?? null,
    cell(row, type) {
      if (cells === null || deleted[row] === 1) return { type, subject: noCell, from: noCell, to: noCell };
      return { type, subject: cells.subject[row] ?? noCell, from: cells.from[row] ?? noCell, to: cells.to[row] ?? noCell };
    },
  };

  function checkVersion(id: number, row: Row): void {
    if (id < 1) {
      faults.add({ where: 'version', table: 'versions', row: id, problem: 'the row has no proper number' });
      return;
    }
    const { entity_id, shape_id, hash, body, salt } = row;
    const key = typeof entity_id === 'number' ? dictionaries.entities.get(entity_id) : undefined;
    if (typeof entity_id === 'number') entity[id] = entity_id;
    if (cells !== null) cells.subject[id] = cells.from[id] = cells.to[id] = noCell;
    const named = typeof hash === 'string' && hash.length === 64 ? nameOf(hash) : null;
    const report = (problem: string, field: string | null = null): void =>
      faults.add({
        where: 'version',
        table: 'versions',
        row: id,
        version: named,
        commit: commitOf(id),
        type: key?.type ?? null,
        id: key?.id ?? null,
        field,
        problem,
      });
    if (key === undefined) return report('the version belongs to no known entity');
    if (shape_id === null && hash === '' && body === null && salt === null) {
      deleted[id] = 1;
      return;
    }
    if (named === null) return report('the version has no proper hash');
    hashes[id] = named;
    const fields = typeof shape_id === 'number' ? dictionaries.shapes.get(shape_id) : undefined;
    if (fields === undefined || typeof shape_id !== 'number') return report('the version has no known field names');
    usedShapes.add(shape_id);
    if (typeof body !== 'string') return report('the content of the version is not a text');
    if (salt !== null && !(Buffer.isBuffer(salt) && salt.length === 16)) return report('the salt of the version is not 16 bytes');
    const saltText = salt === null ? null : salt.toString('hex');
    const text = versionText(fields, body, key.type, key.id, saltText);
    if (text !== null && sha256(text) === named) return readCell(id, fields, body, key);
    const bytes = searches++ < searchesAtMost ? bodyBytes.get(id) : undefined;
    const field = bytes instanceof Buffer ? findDamagedField(fields, bytes, key, saltText, named) : null;
    report(text === null ? 'the content of the version cannot be read' : 'the content of the version is not what was written', field);
    readCell(id, fields, body, key);
  }

  function readCell(id: number, shape: Shape, body: string, { type, typeId }: CheckedEntity): void {
    if (cells === null || cellOf === null) return;
    try {
      const cell = cellOf(type, typeId, decodeFields(shape, body));
      cells.subject[id] = cell.subject;
      cells.from[id] = cell.from;
      cells.to[id] = cell.to;
    } catch {
      // What cannot be read has been reported.
    }
  }
}

function nameOf(hex: string): VersionHash {
  // 64 characters of SQLite's own hex: nothing else to parse, and there are as many as versions.
  return hex as VersionHash;
}

const portion = 2_000;

/** All versions in the order of their rows, hashes as hex: a Buffer for each would cost as much as hashing the content. */
function* readPortions(db: Database.Database): Generator<Row> {
  const read = db.prepare<[number], Row>(
    `SELECT version_id, entity_id, shape_id, CASE typeof(hash) WHEN 'blob' THEN lower(hex(hash)) WHEN 'null' THEN '' END AS hash, body, salt
     FROM versions WHERE version_id > (? + 0) ORDER BY version_id LIMIT ${portion}`,
  );
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const rows = read.all(after);
    yield* rows;
    if (rows.length < portion) return;
    after = Number(rows[rows.length - 1]!['version_id']);
  }
}

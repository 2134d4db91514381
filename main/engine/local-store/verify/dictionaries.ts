import type Database from 'better-sqlite3';
import { canonicalJson } from '../../../../shared/versioning/canonical.ts';
import type { LineGraph } from '../../../../shared/versioning/commit-graph.ts';
import { idToStored, storedToId } from '../entity-table.ts';
import { hashProperty } from '../property-table.ts';
import { makeShape, parseKeys, type Shape } from '../shape-table.ts';
import type { Faults } from './faults.ts';

/** The small tables, read whole and checked on their own. What is damaged is left out; whoever needs it reports that. */
export interface Dictionaries {
  readonly types: ReadonlyMap<number, string>;
  readonly shapes: ReadonlyMap<number, Shape>;
  readonly entities: ReadonlyMap<number, CheckedEntity>;
  /** Entity of the subject type by id. */
  readonly subjects: ReadonlyMap<string, number>;
  readonly lines: ReadonlyMap<number, { readonly parent: number | null; readonly fork: number }>;
  readonly graph: LineGraph;
}

export interface CheckedEntity {
  readonly typeId: number;
  readonly type: string;
  readonly id: string;
}

/** Rows as they come, before anything about them is believed. */
export type Row = Readonly<Record<string, unknown>>;

export function readDictionaries(db: Database.Database, subjectType: string, faults: Faults): Dictionaries {
  checkProperties(db, faults);
  const types = readTypes(db, faults);
  const entities = readEntities(db, types, faults);
  const subjects = new Map<string, number>();
  for (const [entity, { type, id }] of entities) if (type === subjectType) subjects.set(id, entity);
  const lines = readLines(db, faults);
  return { types, shapes: readShapes(db, faults), entities, subjects, lines, graph: makeGraph(lines) };
}

function checkProperties(db: Database.Database, faults: Faults): void {
  const keys = new Set<string>();
  for (const row of rowsOf(db, 'SELECT key, value, hash FROM properties')) {
    const { key, value, hash } = row;
    const right =
      typeof key === 'string' && typeof value === 'string' && Buffer.isBuffer(hash) && hash.toString('hex') === hashProperty(key, value);
    if (typeof key === 'string') keys.add(key);
    if (!right) faults.add({ where: 'file', table: 'properties', row: String(key), problem: 'the property is not what was written' });
  }
  for (const key of ['name', 'sample', 'createdAt', 'axesVersion'])
    if (!keys.has(key)) faults.add({ where: 'file', table: 'properties', row: key, problem: 'the property is missing' });
}

function readTypes(db: Database.Database, faults: Faults): Map<number, string> {
  const types = new Map<number, string>();
  for (const { type_id, name } of rowsOf(db, 'SELECT type_id, name FROM types')) {
    if (typeof type_id === 'number' && typeof name === 'string' && name !== '') types.set(type_id, name);
    else faults.add({ where: 'entity', table: 'types', row: String(type_id), problem: 'the name of the type is not a text' });
  }
  return types;
}

function readEntities(db: Database.Database, types: ReadonlyMap<number, string>, faults: Faults): Map<number, CheckedEntity> {
  const entities = new Map<number, CheckedEntity>();
  for (const { entity_id, type_id, id } of rowsOf(db, 'SELECT entity_id, type_id, id FROM entities')) {
    const type = typeof type_id === 'number' ? types.get(type_id) : undefined;
    const text = typeof id === 'string' ? id : Buffer.isBuffer(id) && id.length === 16 ? storedToId(id) : null;
    // The same id in the other of its two forms would be a second entity.
    const sameForm = text !== null && typeof idToStored(text) === typeof id;
    if (typeof entity_id !== 'number' || typeof type_id !== 'number' || type === undefined || text === null || !sameForm)
      faults.add({
        where: 'entity',
        table: 'entities',
        row: String(entity_id),
        type: type ?? null,
        id: text,
        problem: type === undefined ? 'the entity has no known type' : 'the id of the entity is not in its proper form',
      });
    else entities.set(entity_id, { typeId: type_id, type, id: text });
  }
  return entities;
}

function readShapes(db: Database.Database, faults: Faults): Map<number, Shape> {
  const shapes = new Map<number, Shape>();
  for (const { shape_id, keys } of rowsOf(db, 'SELECT shape_id, keys FROM shapes')) {
    const parsed = typeof keys === 'string' ? parseShape(keys) : null;
    if (typeof shape_id === 'number' && parsed !== null) shapes.set(shape_id, makeShape(shape_id, parsed));
    else
      faults.add({ where: 'shape', table: 'shapes', row: String(shape_id), problem: 'the field names are not a list in canonical order' });
  }
  return shapes;
}

function parseShape(text: string): readonly string[] | null {
  try {
    const keys = parseKeys(text);
    return canonicalJson([...keys].sort()) === text && new Set(keys).size === keys.length ? keys : null;
  } catch {
    return null;
  }
}

function readLines(db: Database.Database, faults: Faults): Map<number, { parent: number | null; fork: number }> {
  const lines = new Map<number, { parent: number | null; fork: number }>();
  for (const { line_id, parent_line_id, fork_position } of rowsOf(
    db,
    'SELECT line_id, parent_line_id, fork_position FROM lines ORDER BY line_id',
  )) {
    const parent = parent_line_id === null ? null : typeof parent_line_id === 'number' ? parent_line_id : undefined;
    const fork = typeof fork_position === 'number' && fork_position >= 0 ? fork_position : undefined;
    // A parent is always older, so that no walk along parents can go round.
    const older =
      parent === null ? fork === 0 : parent !== undefined && typeof line_id === 'number' && parent < line_id && lines.has(parent);
    if (typeof line_id === 'number' && fork !== undefined && parent !== undefined && older) lines.set(line_id, { parent, fork });
    else faults.add({ where: 'line', table: 'lines', row: String(line_id), problem: 'the line does not continue an older line' });
  }
  return lines;
}

function makeGraph(lines: ReadonlyMap<number, { readonly parent: number | null; readonly fork: number }>): LineGraph {
  return {
    // A damaged line is reported once; here it is a line of its own.
    line: (line) => lines.get(line) ?? { parent: null, fork: 0 },
    mergesOf: () => [],
  };
}

/** Rows of a query, one after the other. */
export function rowsOf(db: Database.Database, sql: string): IterableIterator<Row> {
  return db.prepare<[], Row>(sql).iterate();
}

import type Database from 'better-sqlite3';
import type { Fields, Json } from '../../../shared/json.ts';
import { canonicalJson, canonicalString } from '../../../shared/versioning/canonical.ts';
import type { Transactions } from './transactions.ts';

/** Field names of a version, in canonical order, with what is needed to write and read quickly. */
export interface Shape {
  readonly shapeId: number;
  readonly keys: readonly string[];
  /** `"key":` of each field, canonical. */
  readonly labels: readonly string[];
}

export interface EncodedFields {
  readonly shape: Shape;
  /** The values as a JSON array, canonical. */
  readonly body: string;
  /** The canonical JSON of the fields. */
  readonly canonical: string;
}

export interface ShapeTable {
  shape(shapeId: number): Shape;
  /** Encodes fields, and makes the row of a new shape; top-level nulls are dropped. Only inside a write. */
  encode(fields: Fields): EncodedFields;
}

export function createShapeTable(db: Database.Database, transactions: Transactions): ShapeTable {
  const read = db.prepare<[number], string>('SELECT keys FROM shapes WHERE shape_id = ?').pluck();
  const find = db.prepare<[string], number>('SELECT shape_id FROM shapes WHERE keys = ?').pluck();
  const insert = db.prepare<[string]>('INSERT INTO shapes (keys) VALUES (?)');
  const shapes = new Map<number, Shape>();
  const shapesByKeys = new Map<string, Shape>();
  transactions.onForget(() => {
    shapes.clear();
    shapesByKeys.clear();
  });
  return { shape, encode };

  function shape(shapeId: number): Shape {
    const known = shapes.get(shapeId);
    if (known !== undefined) return known;
    const text = read.get(shapeId);
    if (text === undefined) throw new Error(`no shape ${shapeId}`);
    return remember(makeShape(shapeId, parseKeys(text)));
  }

  function encode(fields: Fields): EncodedFields {
    const present = Object.keys(fields).filter((key) => fields[key] !== null);
    const found = shapesByKeys.get(present.join('\u0000')) ?? allocate(present);
    const { labels } = found;
    const keys = found.keys;
    let body = '[';
    let canonical = '{';
    for (let index = 0; index < keys.length; index++) {
      const text = canonicalJson(fields[keys[index]!]!);
      body += index > 0 ? ',' + text : text;
      canonical += index > 0 ? ',' + labels[index]! + text : labels[index]! + text;
    }
    return { shape: found, body: body + ']', canonical: canonical + '}' };
  }

  function allocate(present: readonly string[]): Shape {
    const keys = [...present].sort();
    const text = canonicalJson(keys);
    const shapeId = find.get(text) ?? Number(insert.run(text).lastInsertRowid);
    const made = remember(shapes.get(shapeId) ?? makeShape(shapeId, keys));
    // Under the order met, so that the next record of the same maker needs no sorting.
    if (shapesByKeys.size < 10_000) shapesByKeys.set(present.join('\u0000'), made);
    return made;
  }

  function remember(made: Shape): Shape {
    shapes.set(made.shapeId, made);
    return made;
  }
}

/** Makes a shape of keys that are in canonical order. */
export function makeShape(shapeId: number, keys: readonly string[]): Shape {
  return { shapeId, keys, labels: keys.map((key) => `${canonicalString(key)}:`) };
}

/** Reads the keys of a shape row; throws when they are not a JSON array of texts. */
export function parseKeys(text: string): readonly string[] {
  const keys: unknown = JSON.parse(text);
  if (!Array.isArray(keys) || !keys.every((key) => typeof key === 'string')) throw new Error('a shape is a JSON array of texts');
  return keys;
}

/** The fields of a stored body, frozen. Throws when the body is not a JSON array that fits the shape. */
export function decodeFields(shape: Shape, body: string): Fields {
  const values: Json = JSON.parse(body);
  return makeFields(shape, values);
}

/** The fields of the values of a body, frozen. Throws when they do not fit the shape. */
export function makeFields({ keys }: Shape, values: Json): Fields {
  if (!Array.isArray(values) || values.length !== keys.length) throw new Error('the body does not fit its shape');
  const fields: { [field: string]: Json } = {};
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index]!;
    if (key === '__proto__') Object.defineProperty(fields, key, { value: values[index], enumerable: true });
    else fields[key] = values[index];
  }
  return Object.freeze(fields);
}

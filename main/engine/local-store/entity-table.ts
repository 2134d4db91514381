import type Database from 'better-sqlite3';
import type { Transactions } from './transactions.ts';

export interface EntityKey {
  readonly type: string;
  readonly id: string;
}

/** Types and entities by name and by the small integers that the tables use for them. */
export interface EntityTable {
  typeOf(name: string): number | null;
  typeName(type: number): string;
  find(type: string, id: string): number | null;
  /** Finds or makes the row. Only inside a write. */
  allocate(type: string, id: string): number;
  allocateType(name: string): number;
  key(entity: number): EntityKey;
  typeIdOf(entity: number): number;
  /** Entities that were written at least once. */
  count(): number;
}

interface EntityRow {
  readonly type_id: number;
  readonly id: string | Buffer;
}

export const maxInt32 = 2 ** 31 - 1;

export function createEntityTable(db: Database.Database, transactions: Transactions): EntityTable {
  const readTypes = db.prepare<[], { type_id: number; name: string }>('SELECT type_id, name FROM types');
  const insertType = db.prepare<[string]>('INSERT INTO types (name) VALUES (?)');
  const findEntity = db.prepare<[number, string | Buffer], number>('SELECT entity_id FROM entities WHERE type_id = ? AND id = ?').pluck();
  const insertEntity = db.prepare<[number, string | Buffer]>('INSERT INTO entities (type_id, id) VALUES (?, ?)');
  const readEntity = db.prepare<[number], EntityRow>('SELECT type_id, id FROM entities WHERE entity_id = ?');

  // A subject may be named before it is written; only what was written counts.
  const countAll = db.prepare<[], number>('SELECT count(*) FROM entities').pluck();
  const countUnwritten = db
    .prepare<[], number>(
      `SELECT count(DISTINCT s.subject) FROM spans s
       WHERE s.subject > 0 AND NOT EXISTS (SELECT 1 FROM line_index i WHERE i.entity_id = s.subject)`,
    )
    .pluck();

  const typeIds = new Map<string, number>();
  const typeNames = new Map<number, string>();
  // Entities never change and are never removed, so these are only emptied to bound them (and when a write was rolled back).
  const keys = new Map<number, EntityKey & { readonly typeId: number }>();
  const ids = new Map<number, Map<string, number>>();
  let idCount = 0;
  const bound = 300_000;
  transactions.onForget(() => {
    typeIds.clear();
    typeNames.clear();
    keys.clear();
    forgetIds();
  });

  return {
    typeOf,
    typeName,
    find,
    allocate,
    allocateType,
    key,
    typeIdOf: (entity) => keyWithType(entity).typeId,
    count: () => (countAll.get() ?? 0) - (countUnwritten.get() ?? 0),
  };

  function loadTypes(): void {
    for (const { type_id, name } of readTypes.iterate()) {
      typeIds.set(name, type_id);
      typeNames.set(type_id, name);
    }
  }

  function typeOf(name: string): number | null {
    if (typeIds.size === 0) loadTypes();
    return typeIds.get(name) ?? null;
  }

  function typeName(type: number): string {
    if (typeNames.size === 0) loadTypes();
    const name = typeNames.get(type);
    if (name === undefined) throw new Error(`no type ${type}`);
    return name;
  }

  function find(type: string, id: string): number | null {
    const typeId = typeOf(type);
    return typeId === null ? null : findById(typeId, id);
  }

  function findById(typeId: number, id: string): number | null {
    const known = ids.get(typeId)?.get(id);
    if (known !== undefined) return known;
    const found = findEntity.get(typeId, idToStored(id));
    if (found === undefined) return null;
    remember(typeId, id, found);
    return found;
  }

  function allocateType(name: string): number {
    const known = typeOf(name);
    if (known !== null) return known;
    const typeId = Number(insertType.run(name).lastInsertRowid);
    typeIds.set(name, typeId);
    typeNames.set(typeId, name);
    return typeId;
  }

  function allocate(type: string, id: string): number {
    const typeId = allocateType(type);
    const known = findById(typeId, id);
    if (known !== null) return known;
    const entity = Number(insertEntity.run(typeId, idToStored(id)).lastInsertRowid);
    // Packed changes hold -entity-1, so the largest int32 itself cannot be used.
    if (entity >= maxInt32) throw new Error('the file cannot hold more entities');
    remember(typeId, id, entity);
    return entity;
  }

  function remember(typeId: number, id: string, entity: number): void {
    if (idCount >= bound) forgetIds();
    let ofType = ids.get(typeId);
    if (ofType === undefined) ids.set(typeId, (ofType = new Map()));
    ofType.set(id, entity);
    idCount++;
  }

  function forgetIds(): void {
    ids.clear();
    idCount = 0;
  }

  function key(entity: number): EntityKey {
    return keyWithType(entity);
  }

  function keyWithType(entity: number): EntityKey & { readonly typeId: number } {
    const known = keys.get(entity);
    if (known !== undefined) return known;
    const row = readEntity.get(entity);
    if (row === undefined) throw new Error(`no entity ${entity}`);
    const made = { type: typeName(row.type_id), id: storedToId(row.id), typeId: row.type_id };
    if (keys.size >= bound) keys.clear();
    keys.set(entity, made);
    return made;
  }
}

const canonicalUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A canonical lower-case UUID as its 16 bytes; any other id as it is. */
export function idToStored(id: string): string | Buffer {
  if (id.length !== 36 || !canonicalUuid.test(id)) return id;
  return Buffer.from(id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24), 'hex');
}

export function storedToId(stored: string | Buffer): string {
  if (typeof stored === 'string') return stored;
  const hex = stored.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

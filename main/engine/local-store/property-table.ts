import type Database from 'better-sqlite3';
import { canonicalJson } from '../../../shared/versioning/canonical.ts';
import { sha256 } from '../../../shared/versioning/hash.ts';

/** What the file says about itself: texts by key. */
export interface PropertyTable {
  get(key: PropertyKey): string | null;
  set(key: PropertyKey, value: string): void;
  /** Whether the property is there and is what was written. */
  isIntact(key: PropertyKey): boolean;
}

export type PropertyKey = 'name' | 'sample' | 'createdAt' | 'axesVersion' | 'houseRules';

export function createPropertyTable(db: Database.Database): PropertyTable {
  const read = db.prepare<[string], string>('SELECT value FROM properties WHERE key = ?').pluck();
  const write = db.prepare<[string, string, Buffer]>('INSERT OR REPLACE INTO properties (key, value, hash) VALUES (?, ?, ?)');
  const readRow = db.prepare<[string], { value: string; hash: Buffer }>('SELECT value, hash FROM properties WHERE key = ?');
  return {
    isIntact(key) {
      const row = readRow.get(key);
      return row !== undefined && row.hash.toString('hex') === hashProperty(key, row.value);
    },
    get: (key) => read.get(key) ?? null,
    set(key, value) {
      write.run(key, value, Buffer.from(hashProperty(key, value), 'hex'));
    },
  };
}

export function hashProperty(key: string, value: string): string {
  return sha256(canonicalJson([key, value]));
}

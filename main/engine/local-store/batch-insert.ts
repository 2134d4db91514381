import type Database from 'better-sqlite3';

/** Collects rows of one table and inserts them many at a time: half the cost of one by one. */
export interface BatchInsert<Value> {
  add(...row: Value[]): void;
  /** Inserts what is still waiting. Must be called before the rows are read, and before the write ends. */
  flush(): void;
  /** Drops what is still waiting. */
  clear(): void;
}

const rowsPerStatement = 32;

export function createBatchInsert<Value>(db: Database.Database, table: string, columns: string): BatchInsert<Value> {
  const width = columns.split(',').length;
  const row = `(${Array.from({ length: width }, () => '?').join(', ')})`;
  const prepare = (rows: number): Database.Statement<[Value[]]> =>
    db.prepare<[Value[]]>(`INSERT INTO ${table} (${columns}) VALUES ${Array.from({ length: rows }, () => row).join(', ')}`);
  const one = prepare(1);
  let many: Database.Statement<[Value[]]> | null = null;
  let waiting: Value[] = [];
  return {
    add(...values) {
      for (const value of values) waiting.push(value);
      if (waiting.length < width * rowsPerStatement) return;
      many ??= prepare(rowsPerStatement);
      const full = waiting;
      waiting = [];
      many.run(full);
    },
    flush() {
      if (waiting.length === 0) return;
      const rest = waiting;
      waiting = [];
      for (let start = 0; start < rest.length; start += width) one.run(rest.slice(start, start + width));
    },
    clear() {
      waiting = [];
    },
  };
}

import type Database from 'better-sqlite3';

/** Collects rows of one table and inserts them many at a time: half the cost of one by one. */
export interface BatchInsert<Value> {
  add(...row: Value[]): void;
  /** Inserts what is still waiting. Must be called before the rows are read, and before the write ends. */
  flush(): void;
  /** Drops what is still waiting. */
  clear(): void;
}

/** Rows of the prepared statements, most first. */
const sizes = [32, 8, 4, 2, 1];
const rowsPerStatement = 32;

export function createBatchInsert<Value>(db: Database.Database, table: string, columns: string): BatchInsert<Value> {
  const width = columns.split(',').length;
  const row = `(${Array.from({ length: width }, () => '?').join(', ')})`;
  const prepare = (rows: number): Database.Statement<[Value[]]> =>
    db.prepare<[Value[]]>(`INSERT INTO ${table} (${columns}) VALUES ${Array.from({ length: rows }, () => row).join(', ')}`);
  const statements = new Map<number, Database.Statement<[Value[]]>>();
  let waiting: Value[] = [];
  return {
    add(...values) {
      for (const value of values) waiting.push(value);
      if (waiting.length < width * rowsPerStatement) return;
      const full = waiting;
      waiting = [];
      statement(rowsPerStatement).run(full);
    },
    flush() {
      if (waiting.length === 0) return;
      const rest = waiting;
      waiting = [];
      let start = 0;
      for (const rows of sizes)
        for (; rest.length - start >= rows * width; start += rows * width)
          statement(rows).run(rest.length === rows * width ? rest : rest.slice(start, start + rows * width));
    },
    clear() {
      waiting = [];
    },
  };

  function statement(rows: number): Database.Statement<[Value[]]> {
    let prepared = statements.get(rows);
    if (prepared === undefined) statements.set(rows, (prepared = prepare(rows)));
    return prepared;
  }
}

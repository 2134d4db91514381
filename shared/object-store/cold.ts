import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type Compilable } from 'kysely';
import type { ObjectTables } from './tables.ts';

/** A kysely that only writes SQL: what it compiles is run by prepared statements. */
export const cold = new Kysely<ObjectTables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/** SQL and parameters of a rare query, with the type of its rows. */
export interface CompiledRows<Row> {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Never there; carries the type. */
  readonly row?: Row;
}

export function compileRows<Row>(query: Compilable<Row>): CompiledRows<Row> {
  const { sql, parameters } = query.compile();
  return { sql, parameters };
}

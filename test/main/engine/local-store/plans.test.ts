import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cellSql } from '../../../../main/engine/local-store/cell-reads.ts';
import { querySql } from '../../../../main/engine/local-store/line-reads.ts';
import { openDesk, create, draft } from './desk.ts';

/*
 * What must hold: no hot statement walks a whole table, and none is prepared again at every run. better-sqlite3 clears bindings after each
 * run, and SQLite then prepares a statement again whose plan may depend on a bound value; `column = ?` with ORDER BY is one. Both would only
 * show as slowness on a long history.
 */

/** Every statement that the store prepares while it is opened and used, caught at the door. */
function statementsOf(use: (desk: ReturnType<typeof openDesk>) => void): string[] {
  const seen = new Set<string>();
  const original = Database.prototype.prepare;
  Database.prototype.prepare = function prepare(this: Database.Database, sql: string) {
    seen.add(sql);
    return original.call(this, sql);
  } as typeof original;
  try {
    using desk = openDesk();
    use(desk);
  } finally {
    Database.prototype.prepare = original;
  }
  return [...seen];
}

let model: ReturnType<typeof openDesk>;
let db: Database.Database;

beforeAll(() => {
  model = openDesk();
  db = new Database(model.file, { readonly: true });
});

afterAll(() => {
  db.close();
  model[Symbol.dispose]();
});

function planOf(sql: string): string[] {
  const parameters = Object.fromEntries([...sql.matchAll(/:(\w+)/g)].map(([, name]) => [name, null]));
  const count = [...sql.matchAll(/\?/g)].length;
  const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
  return (sql.includes(':') ? plan.all(parameters) : plan.all(...Array.from({ length: count }, () => null))).map(({ detail }) => detail);
}

/** Scans that are meant: small tables read whole, parameters, and counts that walk an index. */
const allowedScans =
  /SCAN (w VIRTUAL TABLE|json_each|types|lines|refs|spans|epochs|merge_sessions)\b|SCAN CONSTANT ROW|USING COVERING INDEX/;

test('no statement of the store walks a whole table', () => {
  const statements = statementsOf(({ store }) => {
    store.appendCommit('heads/main', draft([create('cell', 'a', { who: 'p1', slot: 1 }), create('person', 'p1', {})]));
    const place = store.placeAt('heads/main');
    store.windowAt('cell', place, { from: 0, to: 3 });
    store.windowAt('cell', place, { from: 0, to: 3, subjects: ['p1'] });
    for (const _ of store.entitiesAt('cell', place));
    store.versionsOf('cell', 'a');
    store.line(place, { author: 'ana' });
    store.line(place, { type: 'cell' });
    store.line(place, { entity: { type: 'cell', id: 'a' } });
    store.density(place, { buckets: 3 });
    store.refLog();
  }).filter((sql) => /^\s*(SELECT|UPDATE|DELETE)/.test(sql) && !/sqlite_schema|FROM pragma/.test(sql));
  expect(statements.length).toBeGreaterThan(30);
  const scanning = statements
    .map((sql) => ({ sql, scans: planOf(sql).filter((detail) => /\bSCAN\b/.test(detail) && !allowedScans.test(detail)) }))
    .filter(({ scans }) => scans.length > 0)
    // Counting looks at everything by its nature; the last entry of the log is found at its end.
    .filter(({ sql }) => !/count\(|ORDER BY seq DESC LIMIT 1/.test(sql));
  expect(scanning).toEqual([]);
});

test.each(['window of some', 'window of all', 'all'] as const)(
  'a search (%s) seeks its cells by key, on every level of a branch',
  (shape) => {
    for (const part of ['past', 'live'] as const)
      for (const level of [0, 1, 3]) {
        const plan = planOf(cellSql(shape, level, part));
        const cells = plan.filter((detail) => detail.includes(' c ') || detail.startsWith('SEARCH c'));
        expect(cells).toEqual([
          expect.stringContaining(shape === 'all' ? 'type_id=?' : 'type_id=? AND subject=? AND from_slot>? AND from_slot<?'),
        ]);
        expect(plan.filter((detail) => /SEARCH n\d/.test(detail))).toHaveLength(level);
      }
  },
);

test('lists of a line are read in the order of an index', () => {
  for (const driver of ['none', 'author', 'type', 'entity'] as const)
    for (const author of [false, true]) expect(planOf(querySql({ driver, author }, 'list')).join('\n')).not.toMatch(/TEMP B-TREE|SCAN/);
});

test('no hot statement is prepared again at every run', () => {
  const statements = statementsOf(({ store }) => void store.placeAt('heads/main')).filter(
    (sql) => /^\s*SELECT/.test(sql) && !sql.includes('decision_memory'),
  );
  const suspicious = statements.filter(
    // A bare parameter compared to a column, in a statement whose order or bound the planner may choose by the value.
    (sql) => /ORDER BY .*LIMIT 1\b/.test(sql) && /(=|<=|>=|<|>)\s*\?/.test(sql),
  );
  expect(suspicious).toEqual([]);
});

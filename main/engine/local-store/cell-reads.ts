import type Database from 'better-sqlite3';
import type { LinePlace } from '../../../shared/versioning/commit-graph.ts';
import type { EpochTable } from './epoch-table.ts';
import type { VersionRow } from './store.ts';

/** Searches over a chain of places (nearest first, each owning its position). Rows come in no promised order. */
export interface CellReads {
  /** Versions of a type whose stretch touches `from..to`; of some subjects, or of all. */
  window(chain: readonly LinePlace[], type: number, window: CellWindow): VersionRow[];
  all(chain: readonly LinePlace[], type: number): VersionRow[];
  /** Entities of a type that touched the window at any position up to these places, also those that are gone or elsewhere by now. */
  ever(chain: readonly LinePlace[], type: number, window: CellWindow & { readonly subjects: readonly number[] }): number[];
  /** How many entities of each type exist. */
  counts(chain: readonly LinePlace[]): Map<number, number>;
}

export interface CellWindow {
  readonly subjects: readonly number[] | null;
  readonly from: number;
  readonly to: number;
}

type Statement = Database.Statement<Record<string, number | string>[], number>;

export function createCellReads(db: Database.Database, epochs: EpochTable): CellReads {
  const statements = new Map<string, Statement>();
  const everPast: Statement = db.prepare<Record<string, number | string>[], number>(everSql('past')).pluck();
  const everLive: Statement = db.prepare<Record<string, number | string>[], number>(everSql('live')).pluck();

  return {
    window(chain, type, { subjects, from, to }) {
      const parameters = { type, from, to, ...(subjects === null ? {} : { subjects: `[${subjects.join()}]` }) };
      const shape = subjects === null ? 'window of all' : 'window of some';
      return collect(chain, shape, parameters);
    },
    all: (chain, type) => collect(chain, 'all', { type }),
    ever(chain, type, { subjects, from, to }) {
      const found = new Set<number>();
      for (const { line, position } of chain) {
        if (position === 0) continue;
        const { epoch: last, newest } = epochs.at(line, position);
        const parameters = { type, from, to, line, position, subjects: `[${subjects.join()}]` };
        for (let epoch = 0; epoch <= last; epoch++) for (const entity of everPast.all({ ...parameters, epoch })) found.add(entity);
        if (newest) for (const entity of everLive.all(parameters)) found.add(entity);
      }
      return [...found];
    },
    counts(chain) {
      const counts = new Map<number, number>();
      for (const [level, part] of partsOf(chain)) {
        const statement = prepareCount(level, part);
        for (const [type, count] of statement.all(parametersOf(chain, level, {}))) counts.set(type, (counts.get(type) ?? 0) + count);
      }
      return counts;
    },
  };

  function collect(chain: readonly LinePlace[], shape: Shape, parameters: Record<string, number | string>): number[] {
    let rows: number[] = [];
    for (const [level, part] of partsOf(chain)) {
      const found = prepare(shape, level, part).all(parametersOf(chain, level, parameters));
      rows = rows.length === 0 ? found : rows.concat(found);
    }
    return rows;
  }

  /** Each line of the chain answers from its past, and, when the place lies in its newest epoch, from what is open too. */
  function* partsOf(chain: readonly LinePlace[]): Generator<readonly [level: number, part: Part]> {
    for (let level = 0; level < chain.length; level++) {
      const { line, position } = chain[level]!;
      if (position === 0) continue;
      yield [level, 'past'];
      if (epochs.at(line, position).newest) yield [level, 'live'];
    }
  }

  function parametersOf(
    chain: readonly LinePlace[],
    level: number,
    more: Record<string, number | string>,
  ): Record<string, number | string> {
    const { line, position } = chain[level]!;
    const parameters: Record<string, number | string> = { ...more, line, position, epoch: epochs.at(line, position).epoch };
    for (let nearer = 0; nearer < level; nearer++) {
      parameters[`line${nearer}`] = chain[nearer]!.line;
      parameters[`position${nearer}`] = chain[nearer]!.position;
    }
    return parameters;
  }

  function prepare(shape: Shape, level: number, part: Part): Statement {
    const key = `${shape} ${level} ${part}`;
    let statement = statements.get(key);
    if (statement === undefined) {
      statement = db.prepare<Record<string, number | string>[], number>(cellSql(shape, level, part)).pluck();
      statements.set(key, statement);
    }
    return statement;
  }

  function prepareCount(level: number, part: Part): Database.Statement<Record<string, number | string>[], [number, number]> {
    return db
      .prepare<Record<string, number | string>[], [number, number]>(
        `SELECT c.type_id, count(*) FROM ${tableOf(part)} c WHERE ${standing(part)}${notNearer(level)} GROUP BY c.type_id`,
      )
      .raw();
  }
}

type Shape = 'window of some' | 'window of all' | 'all';
type Part = 'past' | 'live';

/** The SQL of one part of a search; exported for the test that looks at its plan. `+ 0`: see docs/gotchas.md. */
export function cellSql(shape: Shape, level: number, part: Part): string {
  const cells = `${tableOf(part)} c`;
  const stands = `${standing(part)}${notNearer(level)}`;
  if (shape === 'all') return `SELECT c.version_id FROM ${cells} WHERE c.type_id = (:type + 0) AND ${stands}`;
  const touches = 'c.from_slot >= (:from + 0) - s.longest AND c.from_slot <= (:to + 0) AND c.to_slot >= (:from + 0)';
  const joined = `c.type_id = (:type + 0) AND c.subject = s.subject AND ${touches} AND ${stands}`;
  if (shape === 'window of all') return `SELECT c.version_id FROM spans s CROSS JOIN ${cells} WHERE s.type_id = (:type + 0) AND ${joined}`;
  return `SELECT c.version_id FROM json_each(:subjects) w CROSS JOIN spans s CROSS JOIN ${cells}
          WHERE s.type_id = (:type + 0) AND s.subject = w.value AND ${joined}`;
}

/** Every cell of the window that began at or before the place, however long it stood: what a nearer line did later hides nothing. */
function everSql(part: Part): string {
  return `SELECT DISTINCT c.entity_id FROM json_each(:subjects) w CROSS JOIN spans s CROSS JOIN ${tableOf(part)} c
          WHERE s.type_id = (:type + 0) AND s.subject = w.value AND c.line_id = (:line + 0) AND c.type_id = (:type + 0) AND c.subject = s.subject
            AND c.from_slot >= (:from + 0) - s.longest AND c.from_slot <= (:to + 0) AND c.to_slot >= (:from + 0) AND c.position <= (:position + 0)
            ${part === 'past' ? 'AND c.epoch = (:epoch + 0)' : ''}`;
}

function tableOf(part: Part): string {
  return part === 'past' ? 'past_cells' : 'live_cells';
}

function standing(part: Part): string {
  return part === 'past'
    ? 'c.line_id = (:line + 0) AND c.epoch = (:epoch + 0) AND c.position <= (:position + 0) AND c.until > (:position + 0)'
    : 'c.line_id = (:line + 0) AND c.position <= (:position + 0)';
}

/** What a nearer line wrote hides what this one says. */
function notNearer(level: number): string {
  let text = '';
  for (let nearer = 0; nearer < level; nearer++)
    text += ` AND NOT EXISTS (SELECT 1 FROM line_index n${nearer} WHERE n${nearer}.entity_id = c.entity_id AND n${nearer}.line_id = (:line${nearer} + 0) AND n${nearer}.position <= (:position${nearer} + 0))`;
  return text;
}

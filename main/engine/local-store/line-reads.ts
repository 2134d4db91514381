import type Database from 'better-sqlite3';
import type { LinePlace } from '../../../shared/versioning/commit-graph.ts';
import type { CommitTable } from './commit-table.ts';
import type { EntityTable } from './entity-table.ts';
import type { LineTable } from './line-table.ts';
import { isCommit, type PlaceReads } from './place-reads.ts';
import type { CommitRecord, DensityBucket, LineFilter, LinePage, LocalStore } from './store.ts';

/** Lists and counts the commits of the line that ends at a place. */
export interface LineReads {
  line(place: LinePlace, filter: LineFilter): LinePage;
  ofKinds(place: LinePlace, kinds: readonly string[], limit: number): readonly CommitRecord[];
  density: (place: LinePlace, options: Parameters<LocalStore['density']>[1]) => readonly DensityBucket[];
  contributors(place: LinePlace, own: number): readonly { readonly author: string; readonly commits: number }[];
}

/** A stretch of one line: `after < position <= upTo`. */
interface Segment {
  readonly line: number;
  readonly after: number;
  readonly upTo: number;
}

type Parameters1 = Record<string, number | string>;

export function createLineReads(
  db: Database.Database,
  commits: CommitTable,
  lines: LineTable,
  entities: EntityTable,
  places: PlaceReads,
): LineReads {
  const ofKind = db
    .prepare<[number, string, number, number, number], number>(
      `SELECT commit_id FROM commits INDEXED BY commits_by_kind
       WHERE line_id = (? + 0) AND kind = ? AND kind <> 'edit' AND position > (? + 0) AND position <= (? + 0) ORDER BY position DESC LIMIT ?`,
    )
    .pluck();
  const byAuthor = db
    .prepare<[number, number, number], [string, number]>(
      `SELECT author, count(*) FROM commits INDEXED BY commits_by_position WHERE line_id = ? AND position > ? AND position <= ? GROUP BY author`,
    )
    .raw();
  const changesAt = db
    .prepare<[number, number], number>('SELECT changes_total FROM commits WHERE line_id = (? + 0) AND position = (? + 0)')
    .pluck();
  const statements = new Map<string, Database.Statement<Parameters1[], number>>();
  return { line, ofKinds, density, contributors };

  /** The stretches that make up the positions `low..high`, newest first. */
  function segments(place: LinePlace, low: number, high: number): Segment[] {
    const found: Segment[] = [];
    for (const { line: of, position } of lines.chain(place)) {
      const after = Math.max(lines.graph.line(of).fork, low - 1);
      const upTo = Math.min(position, high);
      if (after < upTo) found.push({ line: of, after, upTo });
    }
    return found;
  }

  function line(place: LinePlace, filter: LineFilter): LinePage {
    const low = filter.from === undefined ? 1 : lowest(place, filter.from);
    const high = filter.to === undefined ? place.position : places.positionOf(place, filter.to);
    const limit = filter.limit ?? 100;
    const query = toQuery(filter);
    if (query === null) return { items: [], total: 0, next: null };
    const all = segments(place, low, high);
    const total = query.driver === 'none' ? Math.max(0, high - low + 1) : all.reduce((sum, part) => sum + count(query, part), 0);
    const cursor = filter.cursor === undefined ? Number.POSITIVE_INFINITY : Number.parseInt(filter.cursor, 10);
    const ids: number[] = [];
    // One more than asked for tells whether there is a next page.
    for (const part of segments(place, low, Math.min(high, cursor - 1))) {
      if (ids.length > limit) break;
      for (const id of list(query, part, limit + 1 - ids.length)) ids.push(id);
    }
    const items = ids.slice(0, limit).map((id) => commits.record(id));
    return { items, total, next: ids.length > limit ? String(items[items.length - 1]!.position) : null };
  }

  /** The first position that is not earlier than a moment. */
  function lowest(place: LinePlace, moment: NonNullable<LineFilter['from']>): number {
    if (isCommit(moment)) return places.positionOf(place, moment);
    return places.positionOf(place, new Date(Date.parse(moment) - 1).toISOString()) + 1;
  }

  function toQuery(filter: LineFilter): Query | null {
    const parameters: Parameters1 = {};
    if (filter.author !== undefined) parameters['author'] = filter.author;
    const author = filter.author !== undefined;
    if (filter.entity !== undefined) {
      const entity = entities.find(filter.entity.type, filter.entity.id);
      if (entity === null || (filter.type !== undefined && filter.type !== filter.entity.type)) return null;
      return { driver: 'entity', author, parameters: { ...parameters, entity } };
    }
    if (filter.type !== undefined) {
      const type = entities.typeOf(filter.type);
      return type === null ? null : { driver: 'type', author, parameters: { ...parameters, type: `[${type},` } };
    }
    return { driver: author ? 'author' : 'none', author: false, parameters };
  }

  function count(query: Query, part: Segment): number {
    return prepare(querySql(query, 'count')).get({ ...query.parameters, ...part }) ?? 0;
  }

  function list(query: Query, part: Segment, limit: number): number[] {
    return prepare(querySql(query, 'list')).all({ ...query.parameters, ...part, limit });
  }

  function prepare(sql: string): Database.Statement<Parameters1[], number> {
    let statement = statements.get(sql);
    if (statement === undefined) statements.set(sql, (statement = db.prepare<Parameters1[], number>(sql).pluck()));
    return statement;
  }

  function ofKinds(place: LinePlace, kinds: readonly string[], limit: number): readonly CommitRecord[] {
    const found: CommitRecord[] = [];
    for (const part of segments(place, 1, place.position))
      for (const kind of kinds) for (const id of ofKind.all(part.line, kind, part.after, part.upTo, limit)) found.push(commits.record(id));
    return found.sort((left, right) => right.position - left.position).slice(0, limit);
  }

  function contributors(place: LinePlace, own: number): readonly { author: string; commits: number }[] {
    const sums = new Map<string, number>();
    for (const part of segments(place, own + 1, place.position))
      for (const [author, found] of byAuthor.all(part.line, part.after, part.upTo)) sums.set(author, (sums.get(author) ?? 0) + found);
    return [...sums]
      .map(([author, sum]) => ({ author, commits: sum }))
      .sort((left, right) => right.commits - left.commits || compare(left.author, right.author));
  }

  function density(place: LinePlace, options: Parameters<LocalStore['density']>[1]): readonly DensityBucket[] {
    const chain = lines.chain(place);
    const last = commits.at(chain[0]!);
    if (last === null) return [];
    const first = commits.at(lines.chain({ line: place.line, position: 1 })[0]!)!;
    const from = options.from === undefined ? first.at : startOf(place, options.from);
    const to = Math.max(from, options.to === undefined ? last.at : endOf(place, options.to));
    const buckets: DensityBucket[] = [];
    // Each bucket is [begin, end); the last one includes its end.
    let before = sumsUpTo(chain, from - 1);
    for (let index = 0; index < options.buckets; index++) {
      const begin = from + Math.floor(((to - from) * index) / options.buckets);
      const end = from + Math.floor(((to - from) * (index + 1)) / options.buckets);
      const upTo = sumsUpTo(chain, index === options.buckets - 1 ? to : end - 1);
      const some = upTo.position > before.position;
      buckets.push({
        from: new Date(begin).toISOString(),
        to: new Date(end).toISOString(),
        changes: some ? upTo.changes - before.changes : 0,
        commits: some ? upTo.position - before.position : 0,
        firstPosition: some ? before.position + 1 : 0,
        lastPosition: some ? upTo.position : 0,
      });
      if (some) before = upTo;
    }
    return buckets;
  }

  function sumsUpTo(chain: readonly LinePlace[], at: number): { readonly position: number; readonly changes: number } {
    const place = commits.placeAtTime(chain, at);
    return { position: place.position, changes: place.position === 0 ? 0 : (changesAt.get(place.line, place.position) ?? 0) };
  }

  function startOf(place: LinePlace, moment: NonNullable<LineFilter['from']>): number {
    return isCommit(moment) ? timeOf(place, places.positionOf(place, moment)) : Date.parse(moment);
  }

  function endOf(place: LinePlace, moment: NonNullable<LineFilter['from']>): number {
    return startOf(place, moment);
  }

  function timeOf(place: LinePlace, position: number): number {
    return commits.at(lines.chain({ line: place.line, position })[0]!)?.at ?? 0;
  }
}

interface Query {
  /** Which index leads. */
  readonly driver: 'none' | 'author' | 'type' | 'entity';
  /** Whether the author has to be looked at besides. */
  readonly author: boolean;
  readonly parameters: Parameters1;
}

const within = (table: string): string =>
  `${table}.line_id = (:line + 0) AND ${table}.position > (:after + 0) AND ${table}.position <= (:upTo + 0)`;

/** The SQL of a line listing; exported for the test that looks at its plan. */
export function querySql({ driver, author }: Pick<Query, 'driver' | 'author'>, what: 'count' | 'list'): string {
  const source = {
    none: `commits c WHERE ${within('c')}`,
    author: `commits c INDEXED BY commits_by_position WHERE ${within('c')} AND c.author = :author`,
    // `[type_id,` begins the counts of a type.
    type: `commits c INDEXED BY commits_by_position WHERE ${within('c')} AND instr(c.counts, :type) > 0`,
    entity: `line_index i CROSS JOIN commits c ON c.line_id = i.line_id AND c.position = i.position WHERE i.entity_id = (:entity + 0) AND ${within('i')}`,
  }[driver];
  const leader = { none: 'c', author: 'c', type: 'c', entity: 'i' }[driver];
  const also = author ? ' AND c.author = :author' : '';
  if (what === 'count') return `SELECT count(*) FROM ${source}${also}`;
  return `SELECT c.commit_id FROM ${source}${also} ORDER BY ${leader}.position DESC LIMIT :limit`;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

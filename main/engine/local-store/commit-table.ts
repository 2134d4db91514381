import type Database from 'better-sqlite3';
import type { CommitHash } from '../../../shared/ids.ts';
import type { Json } from '../../../shared/json.ts';
import type { LinePlace } from '../../../shared/versioning/commit-graph.ts';
import type { EntityTable } from './entity-table.ts';
import type { LineTable } from './line-table.ts';
import type { PrefixIndex } from './prefix-index.ts';
import type { CommitKindName, CommitRecord, Place, VersionRow } from './store.ts';
import type { Transactions } from './transactions.ts';
import { bytesToVersion } from './version-table.ts';

export interface CommitRow {
  readonly commit_id: number;
  readonly line_id: number;
  readonly position: number;
  readonly merge_line_id: number | null;
  readonly merge_position: number | null;
  readonly at: number;
  readonly recorded_at: number;
  readonly author: string;
  readonly author_name: string;
  readonly device: string;
  readonly kind: string;
  readonly message: string;
  readonly reason: string | null;
  readonly undoes: Buffer | null;
  readonly redoes: Buffer | null;
  readonly first_version_id: number;
  readonly changes_total: number;
  readonly counts: string;
  readonly changes: Buffer;
  readonly hash: Buffer;
  readonly decisions: string | null;
}

/** What is needed of a commit to stand on it. */
export interface CommitStand extends LinePlace {
  readonly commitId: number;
  readonly hash: CommitHash;
  readonly at: number;
  readonly changesTotal: number;
}

export interface PackedRange {
  readonly position: number;
  readonly first_version_id: number;
  readonly changes: Buffer;
}

export interface CommitTable {
  /** Answers the number the row got. `parents` is what `record` will say of it. */
  insert(row: Omit<CommitRow, 'commit_id'>, parents: readonly CommitHash[]): number;
  byId(commitId: number): CommitStand | null;
  byHash(hash: CommitHash): CommitStand | null;
  /** The commit at a place; `null` at position 0. */
  at(place: LinePlace): CommitStand | null;
  record(commitId: number): CommitRecord;
  row(commitId: number): CommitRow;
  decisions(commitId: number): readonly Json[];
  /** The commit whose versions include this row. */
  idOfVersion(row: VersionRow): number;
  /** The newest place of a chain whose commit is not later than an instant; position 0 when there is none. */
  placeAtTime(chain: readonly LinePlace[], at: number): LinePlace;
  /** Packed changes of one line's own commits with `after < position <= upTo`, oldest first. */
  range(line: number, after: number, upTo: number): IterableIterator<PackedRange>;
  toPlace(place: LinePlace): Place;
  lastId(): number;
}

interface StandRow {
  readonly commit_id: number;
  readonly line_id: number;
  readonly position: number;
  readonly at: number;
  readonly changes_total: number;
  /** Hex. */
  readonly hash: string;
}

export function createCommitTable(
  db: Database.Database,
  transactions: Transactions,
  entities: EntityTable,
  lines: LineTable,
  prefixes: PrefixIndex,
): CommitTable {
  const columns =
    'commit_id, line_id, position, merge_line_id, merge_position, at, recorded_at, author, author_name, device, kind, message, reason, undoes, redoes, first_version_id, changes_total, counts, changes, hash, decisions';
  const names = columns.split(', ').slice(1);
  const insert = db.prepare<unknown[]>(`INSERT INTO commits (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`);
  const stand = 'SELECT commit_id, line_id, position, at, changes_total, lower(hex(hash)) AS hash FROM commits';
  const standById = db.prepare<[number], StandRow>(`${stand} WHERE commit_id = ?`);
  const standByPosition = db.prepare<[number, number], StandRow>(`${stand} WHERE line_id = ? AND position = ?`);
  const rowById = db.prepare<[number], CommitRow>(`SELECT ${columns} FROM commits WHERE commit_id = ?`);
  const firstVersion = db.prepare<[number], number>('SELECT first_version_id FROM commits WHERE commit_id = ?').pluck();
  const timeAt = db.prepare<[number, number], number>('SELECT at FROM commits WHERE line_id = (? + 0) AND position = (? + 0)').pluck();
  const range = db.prepare<[number, number, number], PackedRange>(
    'SELECT position, first_version_id, changes FROM commits WHERE line_id = (? + 0) AND position > (? + 0) AND position <= (? + 0) ORDER BY position',
  );
  const last = db.prepare<[], number>('SELECT coalesce(max(commit_id), 0) FROM commits').pluck();
  const records = new Map<number, CommitRecord>();
  /** What was written last is asked for at once: it need not be read again. */
  let newest: { readonly row: CommitRow; readonly parents: readonly CommitHash[] } | null = null;
  transactions.onForget(() => {
    records.clear();
    newest = null;
  });

  return {
    insert(row, parents) {
      const info = insert.run(
        row.line_id,
        row.position,
        row.merge_line_id,
        row.merge_position,
        row.at,
        row.recorded_at,
        row.author,
        row.author_name,
        row.device,
        row.kind,
        row.message,
        row.reason,
        row.undoes,
        row.redoes,
        row.first_version_id,
        row.changes_total,
        row.counts,
        row.changes,
        row.hash,
        row.decisions,
      );
      const commitId = Number(info.lastInsertRowid);
      prefixes.added(commitId, row.hash.toString('hex'));
      newest = { row: { commit_id: commitId, ...row }, parents };
      return commitId;
    },
    byId: (commitId) => toStand(standById.get(commitId)),
    byHash(hash) {
      const commitId = prefixes.rowsOf(hash)[0];
      return commitId === undefined ? null : toStand(standById.get(commitId));
    },
    at,
    record,
    row,
    decisions: (commitId) => parseDecisions(row(commitId).decisions) ?? [],
    idOfVersion,
    placeAtTime,
    range: (line, after, upTo) => range.iterate(line, after, upTo),
    toPlace(place) {
      const commit = at(place);
      return {
        line: place.line,
        position: place.position,
        commit: commit?.hash ?? null,
        at: commit === null ? null : new Date(commit.at).toISOString(),
      };
    },
    lastId: () => last.get() ?? 0,
  };

  /** Commits and versions are numbered in the same order, so the last commit that begins at or before a version wrote it. */
  function idOfVersion(version: VersionRow): number {
    let low = 1;
    let high = last.get() ?? 0;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((firstVersion.get(middle) ?? 0) <= version) low = middle;
      else high = middle - 1;
    }
    if (high === 0) throw new Error(`no commit wrote version ${version}`);
    return low;
  }

  /** Times rise along a line, from the first commit of its first ancestor to its last: the newest one that is not too late is found by halving. */
  function placeAtTime(chain: readonly LinePlace[], time: number): LinePlace {
    for (const { line, position } of chain) {
      const first = lines.graph.line(line).fork + 1;
      if (position < first || timeOf(line, first) > time) continue;
      let low = first;
      let high = position;
      // Most questions are about now.
      if (timeOf(line, high) <= time) low = high;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (timeOf(line, middle) <= time) low = middle;
        else high = middle - 1;
      }
      return { line, position: low };
    }
    return { line: chain[chain.length - 1]!.line, position: 0 };
  }

  function timeOf(line: number, position: number): number {
    const time = timeAt.get(line, position);
    if (time === undefined) throw new Error(`no commit at position ${position} of line ${line}`);
    return time;
  }

  function toStand(found: StandRow | undefined): CommitStand | null {
    if (found === undefined) return null;
    return {
      commitId: found.commit_id,
      line: found.line_id,
      position: found.position,
      at: found.at,
      changesTotal: found.changes_total,
      hash: hexToCommit(found.hash),
    };
  }

  function at(place: LinePlace): CommitStand | null {
    if (place.position === 0) return null;
    const found = toStand(standByPosition.get(place.line, place.position));
    if (found === null) throw new Error(`no commit at position ${place.position} of line ${place.line}`);
    return found;
  }

  function row(commitId: number): CommitRow {
    const found = rowById.get(commitId);
    if (found === undefined) throw new Error(`no commit ${commitId}`);
    return found;
  }

  function record(commitId: number): CommitRecord {
    const known = records.get(commitId);
    if (known !== undefined) return known;
    const made = newest?.row.commit_id === commitId ? makeRecord(newest.row, newest.parents) : readRecord(commitId);
    if (records.size >= 20_000) records.clear();
    records.set(commitId, made);
    return made;
  }

  function readRecord(commitId: number): CommitRecord {
    const found = row(commitId);
    return makeRecord(found, parentsOf(found));
  }

  function makeRecord(found: CommitRow, parents: readonly CommitHash[]): CommitRecord {
    const counts: readonly (readonly [number, number, number, number])[] = JSON.parse(found.counts);
    return {
      commit: bytesToCommit(found.hash),
      parents,
      line: found.line_id,
      position: found.position,
      at: new Date(found.at).toISOString(),
      recordedAt: new Date(found.recorded_at).toISOString(),
      author: found.author,
      authorName: found.author_name,
      device: found.device,
      kind: toKind(found.kind),
      message: found.message,
      reason: found.reason,
      undoes: found.undoes === null ? null : bytesToCommit(found.undoes),
      redoes: found.redoes === null ? null : bytesToCommit(found.redoes),
      changeCount: found.changes.length / 8,
      hasDecisions: found.decisions !== null,
      counts: counts.map(([type, create, update, remove]) => ({ type: entities.typeName(type), create, update, delete: remove })),
    };
  }

  function parentsOf(found: CommitRow): CommitHash[] {
    const parents: CommitHash[] = [];
    const first = lines.chain({ line: found.line_id, position: found.position - 1 })[0]!;
    const before = at(first);
    if (before !== null) parents.push(before.hash);
    if (found.merge_line_id !== null && found.merge_position !== null) {
      const merged = at({ line: found.merge_line_id, position: found.merge_position });
      if (merged !== null) parents.push(merged.hash);
    }
    return parents;
  }
}

/** Stored decisions; `null` for none, and for what is no list any more: then `verify` says so. */
export function parseDecisions(text: string | null): readonly Json[] | null {
  if (text === null) return null;
  try {
    const parsed: Json = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

export const commitKinds: readonly CommitKindName[] = ['edit', 'import', 'generate', 'restore', 'revert', 'undo', 'redo', 'merge'];

function toKind(text: string): CommitKindName {
  const kind = commitKinds.find((name) => name === text);
  if (kind === undefined) throw new Error(`no kind of commit: ${text}`);
  return kind;
}

export function bytesToCommit(bytes: Buffer): CommitHash {
  // Both are 32 bytes; which of the two it names is known by the column it came from.
  return hexToCommit(bytesToVersion(bytes));
}

function hexToCommit(hex: string): CommitHash {
  if (hex.length !== 64) throw new Error('a hash is 32 bytes');
  return hex as CommitHash;
}

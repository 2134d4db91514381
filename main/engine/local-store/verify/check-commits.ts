import type Database from 'better-sqlite3';
import { CommitHash } from '../../../../shared/ids.ts';
import type { Json } from '../../../../shared/json.ts';
import { canonicalJson } from '../../../../shared/versioning/canonical.ts';
import { compareEntities, type Change } from '../../../../shared/versioning/change.ts';
import { chainOf, type LinePlace } from '../../../../shared/versioning/commit-graph.ts';
import { hashCommit, type CommitKind } from '../../../../shared/versioning/commit.ts';
import { createChangeColumns, type ChangeColumns } from '../change-columns.ts';
import { commitKinds, parseDecisions } from '../commit-table.ts';
import { createMemoryIndex } from '../memory-index.ts';
import { entityOf, isDelete, unpackChanges } from '../packed-changes.ts';
import type { CheckedVersions } from './check-versions.ts';
import { rowsOf, type Dictionaries, type Row } from './dictionaries.ts';
import type { Faults } from './faults.ts';

export interface CheckedCommit {
  readonly line: number;
  readonly position: number;
  readonly at: number;
  readonly hash: string;
  readonly changesTotal: number;
}

export interface CheckedCommits {
  readonly count: number;
  readonly byId: ReadonlyMap<number, CheckedCommit>;
  /** Every change in the order of rows; `null` when the rows could not be told apart. */
  readonly columns: ChangeColumns | null;
}

const columns =
  'commit_id, line_id, position, merge_line_id, merge_position, at, recorded_at, author, author_name, device, kind, message, reason, undoes, redoes, first_version_id, changes_total, counts, changes, hash, decisions';

/** Hashes every commit again from its columns, its parents' hashes and its versions' hashes, and checks what stands beside the hash. */
export function* checkCommits(
  db: Database.Database,
  dictionaries: Dictionaries,
  versions: CheckedVersions,
  faults: Faults,
): Generator<number, CheckedCommits> {
  const { graph, entities } = dictionaries;
  const byId = new Map<number, CheckedCommit>();
  const hashes = new Set<string>();
  const byPlace = new Map<string, CheckedCommit>();
  const tips = new Map<number, number>();
  const builder = createChangeColumns();
  const index = createMemoryIndex(builder);
  let complete = versions.dense;
  let expectedId = 1;
  let nextVersion = 1;
  for (const row of rowsOf(db, `SELECT ${columns} FROM commits ORDER BY commit_id`)) {
    const commitId = Number(row['commit_id']);
    if (commitId !== expectedId)
      faults.add({ where: 'commit', table: 'commits', row: expectedId, problem: 'commits are missing before this row' });
    expectedId = commitId + 1;
    checkCommit(commitId, row);
    if (commitId % 500 === 0) yield commitId;
  }
  if (nextVersion !== versions.count + 1) {
    faults.add({ where: 'version', table: 'versions', row: nextVersion, problem: 'versions from this row on belong to no commit' });
    complete = false;
  }
  return { count: expectedId - 1, byId, columns: complete ? builder.columns() : null };

  function checkCommit(commitId: number, row: Row): void {
    const hash = bytesToHex(row['hash']);
    const report = (problem: string, entity?: number): void => {
      const key = entity === undefined ? undefined : entities.get(entity);
      faults.add({ where: 'commit', table: 'commits', row: commitId, commit: hash, type: key?.type ?? null, id: key?.id ?? null, problem });
    };
    const { line_id: line, position, at, first_version_id: first, changes_total: total, changes: blob } = row;
    if (!isCount(line) || !isCount(position) || !isCount(first) || !isCount(total) || !Number.isSafeInteger(at) || hash === null) {
      complete = false;
      return report('a number or the hash of the commit is not in its proper form');
    }
    const place = placeBefore(line, position);
    if (!dictionaries.lines.has(line)) report('the commit stands on no known line');
    else if (position !== (tips.get(line) ?? graph.line(line).fork) + 1) report('the commit does not follow the one before it on its line');
    tips.set(line, position);
    if (first !== nextVersion) report('the versions of the commit do not follow those of the commit before');
    const numbers = Buffer.isBuffer(blob) && blob.length % 8 === 0 ? unpackChanges(blob) : null;
    if (numbers === null) {
      complete = false;
      return report('the list of changes is cut off');
    }
    const count = numbers.length / 2;
    const changes = readChanges(numbers, { line, position, first }, report);
    nextVersion = Math.max(nextVersion, first) + count;
    const before = parentTotal(place);
    if (total !== before + count) report('the number of changes up to this commit is wrong');
    if (row['counts'] !== countsText(numbers)) report('the counts per type are wrong');
    if (changes === null) report('the changes of the commit are not what was written');
    else if (hashOf(row, place, changes) !== hash) report('the commit is not what was written');
    const checked: CheckedCommit = { line, position, at: Number(at), hash, changesTotal: total };
    if (hashes.has(hash)) report('the commit is there for the second time');
    hashes.add(hash);
    byId.set(commitId, checked);
    byPlace.set(`${line}/${position}`, checked);
  }

  function placeBefore(line: number, position: number): LinePlace {
    return chainOf(graph, { line, position: position - 1 })[0]!;
  }

  function parentTotal(place: LinePlace): number {
    return byPlace.get(`${place.line}/${place.position}`)?.changesTotal ?? 0;
  }

  /** The changes with their hashes; `null` when one of them cannot be put together. */
  function readChanges(
    numbers: Int32Array,
    at: { readonly line: number; readonly position: number; readonly first: number },
    report: (problem: string, entity?: number) => void,
  ): Change[] | null {
    const changes: Change[] = [];
    let sound = true;
    const chain = chainOf(graph, { line: at.line, position: at.position - 1 });
    for (let offset = 0; offset < numbers.length / 2; offset++) {
      const entity = entityOf(numbers[offset * 2]!);
      const deleted = isDelete(numbers[offset * 2]!);
      const before = numbers[offset * 2 + 1]!;
      const row = at.first + offset;
      const key = entities.get(entity);
      if (row > versions.count || versions.entity[row] !== entity || (versions.deleted[row] === 1) !== deleted) {
        report('a change and its version are not of the same entity', entity);
        sound = false;
      }
      const stand = index.stand(entity, chain);
      const standing = stand === null || stand.deleted ? 0 : stand.version;
      if (standing !== before) {
        report('the version before a change is not the one that stood there', entity);
        sound = false;
      }
      if (builder.count() + 1 === row) {
        builder.add(row, entity, at.line, at.position, deleted, versions.cell(row, key?.typeId ?? 0));
      } else complete = false;
      const change = key === undefined ? null : toChange(key, before, row, deleted);
      if (change === null) sound = false;
      else changes.push(change);
    }
    for (let offset = 1; offset < changes.length; offset++)
      if (compareEntities(changes[offset - 1]!, changes[offset]!) >= 0) {
        report('the changes are not in their order');
        sound = false;
        break;
      }
    return sound ? changes : null;
  }

  function toChange(
    { type, id }: { readonly type: string; readonly id: string },
    before: number,
    row: number,
    deleted: boolean,
  ): Change | null {
    const old = before === 0 ? null : versions.hash(before);
    const next = deleted ? null : versions.hash(row);
    if (deleted) return old === null ? null : { op: 'delete', type, id, before: old };
    if (next === null) return null;
    if (before === 0) return { op: 'create', type, id, after: next };
    return old === null ? null : { op: 'update', type, id, before: old, after: next };
  }

  function countsText(numbers: Int32Array): string {
    const counts = new Map<number, [number, number, number, number]>();
    for (let offset = 0; offset < numbers.length; offset += 2) {
      const type = entities.get(entityOf(numbers[offset]!))?.typeId ?? 0;
      let sums = counts.get(type);
      if (sums === undefined) counts.set(type, (sums = [type, 0, 0, 0]));
      sums[isDelete(numbers[offset]!) ? 3 : numbers[offset + 1] === 0 ? 1 : 2]++;
    }
    return JSON.stringify([...counts.values()].sort((left, right) => left[0] - right[0]));
  }

  function hashOf(row: Row, before: LinePlace, changes: readonly Change[]): string | null {
    const { author, author_name, device, kind, message, reason, recorded_at, merge_line_id, merge_position } = row;
    const undoes = row['undoes'] === null ? null : bytesToHex(row['undoes']);
    const redoes = row['redoes'] === null ? null : bytesToHex(row['redoes']);
    if (typeof author !== 'string' || typeof author_name !== 'string' || typeof device !== 'string' || typeof message !== 'string')
      return null;
    if (typeof recorded_at !== 'number' || (reason !== null && typeof reason !== 'string') || !isKind(kind)) return null;
    const decisions = readDecisions(row['decisions']);
    if (decisions === undefined) return null;
    if ((undoes === null) !== (row['undoes'] === null) || (redoes === null) !== (row['redoes'] === null)) return null;
    const parents: string[] = [];
    const first = byPlace.get(`${before.line}/${before.position}`);
    if (first !== undefined) parents.push(first.hash);
    else if (before.position > 0) return null;
    if (merge_line_id !== null || merge_position !== null) {
      const merged = byPlace.get(`${String(merge_line_id)}/${String(merge_position)}`);
      if (merged === undefined) return null;
      parents.push(merged.hash);
    }
    try {
      return hashCommit({
        parents: parents.map((parent) => CommitHash.parse(parent)),
        author,
        authorName: author_name,
        device,
        recordedAt: new Date(recorded_at).toISOString(),
        message,
        reason,
        kind,
        undoes: undoes === null ? null : CommitHash.parse(undoes),
        redoes: redoes === null ? null : CommitHash.parse(redoes),
        changes,
        decisions,
      });
    } catch {
      // A time or text that has no canonical form cannot be what was hashed.
      return null;
    }
  }
}

/** The decisions of a row, `null` for none; `undefined` when they are not in the form they were written in. */
function readDecisions(text: unknown): readonly Json[] | null | undefined {
  if (text === null) return null;
  const decisions = typeof text === 'string' ? parseDecisions(text) : null;
  if (decisions === null || decisions.length === 0) return undefined;
  try {
    return canonicalJson(decisions) === text ? decisions : undefined;
  } catch {
    // A text without canonical form cannot be what was hashed.
    return undefined;
  }
}

function isKind(kind: unknown): kind is CommitKind {
  return commitKinds.some((name) => name === kind);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

export function bytesToHex(bytes: unknown): string | null {
  return Buffer.isBuffer(bytes) && bytes.length === 32 ? bytes.toString('hex') : null;
}

import type Database from 'better-sqlite3';
import { quote, RefusedError } from '../../../shared/errors.ts';
import { canonicalJson } from '../../../shared/versioning/canonical.ts';
import { compareEntities, type Change } from '../../../shared/versioning/change.ts';
import type { LinePlace } from '../../../shared/versioning/commit-graph.ts';
import { hashCommit } from '../../../shared/versioning/commit.ts';
import type { VersionHash } from '../../../shared/ids.ts';
import { joinVersion, nameVersion } from '../../../shared/versioning/version.ts';
import { createBatchInsert } from './batch-insert.ts';
import type { Cell, CellIndex, Stand } from './cell-index.ts';
import { noCell } from './cell-index.ts';
import type { CellMaker } from './cell-maker.ts';
import type { CommitStand, CommitTable } from './commit-table.ts';
import { maxInt32, type EntityTable } from './entity-table.ts';
import type { LineTable } from './line-table.ts';
import { packChanges, type PackedChange } from './packed-changes.ts';
import type { RefState, RefTable } from './ref-table.ts';
import type { ShapeTable } from './shape-table.ts';
import { mostChanges, type CommitDraft, type DraftChange, type VersionRow } from './store.ts';
import type { Transactions } from './transactions.ts';
import type { VersionTable } from './version-table.ts';

export interface WrittenCommit {
  readonly stand: CommitStand;
  readonly ref: RefState;
  readonly rows: readonly WrittenChange[];
}

export interface WrittenChange {
  readonly draft: DraftChange;
  /** 0 where it did not exist. */
  readonly before: number;
  readonly row: VersionRow;
  readonly hash: VersionHash | null;
}

export interface CommitWriter {
  /** Appends a commit to a ref. Only inside a write. Everything is checked before the first row is written, or refused with nothing left. */
  write(ref: RefState, draft: CommitDraft): WrittenCommit;
}

export interface CommitWriterParts {
  readonly db: Database.Database;
  readonly transactions: Transactions;
  readonly clock: () => number;
  readonly entities: EntityTable;
  readonly shapes: ShapeTable;
  readonly versions: VersionTable;
  readonly lines: LineTable;
  readonly commits: CommitTable;
  readonly refs: RefTable;
  readonly index: CellIndex;
  readonly makeCell: CellMaker;
  readonly hashOf: (row: VersionRow) => VersionHash | null;
  /** Told of every version that gets a row. */
  readonly onVersion?: (row: VersionRow, hash: VersionHash) => void;
}

interface Prepared {
  readonly draft: DraftChange;
  readonly entity: number;
  readonly typeId: number;
  readonly before: Stand | null;
  readonly change: Change;
  readonly hash: VersionHash | null;
  readonly shapeId: number | null;
  readonly body: string | null;
  readonly salt: Buffer | null;
  readonly cell: Cell;
}

export function createCommitWriter(parts: CommitWriterParts): CommitWriter {
  const { db, clock, entities, shapes, versions, lines, commits, refs, index, makeCell, transactions } = parts;
  const versionRows = createBatchInsert<number | string | Buffer | null>(
    db,
    'versions',
    'version_id, entity_id, shape_id, hash, body, salt',
  );
  transactions.onForget(() => versionRows.clear());
  return { write };

  function write(ref: RefState, draft: CommitDraft): WrittenCommit {
    checkDraft(draft);
    const tip = ref.tip;
    const position = (tip?.position ?? 0) + 1;
    const below = lines.chain({ line: ref.line, position: position - 1 });
    const changes = prepareChanges(draft, below);
    const merged = mergeParent(draft);
    const at = Math.max(ref.movedAt + 1, (tip?.at ?? 0) + 1, draft.at === undefined ? clock() : toMillis(draft.at, 'at'));
    const recordedAt = toMillis(draft.recordedAt, 'recordedAt');
    const decisions = draft.decisions === undefined || draft.decisions.length === 0 ? null : draft.decisions;
    const parents = [...(tip === null ? [] : [tip.hash]), ...(merged === null ? [] : [merged.hash])];
    const hash = hashCommit({
      parents,
      author: draft.author,
      authorName: draft.authorName,
      device: draft.device,
      recordedAt: new Date(recordedAt).toISOString(),
      message: draft.message,
      reason: draft.reason ?? null,
      kind: draft.kind,
      undoes: draft.undoes ?? null,
      redoes: draft.redoes ?? null,
      changes: changes.map(({ change }) => change),
      decisions,
    });
    // The same commit can only be there already where another line has the same first parent.
    const twin = tip === null || lines.isFork(tip) ? commits.byHash(hash) : null;
    if (twin !== null) throw new RefusedError('EXISTS', `The commit ${hash} is there already.`, { what: 'commit', id: hash });

    const firstVersion = versions.lastRow() + 1;
    if (firstVersion + changes.length > maxInt32 || position > maxInt32) throw new Error('the file cannot hold more versions');
    const packed: PackedChange[] = [];
    const counts = new Map<number, [number, number, number, number]>();
    const rows: WrittenChange[] = [];
    for (let offset = 0; offset < changes.length; offset++) {
      const change = changes[offset]!;
      const row = firstVersion + offset;
      const { entity, typeId, before, hash: named } = change;
      const deleted = change.draft.op === 'delete';
      versionRows.add(row, entity, change.shapeId, named === null ? null : Buffer.from(named, 'hex'), change.body, change.salt);
      if (named !== null) parts.onVersion?.(row, named);
      index.put({ line: ref.line, position, entity, version: row, deleted, cell: change.cell, before });
      const beforeRow = before === null || before.deleted ? 0 : before.version;
      packed.push({ entity, deleted, before: beforeRow });
      count(counts, typeId, change.draft.op);
      rows.push({ draft: change.draft, before: beforeRow, row, hash: named });
    }
    versionRows.flush();
    index.flush();
    const sums = [...counts.values()].sort((left, right) => left[0] - right[0]);
    const changesTotal = (tip?.changesTotal ?? 0) + changes.length;
    const commitId = commits.insert(
      {
        line_id: ref.line,
        position,
        merge_line_id: merged?.line ?? null,
        merge_position: merged?.position ?? null,
        at,
        recorded_at: recordedAt,
        author: draft.author,
        author_name: draft.authorName,
        device: draft.device,
        kind: draft.kind,
        message: draft.message,
        reason: draft.reason ?? null,
        undoes: draft.undoes === undefined ? null : Buffer.from(draft.undoes, 'hex'),
        redoes: draft.redoes === undefined ? null : Buffer.from(draft.redoes, 'hex'),
        first_version_id: firstVersion,
        changes_total: changesTotal,
        counts: JSON.stringify(sums),
        changes: packChanges(packed),
        hash: Buffer.from(hash, 'hex'),
        decisions: decisions === null ? null : canonicalJson(decisions),
      },
      parents,
    );
    if (commitId > maxInt32) throw new Error('the file cannot hold more commits');
    const stand: CommitStand = { commitId, line: ref.line, position, at, changesTotal, hash };
    const moved = refs.move({ ref, next: stand, at, author: draft.author, device: draft.device, cause: { kind: 'commit' } });
    return { stand, ref: moved, rows };
  }

  function prepareChanges(draft: CommitDraft, below: readonly LinePlace[]): readonly Prepared[] {
    const ordered = [...draft.changes].sort(compareEntities);
    const prepared: Prepared[] = [];
    for (let offset = 0; offset < ordered.length; offset++) {
      const change = ordered[offset]!;
      const previous = ordered[offset - 1];
      if (previous !== undefined && compareEntities(previous, change) === 0)
        throw new RefusedError('INVALID', `The ${change.type} “${quote(change.id)}” is changed twice in one commit.`, named(change));
      prepared.push(prepareChange(change, below));
    }
    return prepared;
  }

  function prepareChange(draft: DraftChange, below: readonly LinePlace[]): Prepared {
    const { type, id, op } = draft;
    const found = entities.find(type, id);
    const before = found === null ? null : index.stand(found, below);
    const standing = before === null || before.deleted ? null : before;
    if (op === 'create') {
      if (standing !== null) throw new RefusedError('EXISTS', `There is a ${type} “${quote(id)}” already.`, named(draft));
    } else if (standing === null) throw new RefusedError('NOT_FOUND', `There is no ${type} “${quote(id)}” to ${op}.`, named(draft));
    const beforeHash = standing === null ? null : parts.hashOf(standing.version);
    const entity = found ?? entities.allocate(type, id);
    const typeId = entities.allocateType(type);
    if (op === 'delete') {
      if (draft.fields !== null || beforeHash === null) throw new Error('a delete has no fields, and something to delete');
      const cell: Cell = { type: typeId, subject: noCell, from: noCell, to: noCell };
      return {
        draft,
        entity,
        typeId,
        before,
        change: { op, type, id, before: beforeHash },
        hash: null,
        shapeId: null,
        body: null,
        salt: null,
        cell,
      };
    }
    if (draft.fields === null) throw new Error(`a ${op} needs fields`);
    const encoded = shapes.encode(draft.fields);
    const after = nameVersion(joinVersion(type, id, encoded.canonical, draft.salt ?? null));
    return {
      draft,
      entity,
      typeId,
      before,
      change: beforeHash === null ? { op: 'create', type, id, after } : { op: 'update', type, id, before: beforeHash, after },
      hash: after,
      shapeId: encoded.shape.shapeId,
      body: encoded.body,
      salt: draft.salt === undefined ? null : Buffer.from(draft.salt, 'hex'),
      cell: makeCell(type, typeId, draft.fields),
    };
  }

  function mergeParent(draft: CommitDraft): CommitStand | null {
    if (draft.mergeParent === undefined) return null;
    const found = commits.byHash(draft.mergeParent);
    if (found === null)
      throw new RefusedError('NOT_FOUND', `There is no commit ${draft.mergeParent}.`, { what: 'commit', id: draft.mergeParent });
    return found;
  }
}

function count(counts: Map<number, [number, number, number, number]>, type: number, op: DraftChange['op']): void {
  let sums = counts.get(type);
  if (sums === undefined) counts.set(type, (sums = [type, 0, 0, 0]));
  sums[op === 'create' ? 1 : op === 'update' ? 2 : 3]++;
}

function checkDraft(draft: CommitDraft): void {
  if (draft.changes.length > mostChanges)
    throw new RefusedError('INVALID', `A commit has at most 50,000 changes; this one has ${draft.changes.length}.`, { what: 'commit' });
  for (const { salt } of draft.changes) if (salt !== undefined && !/^[0-9a-f]{32}$/.test(salt)) throw new Error('a salt is 32 hex digits');
}

function toMillis(instant: string, field: string): number {
  const millis = Date.parse(instant);
  if (Number.isNaN(millis))
    throw new RefusedError('INVALID', `${field} is not an instant: “${quote(instant)}”.`, { what: 'commit', id: field });
  return millis;
}

function named(change: DraftChange): { what: string; id: string } {
  return { what: change.type, id: quote(change.id) };
}

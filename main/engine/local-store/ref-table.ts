import type Database from 'better-sqlite3';
import { canonicalJson } from '../../../shared/versioning/canonical.ts';
import { hashRefMove } from '../../../shared/versioning/ref-log.ts';
import { refToName } from '../../../shared/versioning/ref-name.ts';
import type { CommitStand, CommitTable } from './commit-table.ts';
import type { BranchRecord, RefCause, RefLogEntry } from './store.ts';
import type { Transactions } from './transactions.ts';

/** A ref as the store works with it. */
export interface RefState {
  readonly refId: number;
  readonly name: string;
  readonly line: number;
  readonly tip: CommitStand | null;
  /** Position of the tip; the fork's while the line has no commit of its own. */
  readonly movedAt: number;
  readonly deleted: boolean;
}

export interface RefMoveDraft {
  readonly ref: RefState;
  readonly next: CommitStand | null;
  readonly at: number;
  readonly author: string;
  readonly device: string;
  readonly cause: RefCause;
}

export interface RefTable {
  all(): readonly RefState[];
  byName(name: string): RefState | null;
  byId(refId: number): RefState | null;
  describe(ref: RefState): BranchRecord;
  /** Makes the row; the move that creates it must follow in the same write. */
  insert(name: string, line: number, at: number): RefState;
  /** Appends to the log and moves the row. `name` and `deleted` follow from the cause. Answers the new state. */
  move(draft: RefMoveDraft): RefState;
  /** Whether the ref was there at an instant: made, and not deleted. */
  existedAt(ref: RefState, at: number): boolean;
  /** The hash of the newest entry of the log; empty before the first. */
  lastHash(): string;
  log(options: { readonly ref?: RefState; readonly before: number; readonly limit: number }): readonly RefLogEntry[];
}

interface RefRow {
  readonly ref_id: number;
  readonly name: string;
  readonly line_id: number;
  readonly commit_id: number | null;
  readonly moved_at: number;
  readonly deleted: number;
}

interface LogRow {
  readonly seq: number;
  readonly ref_id: number;
  readonly old_commit_id: number | null;
  readonly new_commit_id: number | null;
  readonly at: number;
  readonly author: string;
  readonly device: string;
  readonly cause: string | null;
  readonly hash: Buffer;
}

export function createRefTable(db: Database.Database, transactions: Transactions, commits: CommitTable): RefTable {
  const readRefs = db.prepare<[], RefRow>('SELECT ref_id, name, line_id, commit_id, moved_at, deleted FROM refs ORDER BY ref_id');
  const insertRef = db.prepare<[string, number, number]>(
    'INSERT INTO refs (name, line_id, commit_id, moved_at, deleted) VALUES (?, ?, NULL, ?, 0)',
  );
  const updateTip = db.prepare<[number | null, number, number]>('UPDATE refs SET commit_id = ?, moved_at = ? WHERE ref_id = ?');
  const updateRef = db.prepare<[string, number | null, number, number, number]>(
    'UPDATE refs SET name = ?, commit_id = ?, moved_at = ?, deleted = ? WHERE ref_id = ?',
  );
  const insertLog = db.prepare<[number, number, number | null, number | null, number, string, string, string | null, Buffer]>(
    'INSERT INTO ref_log (seq, ref_id, old_commit_id, new_commit_id, at, author, device, cause, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const lastLog = db.prepare<[], { seq: number; hash: Buffer }>('SELECT seq, hash FROM ref_log ORDER BY seq DESC LIMIT 1');
  const columns = 'seq, ref_id, old_commit_id, new_commit_id, at, author, device, cause, hash';
  const causes = db.prepare<[number], LogRow>(`SELECT ${columns} FROM ref_log WHERE cause IS NOT NULL AND ref_id = ? ORDER BY seq`);
  const logAll = db.prepare<[number, number], LogRow>(`SELECT ${columns} FROM ref_log WHERE seq < (? + 0) ORDER BY seq DESC LIMIT ?`);
  const logOfRef = db.prepare<[number, number, number], LogRow>(
    `SELECT ${columns} FROM ref_log WHERE ref_id = (? + 0) AND seq < (? + 0) ORDER BY seq DESC LIMIT ?`,
  );

  let refs: Map<string, RefState> | null = null;
  let last: { readonly seq: number; readonly hash: string } | null | undefined;
  const facts = new Map<number, readonly LogRow[]>();
  transactions.onForget(() => {
    refs = null;
    last = undefined;
    facts.clear();
  });

  return {
    all: () => [...load().values()].sort((left, right) => left.refId - right.refId),
    byName: (name) => load().get(name) ?? null,
    byId: (refId) => [...load().values()].find((ref) => ref.refId === refId) ?? null,
    describe,
    insert(name, line, at) {
      const refId = Number(insertRef.run(name, line, at).lastInsertRowid);
      const made: RefState = { refId, name, line, tip: null, movedAt: at, deleted: false };
      load().set(name, made);
      return made;
    },
    move,
    existedAt,
    lastHash: () => lastEntry()?.hash ?? '',
    log({ ref, before, limit }) {
      const rows = ref === undefined ? logAll.all(before, limit) : logOfRef.all(ref.refId, before, limit);
      return rows.map(toEntry);
    },
  };

  function load(): Map<string, RefState> {
    if (refs !== null) return refs;
    refs = new Map();
    for (const row of readRefs.all()) {
      const tip = row.commit_id === null ? null : commits.byId(row.commit_id);
      refs.set(row.name, {
        refId: row.ref_id,
        name: row.name,
        line: row.line_id,
        tip,
        movedAt: row.moved_at,
        deleted: row.deleted !== 0,
      });
    }
    return refs;
  }

  function move({ ref, next, at, author, device, cause }: RefMoveDraft): RefState {
    const previous = lastEntry();
    const seq = (previous?.seq ?? 0) + 1;
    const deleted = cause.kind === 'delete';
    const name = cause.kind === 'rename' ? cause.to : ref.name;
    // The log says that a deleted ref shows nothing; the row keeps the tip for its restoration.
    const old = ref.deleted ? null : ref.tip;
    const shown = deleted ? null : next;
    const text = cause.kind === 'commit' ? null : canonicalJson(cause);
    const hash = hashRefMove({
      seq,
      ref: ref.refId,
      old: old?.hash ?? null,
      new: shown?.hash ?? null,
      at,
      author,
      device,
      cause: text,
      previous: previous?.hash ?? null,
    });
    insertLog.run(seq, ref.refId, old?.commitId ?? null, shown?.commitId ?? null, at, author, device, text, Buffer.from(hash, 'hex'));
    const moved: RefState = { ...ref, name, tip: next, movedAt: at, deleted };
    if (cause.kind === 'commit') updateTip.run(next?.commitId ?? null, at, ref.refId);
    else {
      updateRef.run(name, next?.commitId ?? null, at, deleted ? 1 : 0, ref.refId);
      facts.delete(ref.refId);
    }
    const known = load();
    known.delete(ref.name);
    known.set(name, moved);
    last = { seq, hash };
    return moved;
  }

  function lastEntry(): { readonly seq: number; readonly hash: string } | null {
    if (last !== undefined) return last;
    const row = lastLog.get();
    last = row === undefined ? null : { seq: row.seq, hash: row.hash.toString('hex') };
    return last;
  }

  /** What was done to the ref itself, oldest first. */
  function factsOf(ref: RefState): readonly LogRow[] {
    let known = facts.get(ref.refId);
    if (known === undefined) facts.set(ref.refId, (known = causes.all(ref.refId)));
    return known;
  }

  /** What a ref is called now that had a name when an entry was written: it may have been renamed since, and its name taken by another. */
  function nameNow(name: string | null, seq: number): string | null {
    if (name === null) return null;
    for (const ref of load().values()) {
      let called: string | null = null;
      for (const row of factsOf(ref)) {
        if (row.seq > seq) break;
        const cause = parseCause(row.cause);
        if (cause?.kind === 'create') called = cause.ref;
        if (cause?.kind === 'rename') called = cause.to;
      }
      if (called === name) return ref.name;
    }
    return name;
  }

  function existedAt(ref: RefState, at: number): boolean {
    let existed = false;
    for (const [index, row] of factsOf(ref).entries()) {
      if (row.at > at) break;
      const kind = parseCause(row.cause)?.kind;
      // The first fact is the creation, also where its text is damaged.
      if (index === 0 || kind === 'restore') existed = true;
      else if (kind === 'delete') existed = false;
    }
    return existed;
  }

  function describe(ref: RefState): BranchRecord {
    const known = factsOf(ref);
    const created = known[0];
    const creation = created === undefined ? null : parseCause(created.cause);
    const base = created?.new_commit_id == null ? null : commits.byId(created.new_commit_id);
    const parent = creation?.kind === 'create' && created !== undefined ? nameNow(creation.parent, created.seq) : null;
    let description = creation?.kind === 'create' ? creation.description : null;
    let removed: LogRow | null = null;
    let isProtected = false;
    let archived: LogRow | null = null;
    for (const row of known) {
      const cause = parseCause(row.cause);
      if (cause?.kind === 'describe') description = cause.description;
      if (cause?.kind === 'delete') removed = row;
      if (cause?.kind === 'restore') removed = null;
      if (cause?.kind === 'protect') isProtected = cause.protected;
      if (cause?.kind === 'archive') archived = cause.archived ? row : null;
    }
    return {
      ref: ref.name,
      name: refToName(ref.name),
      parent,
      base: base?.hash ?? null,
      basePosition: base?.position ?? 0,
      tip: ref.tip?.hash ?? null,
      position: ref.tip?.position ?? 0,
      createdBy: created?.author ?? '',
      createdByName: creation?.kind === 'create' ? creation.byName : (created?.author ?? ''),
      createdAt: new Date(created?.at ?? 0).toISOString(),
      description,
      deletedAt: removed === null ? null : new Date(removed.at).toISOString(),
      deletedBy: removed === null ? null : removed.author,
      isProtected,
      archivedAt: archived === null ? null : new Date(archived.at).toISOString(),
      movedAt: new Date(ref.movedAt).toISOString(),
    };
  }

  function toEntry(row: LogRow): RefLogEntry {
    return {
      seq: row.seq,
      ref: [...load().values()].find((ref) => ref.refId === row.ref_id)?.name ?? `ref ${row.ref_id}`,
      old: row.old_commit_id === null ? null : (commits.byId(row.old_commit_id)?.hash ?? null),
      new: row.new_commit_id === null ? null : (commits.byId(row.new_commit_id)?.hash ?? null),
      at: new Date(row.at).toISOString(),
      by: row.author,
      device: row.device,
      cause: parseCause(row.cause) ?? { kind: 'commit' },
      hash: row.hash.toString('hex'),
    };
  }
}

/** A cause as it is stored; `null` for a commit, and for one that is damaged: then `verify` says so, and the branch is shown without it. */
function parseCause(text: string | null): RefCause | null {
  if (text === null) return null;
  try {
    const cause: RefCause = JSON.parse(text);
    return typeof cause === 'object' && cause !== null && 'kind' in cause ? cause : null;
  } catch {
    return null;
  }
}

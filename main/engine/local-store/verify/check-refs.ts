import type Database from 'better-sqlite3';
import { canonicalJson } from '../../../../shared/versioning/canonical.ts';
import { hashRefMove } from '../../../../shared/versioning/ref-log.ts';
import { CommitHash } from '../../../../shared/ids.ts';
import { bytesToHex, type CheckedCommits } from './check-commits.ts';
import { rowsOf, type Dictionaries, type Row } from './dictionaries.ts';
import type { Faults } from './faults.ts';

export interface CheckedRefs {
  readonly refs: number;
  readonly entries: number;
}

/** What a ref is by its log. */
interface RefState {
  name: string;
  line: number;
  /** Kept through a delete, for the restoration. */
  commit: number | null;
  at: number;
  deleted: boolean;
}

/** Walks the chain of the ref log, and compares commits, lines and refs with what it says. */
export function* checkRefs(
  db: Database.Database,
  dictionaries: Dictionaries,
  commits: CheckedCommits,
  faults: Faults,
): Generator<number, CheckedRefs> {
  const states = new Map<number, RefState>();
  const logged = new Set<number>();
  const madeLines = new Set<number>();
  let previous: string | null = null;
  let expected = 1;
  for (const row of rowsOf(
    db,
    'SELECT seq, ref_id, old_commit_id, new_commit_id, at, author, device, cause, hash FROM ref_log ORDER BY seq',
  )) {
    const seq = Number(row['seq']);
    if (seq !== expected) faults.add({ where: 'ref log', table: 'ref_log', row: expected, problem: 'entries are missing before this row' });
    expected = seq + 1;
    previous = checkEntry(seq, row, previous);
    if (seq % 2_000 === 0) yield seq;
  }
  for (const [commitId, commit] of commits.byId)
    if (!logged.has(commitId))
      faults.add({
        where: 'ref log',
        table: 'commits',
        row: commitId,
        commit: commit.hash,
        problem: 'no entry of the ref log tells of this commit',
      });
  for (const line of dictionaries.lines.keys())
    if (!madeLines.has(line))
      faults.add({ where: 'line', table: 'lines', row: line, problem: 'no entry of the ref log tells of this line' });
  const refs = compareRefs();
  return { refs, entries: expected - 1 };

  /** Answers the entry's hash, to which the next is chained. */
  function checkEntry(seq: number, row: Row, before: string | null): string | null {
    const { ref_id: ref, old_commit_id: old, new_commit_id: next, at, author, device, cause } = row;
    const hash = bytesToHex(row['hash']);
    const newCommit = typeof next === 'number' ? commits.byId.get(next) : undefined;
    const report = (problem: string): void =>
      faults.add({ where: 'ref log', table: 'ref_log', row: seq, commit: newCommit?.hash ?? null, problem });
    if (typeof ref !== 'number' || typeof at !== 'number' || typeof author !== 'string' || typeof device !== 'string') {
      report('the entry is not in its proper form');
      return hash;
    }
    const oldHash = hashOf(old);
    const newHash = hashOf(next);
    if (oldHash === undefined || newHash === undefined) report('the entry names a commit that is not there');
    else {
      const wanted = tryHash({
        seq,
        ref,
        old: oldHash,
        new: newHash,
        at,
        author,
        device,
        cause: typeof cause === 'string' ? cause : null,
        previous: before,
      });
      if (wanted !== hash || (cause !== null && typeof cause !== 'string'))
        report('the entry, or the one before it, is not what was written');
    }
    applyEntry({ ref, old, next, at, cause, newCommit }, report);
    return hash;
  }

  function applyEntry(
    entry: {
      readonly ref: number;
      readonly old: unknown;
      readonly next: unknown;
      readonly at: number;
      readonly cause: unknown;
      readonly newCommit: { readonly line: number; readonly position: number; readonly at: number } | undefined;
    },
    report: (problem: string) => void,
  ): void {
    const { ref, old, at, newCommit } = entry;
    const next = typeof entry.next === 'number' ? entry.next : null;
    const state = states.get(ref);
    if (entry.cause === null) {
      if (state === undefined || newCommit === undefined || next === null) return report('the entry moves a ref that was never made');
      if (state.deleted || old !== state.commit) report('the entry does not begin where the ref stood');
      if (newCommit.line !== state.line || newCommit.at !== at) report('the commit of the entry has another line or time');
      if (logged.has(next)) report('the entry tells of a commit for the second time');
      logged.add(next);
      if (at <= state.at) report('the entry is not later than the one before it');
      state.commit = next;
      state.at = at;
      return;
    }
    const cause = parseCause(entry.cause);
    if (cause === null) return report('the cause of the entry cannot be read');
    if (cause['kind'] === 'create') return applyCreate(ref, state, next, at, cause, report);
    if (state === undefined) return report('the entry changes a ref that was never made');
    if (at <= state.at) report('the entry is not later than the one before it');
    if (old !== (state.deleted ? null : state.commit)) report('the entry does not begin where the ref stood');
    state.at = at;
    if (cause['kind'] === 'delete') state.deleted = true;
    else if (cause['kind'] === 'restore') state.deleted = false;
    else if (cause['kind'] === 'rename') state.name = String(cause['to']);
    if (next !== (state.deleted ? null : state.commit)) report('the entry moves the ref elsewhere than it may');
  }

  function applyCreate(
    ref: number,
    state: RefState | undefined,
    next: number | null,
    at: number,
    cause: Row,
    report: (problem: string) => void,
  ): void {
    const { line, parentLine, fork } = cause;
    if (state !== undefined || typeof line !== 'number') return report('the entry makes a ref that is there');
    states.set(ref, { name: String(cause['ref']), line, commit: next, at, deleted: false });
    madeLines.add(line);
    const stored = dictionaries.lines.get(line);
    if (stored === undefined || stored.parent !== parentLine || stored.fork !== fork)
      faults.add({ where: 'line', table: 'lines', row: line, problem: 'the line does not begin where the ref log says' });
  }

  function hashOf(commitId: unknown): CommitHash | null | undefined {
    if (commitId === null) return null;
    const found = typeof commitId === 'number' ? commits.byId.get(commitId) : undefined;
    return found === undefined ? undefined : CommitHash.parse(found.hash);
  }

  function compareRefs(): number {
    let count = 0;
    const seen = new Set<number>();
    for (const row of rowsOf(db, 'SELECT ref_id, name, line_id, commit_id, moved_at, deleted FROM refs ORDER BY ref_id')) {
      count++;
      const ref = Number(row['ref_id']);
      seen.add(ref);
      const state = states.get(ref);
      const same =
        state !== undefined &&
        row['name'] === state.name &&
        row['line_id'] === state.line &&
        row['commit_id'] === state.commit &&
        row['moved_at'] === state.at &&
        row['deleted'] === (state.deleted ? 1 : 0);
      if (!same)
        faults.add({ where: 'ref', table: 'refs', row: String(row['name']), problem: 'the ref does not stand where the ref log says' });
    }
    for (const [ref, { name }] of states)
      if (!seen.has(ref)) faults.add({ where: 'ref', table: 'refs', row: name, problem: 'the ref is missing' });
    return count;
  }
}

function tryHash(move: Parameters<typeof hashRefMove>[0]): string | null {
  try {
    return hashRefMove(move);
  } catch {
    // A text without canonical form cannot be what was hashed.
    return null;
  }
}

function parseCause(text: unknown): Row | null {
  if (typeof text !== 'string') return null;
  try {
    const cause: unknown = JSON.parse(text);
    return isRow(cause) && canonicalJson(JSON.parse(text)) === text ? cause : null;
  } catch {
    return null;
  }
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

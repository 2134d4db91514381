import type Database from 'better-sqlite3';
import { RefusedError } from '../../../shared/errors.ts';
import type { CommitHash, Instant, VersionHash } from '../../../shared/ids.ts';
import type { Fields, Json } from '../../../shared/json.ts';
import { bytesToCommit, type CommitTable } from './commit-table.ts';
import type { PropertyTable } from './property-table.ts';
import type { RefTable } from './ref-table.ts';
import type { Transactions } from './transactions.ts';

/** A merge in progress, or one that was concluded. Branches are followed through renames. */
export interface MergeRecord {
  readonly merge: string;
  readonly kind: 'merge' | 'revert' | 'pick';
  readonly state: 'open' | 'concluded';
  /** Full name of the ref; `null` where a commit is taken back. */
  readonly source: string | null;
  readonly target: string;
  readonly reverts: CommitHash | null;
  /** The records that are brought over, for a pick. */
  readonly picked: readonly { readonly type: string; readonly id: string }[] | null;
  /** What somebody publishes: values of one's own, apart from any branch. `kind` is `pick`, and there is no source. */
  readonly publishes?: Publishing;
  readonly message: string | null;
  readonly reason: string | null;
  readonly author: string;
  readonly authorName: string;
  readonly startedAt: Instant;
  /** The commit it was concluded with. */
  readonly commit: CommitHash | null;
}

/**
 * The values of an own version that its user wants in the shared record, as they were when it was asked for. They stand here and in no commit,
 * so that nothing is left of them when the merge is aborted.
 */
export interface Publishing {
  readonly type: string;
  readonly id: string;
  readonly user: string;
  readonly userName: string;
  /** The number of the own version. */
  readonly number: number;
  /** The shared version it came from. */
  readonly base: VersionHash | null;
  readonly fields: Fields;
  readonly cleared: readonly string[];
}

/** One entry of what was chosen in a merge. The store keeps the body and does not look into it. */
export interface MergeStep {
  readonly step: number;
  readonly group: number;
  readonly body: Json;
}

/** What was chosen for the same three values before. */
export interface RememberedChoice {
  readonly commit: CommitHash;
  readonly body: Json;
}

export interface MergeReads {
  session(merge: string): MergeRecord | null;
  /** Newest first. */
  sessions(state: MergeRecord['state']): readonly MergeRecord[];
  /** Oldest first. */
  steps(merge: string): readonly MergeStep[];
  /** The newest choice for three values, named by their SHA-256; one for the same entity comes before any other. */
  remembered(stands: string, entity: string): RememberedChoice | null;
  /** The house rules of the programme, as they were set; `null` when none were. */
  houseRules(): Json;
}

export interface MergeWrites {
  add(session: MergeRecord): void;
  /** Forgets a merge with everything that was chosen in it. */
  remove(merge: string): void;
  conclude(merge: string, commit: CommitHash): void;
  /** Appends one group of entries. */
  choose(merge: string, bodies: readonly Json[]): void;
  remember(stands: string, entity: string, choice: RememberedChoice): void;
  setHouseRules(rules: Json): void;
}

export type MergeTable = MergeReads & MergeWrites;

interface SessionRow {
  readonly merge_id: string;
  readonly kind: string;
  readonly state: string;
  readonly source_ref: number | null;
  readonly target_ref: number;
  readonly reverts: Buffer | null;
  readonly picked: string | null;
  readonly message: string | null;
  readonly reason: string | null;
  readonly author: string;
  readonly author_name: string;
  readonly started_at: number;
  readonly commit_id: number | null;
}

const columns =
  'merge_id, kind, state, source_ref, target_ref, reverts, picked, message, reason, author, author_name, started_at, commit_id';

/** The tables of merges: working state beside the history. */
export function createMergeTable(
  db: Database.Database,
  transactions: Transactions,
  properties: PropertyTable,
  refs: RefTable,
  commits: CommitTable,
): MergeTable {
  const { read, write } = transactions;
  const one = db.prepare<[string], SessionRow>(`SELECT ${columns} FROM merge_sessions WHERE merge_id = ?`);
  const ofState = db.prepare<[string], SessionRow>(
    `SELECT ${columns} FROM merge_sessions WHERE state = ? ORDER BY started_at DESC, merge_id DESC`,
  );
  const insert = db.prepare<unknown[]>(
    `INSERT INTO merge_sessions (${columns}) VALUES (${columns
      .split(', ')
      .map(() => '?')
      .join(', ')})`,
  );
  const conclude = db.prepare<[number, string]>("UPDATE merge_sessions SET state = 'concluded', commit_id = ? WHERE merge_id = ?");
  const removeSession = db.prepare<[string]>('DELETE FROM merge_sessions WHERE merge_id = ?');
  const removeSteps = db.prepare<[string]>('DELETE FROM merge_steps WHERE merge_id = ?');
  const steps = db.prepare<[string], { step: number; step_group: number; body: string }>(
    'SELECT step, step_group, body FROM merge_steps WHERE merge_id = ? ORDER BY step',
  );
  const last = db.prepare<[string], { step: number | null; step_group: number | null }>(
    'SELECT max(step) AS step, max(step_group) AS step_group FROM merge_steps WHERE merge_id = ?',
  );
  const insertStep = db.prepare<[string, number, number, string]>(
    'INSERT INTO merge_steps (merge_id, step, step_group, body) VALUES (?, ?, ?, ?)',
  );
  const remembered = db.prepare<[Buffer, string], { commit_id: number; body: string }>(
    'SELECT commit_id, body FROM decision_memory WHERE stands = ? ORDER BY (entity_id = ?) DESC, commit_id DESC LIMIT 1',
  );
  const remember = db.prepare<[Buffer, string, number, string]>(
    'INSERT OR REPLACE INTO decision_memory (stands, entity_id, commit_id, body) VALUES (?, ?, ?, ?)',
  );

  return {
    session: (merge) =>
      read(() => {
        const row = one.get(merge);
        return row === undefined ? null : toRecord(row);
      }),
    sessions: (state) => read(() => ofState.all(state).map(toRecord)),
    steps: (merge) =>
      read(() => steps.all(merge).map(({ step, step_group, body }): MergeStep => ({ step, group: step_group, body: JSON.parse(body) }))),
    remembered: (stands, entity) =>
      read(() => {
        const row = remembered.get(Buffer.from(stands, 'hex'), entity);
        const commit = row === undefined ? null : commits.byId(row.commit_id);
        return row === undefined || commit === null ? null : { commit: commit.hash, body: JSON.parse(row.body) };
      }),
    houseRules: () =>
      read(() => {
        const rules: Json = JSON.parse(properties.get('houseRules') ?? 'null');
        return rules;
      }),

    add: (session) =>
      write(() => {
        insert.run(
          session.merge,
          session.kind,
          session.state,
          session.source === null ? null : refIdOf(session.source),
          refIdOf(session.target),
          session.reverts === null ? null : Buffer.from(session.reverts, 'hex'),
          pickedToText(session),
          session.message,
          session.reason,
          session.author,
          session.authorName,
          Date.parse(session.startedAt),
          session.commit === null ? null : commitIdOf(session.commit),
        );
      }),
    remove: (merge) =>
      write(() => {
        removeSteps.run(merge);
        removeSession.run(merge);
      }),
    conclude: (merge, commit) => write(() => void conclude.run(commitIdOf(commit), merge)),
    choose: (merge, bodies) =>
      write(() => {
        const before = last.get(merge);
        const group = (before?.step_group ?? 0) + 1;
        let step = before?.step ?? 0;
        for (const body of bodies) insertStep.run(merge, ++step, group, JSON.stringify(body));
      }),
    remember: (stands, entity, { commit, body }) =>
      write(() => void remember.run(Buffer.from(stands, 'hex'), entity, commitIdOf(commit), JSON.stringify(body))),
    setHouseRules: (rules) => write(() => properties.set('houseRules', JSON.stringify(rules))),
  };

  function toRecord(row: SessionRow): MergeRecord {
    const source = row.source_ref === null ? null : refs.byId(row.source_ref);
    const target = refs.byId(row.target_ref);
    if (target === null || (source === null && row.source_ref !== null))
      throw new Error(`merge ${row.merge_id} names a ref that never was`);
    return {
      merge: row.merge_id,
      kind: row.kind === 'revert' || row.kind === 'pick' ? row.kind : 'merge',
      state: row.state === 'concluded' ? 'concluded' : 'open',
      source: source?.name ?? null,
      target: target.name,
      reverts: row.reverts === null ? null : bytesToCommit(row.reverts),
      ...textToPicked(row.picked),
      message: row.message,
      reason: row.reason,
      author: row.author,
      authorName: row.author_name,
      startedAt: new Date(row.started_at).toISOString(),
      commit: row.commit_id === null ? null : (commits.byId(row.commit_id)?.hash ?? null),
    };
  }

  function refIdOf(name: string): number {
    const ref = refs.byName(name);
    if (ref === null) throw new Error(`no ref ${name}`);
    return ref.refId;
  }

  function commitIdOf(hash: CommitHash): number {
    const commit = commits.byHash(hash);
    if (commit === null) throw new RefusedError('NOT_FOUND', `There is no commit ${hash}.`, { what: 'commit', id: hash });
    return commit.commitId;
  }
}

// One column holds either list of records or what is published: a merge is about one of them.
function pickedToText({ picked, publishes }: Pick<MergeRecord, 'picked' | 'publishes'>): string | null {
  if (publishes !== undefined) return JSON.stringify({ publishes });
  return picked === null ? null : JSON.stringify(picked);
}

function textToPicked(text: string | null): Pick<MergeRecord, 'picked' | 'publishes'> {
  if (text === null) return { picked: null };
  const kept: MergeRecord['picked'] | { readonly publishes: Publishing } = JSON.parse(text);
  return kept !== null && 'publishes' in kept ? { picked: null, publishes: kept.publishes } : { picked: kept };
}

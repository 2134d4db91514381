import type { Fields } from '../../../../shared/json.ts';
import { axes } from './desk.ts';

/** One record as the oracle remembers it: a plain value, no rows, no hashes. */
export interface OracleRecord {
  readonly type: string;
  readonly id: string;
  readonly fields: Fields;
}

export interface OracleChange {
  readonly type: string;
  readonly id: string;
  readonly fields: Fields | null;
}

interface OracleCommit {
  readonly hash: string;
  readonly at: number;
  readonly author: string;
  readonly changes: readonly OracleChange[];
}

type State = ReadonlyMap<string, OracleRecord>;

/** A history kept the plainest way there is: for each branch the whole list of its commits, and every state by replaying from the start. */
export class Oracle {
  readonly branches = new Map<string, { readonly createdAt: number; readonly commits: OracleCommit[] }>();

  begin(branch: string, createdAt: number): void {
    this.branches.set(branch, { createdAt, commits: [] });
  }

  fork(branch: string, from: string, position: number, createdAt: number): void {
    this.branches.set(branch, { createdAt, commits: this.commitsOf(from).slice(0, position) });
  }

  append(branch: string, commit: OracleCommit): void {
    this.commitsOf(branch).push(commit);
  }

  commitsOf(branch: string): OracleCommit[] {
    const found = this.branches.get(branch);
    if (found === undefined) throw new Error(`no branch ${branch}`);
    return found.commits;
  }

  stateAt(branch: string, position: number): State {
    const state = new Map<string, OracleRecord>();
    for (const { changes } of this.commitsOf(branch).slice(0, position))
      for (const { type, id, fields } of changes) {
        if (fields === null) state.delete(`${type}/${id}`);
        else state.set(`${type}/${id}`, { type, id, fields });
      }
    return state;
  }

  /** As of an instant: commits of a branch count from its creation on, by the branch's own times. */
  positionAt(branch: string, at: number): number {
    const found = this.branches.get(branch);
    if (found === undefined || at < found.createdAt) return 0;
    return found.commits.filter((commit) => commit.at <= at).length;
  }

  windowAt(branch: string, position: number, type: string, window: { from: number; to: number; subjects?: readonly string[] }): string[] {
    return [...this.stateAt(branch, position).values()]
      .filter((record) => {
        if (record.type !== type) return false;
        const found = axes(record.type, record.fields);
        if (found === null || found.from > window.to || found.to < window.from) return false;
        return window.subjects === undefined || (found.subject !== null && window.subjects.includes(found.subject));
      })
      .map(({ id, fields }) => `${id} ${JSON.stringify(fields)}`)
      .sort();
  }

  /** Ids of everything that touched a window in any state up to a position. */
  everIn(branch: string, position: number, type: string, window: { from: number; to: number; subjects: readonly string[] }): string[] {
    const found = new Set<string>();
    for (let at = 1; at <= position; at++)
      for (const text of this.windowAt(branch, at, type, window)) found.add(text.slice(0, text.indexOf(' ')));
    return [...found].sort();
  }

  /** Every entity that differs between two states, by value. */
  between(left: State, right: State): { key: string; before: Fields | null; after: Fields | null }[] {
    const keys = [...new Set([...left.keys(), ...right.keys()])].sort();
    return keys
      .map((key) => ({ key, before: left.get(key)?.fields ?? null, after: right.get(key)?.fields ?? null }))
      .filter(({ before, after }) => canonical(before) !== canonical(after));
  }

  /** Hashes of the commits of a branch's line that touched an entity, oldest first. */
  historyOf(branch: string, position: number, type: string, id: string): string[] {
    return this.commitsOf(branch)
      .slice(0, position)
      .filter(({ changes }) => changes.some((change) => change.type === type && change.id === id))
      .map(({ hash }) => hash);
  }
}

export function canonical(fields: Fields | null): string {
  return fields === null ? 'null' : JSON.stringify(Object.entries(fields).sort(([left], [right]) => (left < right ? -1 : 1)));
}

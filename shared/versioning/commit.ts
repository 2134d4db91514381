import type { CommitHash } from '../ids.ts';
import type { Json } from '../json.ts';
import { canonicalJson, canonicalString } from './canonical.ts';
import { compareEntities, type Change } from './change.ts';
import { sha256 } from './hash.ts';

export type CommitKind = 'edit' | 'import' | 'generate' | 'restore' | 'revert' | 'undo' | 'redo' | 'merge';

/** Everything a commit says; its hash is over exactly this. `undoes` and `redoes` name the original gesture's commit. */
export interface CommitContent {
  /** The first parent is the line the commit stands on; a merge has a second. Empty for the first commit of a line of its own. */
  readonly parents: readonly CommitHash[];
  readonly author: string;
  readonly authorName: string;
  readonly device: string;
  /** The author's clock, ISO 8601 in UTC with milliseconds. It orders nothing. */
  readonly recordedAt: string;
  readonly message: string;
  readonly reason?: string | null;
  readonly kind: CommitKind;
  readonly undoes?: CommitHash | null;
  readonly redoes?: CommitHash | null;
  readonly changes: readonly Change[];
  /** What a merge chose where both sides had changed something; see `decision.ts`. An empty list is none. */
  readonly decisions?: readonly Json[] | null;
}

export interface Commit extends CommitContent {
  readonly hash: CommitHash;
}

/** Makes a commit: puts its changes in canonical order, names it by its content and freezes it. */
export function makeCommit(content: CommitContent): Commit {
  const changes = Object.freeze([...content.changes].sort(compareEntities));
  const ordered = { ...content, parents: Object.freeze([...content.parents]), changes };
  return Object.freeze({ ...ordered, hash: hashCommit(ordered) });
}

/** The name of a commit whose changes are in canonical order. */
export function hashCommit(content: CommitContent): CommitHash {
  // What SHA-256 gives in hex needs no parsing.
  return sha256(canonicalCommit(content)) as CommitHash;
}

/** The canonical JSON of a commit whose changes are in canonical order (RFC 8785). Absent and `null` members are left out. */
export function canonicalCommit(content: CommitContent): string {
  let text = `{"author":${canonicalString(content.author)},"authorName":${canonicalString(content.authorName)},"changes":[`;
  for (let index = 0; index < content.changes.length; index++) {
    if (index > 0) text += ',';
    text += canonicalChange(content.changes[index]!);
  }
  text += ']';
  if (content.decisions != null && content.decisions.length > 0) text += `,"decisions":${canonicalJson(content.decisions)}`;
  text += `,"device":${canonicalString(content.device)},"kind":"${content.kind}","message":${canonicalString(content.message)},"parents":[`;
  text += content.parents.map((parent) => `"${parent}"`).join(',');
  text += ']';
  if (content.reason != null) text += `,"reason":${canonicalString(content.reason)}`;
  text += `,"recordedAt":${canonicalString(content.recordedAt)}`;
  if (content.redoes != null) text += `,"redoes":"${content.redoes}"`;
  if (content.undoes != null) text += `,"undoes":"${content.undoes}"`;
  return text + '}';
}

function canonicalChange(change: Change): string {
  const after = change.op === 'delete' ? '' : `"after":"${change.after}",`;
  const before = change.op === 'create' ? '' : `"before":"${change.before}",`;
  return `{${after}${before}"id":${canonicalString(change.id)},"op":"${change.op}","type":${canonicalString(change.type)}}`;
}

import type { Change } from '../../../shared/contract/app/changes.ts';
import type { CommitHash } from '../../../shared/ids.ts';
import type { Writer } from '../reader.ts';
import { findBranch } from '../queries/find-branch.ts';
import { appendGesture, type CommittedAnswer, type StaleAnswer, type UnchangedAnswer } from './append-gesture.ts';
import { prepareChanges } from './prepare-changes.ts';
import { refuseProtected } from './refuse-protected.ts';

export interface CommitRequest {
  readonly branch: string;
  readonly message: string;
  readonly reason?: string | undefined;
  readonly expectedTip?: CommitHash | null | undefined;
  readonly kind?: 'edit' | 'import' | 'generate' | undefined;
  readonly changes: readonly Change[];
}

/** Writes all changes as one commit, or nothing. Answers `stale` when the branch is not where the caller thought. */
export function commitChanges(writer: Writer, request: CommitRequest): CommittedAnswer | StaleAnswer | UnchangedAnswer {
  const branch = findBranch(writer.store, request.branch);
  refuseProtected(writer, branch.ref);
  if (request.expectedTip !== undefined && request.expectedTip !== branch.tip) return { kind: 'stale', tip: branch.tip };
  const changes = prepareChanges(writer, writer.store.placeAt(branch.ref), request.changes);
  if (changes.length === 0) return { kind: 'unchanged', tip: branch.tip };
  const { message, reason, kind = 'edit', expectedTip } = request;
  return appendGesture(writer, branch.ref, { message, kind, changes, ...reasonOf(reason) }, { expectedTip });
}

/** A reason that is blank is none. */
export function reasonOf(reason: string | undefined): { readonly reason?: string } {
  return reason === undefined || reason === '' ? {} : { reason };
}

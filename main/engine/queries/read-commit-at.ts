import type { CommitSummary } from '../../../shared/contract/app/base.ts';
import type { Moment } from '../../../shared/ids.ts';
import type { StoreReader } from '../reader.ts';
import { commitTeller } from '../words/commit-summary.ts';
import { findBranch } from './find-branch.ts';

/** The commit at a position of the branch's line (clamped to the line), or the one the branch showed at a moment; `null` before the first. */
export function readCommitAt(
  store: StoreReader,
  { branch, position, at }: { readonly branch: string; readonly position?: number | undefined; readonly at?: Moment | undefined },
): CommitSummary | null {
  const { ref } = findBranch(store, branch);
  const place = position === undefined ? store.placeAt(ref, at) : store.placeAtPosition(ref, Math.max(1, position));
  const record = store.commitAt(place);
  return record === null ? null : commitTeller(store)(record);
}

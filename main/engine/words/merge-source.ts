import type { CommitRecord } from '../local-store/store.ts';
import { branchNamesByLine } from '../queries/branch-names-by-line.ts';
import type { StoreReader } from '../reader.ts';

/** The branch that a merge commit brought in, as it is called now; `null` for any other commit. */
export function mergeSourceOf(store: StoreReader, { parents }: CommitRecord, nameByLine = branchNamesByLine(store)): string | null {
  const second = parents[1];
  return second === undefined ? null : nameByLine(store.placeOf(second).line);
}

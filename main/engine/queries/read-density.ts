import type { CommitSummary } from '../../../shared/contract/app/base.ts';
import type { DensityBucket, TimelineMark } from '../../../shared/contract/app/commits.ts';
import type { CommitHash, Moment } from '../../../shared/ids.ts';
import { branchRef } from '../../../shared/versioning/ref-name.ts';
import type { CommitRecord, Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { commitTeller } from '../words/commit-summary.ts';
import { findForks } from './find-forks.ts';
import { placeOnBranch } from './find-branch.ts';
import { notesOf } from './notes-index.ts';

export interface DensityRequest {
  readonly branch: string;
  readonly buckets: number;
  readonly from?: Moment | undefined;
  readonly to?: Moment | undefined;
}

export interface Density {
  readonly buckets: DensityBucket[];
  readonly marks: TimelineMark[];
  readonly first: CommitSummary | null;
  readonly last: CommitSummary | null;
  /** Commits within the stretch. */
  readonly total: number;
}

const mostMarks = 2_000;

/** How much changed per equal stretch of time on a branch's line, and what stands out on it: the slider's ground. */
export function readDensity(store: StoreReader, { branch, buckets, from, to }: DensityRequest): Density {
  const place = placeOnBranch(store, branch);
  const stretch = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  const filled = store.density(place, { buckets, ...stretch }).map((bucket) => ({ ...bucket }));
  const newest = store.line(place, { ...stretch, limit: 1 });
  const last = newest.items[0] ?? null;
  const firstPosition = filled.find((bucket) => bucket.commits > 0)?.firstPosition;
  const first = firstPosition === undefined ? null : store.commitAt(store.placeAtPosition(branchRef(branch), firstPosition));
  const tell = commitTeller(store);
  return {
    buckets: filled,
    marks: first === null || last === null ? [] : findMarks(store, place, { first: first.position, last: last.position }),
    first: first === null ? null : tell(first),
    last: last === null ? null : tell(last),
    total: newest.total,
  };
}

function findMarks(store: StoreReader, place: Place, { first, last }: { readonly first: number; readonly last: number }): TimelineMark[] {
  const marks: TimelineMark[] = [];
  const add = (kind: TimelineMark['kind'], record: CommitRecord, label: string): void => {
    if (record.position >= first && record.position <= last)
      marks.push({ kind, commit: record.commit, position: record.position, at: record.at, label });
  };
  const onLine = (commit: CommitHash): CommitRecord | null => (store.holds(place, commit) ? store.commit(commit) : null);
  for (const record of store.commitsOfKinds(place, ['merge', 'import', 'restore'], mostMarks))
    if (record.kind === 'merge' || record.kind === 'import' || record.kind === 'restore') add(record.kind, record, record.message);
  for (const { commit, tag } of notesOf(store).taggedCommits()) {
    const record = onLine(commit);
    if (record !== null) add('tag', record, tag);
  }
  for (const [commit, names] of findForks(store)) {
    const record = onLine(commit);
    if (record !== null) add('branch', record, names.join(', '));
  }
  return marks.toSorted((a, b) => a.position - b.position).slice(-mostMarks);
}

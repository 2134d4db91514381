import type { ResolvedSide, Side } from '../../../shared/contract/app/diff.ts';
import { notFound } from '../../../shared/errors.ts';
import { CommitHash, type Moment } from '../../../shared/ids.ts';
import type { Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { branchNamesByLine } from './branch-names-by-line.ts';
import { findActiveBranch, findBranch } from './find-branch.ts';
import { notesOf } from './notes-index.ts';

export interface FoundSide {
  readonly place: Place;
  readonly side: ResolvedSide;
}

/**
 * The place that one side of a comparison means: a commit, else a branch, else a tag on a commit (the newest with that name), or a branch at
 * a moment. Refuses NOT_FOUND what is none of these.
 */
export function resolveSide(store: StoreReader, side: Side): FoundSide {
  if (typeof side !== 'string') return onBranch(store, side.branch, side.at);
  const hash = CommitHash.safeParse(side);
  if (hash.success && store.commit(hash.data) !== null) return onCommit(store, hash.data, null);
  if (findActiveBranch(store, side) !== null) return onBranch(store, side);
  const tagged = notesOf(store).commitByTag(side);
  if (tagged === null) throw notFound('commit, branch or tag', side);
  return onCommit(store, tagged, side);
}

function onBranch(store: StoreReader, name: string, at?: Moment): FoundSide {
  const branch = findBranch(store, name);
  return describe(store, { place: store.placeAt(branch.ref, at), branch: branch.name, tag: null, asked: at });
}

function onCommit(store: StoreReader, commit: CommitHash, tag: string | null): FoundSide {
  const place = store.placeOf(commit);
  return describe(store, { place, branch: branchNamesByLine(store)(place.line), tag, asked: undefined });
}

function describe(
  store: StoreReader,
  {
    place,
    branch,
    tag,
    asked,
  }: { readonly place: Place; readonly branch: string; readonly tag: string | null; readonly asked: Moment | undefined },
): FoundSide {
  const commit = store.commitAt(place);
  // A typed instant is what the reader asked for; the commit it falls on may be days older.
  const instant = asked !== undefined && !CommitHash.safeParse(asked).success ? asked : (commit?.at ?? null);
  const when = instant === null ? 'before the first change' : momentWords(instant);
  return {
    place,
    side: {
      commit: place.commit,
      branch,
      tag,
      at: place.at,
      position: place.position,
      authorName: commit?.authorName ?? null,
      label: tag === null ? `${branch}, ${when}` : `${tag} (${branch}, ${when})`,
    },
  };
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Tue 12 May 2026 14:30`, in UTC. */
function momentWords(instant: string): string {
  const date = new Date(instant);
  return `${weekdays[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()} ${instant.slice(11, 16)}`;
}

import type { CommitHash } from '../../../shared/ids.ts';
import type { BranchRecord, CommitRecord } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { hasViews } from '../views/sight.ts';
import { hasInverse } from './invert-commit.ts';

/** A gesture, and the commit that did it last: the gesture itself or its newest redo (for a redo: its newest undo). */
export interface FoundGesture {
  readonly gesture: CommitRecord;
  readonly latest: CommitRecord;
}

const pageSize = 100;

/**
 * What a user can undo and redo on a branch, found from the history alone. Walking the user's own commits from the newest back, the newest
 * undo or redo that names a gesture decides whether it stands; a plain gesture ends the chain of redos. Gestures that were inherited when
 * the branch was made are not the branch's to undo. A gesture of which nothing is left to take back is passed over.
 */
export function findGestures(
  store: StoreReader,
  branch: BranchRecord,
  author: string,
): { readonly undo: FoundGesture | null; readonly redo: FoundGesture | null } {
  const newest = new Map<CommitHash, CommitRecord>();
  let redo: FoundGesture | null = null;
  let redoChainEnded = false;
  for (const record of ownCommits(store, branch, author)) {
    const named = record.undoes ?? record.redoes;
    if (named !== null) {
      if (!newest.has(named)) {
        newest.set(named, record);
        if (record.undoes !== null && redo === null && !redoChainEnded) redo = foundGesture(store, named, record);
      }
      continue;
    }
    redoChainEnded = true;
    if (isMigration(record)) continue;
    const latest = newest.get(record.commit) ?? record;
    if (latest.undoes === null && hasInverse(store, latest, store.placeAt(branch.ref))) return { undo: { gesture: record, latest }, redo };
  }
  return { undo: null, redo };
}

/**
 * The records of a migration come with links on the lines of many users: taking back one without the other would leave them with nothing. A
 * migration has its own way back.
 */
function isMigration({ kind, counts }: CommitRecord): boolean {
  return kind === 'import' && counts.some(({ type }) => hasViews(type));
}

function foundGesture(store: StoreReader, gesture: CommitHash, latest: CommitRecord): FoundGesture | null {
  const record = store.commit(gesture);
  return record === null ? null : { gesture: record, latest };
}

function* ownCommits(store: StoreReader, branch: BranchRecord, author: string): Generator<CommitRecord> {
  const place = store.placeAt(branch.ref);
  let cursor: string | undefined;
  do {
    const page = store.line(place, { author, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) });
    for (const record of page.items) {
      if (record.position <= branch.basePosition) return;
      yield record;
    }
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

import type { CommitDetail } from '../../../shared/contract/app/commits.ts';
import type { EntityChange } from '../../../shared/contract/app/base.ts';
import { notFound } from '../../../shared/errors.ts';
import type { CommitHash } from '../../../shared/ids.ts';
import { isBranchRef } from '../../../shared/versioning/ref-name.ts';
import type { CommitRecord } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { commitTeller } from '../words/commit-summary.ts';
import { describeEntityChange } from '../words/entity-change.ts';
import { namesAt } from '../words/names-at.ts';
import { describeDecisions } from '../words/recorded-decision.ts';
import { loadVersions } from './load-versions.ts';
import { notesOf } from './notes-index.ts';
import { placeBefore } from './place-before.ts';

const decisionsShown = 1_000;

/** One commit whole: its first `limit` changes in words, what is written on it, where it counts, and whether its bytes are what was written. */
export function readCommit(store: StoreReader, { commit, limit }: { readonly commit: CommitHash; readonly limit: number }): CommitDetail {
  const record = store.commit(commit);
  if (record === null) throw notFound('commit', commit);
  return {
    ...commitTeller(store)(record),
    changes: limit === 0 ? [] : readChanges(store, record, limit),
    totalChanges: record.changeCount,
    comments: notesOf(store)
      .onCommit(commit)
      .filter((note) => note.kind === 'comment')
      .map(({ note, text, author, authorName, at }) => ({ note, text, author, authorName, at })),
    branches: store
      .refs()
      .filter((ref) => isBranchRef(ref.ref) && store.holds(store.placeAt(ref.ref), commit))
      .map((ref) => ref.name),
    verified: store.recheck(commit),
    undoes: record.undoes,
    decisions: describeDecisions(store, record, { limit: decisionsShown }),
    totalDecisions: record.hasDecisions ? store.decisionsOf(commit).length : 0,
  };
}

function readChanges(store: StoreReader, record: CommitRecord, limit: number): EntityChange[] {
  const changes = store.changesOf(record.commit, { limit });
  const versionByRow = loadVersions(store, changes);
  const toNames = namesAt(store, store.placeOf(record.commit));
  const fromNames = namesAt(store, placeBefore(store, record));
  return changes.map((change) =>
    describeEntityChange({
      type: change.type,
      id: change.id,
      before: versionByRow(change.before),
      after: change.op === 'delete' ? null : versionByRow(change.after),
      cause: record,
      fromNames,
      toNames,
    }),
  );
}

import type { CommitSummary } from '../../../shared/contract/app/base.ts';
import { typeCountsText } from '../../../shared/roster/entity-type.ts';
import type { CommitRecord } from '../local-store/store.ts';
import { findForks } from '../queries/find-forks.ts';
import { branchNamesByLine } from '../queries/branch-names-by-line.ts';
import { mergeSourceOf } from './merge-source.ts';
import { notesOf } from '../queries/notes-index.ts';
import type { StoreReader } from '../reader.ts';

/** Tells commits as steps of a line: what each changed in words, what is written on it, and what makes it stand out on the slider. */
export function commitTeller(store: StoreReader): (record: CommitRecord) => CommitSummary {
  const notes = notesOf(store);
  const nameByLine = branchNamesByLine(store);
  const forks = findForks(store);
  return (record) => {
    const written = notes.onCommit(record.commit);
    const tags = written.filter((note) => note.kind === 'tag').map((note) => note.text);
    return {
      commit: record.commit,
      position: record.position,
      branch: nameByLine(record.line),
      at: record.at,
      recordedAt: record.recordedAt,
      author: record.author,
      authorName: record.authorName,
      device: record.device,
      kind: record.kind,
      message: record.message,
      reason: record.reason,
      parents: [...record.parents],
      counts: record.counts.map((count) => ({ ...count })),
      summary: typeCountsText(record.counts),
      tags,
      marks: [
        ...(tags.length > 0 ? (['tag'] as const) : []),
        ...(written.some((note) => note.kind === 'comment') ? (['comment'] as const) : []),
        ...(record.kind === 'merge' || record.kind === 'import' || record.kind === 'restore' ? [record.kind] : []),
        ...(forks.has(record.commit) ? (['branch'] as const) : []),
      ],
      isMerge: record.parents.length > 1,
      mergeSource: mergeSourceOf(store, record, nameByLine),
    };
  };
}

import { Checksum, VersionHash } from '../../../shared/ids.ts';
import type { HistoryEntry } from '../../../shared/contract/app/base.ts';
import type { Note } from '../../../shared/contract/app/notes.ts';
import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import { checksumOf } from '../../../shared/versioning/version.ts';
import type { Occurrence, StoredVersion } from '../local-store/store.ts';
import { branchNamesByLine } from '../queries/branch-names-by-line.ts';
import { notesOf } from '../queries/notes-index.ts';
import type { StoreReader } from '../reader.ts';
import { mergeSourceOf } from './merge-source.ts';
import { namesAt } from './names-at.ts';
import { describeDecisions } from './recorded-decision.ts';

/** An occurrence with its number in the list it is shown in, from 1 for the oldest. */
export interface NumberedOccurrence {
  readonly occurrence: Occurrence;
  readonly number: number;
}

/** The occurrences of one entity as entries of its history: value in words as of then, and the notes that stand on exactly that occurrence. */
export function describeHistory(
  store: StoreReader,
  { type, id, occurrences }: { readonly type: string; readonly id: string; readonly occurrences: readonly NumberedOccurrence[] },
): HistoryEntry[] {
  const nameByLine = branchNamesByLine(store);
  const notes = notesOf(store).onEntity(type, id);
  const rows = occurrences.filter((entry) => entry.occurrence.op !== 'delete').map((entry) => entry.occurrence.row);
  const versionByRow = new Map(store.versions(rows).map((version) => [version.row, version]));
  return occurrences.map(({ occurrence, number }) => {
    const version = versionByRow.get(occurrence.row);
    return {
      ...describeCommit(occurrence),
      mergeSource: mergeSourceOf(store, occurrence.commit, nameByLine),
      decisions: describeDecisions(store, occurrence.commit, { entity: { type, id } }),
      ...describeValue(store, type, occurrence, version),
      ...describeNotes(notes, occurrence),
      number,
      branch: nameByLine(occurrence.commit.line),
    };
  });
}

function describeCommit({ commit, op, before }: Occurrence) {
  return {
    commit: commit.commit,
    position: commit.position,
    recordedAt: commit.recordedAt,
    officialAt: commit.at,
    userId: commit.author,
    userName: commit.authorName,
    operation: op,
    message: commit.message,
    reason: commit.reason,
    parentVersion: before,
    isMerge: commit.parents.length > 1,
  };
}

function describeValue(store: StoreReader, type: string, occurrence: Occurrence, version: StoredVersion | undefined) {
  // A delete has no content of its own: it is named by the version that it ended.
  if (version === undefined)
    return { version: VersionHash.parse(occurrence.version ?? occurrence.before), checksum: null, fields: null, text: 'deleted' };
  const names = namesAt(store, store.placeOf(occurrence.commit.commit));
  return {
    version: version.version,
    checksum: Checksum.parse(checksumOf(version.fields)),
    fields: version.fields,
    text: entityTypeOf(type).text(version.fields, names),
  };
}

function describeNotes(notes: readonly Note[], occurrence: Occurrence) {
  const here = notes.filter((note) => note.version === occurrence.version && note.commit === occurrence.commit.commit);
  const tags = here.filter((note) => note.kind === 'tag').map((note) => note.text);
  return {
    tags,
    label: tags.at(-1) ?? null,
    comments: here
      .filter((note) => note.kind === 'comment')
      .map(({ note, text, author, authorName, at }) => ({ note, text, author, authorName, at })),
  };
}

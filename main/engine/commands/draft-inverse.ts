import type { CommitRecord, DraftChange, Place } from '../local-store/store.ts';
import { invertCommit } from '../queries/invert-commit.ts';
import type { Writer } from '../reader.ts';
import { keyOf } from './append-gesture.ts';
import { draftChange } from './draft-change.ts';

/** The changes that take a commit back on a place. Refuses STALE when something it changed was changed again since. */
export function draftInverse(writer: Writer, record: CommitRecord, place: Place): DraftChange[] {
  const { changes, earlier } = invertCommit(writer.store, record, place);
  return changes.flatMap(({ type, id, fields }) => {
    const now = writer.store.versionAt(type, id, place);
    const draft = draftChange({
      type,
      id,
      now,
      wanted: fields,
      earlier: [earlier.get(keyOf({ type, id })) ?? null],
      random: writer.random,
    });
    return draft === null ? [] : [draft];
  });
}

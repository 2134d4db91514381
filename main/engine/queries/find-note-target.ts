import { notFound, quote, RefusedError } from '../../../shared/errors.ts';
import type { CommitHash, VersionHash } from '../../../shared/ids.ts';
import type { Note } from '../../../shared/contract/app/notes.ts';
import { publicTypeOf } from '../../../shared/roster/entity-type.ts';
import type { NoteTarget } from '../commands/write-note.ts';
import type { StoreReader } from '../reader.ts';
import { notesOf } from './notes-index.ts';

export type NoteSubject =
  | { readonly commit: CommitHash }
  | { readonly type: string; readonly id: string; readonly version: VersionHash; readonly commit?: CommitHash | undefined };

/**
 * What a note is meant to stand on. A version is meant at the commit given, else where it stood last. Refuses NOT_FOUND for a commit or a
 * version that is not there.
 */
export function findNoteTarget(store: StoreReader, subject: NoteSubject): NoteTarget {
  if (!('version' in subject)) {
    if (store.commit(subject.commit) === null) throw notFound('commit', subject.commit);
    return { commit: subject.commit };
  }
  const { type, id, version, commit } = subject;
  const { label } = publicTypeOf(type);
  const stands = store.versionsOf(type, id).filter((occurrence) => occurrence.op !== 'delete' && occurrence.version === version);
  const meant = commit === undefined ? stands.at(-1) : stands.find((occurrence) => occurrence.commit.commit === commit);
  if (meant === undefined)
    throw new RefusedError(
      'NOT_FOUND',
      `The ${label} “${quote(id)}” has no version ${version}${commit === undefined ? '' : ` in the commit ${commit}`}.`,
      { what: 'version', id: version },
    );
  return { commit: meant.commit.commit, type, id, version };
}

/** The notes that stand on exactly this target, oldest first. */
export function notesOnTarget(store: StoreReader, target: NoteTarget): readonly Note[] {
  if (target.version === undefined) return notesOf(store).onCommit(target.commit);
  return notesOf(store)
    .onEntity(target.type, target.id)
    .filter((note) => note.version === target.version && note.commit === target.commit);
}

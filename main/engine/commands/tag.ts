import type { Note } from '../../../shared/contract/app/notes.ts';
import { findNoteTarget, notesOnTarget, type NoteSubject } from '../queries/find-note-target.ts';
import type { Writer } from '../reader.ts';
import { writeNote } from './write-note.ts';

/** Tags a commit or a version. The same tag twice is once: the answer is the one that stands. */
export function tag(writer: Writer, subject: NoteSubject & { readonly tag: string }): Note {
  const target = findNoteTarget(writer.store, subject);
  const standing = notesOnTarget(writer.store, target).find((note) => note.kind === 'tag' && note.text === subject.tag);
  return standing ?? writeNote(writer, { kind: 'tag', text: subject.tag, on: target });
}

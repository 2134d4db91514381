import type { Note } from '../../../shared/contract/app/notes.ts';
import { findNoteTarget, type NoteSubject } from '../queries/find-note-target.ts';
import type { Writer } from '../reader.ts';
import { writeNote } from './write-note.ts';

/** Leaves a comment on a commit or a version. */
export function comment(writer: Writer, subject: NoteSubject & { readonly text: string }): Note {
  return writeNote(writer, { kind: 'comment', text: subject.text, on: findNoteTarget(writer.store, subject) });
}

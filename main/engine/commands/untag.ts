import { findNoteTarget, notesOnTarget, type NoteSubject } from '../queries/find-note-target.ts';
import type { Writer } from '../reader.ts';
import { removeNote } from './remove-note.ts';

/** Takes a tag away. False when the tag does not stand there. */
export function untag(writer: Writer, subject: NoteSubject & { readonly tag: string }): { readonly removed: boolean } {
  const target = findNoteTarget(writer.store, subject);
  const standing = notesOnTarget(writer.store, target).filter((note) => note.kind === 'tag' && note.text === subject.tag);
  for (const { note } of standing) removeNote(writer, { note });
  return { removed: standing.length > 0 };
}

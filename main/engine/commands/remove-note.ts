import { NOTES_REF } from '../../../shared/versioning/ref-name.ts';
import { notesOf } from '../queries/notes-index.ts';
import type { Writer } from '../reader.ts';
import { nameTag } from './write-note.ts';

/** Takes a note away; its history stays on the line `notes`. False for a note that is not there. */
export function removeNote(writer: Writer, { note }: { readonly note: string }): { readonly removed: boolean } {
  const found = notesOf(writer.store).find(note);
  if (found === undefined) return { removed: false };
  const message = found.kind === 'tag' ? `Remove tag ${nameTag(found.text, found.type)}` : 'Remove comment';
  writer.append(NOTES_REF, { message, kind: 'edit', changes: [{ type: 'note', id: note, op: 'delete', fields: null }] });
  return { removed: true };
}

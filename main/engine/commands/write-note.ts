import { EntityId, type CommitHash, type VersionHash } from '../../../shared/ids.ts';
import { notFound } from '../../../shared/errors.ts';
import type { Note } from '../../../shared/contract/app/notes.ts';
import { NOTES_REF } from '../../../shared/versioning/ref-name.ts';
import { makeUuidV7 } from '../ids.ts';
import { notesOf } from '../queries/notes-index.ts';
import type { Writer } from '../reader.ts';
import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import { hasViews } from '../views/sight.ts';

/** What a note stands on: a commit as a whole, or one version at the commit where it stood. */
export type NoteTarget =
  | { readonly commit: CommitHash; readonly version?: undefined }
  | { readonly commit: CommitHash; readonly type: string; readonly id: string; readonly version: VersionHash };

/** What a tag is called in messages, which everybody reads: one on a record with views is read only by those who see the record. */
export function nameTag(text: string, type: string | null): string {
  return type !== null && hasViews(type) ? `on a ${entityTypeOf(type).label}` : text;
}

/** Writes one note on the line `notes`, in the acting user's name. The target must exist: the caller has looked. */
export function writeNote(
  writer: Writer,
  { kind, text, on }: { readonly kind: 'tag' | 'comment'; readonly text: string; readonly on: NoteTarget },
): Note {
  const id = EntityId.parse(makeUuidV7(writer.clock(), writer.random));
  const target =
    on.version === undefined ? { commit: on.commit } : { commit: on.commit, entityType: on.type, entityId: on.id, version: on.version };
  writer.append(NOTES_REF, {
    message: kind === 'tag' ? `Tag ${nameTag(text, on.version === undefined ? null : on.type)}` : 'Comment',
    kind: 'edit',
    changes: [{ type: 'note', id, op: 'create', fields: { kind, text, ...target } }],
  });
  const written = notesOf(writer.store).find(id);
  if (written === undefined) throw notFound('note', id);
  return written;
}

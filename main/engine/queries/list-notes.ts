import type { Note } from '../../../shared/contract/app/notes.ts';
import { publicTypeOf } from '../../../shared/roster/entity-type.ts';
import type { StoreReader } from '../reader.ts';
import { notesOf } from './notes-index.ts';
import { pageOf, type PageAnswer, type PageRequest } from './page-of.ts';

export interface NotesRequest extends PageRequest {
  readonly commit?: string | undefined;
  readonly type?: string | undefined;
  readonly id?: string | undefined;
  readonly version?: string | undefined;
  readonly kind?: 'tag' | 'comment' | undefined;
}

/** The notes that match everything given, newest first. `commit` alone means notes on the commit and on the versions it made. */
export function listNotes(store: StoreReader, { commit, type, id, version, kind, ...page }: NotesRequest): PageAnswer<Note> {
  if (type !== undefined) publicTypeOf(type);
  const matching = notesOf(store)
    .all()
    .filter(
      (note) =>
        (commit === undefined || note.commit === commit) &&
        (type === undefined || note.type === type) &&
        (id === undefined || note.id === id) &&
        (version === undefined || note.version === version) &&
        (kind === undefined || note.kind === kind),
    )
    .toReversed();
  return pageOf(matching, page, (note) => note.note);
}

import { comment } from '../commands/comment.ts';
import { removeNote } from '../commands/remove-note.ts';
import { tag } from '../commands/tag.ts';
import { untag } from '../commands/untag.ts';
import { listNotes } from '../queries/list-notes.ts';
import type { EngineAccess } from './engine-access.ts';
import type { Implementer } from './implement-contract.ts';

export function noteHandlers(os: Implementer, engine: EngineAccess) {
  return {
    tag: os.notes.tag.handler(({ input }) => engine.run((writer) => tag(writer, input))),
    untag: os.notes.untag.handler(({ input }) => engine.run((writer) => untag(writer, input))),
    comment: os.notes.comment.handler(({ input }) => engine.run((writer) => comment(writer, input))),
    remove: os.notes.remove.handler(({ input }) => engine.run((writer) => removeNote(writer, input))),
    list: os.notes.list.handler(({ input }) => engine.ask((store) => listNotes(store, input))),
  };
}

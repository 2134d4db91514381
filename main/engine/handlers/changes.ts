import { commitChanges } from '../commands/commit-changes.ts';
import { redo } from '../commands/redo.ts';
import { restore } from '../commands/restore.ts';
import { undo } from '../commands/undo.ts';
import { previewRestore } from '../queries/preview-restore.ts';
import { actingUser } from '../queries/read-session.ts';
import { readUndoable } from '../queries/read-undoable.ts';
import type { EngineAccess } from './engine-access.ts';
import type { Implementer } from './implement-contract.ts';

const onMain = { branch: 'main' };

export function changeHandlers(os: Implementer, engine: EngineAccess) {
  return {
    commit: os.changes.commit.handler(({ input }) => engine.run((writer) => commitChanges(writer, input))),
    undo: os.changes.undo.handler(({ input }) => engine.run((writer) => undo(writer, input ?? onMain))),
    redo: os.changes.redo.handler(({ input }) => engine.run((writer) => redo(writer, input ?? onMain))),
    undoable: os.changes.undoable.handler(({ input }) =>
      engine.ask((store) => readUndoable(store, { ...(input ?? onMain), author: actingUser(engine.settings.read()).userId })),
    ),
    previewRestore: os.changes.previewRestore.handler(({ input }) => engine.ask((store, asker) => previewRestore(store, asker, input))),
    restore: os.changes.restore.handler(({ input }) => engine.run((writer) => restore(writer, input))),
  };
}

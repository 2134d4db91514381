import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useEngine } from '../../client/engine.ts';
import { useProgramInfo } from '../../client/program.ts';
import { t } from '../../messages/index.ts';
import { usePosition } from '../../position/position.ts';
import { useCommands, type Command } from '../../ui/commands.ts';
import { useFeedOfProgram, useFeedState } from './useFeed.ts';

/** Undo and redo, from every screen, by the name of what they take back. Mounted once. */
export function UndoCommands(): null {
  const engine = useEngine();
  const feed = useFeedOfProgram();
  const waiting = useFeedState(feed, (state) => state.waiting);
  const branch = usePosition((state) => state.branch);
  const past = usePosition((state) => state.moment.kind !== 'now');
  const viewing = usePosition((state) => state.view !== null);
  const readOnly = useProgramInfo()?.readOnly === true;
  const blocked = past ? t('roster.pastReason') : viewing ? t('roster.viewReason') : readOnly ? t('roster.readOnlyReason') : null;
  const { data: undoable } = useQuery(engine.query.changes.undoable.queryOptions({ input: { branch } }));
  useCommands(
    useMemo((): readonly Command[] => {
      const undo = undoable?.undo;
      const redo = undoable?.redo;
      // While an edit is still on its way it is what undo will take back, so undo is possible before its name is known.
      const known = undoable !== undefined && waiting === 0;
      return [
        {
          id: 'edit.undo',
          title: undo ? t('roster.undoLabel', { label: asLabel(undo.label) }) : t('roster.undo'),
          section: 'edit',
          keys: ['Mod+Z'],
          disabledReason: blocked ?? (known && !undo ? t('roster.nothingToUndo') : null),
          run: () => feed.undo(branch),
        },
        {
          id: 'edit.redo',
          title: redo ? t('roster.redoLabel', { label: asLabel(redo.label) }) : t('roster.redo'),
          section: 'edit',
          keys: ['Mod+Y', 'Mod+Shift+Z'],
          disabledReason: blocked ?? (known && !redo ? t('roster.nothingToRedo') : null),
          run: () => feed.redo(branch),
        },
      ];
    }, [feed, branch, blocked, undoable, waiting]),
  );
  return null;
}

/** A commit's message as it stands inside a sentence: `Paste 14 cells` becomes `paste 14 cells`, `ICU for …` stays. */
function asLabel(message: string): string {
  // Names of people begin with a capital too and keep it: only the words our own messages begin with are put in lower case.
  return /^(?:Paste|Move|Copy|Clear|Fill|Add|Change|Remove|Import|Restore|Revert|Bring|Use|Undo|Redo|Merge)\b/.test(message)
    ? message.charAt(0).toLowerCase() + message.slice(1)
    : message;
}

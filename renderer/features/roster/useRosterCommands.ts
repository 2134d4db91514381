import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useEngine } from '../../client/engine.ts';
import { t } from '../../messages/index.ts';
import { usePosition } from '../../position/position.ts';
import { useCommands, type Command } from '../../ui/commands.ts';
import type { RosterFeed } from './roster-feed.ts';
import type { Editing } from './useEditing.ts';

export interface RosterActions {
  edit(): void;
  clear(): void;
  fillDown(): void;
  fillRight(): void;
  paste(skipAbsences: boolean): void;
  goToClash(step: 1 | -1): void;
  addPerson(): void;
  editPerson(): void;
  addRotation(): void;
}

/** What can be done on the roster, for the menu, the palette and the keys. Undo names what it takes back. */
export function useRosterCommands({
  feed,
  editing,
  hasCell,
  waiting,
  actions,
}: {
  readonly feed: RosterFeed;
  readonly editing: Editing;
  readonly hasCell: boolean;
  readonly waiting: number;
  readonly actions: RosterActions;
}): void {
  const engine = useEngine();
  const branch = usePosition((state) => state.branch);
  const { data: undoable } = useQuery(engine.query.changes.undoable.queryOptions({ input: { branch } }));
  const { blocked } = editing;
  useCommands(
    useMemo((): readonly Command[] => {
      const onCell = blocked ?? (hasCell ? null : t('roster.noCellReason'));
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
        { id: 'edit.cell', title: t('roster.edit'), section: 'edit', keys: ['F2'], disabledReason: onCell, run: () => actions.edit() },
        { id: 'edit.clear', title: t('roster.clear'), section: 'edit', disabledReason: onCell, run: () => actions.clear() },
        {
          id: 'edit.fillDown',
          title: t('roster.fillDown'),
          section: 'edit',
          keys: ['Mod+D'],
          disabledReason: onCell,
          run: () => actions.fillDown(),
        },
        {
          id: 'edit.fillRight',
          title: t('roster.fillRight'),
          section: 'edit',
          keys: ['Mod+R'],
          disabledReason: onCell,
          run: () => actions.fillRight(),
        },
        { id: 'edit.paste', title: t('roster.paste'), section: 'edit', disabledReason: onCell, run: () => actions.paste(false) },
        {
          id: 'edit.pasteWithoutAbsences',
          title: t('roster.pasteWithoutAbsences'),
          section: 'edit',
          disabledReason: onCell,
          run: () => actions.paste(true),
        },
        { id: 'clash.next', title: t('roster.nextClash'), section: 'go', keys: ['F8'], run: () => actions.goToClash(1) },
        { id: 'clash.previous', title: t('roster.previousClash'), section: 'go', keys: ['Shift+F8'], run: () => actions.goToClash(-1) },
        {
          id: 'people.add',
          title: t('roster.addPerson'),
          section: 'edit',
          words: 'people resident faculty',
          disabledReason: blocked,
          run: () => actions.addPerson(),
        },
        {
          id: 'cell.person',
          title: t('roster.editPersonAny'),
          section: 'edit',
          words: 'rename',
          disabledReason: onCell,
          run: () => actions.editPerson(),
        },
        {
          id: 'rotations.add',
          title: t('roster.addRotation'),
          section: 'edit',
          words: 'code activity',
          disabledReason: blocked,
          run: () => actions.addRotation(),
        },
      ];
    }, [feed, branch, blocked, hasCell, undoable, waiting, actions]),
  );
}

/** A commit's message as it stands inside a sentence: `Paste 14 cells` becomes `paste 14 cells`, `ICU for …` stays. */
export function asLabel(message: string): string {
  return /^\p{Lu}\p{Ll}/u.test(message) && startsWithVerb(message) ? message.charAt(0).toLowerCase() + message.slice(1) : message;
}

// Names of people begin with a capital too and keep it: only the words our own messages begin with are put in lower case.
function startsWithVerb(message: string): boolean {
  return /^(Paste|Move|Clear|Fill|Add|Change|Remove|Import|Restore|Revert|Bring|Use|Undo|Redo|Merge)\b/.test(message);
}

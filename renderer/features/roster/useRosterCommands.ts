import { useMemo } from 'react';
import { t } from '../../messages/index.ts';
import { useCommands, type Command } from '../../ui/commands.ts';
import type { Editing } from './useEditing.ts';

export interface RosterActions {
  edit(): void;
  clear(): void;
  fillDown(): void;
  fillRight(): void;
  copy(cutting: boolean): void;
  paste(skipAbsences: boolean): void;
  goToClash(step: 1 | -1): void;
  addPerson(): void;
  editPerson(): void;
  addRotation(): void;
}

/** What can be done on the roster, for the menu, the palette and the keys. */
export function useRosterCommands({
  editing,
  hasCell,
  actions,
}: {
  readonly editing: Editing;
  readonly hasCell: boolean;
  readonly actions: RosterActions;
}): void {
  const { blocked } = editing;
  useCommands(
    useMemo((): readonly Command[] => {
      const onCell = blocked ?? (hasCell ? null : t('roster.noCellReason'));
      return [
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
        { id: 'edit.cut', title: t('roster.cut'), section: 'edit', disabledReason: onCell, run: () => actions.copy(true) },
        {
          id: 'edit.copy',
          title: t('roster.copy'),
          section: 'edit',
          disabledReason: hasCell ? null : t('roster.noCellReason'),
          run: () => actions.copy(false),
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
    }, [blocked, hasCell, actions]),
  );
}

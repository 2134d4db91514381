import { ActionIcon, CloseButton, Menu, TextInput } from '@mantine/core';
import { IconPlus, IconTableExport } from '@tabler/icons-react';
import type { Clash } from '../../../shared/contract/app/roster.ts';
import { t } from '../../messages/index.ts';
import { useAllCommands } from '../../ui/commands.ts';
import { datesInWords } from '../../ui/format.ts';
import { chordText } from '../../ui/keys.ts';
import type { GridBlock, GridPlace } from '../../ui/grid/model.ts';
import { Clashes } from './Clashes.tsx';
import { cellAt, cellTitle, rowsIn } from './gestures.ts';
import type { RosterModel } from './roster-model.ts';
import type { Editing } from './useEditing.ts';
import style from './roster.module.css';

interface Props {
  readonly model: RosterModel;
  readonly active: GridPlace | null;
  readonly block: GridBlock | null;
  readonly editing: Editing;
  readonly onClash: (clash: Clash) => void;
}

/** What is selected, in words; why the next edits are made; and the clashes. */
export function EditBar({ model, active, block, editing, onClash }: Props): React.JSX.Element {
  const cell = active === null ? null : cellAt(model, active);
  const many = block !== null && (block.fromRow !== block.toRow || block.fromColumn !== block.toColumn);
  return (
    <div className={style.bar} role="group" aria-label={t('roster.editBar')}>
      <span className={style.barName}>
        {cell === null
          ? t('roster.noSelection')
          : many
            ? t('roster.selected', { rows: rowsIn(model, block).length, columns: block.toColumn - block.fromColumn + 1 })
            : cellTitle(cell)}
      </span>
      <span className={style.barText}>
        {!many && cell !== null && (
          <>
            {cell.assignment?.text ?? t('roster.empty')}
            {cell.clash !== null && <span className={style.barClash}> · ▲ {datesInWords(cell.clash.text)}</span>}
          </>
        )}
      </span>
      {editing.blocked === null && (
        <TextInput
          className={style.why}
          aria-label={t('roster.whyLabel')}
          placeholder={t('roster.whyPlaceholder')}
          maxLength={2_000}
          data-filled={editing.reason !== '' || undefined}
          rightSection={
            editing.reason !== '' && <CloseButton size="xs" aria-label={t('roster.clearWhy')} onClick={() => editing.setReason('')} />
          }
          value={editing.reason}
          onChange={(event) => editing.setReason(event.currentTarget.value)}
        />
      )}
      {editing.blocked === null && <AddMenu />}
      <ExportButton />
      <Clashes model={model} onGo={onClash} />
    </div>
  );
}

/** Opens the export of what is on screen. */
function ExportButton(): React.JSX.Element | null {
  const command = useAllCommands().find(({ id }) => id === 'export.open');
  if (command === undefined) return null;
  const keys = chordText(command.keys?.[0] ?? '');
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={command.title} title={`${command.title} (${keys})`} onClick={command.run}>
      <IconTableExport size={17} stroke={1.8} aria-hidden />
    </ActionIcon>
  );
}

const addCommands = ['people.add', 'rotations.add'];

/** What a roster grows by: people and codes. */
function AddMenu(): React.JSX.Element {
  const commands = useAllCommands().filter((command) => addCommands.includes(command.id));
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('roster.addMenu')} title={t('roster.addMenu')}>
          <IconPlus size={17} stroke={1.8} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {commands.map((command) => (
          <Menu.Item key={command.id} onClick={command.run}>
            {command.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

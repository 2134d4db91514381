import { Menu, Portal } from '@mantine/core';
import { t } from '../../messages/index.ts';
import { announce } from '../../ui/announcer.tsx';
import { allCommands, type Command } from '../../ui/commands.ts';
import { chordText } from '../../ui/keys.ts';
import style from './roster.module.css';

export interface MenuPoint {
  readonly x: number;
  readonly y: number;
}

interface Props {
  readonly point: MenuPoint;
  readonly onClose: () => void;
}

/** The commands about a cell, at the place that was clicked or at the cell that has the focus. */
export function CellMenu({ point, onClose }: Props): React.JSX.Element {
  const commands = allCommands();
  const edit = commands.filter((command) => command.section === 'edit' && command.id.startsWith('edit.'));
  const about = commands.filter((command) => /^(?:cell|history)\./.test(command.id));
  const item = (command: Command): React.JSX.Element => (
    <Menu.Item
      key={command.id}
      aria-disabled={Boolean(command.disabledReason)}
      className={command.disabledReason ? style.blocked : undefined}
      rightSection={command.keys?.[0] && <kbd className={style.keys}>{chordText(command.keys[0])}</kbd>}
      onClick={() => {
        onClose();
        if (command.disabledReason) announce(command.disabledReason);
        else command.run();
      }}
    >
      {command.title}
    </Menu.Item>
  );
  return (
    <Portal>
      <Menu
        opened
        onChange={(open) => !open && onClose()}
        position="bottom-start"
        width={260}
        // Not by any key outside: the key that opened the menu is still on its way.
        clickOutsideEvents={['mousedown', 'touchstart']}
      >
        <Menu.Target>
          <span style={{ position: 'fixed', left: point.x, top: point.y, width: 1, height: 1 }} />
        </Menu.Target>
        <Menu.Dropdown aria-label={t('roster.cellMenu')}>
          {edit.map(item)}
          {about.length > 0 && <Menu.Divider />}
          {about.map(item)}
        </Menu.Dropdown>
      </Menu>
    </Portal>
  );
}

import { ActionIcon, Menu, Tooltip, UnstyledButton } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconDots, IconSearch } from '@tabler/icons-react';
import type { ProgramInfo } from '../../shared/contract/app/program.ts';
import { openPalette } from '../features/palette/open.ts';
import { SyncStatus } from '../features/programs/SyncStatus.tsx';
import { UserMenu } from '../features/programs/UserMenu.tsx';
import { DaysControl } from '../features/roster/DaysControl.tsx';
import { usePosition } from '../position/position.ts';
import { announce } from '../ui/announcer.tsx';
import { useAllCommands, type Command } from '../ui/commands.ts';
import { chordText } from '../ui/keys.ts';
import { t, type MessageKey } from '../messages/index.ts';
import { BranchSwitcher, ViewAs } from './composition.tsx';
import { openSection } from './Navigation.tsx';
import style from './Header.module.css';

/** Where I am (programme, branch, days), finding, undo, who is acting, and whether everything is saved. */
export function Header({ info }: { readonly info: ProgramInfo }): React.JSX.Element {
  const onRoster = usePosition((state) => state.place.screen === 'roster');
  return (
    <section className={style.header} data-region="header" aria-label={t('app.header')}>
      <UnstyledButton className={style.programme} onClick={() => openSection('programs')} aria-label={`${t('app.programs')}: ${info.name}`}>
        <span className={style.mark} aria-hidden>
          <span />
          <span />
          <span />
          <span />
        </span>
        <span className={style.name}>{info.name}</span>
      </UnstyledButton>
      <BranchSwitcher />
      <span className={style.divider} />
      {onRoster && <DaysControl />}
      <span className={style.space} />
      <UndoButtons />
      <CommandMenu />
      <UnstyledButton className={style.find} onClick={openPalette} aria-keyshortcuts="Control+K" title={t('app.findLong')}>
        <IconSearch size={14} stroke={1.8} aria-hidden />
        <span className={style.findText}>{t('app.find')}</span>
        <kbd className={style.kbd} aria-hidden>
          {chordText('Mod+K')}
        </kbd>
      </UnstyledButton>
      <ViewAs />
      <UserMenu />
      <SyncStatus info={info} />
    </section>
  );
}

function UndoButtons(): React.JSX.Element {
  const commands = useAllCommands();
  const button = (id: string, Icon: typeof IconArrowBackUp): React.JSX.Element | null => {
    const command = commands.find((one) => one.id === id);
    if (!command) return null;
    const why = command.disabledReason ?? null;
    return (
      <Tooltip label={why ?? `${command.title}  ${chordText(command.keys?.[0] ?? '')}`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          className={style.icon}
          aria-label={command.title}
          // Blocked, not gone: the reason stays within reach of the keyboard.
          aria-disabled={why !== null}
          data-blocked={why !== null || undefined}
          onClick={() => (why === null ? command.run() : announce(why))}
        >
          <Icon size={17} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Tooltip>
    );
  };
  return (
    <>
      {button('edit.undo', IconArrowBackUp)}
      {button('edit.redo', IconArrowForwardUp)}
    </>
  );
}

const menuSections: readonly (readonly [Command['section'], MessageKey])[] = [
  ['edit', 'app.menuEdit'],
  ['view', 'app.menuView'],
  ['go', 'app.menuGo'],
  ['branch', 'app.menuBranch'],
  ['review', 'app.menuReview'],
  ['programme', 'app.menuProgramme'],
  ['help', 'app.menuHelp'],
];

function CommandMenu(): React.JSX.Element {
  const commands = useAllCommands();
  const filled = menuSections.filter(([section]) => commands.some((command) => command.section === section));
  return (
    <Menu position="bottom-end" width={210} withinPortal>
      <Menu.Target>
        <Tooltip label={t('app.menuAll')}>
          <ActionIcon variant="subtle" color="gray" className={style.icon} aria-label={t('app.menuAll')}>
            <IconDots size={17} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {filled.map(([section, label]) => (
          <Menu.Sub key={section} position="left-start">
            <Menu.Sub.Target>
              <Menu.Sub.Item>{t(label)}</Menu.Sub.Item>
            </Menu.Sub.Target>
            <Menu.Sub.Dropdown className={style.subMenu}>
              {commands
                .filter((command) => command.section === section)
                .map((command) => (
                  <Menu.Item
                    key={command.id}
                    aria-disabled={Boolean(command.disabledReason)}
                    title={command.disabledReason ?? undefined}
                    className={command.disabledReason ? style.blocked : undefined}
                    onClick={() => (command.disabledReason ? announce(command.disabledReason) : command.run())}
                    rightSection={command.keys?.[0] && <kbd className={style.keys}>{chordText(command.keys[0])}</kbd>}
                  >
                    {command.title}
                  </Menu.Item>
                ))}
            </Menu.Sub.Dropdown>
          </Menu.Sub>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconChevronDown, IconEye } from '@tabler/icons-react';
import { useEffect, useMemo, useRef } from 'react';
import { t } from '../../messages/index.ts';
import { position } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { useCommands, type Command } from '../../ui/commands.ts';
import { useViews, type Viewable } from './useViews.ts';
import style from './views.module.css';

/** Whose view of clinics and patients the page shows: mine, or that of somebody who offered me something. */
export function ViewAs(): React.JSX.Element | null {
  const views = useViews();
  useOwnAfterSwitch(views?.me.user ?? null);
  useViewCommands(views?.others ?? none, views?.shown ?? null);
  if (views === null) return null;
  const { me, others, shown } = views;
  return (
    <Menu position="bottom-start" width={270} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton
          className={style.control}
          data-other={!shown.isMine || undefined}
          aria-label={t('views.viewAs', { name: shown.name })}
          title={t('views.viewAs', { name: shown.name })}
        >
          <IconEye size={15} stroke={1.7} aria-hidden />
          <span className={style.name}>{t('views.viewAs', { name: shown.name })}</span>
          <IconChevronDown size={12} stroke={2} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className={style.explain}>{t('views.explain')}</Menu.Label>
        <Menu.Item rightSection={shown.isMine && <IconCheck size={14} aria-hidden />} onClick={() => show(null)}>
          {t('views.me', { name: me.name })}
        </Menu.Item>
        {others.map((other) => (
          <Menu.Item
            key={other.user}
            // Blocked, not gone: the reason stays within reach of the keyboard.
            aria-disabled={other.offered === 0}
            className={other.offered === 0 ? style.blocked : undefined}
            rightSection={other.user === shown.user && <IconCheck size={14} aria-hidden />}
            onClick={() => (other.offered > 0 ? show(other) : announce(t('views.nothingOffered', { name: other.name })))}
          >
            {other.name}
            <span className={style.offered}>
              {other.offered > 0 ? t('views.offered', { count: other.offered }) : t('views.nothingOffered', { name: other.name })}
            </span>
          </Menu.Item>
        ))}
        {others.length === 0 && <Menu.Label>{t('views.nobody')}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}

const none: readonly Viewable[] = [];

function show(other: Viewable | null): void {
  position.getState().go({ view: other?.user ?? null });
  announce(other === null ? t('views.mine') : t('views.now', { name: other.name }));
}

/** Who acts now has nothing to do with the view that the one before was looking at. */
function useOwnAfterSwitch(user: string | null): void {
  const before = useRef(user);
  useEffect(() => {
    if (user !== null && before.current !== null && before.current !== user) position.getState().go({ view: null }, 'replace');
    before.current = user ?? before.current;
  }, [user]);
}

function useViewCommands(others: readonly Viewable[], shown: Viewable | null): void {
  const offering = others.filter(({ offered }) => offered > 0);
  const key = JSON.stringify(offering);
  const isMine = shown?.isMine !== false;
  useCommands(
    useMemo(
      (): readonly Command[] => [
        ...offering.map((other): Command => ({
          id: `view.as.${other.user}`,
          title: t('views.command', { name: other.name }),
          section: 'view',
          run: () => show(other),
        })),
        ...(isMine ? [] : [{ id: 'view.mine', title: t('views.backCommand'), section: 'view', run: () => show(null) } as const]),
      ],
      // The list is made anew at every render; its content decides.
      // eslint-disable-next-line react-hooks/exhaustive-deps
      [key, isMine],
    ),
  );
}

import { Menu, UnstyledButton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { UserId } from '../../../shared/ids.ts';
import { useEngine } from '../../client/engine.ts';
import { t } from '../../messages/index.ts';
import { announce } from '../../ui/announcer.tsx';
import { showProblem } from './actions.ts';
import { NameDialog } from './NameDialog.tsx';
import style from './programs.module.css';

/** Who is acting; edits carry this name. */
export function UserMenu(): React.JSX.Element | null {
  const engine = useEngine();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { data: session } = useQuery(engine.query.session.get.queryOptions());
  const use = useMutation({
    mutationFn: (user: { readonly userId: string; readonly name: string }) =>
      engine.call.session.use({ userId: UserId.parse(user.userId), name: user.name }),
    onError: showProblem,
    onSuccess: (now) => {
      client.setQueryData(engine.query.session.get.queryKey(), now);
      void client.invalidateQueries({ queryKey: engine.query.changes.undoable.key() });
      announce(t('programs.userNow', { name: now.name }));
      setAsking(false);
    },
  });
  if (!session) return null;
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <UnstyledButton className={style.user} aria-label={t('programs.user', { name: session.name })}>
            <span className={style.avatar} data-initials={initials(session.name)} aria-hidden />
            <span className={style.userName}>{session.name}</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('programs.userText')}</Menu.Label>
          {session.users.map((user) => (
            <Menu.Item
              key={user.userId}
              disabled={user.userId === session.userId}
              onClick={() => use.mutate({ userId: user.userId, name: user.name })}
            >
              {user.userId === session.userId ? `${user.name} ✓` : t('programs.userSwitch', { name: user.name })}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => setAsking(true)}>{t('programs.userOther')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <NameDialog
          title={t('programs.userTitle')}
          text={t('programs.userText')}
          label={t('programs.userName')}
          action={t('programs.userUse')}
          busy={use.isPending}
          onDone={(name) => use.mutate({ userId: idOf(name, session.users), name })}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return `${words[0]?.[0] ?? ''}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase();
}

/** A user who is known here keeps the id; a new one gets one that reads like the name. */
function idOf(name: string, users: readonly { readonly userId: string; readonly name: string }[]): string {
  const known = users.find((user) => user.name.toLowerCase() === name.toLowerCase());
  return known?.userId ?? name.toLowerCase().replace(/\s+/g, '.');
}

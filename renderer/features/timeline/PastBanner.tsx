import { Button, Kbd } from '@mantine/core';
import { IconClockHour4 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useEngine } from '../../client/engine.ts';
import { position, type ShownMoment, usePosition } from '../../position/position.ts';
import { stepRequest } from '../../position/step-request.ts';
import { announce } from '../../ui/announcer.tsx';
import { useAllCommands } from '../../ui/commands.ts';
import { instantText } from '../../ui/format.ts';
import { isTyping } from '../../ui/keys.ts';
import { t } from '../../messages/index.ts';
import style from './PastBanner.module.css';

/** A roster is planned a good year ahead; beyond that there is usually nothing to see. */
const farAhead = 400 * 86_400_000;

/** Says in words that this is the past, and offers every way out of it. Nothing at all while the page shows now. */
export function PastBanner(): React.JSX.Element | null {
  const moment = usePosition((state) => state.moment);
  const isPast = moment.kind !== 'now';
  useEffect(() => {
    if (!isPast) return;
    return () => announce(t('timeline.nowAnnounce'));
  }, [isPast]);
  useEscape(isPast);
  return moment.kind === 'now' ? null : <Banner moment={moment} />;
}

function Banner({ moment }: { readonly moment: Extract<ShownMoment, { kind: 'commit' }> }): React.JSX.Element {
  const engine = useEngine();
  const branch = usePosition((state) => state.branch);
  const step = useQuery(engine.query.commits.at.queryOptions({ input: { branch, at: moment.commit } })).data;
  const time = instantText(moment.at);
  useEffect(() => {
    announce(t('timeline.pastAnnounce', { time }));
    // Only on entering the past: while scrubbing, the slider speaks for itself.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <div className={style.banner} role="banner" aria-label={t('timeline.past')}>
      <IconClockHour4 size={17} stroke={1.8} aria-hidden />
      <strong className={style.viewing}>{t('timeline.pastViewing', { time })}</strong>
      {step && (
        <span className={style.step}>
          {t('timeline.pastStep', { position: step.position, time: instantText(step.at), author: step.authorName })}
        </span>
      )}
      <DaysOfThen at={moment.at} />
      <span className={style.space} />
      <Button
        size="compact-sm"
        className={style.leave}
        onClick={() => position.getState().returnToNow()}
        rightSection={<Kbd size="xs">Esc</Kbd>}
      >
        {t('timeline.returnToNow')}
      </Button>
      <ByCommand id="branch.create" label={t('timeline.branchHere')} />
      <ByCommand id="restore.open" label={t('timeline.bringBack')} />
      <Button
        size="compact-sm"
        variant="default"
        className={style.action}
        onClick={() =>
          stepRequest.getState().ask({
            kind: 'tag',
            target: { kind: 'commit', commit: moment.commit, title: t('notes.thisMoment', { position: moment.position, time }) },
          })
        }
      >
        {t('timeline.tag')}
      </Button>
    </div>
  );
}

/** The days on screen may lie far ahead of what was known then; one press shows the days of that time. */
function DaysOfThen({ at }: { readonly at: string }): React.JSX.Element | null {
  const days = usePosition((state) => state.days);
  const isRoster = usePosition((state) => state.place.screen === 'roster');
  if (!isRoster || days === null || Date.parse(days.from) - Date.parse(at) < farAhead) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      className={style.action}
      onClick={() => position.getState().go({ days: { from: at.slice(0, 10), span: days.span } })}
    >
      {t('timeline.daysOfThen')}
    </Button>
  );
}

/** A button for a command that another part of the page offers; where it is not offered, the button says why it cannot be used. */
function ByCommand({ id, label }: { readonly id: string; readonly label: string }): React.JSX.Element {
  const command = useAllCommands().find((offered) => offered.id === id);
  const reason = command ? (command.disabledReason ?? null) : t('timeline.notOffered');
  return (
    <Button
      size="compact-sm"
      variant="default"
      className={style.action}
      aria-disabled={reason !== null || undefined}
      {...(reason !== null && { 'data-disabled': true, title: reason })}
      onClick={() => {
        if (reason !== null) announce(reason);
        else command?.run();
      }}
    >
      {label}
    </Button>
  );
}

/** Escape leads back to now from anywhere, unless it has something nearer to close. */
function useEscape(isPast: boolean): void {
  useEffect(() => {
    if (!isPast) return;
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') !== null) return;
      event.preventDefault();
      position.getState().returnToNow();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [isPast]);
}

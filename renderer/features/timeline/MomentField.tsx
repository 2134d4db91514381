import { Popover, TextInput } from '@mantine/core';
import { IconCalendarTime } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { announce } from '../../ui/announcer.tsx';
import { instantText } from '../../ui/format.ts';
import { parseMoment, type TypedMoment } from '../../ui/parse-moment.ts';
import { t } from '../../messages/index.ts';

import type { TimelineModel } from './useTimeline.ts';
import style from './MomentField.module.css';

/** The time that is shown; another one can be typed. Enter goes there, Escape gives up, and a text that cannot be read is refused in words. */
export function MomentField({
  model,
  field,
  leave,
}: {
  readonly model: TimelineModel;
  readonly field: React.RefObject<HTMLInputElement | null>;
  /** Gives the focus back to the slider. */
  readonly leave: () => void;
}): React.JSX.Element {
  const [typed, setTyped] = useState<{ readonly text: string; readonly read: TypedMoment } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const helpId = useId();
  const shown = model.isNow ? t('timeline.now') : instantText(model.shownAt);
  const stop = (): void => {
    setTyped(null);
    setProblem(null);
  };

  const go = (): void => {
    if (typed === null) return leave();
    const { read, text } = typed;
    switch (read.kind) {
      case 'refused': {
        const sentence = refusalText(read.problem, text);
        setProblem(sentence);
        announce(sentence);
        return;
      }
      case 'now':
        model.navigator.toNow();
        break;
      case 'instant':
        if (read.at < model.first.at)
          announce(t('timeline.momentBeforeStart', { branch: model.branch, time: instantText(model.first.at) }));
        model.navigator.toInstant(read.at, { typed: true });
    }
    stop();
    leave();
  };

  return (
    <Popover
      opened={typed !== null}
      position="top-end"
      shadow="md"
      withinPortal
      withRoles={false}
      trapFocus={false}
      returnFocus={false}
      closeOnEscape={false}
    >
      <Popover.Target>
        <TextInput
          ref={field}
          className={style.field}
          classNames={{ input: style.input ?? '' }}
          aria-label={t('timeline.moment')}
          aria-describedby={helpId}
          error={problem !== null}
          data-past={!model.isNow || undefined}
          leftSection={<IconCalendarTime size={14} stroke={1.7} aria-hidden />}
          value={typed?.text ?? shown}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => {
            const text = event.currentTarget.value;
            setTyped({ text, read: parseMoment(text, { now: Date.now(), zone: model.zone }) });
            setProblem(null);
          }}
          onBlur={stop}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              go();
            } else if (event.key === 'Escape') {
              // Giving up typing is not going back to now.
              event.preventDefault();
              stop();
              leave();
            }
          }}
        />
      </Popover.Target>
      <Popover.Dropdown className={style.help} role={problem === null ? undefined : 'alert'} id={helpId}>
        {problem ?? previewText(typed?.read ?? null)}
      </Popover.Dropdown>
    </Popover>
  );
}

function previewText(read: TypedMoment | null): string {
  if (read?.kind === 'now') return t('timeline.momentNow');
  return read?.kind === 'instant' ? t('timeline.momentGoes', { time: instantText(read.at) }) : t('timeline.momentHint');
}

function refusalText(problem: 'empty' | 'unreadable' | 'no such day' | 'no such time', typed: string): string {
  const text = typed.trim().slice(0, 60);
  switch (problem) {
    case 'empty':
      return t('timeline.momentHint');
    case 'unreadable':
      return t('timeline.momentUnreadable', { text });
    case 'no such day':
      return t('timeline.momentNoDay', { text });
    case 'no such time':
      return t('timeline.momentNoTime', { text });
  }
}

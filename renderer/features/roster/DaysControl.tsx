import { ActionIcon, Popover, SegmentedControl } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { t, type MessageKey } from '../../messages/index.ts';
import { position, usePosition, type DaySpan } from '../../position/position.ts';
import { selection } from '../../position/selection.ts';
import { useCommands, type Command } from '../../ui/commands.ts';
import { dateRangeText } from '../../ui/format.ts';
import { rangeAround, rangeOfDays, shiftRange } from '../../position/days.ts';
import style from './roster.module.css';

const spans: readonly (readonly [DaySpan, MessageKey, MessageKey])[] = [
  ['week', 'roster.week', 'roster.showWeek'],
  ['twoWeeks', 'roster.twoWeeks', 'roster.showTwoWeeks'],
  ['block', 'roster.blockSpan', 'roster.showBlock'],
  ['year', 'roster.year', 'roster.showYear'],
];

function isSpan(value: string): value is DaySpan {
  return spans.some(([span]) => span === value);
}

function move(step: 1 | -1): void {
  const { days, go } = position.getState();
  if (days !== null) go({ days: { ...days, from: shiftRange(rangeOfDays(days), days.span, step).from } });
}

/** Shows another span of days around the selected cell, or around the first day on screen. */
function changeSpan(span: DaySpan): void {
  const { days, go } = position.getState();
  if (days === null) return;
  const range = rangeOfDays(days);
  const chosen = selection.getState().focus?.date;
  const date = chosen !== undefined && chosen >= range.from && chosen <= range.to ? chosen : range.from;
  go({ days: { from: rangeAround(date, span).from, span } });
}

/** Shows a date in the roster, with as many days as now. */
function showDate(date: string): void {
  const { days, go } = position.getState();
  const span = days?.span ?? 'twoWeeks';
  go({ place: { screen: 'roster' }, days: { from: rangeAround(date, span).from, span } });
}

/** Which days are on screen, and how many. */
export function DaysControl(): React.JSX.Element | null {
  const days = usePosition((state) => state.days);
  const [picking, setPicking] = useState(false);
  useCommands(
    useMemo(
      (): readonly Command[] => [
        ...spans.map(([span, , title]): Command => ({ id: `view.${span}`, title: t(title), section: 'view', run: () => changeSpan(span) })),
        { id: 'view.earlier', title: t('roster.previousDays'), section: 'view', run: () => move(-1) },
        { id: 'view.later', title: t('roster.nextDays'), section: 'view', run: () => move(1) },
        {
          id: 'view.today',
          title: t('roster.today'),
          section: 'view',
          run: () => showDate(new Date().toLocaleDateString('sv-SE')),
        },
      ],
      [],
    ),
  );
  if (days === null) return null;
  const range = rangeOfDays(days);
  const text = dateRangeText(range.from, range.to);
  return (
    <div className={style.days} role="group" aria-label={t('roster.days')}>
      <ActionIcon variant="subtle" color="gray" aria-label={t('roster.previousDays')} onClick={() => move(-1)}>
        <IconChevronLeft size={17} stroke={1.8} aria-hidden />
      </ActionIcon>
      <Popover opened={picking} onChange={setPicking} position="bottom-start" shadow="md" trapFocus>
        <Popover.Target>
          <button
            type="button"
            className={style.range}
            aria-label={t('roster.pickDay', { range: text })}
            aria-expanded={picking}
            onClick={() => setPicking(!picking)}
          >
            {text}
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <DatePicker
            firstDayOfWeek={1}
            defaultDate={range.from}
            value={null}
            onChange={(date) => {
              if (date !== null) showDate(date);
              setPicking(false);
            }}
          />
        </Popover.Dropdown>
      </Popover>
      <ActionIcon variant="subtle" color="gray" aria-label={t('roster.nextDays')} onClick={() => move(1)}>
        <IconChevronRight size={17} stroke={1.8} aria-hidden />
      </ActionIcon>
      <SegmentedControl
        aria-label={t('roster.span')}
        size="xs"
        value={days.span}
        data={spans.map(([span, label]) => ({ value: span, label: t(label) }))}
        onChange={(value) => {
          if (isSpan(value)) changeSpan(value);
        }}
      />
    </div>
  );
}

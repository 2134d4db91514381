import { Popover } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { Clash } from '../../../shared/contract/app/roster.ts';
import { t } from '../../messages/index.ts';
import { datesInWords } from '../../ui/format.ts';
import { FixClash } from './FixClash.tsx';
import type { RosterModel } from './roster-model.ts';
import style from './roster.module.css';

interface Props {
  readonly model: RosterModel;
  readonly onGo: (clash: Clash) => void;
}

/** How many clashes there are in the days on screen, and which. */
export function Clashes({ model, onGo }: Props): React.JSX.Element {
  const [open, setOpen] = useState(false);
  const count = model.clashes.length;
  const worst = model.clashes.some((clash) => clash.severity === 'error') ? 'error' : 'warning';
  return (
    <Popover opened={open && count > 0} onChange={setOpen} position="bottom-end" width={380} shadow="md" trapFocus>
      <Popover.Target>
        <button
          type="button"
          className={style.clashButton}
          data-some={count > 0 ? worst : undefined}
          aria-expanded={open && count > 0}
          onClick={() => setOpen(!open)}
        >
          <IconAlertTriangle size={14} stroke={1.9} aria-hidden />
          {count === 0 ? t('roster.noClashes') : t('roster.clashCount', { count })}
        </button>
      </Popover.Target>
      <Popover.Dropdown p={10}>
        <p className={style.hint}>{t('roster.clashListHint')}</p>
        <ul className={style.clashes} aria-label={t('roster.clashList')}>
          {model.clashes.slice(0, 300).map((clash) => (
            <li key={clash.key}>
              <button
                type="button"
                data-severity={clash.severity}
                onClick={() => {
                  setOpen(false);
                  onGo(clash);
                }}
              >
                <IconAlertTriangle size={14} stroke={1.9} aria-hidden />
                <span>{datesInWords(clash.text)}</span>
              </button>
              <FixClash clash={clash} />
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

interface ClashCell {
  readonly row: number;
  readonly column: number;
  readonly texts: readonly string[];
}

/** The cells that take part in a clash, in reading order: by half day, then from the top. */
export function clashCells(model: RosterModel): readonly ClashCell[] {
  const byPlace = new Map<string, { row: number; column: number; texts: string[] }>();
  for (const clash of model.clashes) {
    for (const slot of clash.slots) {
      const row = model.rowOf(slot.personId);
      const column = model.columnOf(slot.date, slot.half);
      if (row < 0 || column < 0) continue;
      const key = `${row}:${column}`;
      const known = byPlace.get(key);
      if (known) known.texts.push(datesInWords(clash.text));
      else byPlace.set(key, { row, column, texts: [datesInWords(clash.text)] });
    }
  }
  return [...byPlace.values()].toSorted((a, b) => a.column - b.column || a.row - b.row);
}

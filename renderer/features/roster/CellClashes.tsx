import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { t } from '../../messages/index.ts';
import { useSelection } from '../../position/selection.ts';
import { datesInWords } from '../../ui/format.ts';
import { FixClash } from './FixClash.tsx';
import { useFeedOfProgram, useFeedState } from './useFeed.ts';
import style from './roster.module.css';

/** The clashes that the selected cell takes part in, for the inspector. Nothing where there is none. */
export function CellClashes(): React.JSX.Element | null {
  const feed = useFeedOfProgram();
  const clashes = useFeedState(feed, (state) => state.model?.clashes);
  const cell = useSelection((state) => state.focus);
  const here = useMemo(
    () =>
      cell === null
        ? []
        : (clashes ?? []).filter((clash) =>
            clash.slots.some((slot) => slot.personId === cell.personId && slot.date === cell.date && slot.half === cell.half),
          ),
    [clashes, cell],
  );
  if (here.length === 0) return null;
  return (
    <ul className={style.cellClashes} aria-label={t('roster.clashesHere')}>
      {here.map((clash) => (
        <li key={clash.key} data-severity={clash.severity}>
          <IconAlertTriangle size={14} stroke={1.9} aria-hidden />
          <span>{datesInWords(clash.text)}</span>
          <FixClash clash={clash} />
        </li>
      ))}
    </ul>
  );
}

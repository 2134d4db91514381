import { Button, Loader } from '@mantine/core';
import { useMemo } from 'react';
import type { MergeSession } from '../../../shared/contract/app/merges.ts';
import { t } from '../../messages/index.ts';
import { position } from '../../position/position.ts';
import { leftText, peopleOfSide, sideText } from './merge-words.ts';
import style from './merge.module.css';

/** Which branches come together, of whom, how much is left, and the two ways out. */
export function MergeHead({
  session,
  saving,
  group,
  onUndoGroup,
  onLeave,
  onAbort,
}: {
  readonly session: MergeSession;
  readonly saving: boolean;
  /** What was just decided for many at once, and can be taken back as one. */
  readonly group: string | null;
  readonly onUndoGroup: () => void;
  readonly onLeave: () => void;
  readonly onAbort: () => void;
}): React.JSX.Element {
  const { source, target, conflicts, conflictCount, left, kind } = session;
  const people = useMemo(() => ({ A: peopleOfSide(conflicts, 'A'), B: peopleOfSide(conflicts, 'B') }), [conflicts]);
  const done = conflictCount - left;
  const title = {
    merge: t('merge.screen', { source, target }),
    revert: t('merge.revertScreen', { source, target }),
    pick: t('merge.pickScreen', { source, target }),
  };
  return (
    <header className={style.head}>
      <h1 id="merge-title" className="visually-hidden">
        {title[kind]}
      </h1>
      <p className={style.sides}>
        <span className={style.sideName} data-side="B">
          <b aria-hidden>B</b>
          {sideText(source, people.B)}
        </span>
        <span aria-hidden>→</span>
        <span className="visually-hidden">{t('merge.chooseTarget')}</span>
        <span className={style.sideName} data-side="A">
          <b aria-hidden>A</b>
          {sideText(target, people.A)}
        </span>
      </p>
      {conflictCount > 0 && (
        <>
          <span className={style.left}>{leftText(session)}</span>
          <progress
            className={style.progress}
            aria-label={t('merge.progress')}
            aria-valuetext={t('merge.progressText', { done, count: conflictCount })}
            value={done}
            max={conflictCount}
          />
        </>
      )}
      {saving && <Loader size={12} />}
      {group !== null && (
        <span className={style.group} role="status">
          {group}
          <Button size="compact-xs" variant="default" onClick={onUndoGroup}>
            {t('merge.undo')}
          </Button>
        </span>
      )}
      <span className={style.space} />
      <Button variant="subtle" size="compact-sm" onClick={() => position.getState().go({ place: { screen: 'houseRules' } })}>
        {t('houseRules.screen')}
      </Button>
      <Button variant="default" size="compact-sm" onClick={onLeave}>
        {t('merge.leave')}
      </Button>
      <Button variant="subtle" color="red" size="compact-sm" onClick={onAbort}>
        {t('merge.abort')}
      </Button>
    </header>
  );
}

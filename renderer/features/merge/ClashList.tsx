import { Button } from '@mantine/core';
import { useState } from 'react';
import type { MergeClash, MergeSession } from '../../../shared/contract/app/merges.ts';
import { t } from '../../messages/index.ts';
import { datesInWords } from '../../ui/format.ts';
import style from './clashes.module.css';

const page = 40;
// A repair is a sentence; it may not be cut off.
const wrapping = {
  root: { height: 'auto', paddingBlock: 3 },
  label: { whiteSpace: 'normal', textAlign: 'start', lineHeight: 1.35 },
} as const;

/** The rules that the result breaks and the target keeps today, with what would clear each; and the repairs that were taken. */
export function ClashList({
  session,
  onRepair,
  onShow,
}: {
  readonly session: Pick<MergeSession, 'clashes' | 'target' | 'appliedRepairs'>;
  /** `null` where nothing can be repaired yet, as in a preview. */
  readonly onRepair: ((clash: string, repair: string | null, text: string) => void) | null;
  readonly onShow?: (clash: MergeClash) => void;
}): React.JSX.Element {
  const [shown, setShown] = useState(page);
  const { clashes, appliedRepairs } = session;
  return (
    <section className={style.section} aria-label={t('merge.clashesHeading')}>
      <h2>
        {t('merge.clashes')}
        <span data-some={clashes.length > 0 || undefined}>{clashes.length}</span>
      </h2>
      {clashes.length === 0 ? (
        <p className={style.none}>{t('merge.clashesNone')}</p>
      ) : (
        <ul aria-label={t('merge.clashes')} className={style.list}>
          {clashes.slice(0, shown).map((clash) => (
            <li key={clash.key} data-severity={clash.severity}>
              <span className={style.severity}>{t(`merge.severity_${clash.severity}`)}</span>
              {onShow && clash.halfDays.length + clash.slots.length > 0 ? (
                <button type="button" className={style.text} title={t('merge.showDay')} onClick={() => onShow(clash)}>
                  {datesInWords(clash.text)}
                </button>
              ) : (
                <span className={style.text}>{datesInWords(clash.text)}</span>
              )}
              {onRepair && clash.repairs.length > 0 && (
                <span className={style.repairs} role="group" aria-label={t('merge.repairs')}>
                  {clash.repairs.map((repair) => (
                    <Button
                      key={repair.id}
                      size="compact-xs"
                      variant="default"
                      styles={wrapping}
                      aria-label={t('merge.repairSave', { text: datesInWords(repair.text) })}
                      onClick={() => onRepair(clash.key, repair.id, datesInWords(repair.text))}
                    >
                      {datesInWords(repair.text)}
                    </Button>
                  ))}
                </span>
              )}
              {onRepair && clash.repairs.length === 0 && <span className={style.none}>{t('merge.noRepair')}</span>}
            </li>
          ))}
        </ul>
      )}
      {clashes.length > shown && (
        <Button variant="subtle" size="compact-xs" onClick={() => setShown(shown + 5 * page)}>
          {t('merge.showMore', { count: clashes.length - shown })}
        </Button>
      )}
      {appliedRepairs.length > 0 && (
        <ul aria-label={t('merge.repairsApplied')} className={style.applied}>
          {appliedRepairs.map((applied) => (
            <li key={applied.clash}>
              <span>✓ {t('merge.repairApplied', { text: datesInWords(applied.text) })}</span>
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={t('merge.repairTakeBackName', { text: datesInWords(applied.text) })}
                onClick={() => onRepair?.(applied.clash, null, datesInWords(applied.text))}
              >
                {t('merge.repairTakeBack')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

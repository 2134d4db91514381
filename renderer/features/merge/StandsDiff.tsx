import type { FieldChange } from '../../../shared/contract/app/base.ts';
import type { Conflict } from '../../../shared/contract/app/merges.ts';
import { t } from '../../messages/index.ts';
import { TextDiff } from '../../ui/TextDiff.tsx';
import { valueText } from './merge-words.ts';
import style from './conflict.module.css';

const longText = 90;

/** Every field of the record that each side changed, from what was there; long texts word by word. */
export function StandsDiff({
  conflict,
  source,
  target,
}: {
  readonly conflict: Conflict;
  readonly source: string;
  readonly target: string;
}): React.JSX.Element {
  return (
    <div className={style.stands}>
      <Stand branch={target} letter="A" changes={conflict.baseToTarget} deleted={conflict.field === null && conflict.target === null} />
      <Stand branch={source} letter="B" changes={conflict.baseToSource} deleted={conflict.field === null && conflict.source === null} />
    </div>
  );
}

function Stand({
  branch,
  letter,
  changes,
  deleted,
}: {
  readonly branch: string;
  readonly letter: 'A' | 'B';
  readonly changes: readonly FieldChange[];
  readonly deleted: boolean;
}): React.JSX.Element {
  return (
    <section className={style.stand} data-side={letter} aria-label={t('merge.diffTarget', { branch })}>
      <h3>
        <span className={style.letter} aria-hidden>
          {letter}
        </span>
        {t('merge.diffTarget', { branch })}
      </h3>
      {deleted ? (
        <p>{t('merge.historyDeleted')}</p>
      ) : changes.length === 0 ? (
        <p>{t('merge.noDiff')}</p>
      ) : (
        <dl>
          {changes.map((change) => (
            <div key={change.field}>
              <dt>{change.label}</dt>
              <dd>
                {change.oldText.length > longText || change.newText.length > longText ? (
                  <TextDiff before={change.oldText} after={change.newText} />
                ) : (
                  <>
                    <del>{valueText(change.oldText)}</del> <span aria-hidden>→</span> <ins>{valueText(change.newText)}</ins>
                  </>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

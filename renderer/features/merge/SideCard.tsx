import { UnstyledButton } from '@mantine/core';
import type { SideStory } from '../../../shared/contract/app/merges.ts';
import { t } from '../../messages/index.ts';
import { instantText, shortInstantText } from '../../ui/format.ts';
import { Key } from './Key.tsx';
import { valueText, type SideLetter } from './merge-words.ts';
import style from './conflict.module.css';

/** One side of a conflict: its letter and colour, who did what there, when and why, and the button that takes it. */
export function SideCard({
  letter,
  branch,
  isBranch = true,
  story,
  text,
  baseText,
  record,
  deleted,
  chosen,
  action,
}: {
  readonly letter: SideLetter;
  readonly branch: string;
  /** Not for values that stand on no branch: what is taken back, and what somebody publishes. */
  readonly isBranch?: boolean;
  readonly story: SideStory | null;
  readonly text: string;
  readonly baseText: string;
  readonly record: boolean;
  readonly deleted: boolean;
  readonly chosen: boolean;
  readonly action: { readonly label: string; readonly run: () => void } | null;
}): React.JSX.Element {
  const why = story === null ? null : story.reason === null || story.reason === '' ? story.message : story.reason;
  return (
    <section className={style.card} data-side={letter} data-chosen={chosen || undefined} aria-label={branch}>
      <span className={style.letter} aria-hidden>
        {letter}
      </span>
      <div className={style.cardText}>
        <p className={style.who}>
          {story === null ? (
            isBranch ? (
              t('merge.noStory', { branch })
            ) : (
              branch
            )
          ) : (
            <span title={instantText(story.at)}>
              {t('merge.whoWhen', { branch, person: story.authorName, at: shortInstantText(story.at) })}
            </span>
          )}
        </p>
        <p className={style.did}>
          {deleted ? (
            story === null ? (
              valueText(text)
            ) : (
              t('merge.deletedIt', { person: story.authorName, branch })
            )
          ) : record ? (
            valueText(text)
          ) : (
            <>
              <span className={style.from}>{valueText(baseText)}</span> <span aria-hidden>→</span> <strong>{valueText(text)}</strong>
            </>
          )}
          {chosen && <span className={style.taken}>✓ {t('merge.chosen')}</span>}
        </p>
        {why !== null && why !== '' && <q className={style.why}>{why}</q>}
      </div>
      {action && (
        <UnstyledButton className={style.use} onClick={action.run} aria-pressed={chosen}>
          <Key letter={letter} />
          {action.label}
        </UnstyledButton>
      )}
    </section>
  );
}

import { Button } from '@mantine/core';
import type { AutomaticMerge, MergeSession, Resolution } from '../../../shared/contract/app/merges.ts';
import { t } from '../../messages/index.ts';
import { datesInWords } from '../../ui/format.ts';
import { choiceText, outcomeText, valueText } from './merge-words.ts';
import { OtherValue } from './OtherValue.tsx';
import style from './conflict.module.css';

/** Something that merged by itself: how it came out, and the ways to have it otherwise. */
export function AutomaticPanel({
  item,
  session,
  onOverride,
  onRemove,
}: {
  readonly item: AutomaticMerge;
  readonly session: MergeSession;
  readonly onOverride: (resolution: Resolution) => void;
  readonly onRemove: () => void;
}): React.JSX.Element {
  const from = {
    source: t('merge.automaticFromSource', { source: session.source }),
    target: t('merge.automaticFromTarget', { target: session.target }),
    both: t('merge.automaticFromBoth'),
  };
  const options: readonly (readonly ['target' | 'source' | 'base', string, string])[] = [
    ['target', session.target, item.targetText],
    ['source', session.source, item.sourceText],
    ['base', t('merge.was'), item.baseText],
  ];
  return (
    <article className={style.panel} aria-labelledby="conflict-title">
      <header className={style.head}>
        <h2 id="conflict-title">{datesInWords(item.title)}</h2>
        {item.field !== null && <span className={style.field}>{item.label}</span>}
        <span className={style.chosen}>{item.override === null ? t('merge.automaticTitle') : t('merge.overridden')}</span>
      </header>
      <p className={style.question}>
        {from[item.from]}. {t('merge.automaticValue')}{' '}
        <strong>{item.override === null ? valueText(item.valueText) : outcomeText(item.override.resolution, item)}</strong>
      </p>
      <dl className={style.automatic}>
        {options.map(([kind, name, text]) => (
          <div key={kind} data-side={kind === 'target' ? 'A' : kind === 'source' ? 'B' : undefined}>
            <dt>
              {kind !== 'base' && (
                <span className={style.letter} aria-hidden>
                  {kind === 'target' ? 'A' : 'B'}
                </span>
              )}
              {name}
            </dt>
            <dd>{valueText(text)}</dd>
            <dd className={style.automaticUse}>
              <Button size="compact-sm" variant="default" onClick={() => onOverride({ kind })}>
                {kind === 'base' ? t('merge.keepIt') : t('merge.useNobody', { branch: name })}
              </Button>
            </dd>
          </div>
        ))}
      </dl>
      {item.field !== null && (
        <div className={style.other}>
          <OtherValue
            key={item.id}
            conflict={item}
            branch={session.target}
            start={item.override?.resolution.kind === 'custom' ? item.override.resolution.value : null}
            onUse={(value) => onOverride({ kind: 'custom', value })}
          />
        </div>
      )}
      {item.override !== null && (
        <div className={style.foot}>
          <span className={style.outcome}>{choiceText(item.override.resolution, item, session)}</span>
          <Button variant="default" size="compact-sm" onClick={onRemove}>
            {t('merge.removeOverride')}
          </Button>
        </div>
      )}
    </article>
  );
}

import { ActionIcon, Button, Loader } from '@mantine/core';
import { IconArrowsLeftRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { AutomaticMerge, Conflict, MergePreview } from '../../../shared/contract/app/merges.ts';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { position } from '../../position/position.ts';
import { datesInWords, numberText } from '../../ui/format.ts';
import { ClashList } from './ClashList.tsx';
import { peopleOfSide, sideText, valueText } from './merge-words.ts';
import { openMerge, openPreview, useStartMerge } from './useFinish.ts';
import { sorted, useFreshMerges, useOpenMerges } from './useMergeSession.ts';
import style from './preview.module.css';

/** What a merge would do, before anything is changed; and the one button that does it, or begins it. */
export function MergePreviewScreen({ source, target }: { readonly source: string; readonly target: string }): React.JSX.Element {
  useFreshMerges();
  const { query } = useEngine();
  const preview = useQuery({ ...query.merges.preview.queryOptions({ input: { source, target } }), staleTime: 0, select: sorted });
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  const people = preview.data && { A: peopleOfSide(preview.data.conflicts, 'A'), B: peopleOfSide(preview.data.conflicts, 'B') };
  return (
    <section className={style.screen} aria-labelledby="preview-title">
      <header className={style.head}>
        <h1 id="preview-title" tabIndex={-1} ref={title}>
          <span>{t('merge.preview')}</span>
          {t('merge.previewTitle', { source: sideText(source, people?.B ?? []), target: sideText(target, people?.A ?? []) })}
        </h1>
        <ActionIcon
          variant="default"
          aria-label={t('merge.swapSides')}
          title={t('merge.swapSides')}
          onClick={() => openPreview(target, source)}
        >
          <IconArrowsLeftRight size={15} aria-hidden />
        </ActionIcon>
        {preview.isFetching && <Loader size={12} />}
      </header>
      {preview.error ? (
        <p role="alert" className={style.message}>
          {problemOf(preview.error).message} {t('merge.previewFailed')}
        </p>
      ) : preview.data ? (
        <Preview preview={preview.data} />
      ) : (
        <p className={style.message}>
          <Loader size="xs" aria-label={t('merge.previewLoading')} /> {t('merge.previewLoading')}
        </p>
      )}
    </section>
  );
}

function Preview({ preview }: { readonly preview: MergePreview }): React.JSX.Element {
  const { source, target, outcome, conflictCount, clashCount, cleanCount, changes } = preview;
  const start = useStartMerge();
  const open = useOpenMerges().data?.items.find((merge) => merge.kind === 'merge' && merge.source === source && merge.target === target);
  const said = {
    'up-to-date': t('merge.outcomeUpToDate', { source, target }),
    merged: t('merge.outcomeMerged'),
    conflicts: t('merge.outcomeConflicts', { count: conflictCount }),
    clashes: t('merge.outcomeClashes', { count: clashCount, target }),
  };
  const total = changes.added + changes.changed + changes.removed;
  return (
    <>
      <div className={style.summary}>
        <p className={style.said}>{said[outcome]}</p>
        {outcome !== 'up-to-date' && (
          <dl className={style.counts}>
            <Count value={conflictCount} label={t('merge.conflictsCount', { count: conflictCount })} alarm={conflictCount > 0} />
            <Count value={cleanCount} label={t('merge.cleanCount', { count: numberText(cleanCount) })} />
            <Count value={clashCount} label={t('merge.clashesCount', { count: clashCount })} alarm={clashCount > 0} />
            <Count value={total} label={t('merge.recordsCount', { count: total, target })} detail={splitText(changes)} />
          </dl>
        )}
        <div className={style.actions}>
          {open ? (
            <Button onClick={() => openMerge(open.merge)}>{t('merge.resumeMerge')}</Button>
          ) : (
            outcome !== 'up-to-date' && (
              <Button loading={start.isPending} onClick={() => start.mutate({ source, target })}>
                {outcome === 'merged' ? t('merge.finishNow') : t('merge.start')}
              </Button>
            )
          )}
          {outcome === 'merged' && !open && (
            <Button variant="default" onClick={() => start.mutate({ source, target, review: true })}>
              {t('merge.review')}
            </Button>
          )}
          <Button variant="default" onClick={() => position.getState().go({ place: { screen: 'compare', from: target, to: source } })}>
            {t('merge.compareSides')}
          </Button>
        </div>
      </div>
      {outcome !== 'up-to-date' && (
        <div className={style.lists}>
          <section className={style.list} aria-labelledby="preview-conflicts">
            <h2 id="preview-conflicts">
              {t('merge.conflictsHeading')} <b>{conflictCount}</b>
            </h2>
            {conflictCount === 0 ? <p className={style.none}>{t('merge.noConflicts')}</p> : <Conflicts conflicts={preview.conflicts} />}
          </section>
          <div className={style.list}>
            <ClashList session={{ clashes: preview.clashes, target, appliedRepairs: [] }} onRepair={null} />
          </div>
          <section className={style.list} aria-labelledby="preview-automatic">
            <h2 id="preview-automatic">
              {t('merge.tabAutomatic')} <b>{numberText(cleanCount)}</b> <span>{t('merge.automaticHeading')}</span>
            </h2>
            {cleanCount === 0 ? (
              <p className={style.none}>{t('merge.noAutomatic')}</p>
            ) : (
              <Automatic
                items={preview.automatic}
                total={cleanCount}
                onOverride={() => (open ? openMerge(open.merge) : start.mutate({ source, target, review: true }))}
              />
            )}
          </section>
        </div>
      )}
    </>
  );
}

/** `2 added, 3 changed`: what there is none of is not said. */
function splitText({ added, changed, removed }: MergePreview['changes']): string {
  return [
    ...(added > 0 ? [t('merge.recordsAdded', { count: numberText(added) })] : []),
    ...(changed > 0 ? [t('merge.recordsChanged', { count: numberText(changed) })] : []),
    ...(removed > 0 ? [t('merge.recordsRemoved', { count: numberText(removed) })] : []),
  ].join(', ');
}

function Count({
  value,
  label,
  detail,
  alarm = false,
}: {
  readonly value: number;
  readonly label: string;
  readonly detail?: string;
  readonly alarm?: boolean;
}): React.JSX.Element {
  return (
    <div data-alarm={alarm || undefined} data-none={value === 0 || undefined}>
      <dt>{label}</dt>
      {detail !== undefined && <dd>{detail}</dd>}
    </div>
  );
}

const page = 200;

function Conflicts({ conflicts }: { readonly conflicts: readonly Conflict[] }): React.JSX.Element {
  return (
    <ul aria-label={t('merge.conflicts')}>
      {conflicts.slice(0, page).map((conflict) => (
        <li key={conflict.id}>
          <span className={style.title}>
            {datesInWords(conflict.title)} <span>{conflict.label}</span>
          </span>
          <span className={style.sides}>
            <span className={style.was}>{conflict.baseUnknown ? t('merge.wasUnknown') : valueText(conflict.baseText)}</span>
            <span data-side="A">
              <b aria-hidden>A</b> {valueText(conflict.targetText)}
            </span>
            <span data-side="B">
              <b aria-hidden>B</b> {valueText(conflict.sourceText)}
            </span>
          </span>
        </li>
      ))}
      {conflicts.length > page && <li className={style.none}>{t('merge.more', { count: conflicts.length - page })}</li>}
    </ul>
  );
}

function Automatic({
  items,
  total,
  onOverride,
}: {
  readonly items: readonly AutomaticMerge[];
  readonly total: number;
  readonly onOverride: () => void;
}): React.JSX.Element {
  return (
    <ul aria-label={t('merge.automaticHeading')}>
      {items.slice(0, page).map((item) => (
        <li key={item.id} className={style.automatic}>
          <span className={style.title}>
            {datesInWords(item.title)} <span>{item.label}</span>
          </span>
          <span className={style.value}>
            {item.baseText !== item.valueText && <span className={style.was}>{valueText(item.baseText)}</span>} {valueText(item.valueText)}
          </span>
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={t('merge.overrideOf', { title: datesInWords(item.title), label: item.label })}
            onClick={onOverride}
          >
            {t('merge.overrideAction')}
          </Button>
        </li>
      ))}
      {total > page && <li className={style.none}>{t('merge.more', { count: total - page })}</li>}
    </ul>
  );
}

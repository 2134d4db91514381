import { Button, Checkbox, Loader } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { IconFileText, IconFlag } from '@tabler/icons-react';
import { useState } from 'react';
import type { CommitSummary } from '../../../shared/contract/app/base.ts';
import type { CommitHash } from '../../../shared/ids.ts';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { position, usePosition } from '../../position/position.ts';
import { instantText, shortInstantText } from '../../ui/format.ts';
import { t } from '../../messages/index.ts';
import { sittingsOf } from './sittings.ts';
import { goToStep } from './travel.ts';
import style from './VersionList.module.css';
import tagStyle from './tag.module.css';

/** The branch's versions, newest first, grouped by sitting. Choosing one goes there. */
export function VersionList(): React.JSX.Element {
  const engine = useEngine();
  const branch = usePosition((state) => state.branch);
  const moment = usePosition((state) => state.moment);
  const [upTo, setUpTo] = useState<CommitHash | null>(null);
  const [named, setNamed] = useState(false);
  const tip = useQuery(engine.query.commits.at.queryOptions({ input: { branch } })).data;
  const line = useInfiniteQuery(
    engine.query.commits.line.infiniteOptions({
      input: (cursor: string | undefined) => ({ branch, limit: 60, ...(upTo && { to: upTo }), ...(cursor !== undefined && { cursor }) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  );
  const marks =
    useQuery({ ...engine.query.commits.density.queryOptions({ input: { branch, buckets: 1 } }), enabled: named }).data?.marks ?? [];
  const steps = line.data?.pages.flatMap((page) => page.items) ?? [];
  const shownCommit = moment.kind === 'commit' ? moment.commit : tip?.commit;
  if (line.error)
    return (
      <p className={style.none} role="alert">
        {t('history.loadFailed', { problem: problemOf(line.error).message })}
      </p>
    );
  return (
    <div className={style.list}>
      <div className={style.tools}>
        <Checkbox label={t('history.versionsNamed')} checked={named} onChange={(event) => setNamed(event.currentTarget.checked)} />
        <span className={style.space} />
        {upTo !== null ? (
          <Button size="compact-xs" variant="default" onClick={() => setUpTo(null)}>
            {t('history.versionsNewest')}
          </Button>
        ) : (
          moment.kind === 'commit' && (
            <Button size="compact-xs" variant="default" onClick={() => setUpTo(moment.commit)}>
              {t('history.versionsFrom')}
            </Button>
          )
        )}
      </div>
      {named ? (
        <TaggedSteps
          steps={marks.filter(({ kind }) => kind === 'tag').toReversed()}
          shown={shownCommit}
          tipPosition={tip?.position ?? Infinity}
        />
      ) : (
        sittingsOf(steps).map((sitting) => (
          <section key={sitting.steps[0]?.commit} className={style.sitting}>
            <h2 className={style.heading}>{t('history.sitting', { author: sitting.authorName, count: sitting.steps.length })}</h2>
            {sitting.steps.map((step) => (
              <Step key={step.commit} step={step} shown={step.commit === shownCommit} tipPosition={tip?.position ?? Infinity} />
            ))}
          </section>
        ))
      )}
      {!named && line.hasNextPage && (
        <Button
          size="compact-sm"
          variant="subtle"
          className={style.more}
          loading={line.isFetchingNextPage}
          onClick={() => void line.fetchNextPage()}
        >
          {t('history.loadMore')}
        </Button>
      )}
      {line.isPending && <Loader size={16} className={style.more} />}
    </div>
  );
}

function Step({
  step,
  shown,
  tipPosition,
}: {
  readonly step: CommitSummary;
  readonly shown: boolean;
  readonly tipPosition: number;
}): React.JSX.Element {
  return (
    <div className={style.step} data-shown={shown || undefined}>
      <button type="button" className={style.go} aria-current={shown ? 'true' : undefined} onClick={() => goToStep(step, tipPosition)}>
        <span className={style.message}>{step.message}</span>
        <span className={style.facts}>
          {t('history.version', { position: step.position })} · {shortInstantText(step.at)} · {step.summary}
        </span>
        <span className="visually-hidden">{t('history.rowWho', { author: step.authorName, time: instantText(step.at) })}</span>
        {step.reason && <span className={style.reason}>{step.reason}</span>}
        {step.tags.length > 0 && (
          <span className={style.tags}>
            {step.tags.map((tag) => (
              <span key={tag} className={tagStyle.tag}>
                <IconFlag size={11} stroke={2} aria-hidden /> {tag}
              </span>
            ))}
          </span>
        )}
      </button>
      <button
        type="button"
        className={style.detail}
        aria-label={t('history.openStep', { position: step.position })}
        title={t('history.openStep', { position: step.position })}
        onClick={() => position.getState().go({ place: { screen: 'commit', commit: step.commit } })}
      >
        <IconFileText size={14} stroke={1.7} aria-hidden />
      </button>
    </div>
  );
}

function TaggedSteps({
  steps,
  shown,
  tipPosition,
}: {
  readonly steps: readonly { readonly commit: CommitHash; readonly position: number; readonly at: string; readonly label: string }[];
  readonly shown: CommitHash | undefined;
  readonly tipPosition: number;
}): React.JSX.Element {
  if (steps.length === 0) return <p className={style.none}>{t('history.versionsNone')}</p>;
  return (
    <>
      {steps.map((step) => (
        <div key={`${step.commit} ${step.label}`} className={style.step} data-shown={step.commit === shown || undefined}>
          <button type="button" className={style.go} onClick={() => goToStep(step, tipPosition)}>
            <span className={style.message}>
              <IconFlag size={12} stroke={2} aria-hidden /> {step.label}
            </span>
            <span className={style.facts}>
              {t('history.version', { position: step.position })} · {instantText(step.at)}
            </span>
          </button>
        </div>
      ))}
    </>
  );
}

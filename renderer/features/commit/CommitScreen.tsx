import { Alert, Button, Loader, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowLeft,
  IconArrowsDiff,
  IconClock,
  IconClockMinus,
  IconCopy,
  IconFlag,
  IconMessagePlus,
  IconShieldCheck,
} from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EntityChange } from '../../../shared/contract/app/base.ts';
import type { CommitDetail } from '../../../shared/contract/app/commits.ts';
import type { CommitHash } from '../../../shared/ids.ts';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { position, usePosition } from '../../position/position.ts';
import { selection } from '../../position/selection.ts';
import { stepRequest } from '../../position/step-request.ts';
import { announce } from '../../ui/announcer.tsx';
import { instantText, numberText } from '../../ui/format.ts';
import { t } from '../../messages/index.ts';
import { ChangeList } from './ChangeList.tsx';
import { DecisionList } from './DecisionList.tsx';
import style from './CommitScreen.module.css';

/** One version in full: what it changed in words, who, when, why, and the proof that it is what was written. */
export function CommitScreen({
  commit,
  notes,
  blame,
}: {
  readonly commit: CommitHash;
  /** The tags and comments of a step; another feature's, put in by the window. */
  readonly notes?: (commit: CommitHash, title: string) => React.ReactNode;
  /** Whose value each field of a changed record is, likewise. */
  readonly blame?: (change: EntityChange, as: { readonly branch: string; readonly at: CommitHash }) => React.ReactNode;
}): React.JSX.Element {
  const engine = useEngine();
  const [limit, setLimit] = useState(1_000);
  const shownBranch = usePosition((state) => state.branch);
  const answer = useQuery(engine.query.commits.get.queryOptions({ input: { commit, limit }, placeholderData: keepPreviousData }));
  const detail = answer.data?.commit === commit ? answer.data : undefined;
  if (answer.error)
    return (
      <div className={style.screen}>
        <Alert color="red" icon={<IconAlertTriangle size={18} />} role="alert">
          {t('commit.notFound', { problem: problemOf(answer.error).message })}
        </Alert>
      </div>
    );
  if (!detail)
    return (
      <div className={style.screen}>
        <Loader size={18} aria-label={t('commit.loading')} />
      </div>
    );
  const onBranch = detail.branches.includes(shownBranch) ? shownBranch : (detail.branches[0] ?? detail.branch);
  const title = `${t('commit.title', { position: numberText(detail.position) })}, ${instantText(detail.at)}`;
  return (
    <div className={style.screen} role="region" aria-label={t('commit.screen')}>
      <header className={style.head}>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconArrowLeft size={14} aria-hidden />}
          onClick={() => position.getState().goBack()}
        >
          {t('commit.back')}
        </Button>
        <h1 className={style.message}>{detail.message}</h1>
        <div className={style.sub}>
          {t('commit.title', { position: numberText(detail.position) })} ·{' '}
          {t('commit.summary', { summary: detail.summary, branch: detail.branch })} · {detail.authorName} · {instantText(detail.at)}
        </div>
        <Actions detail={detail} title={title} />
      </header>
      {!detail.verified && (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('commit.damaged')} role="alert">
          {t('commit.damagedText')}
        </Alert>
      )}
      <div className={style.columns}>
        <section className={style.changes} aria-label={t('commit.changes', { count: detail.totalChanges })}>
          {detail.decisions.length > 0 && <DecisionList decisions={detail.decisions} total={detail.totalDecisions} />}
          <h2 className={style.heading}>
            {t('commit.changes', { count: detail.totalChanges })}
            {detail.changes.length < detail.totalChanges && (
              <span className={style.cut}>
                {t('commit.changesCut', { shown: numberText(detail.changes.length), total: numberText(detail.totalChanges) })}
                <Button size="compact-xs" variant="subtle" loading={answer.isFetching} onClick={() => setLimit(50_000)}>
                  {t('commit.showAll')}
                </Button>
              </span>
            )}
          </h2>
          {detail.changes.length === 0 ? (
            <p className={style.none}>{t('commit.noChanges')}</p>
          ) : (
            <ChangeList
              changes={detail.changes}
              show={showCell}
              blame={blame && ((change) => blame(change, { branch: onBranch, at: detail.commit }))}
            />
          )}
        </section>
        <aside className={style.facts} aria-label={title}>
          <Facts detail={detail} />
          {notes && (
            <section className={style.notes}>
              <h2 className={style.heading}>{t('commit.notes')}</h2>
              {notes(detail.commit, title)}
            </section>
          )}
        </aside>
      </div>
    </div>
  );
}

function Actions({ detail, title }: { readonly detail: CommitDetail; readonly title: string }): React.JSX.Element {
  const engine = useEngine();
  const branch = usePosition((state) => state.branch);
  const onBranch = detail.branches.includes(branch) ? branch : (detail.branches[0] ?? branch);
  const tip = useQuery(engine.query.commits.at.queryOptions({ input: { branch: onBranch } })).data;
  const isTip = tip?.commit === detail.commit;
  const go = (): void =>
    position.getState().go({
      branch: onBranch,
      moment: isTip ? { kind: 'now' } : { kind: 'commit', commit: detail.commit, position: detail.position, at: detail.at },
      place: { screen: 'roster' },
    });
  const goBefore = async (): Promise<void> => {
    if (detail.position <= 1) return announce(t('commit.firstVersion'));
    try {
      const before = await engine.call.commits.at({ branch: onBranch, position: detail.position - 1 });
      if (before)
        position.getState().go({
          branch: onBranch,
          moment: { kind: 'commit', commit: before.commit, position: before.position, at: before.at },
          place: { screen: 'roster' },
        });
    } catch (error) {
      announce(problemOf(error).message);
    }
  };
  const [parent] = detail.parents;
  const note = (kind: 'tag' | 'comment') => () =>
    stepRequest.getState().ask({ kind, target: { kind: 'commit', commit: detail.commit, title } });
  return (
    <div className={style.actions} role="group" aria-label={t('commit.actions')}>
      <Button variant="light" leftSection={<IconClock size={15} aria-hidden />} onClick={go}>
        {t('commit.goThere')}
      </Button>
      <Button variant="default" leftSection={<IconClockMinus size={15} aria-hidden />} onClick={() => void goBefore()}>
        {t('commit.goBefore')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconArrowsDiff size={15} aria-hidden />}
        onClick={() =>
          position.getState().go({ place: { screen: 'compare', from: { branch: onBranch, at: detail.commit }, to: { branch: onBranch } } })
        }
      >
        {t('commit.compareNow')}
      </Button>
      {parent && (
        <Button variant="default" onClick={() => position.getState().go({ place: { screen: 'compare', from: parent, to: detail.commit } })}>
          {t('commit.compareBefore')}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconArrowBackUp size={15} aria-hidden />}
        onClick={() => stepRequest.getState().ask({ kind: 'revert', commit: detail.commit, title: detail.message })}
      >
        {t('commit.undoChange')}
      </Button>
      <Button variant="default" leftSection={<IconFlag size={15} aria-hidden />} onClick={note('tag')}>
        {t('commit.addTag')}
      </Button>
      <Button variant="default" leftSection={<IconMessagePlus size={15} aria-hidden />} onClick={note('comment')}>
        {t('commit.addComment')}
      </Button>
    </div>
  );
}

function Facts({ detail }: { readonly detail: CommitDetail }): React.JSX.Element {
  const at = instantText(detail.at);
  const recorded = instantText(detail.recordedAt);
  const [parent] = detail.parents;
  return (
    <dl className={style.list}>
      <Fact label={t('commit.author')}>{detail.authorName}</Fact>
      <Fact label={t('commit.branchTime')} hint={t('commit.branchTimeHint')}>
        {at}
      </Fact>
      <Fact label={t('commit.recorded')} hint={t('commit.recordedHint')}>
        {recorded === at ? t('commit.sameTime', { time: recorded }) : recorded}
      </Fact>
      <Fact label={t('commit.reason')}>{detail.reason ?? <span className={style.none}>{t('commit.noReason')}</span>}</Fact>
      <Fact label={t('commit.kind')}>{t(`commit.kinds_${detail.kind}`)}</Fact>
      <Fact label={t('commit.device')}>{detail.device}</Fact>
      <Fact label={t('commit.branches')}>
        {detail.branches.length > 0 ? detail.branches.join(', ') : <span className={style.none}>{t('commit.noBranches')}</span>}
      </Fact>
      {parent && (
        <Fact label={t('commit.parent')}>
          <CommitLink commit={parent} />
        </Fact>
      )}
      {detail.undoes && (
        <Fact label={t('commit.undoes')}>
          <CommitLink commit={detail.undoes} />
        </Fact>
      )}
      <Fact label={t('commit.hash')}>
        <code className={style.hash}>{detail.commit}</code>
        <div className={style.proof}>
          {detail.verified ? (
            <span className={style.verified}>
              <IconShieldCheck size={15} stroke={1.8} aria-hidden />
              {t('commit.verified')}
            </span>
          ) : (
            <span className={style.damaged}>
              <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
              {t('commit.damaged')}
            </span>
          )}
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconCopy size={13} aria-hidden />}
            aria-label={t('commit.copyHash')}
            onClick={() => void copyHash(detail.commit)}
          >
            {t('commit.copy')}
          </Button>
        </div>
      </Fact>
    </dl>
  );
}

function Fact({
  label,
  hint,
  children,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly children: React.ReactNode;
}): React.JSX.Element {
  return (
    <div className={style.fact}>
      <dt>
        {hint ? (
          <Tooltip label={hint}>
            <span className={style.hinted}>{label}</span>
          </Tooltip>
        ) : (
          label
        )}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function CommitLink({ commit }: { readonly commit: CommitHash }): React.JSX.Element {
  return (
    <button type="button" className={style.link} onClick={() => position.getState().go({ place: { screen: 'commit', commit } })}>
      <code>{commit.slice(0, 12)}</code>
    </button>
  );
}

function showCell(change: EntityChange): void {
  if (!change.slot) return;
  selection.getState().select({ ...change.slot, assignmentId: change.id });
  const { days, go } = position.getState();
  go({ place: { screen: 'roster' }, days: { from: change.slot.date, span: days?.span ?? 'twoWeeks' } });
}

async function copyHash(hash: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(hash);
    announce(t('commit.copied'));
  } catch {
    announce(t('commit.copyFailed'));
  }
}

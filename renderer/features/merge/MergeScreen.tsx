import { Button, Loader } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Conflict, MergeClash, MergeSession, Resolution } from '../../../shared/contract/app/merges.ts';
import { slotToDate, slotToHalf } from '../../../shared/roster/slot.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { datesInWords } from '../../ui/format.ts';
import { position } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { AbortDialog } from './AbortDialog.tsx';
import { AutomaticPanel } from './AutomaticPanel.tsx';
import { nextConflict } from './choose-next.ts';
import { ClashList } from './ClashList.tsx';
import { ConflictList, type ListTab } from './ConflictList.tsx';
import { ConflictPanel, type ConflictHandle } from './ConflictPanel.tsx';
import { FinishBox, finishBlocked } from './FinishBox.tsx';
import { MergeHead } from './MergeHead.tsx';
import { fieldsOf, personOf, spanOf } from './merge-places.ts';
import { choiceText, stateOf } from './merge-words.ts';
import { ResultPanel, type ResultFocus } from './ResultPanel.tsx';
import { useAutoAdvance } from './useAutoAdvance.ts';
import { useMergedToast } from './useFinish.ts';
import { useFreshMerges, useMergeSession, useMergeVerbs } from './useMergeSession.ts';
import { useResolverKeys } from './useResolverKeys.ts';
import { useStands } from './useStands.ts';
import style from './merge.module.css';

/** A merge in progress: what is left to decide, the decision on screen, and the roster as it would be. */
export function MergeScreen({ merge }: { readonly merge: string }): React.JSX.Element {
  useFreshMerges();
  const session = useMergeSession(merge);
  if (session.data && session.data.state === 'open') return <Resolver key={merge} session={session.data} />;
  return (
    <section className={style.message} aria-label={t('merge.banner')}>
      {session.isPending ? (
        <Loader size="sm" aria-label={t('merge.loading')} />
      ) : (
        <>
          <p role={session.error ? 'alert' : undefined}>
            {session.error
              ? problemOf(session.error).message
              : session.data?.state === 'concluded'
                ? t('merge.concluded')
                : t('merge.gone')}
          </p>
          <Button variant="default" onClick={() => position.getState().go({ place: { screen: 'branches' } })}>
            {t('merge.goBranches')}
          </Button>
        </>
      )}
    </section>
  );
}

function Resolver({ session }: { readonly session: MergeSession }): React.JSX.Element {
  const { merge, conflicts } = session;
  const { call, query } = useEngine();
  const queries = useQueryClient();
  const verbs = useMergeVerbs(merge);
  const stands = useStands(session);
  const say = useMergedToast();
  const [tab, setTab] = useState<ListTab>(() => (conflicts.length > 0 || session.cleanCount === 0 ? 'left' : 'automatic'));
  const [wanted, setWanted] = useState<string | null>(() => nextConflict(conflicts, null, 1, { open: true }));
  const [reason, setReason] = useState('');
  // What the last choice for many was, while it is the last thing that was done.
  const [group, setGroup] = useState<string | null>(null);
  const [aborting, setAborting] = useState(false);
  const [lookedAt, setLookedAt] = useState<ResultFocus | null>(null);
  const root = useRef<HTMLElement>(null);
  const panel = useRef<ConflictHandle>(null);
  const wantsFocus = useRef(true);

  const conflict = conflicts.find(({ id }) => id === wanted) ?? null;
  const automatic = conflict === null ? (session.automatic.find(({ id }) => id === wanted) ?? null) : null;

  const show = (id: string | null, next?: ListTab): void => {
    wantsFocus.current = true;
    setWanted(id);
    setLookedAt(null);
    const to = next ?? tabOf(conflicts.find((each) => each.id === id));
    if (to) setTab(to);
    if (id === null) announce(t('merge.saidAllDecided'));
  };
  // The keys work as long as the focus is in the resolver: it goes along to what comes up next, or to Finish when nothing is left.
  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    const entry = wanted === null ? null : root.current?.querySelector<HTMLElement>(`[data-conflict="${CSS.escape(wanted)}"]`);
    (entry ?? root.current?.querySelector<HTMLElement>('[data-finish]'))?.focus({ preventScroll: true });
  });
  const advance = useAutoAdvance();

  const decide = (chosen: readonly Conflict[], resolution: Resolution, why: string): void => {
    advance.now();
    setGroup(null);
    verbs.resolve.mutate(
      chosen.map(({ id }) => ({ conflict: id, resolution, ...(why === '' ? {} : { reason: why }) })),
      chosen.length > 1
        ? { onSuccess: () => setGroup(t('merge.manyDecided', { count: chosen.length, choice: choiceText(resolution, first, session) })) }
        : {},
    );
    const [first] = chosen as readonly [Conflict, ...Conflict[]];
    const decided = new Set(chosen.map(({ id }) => id));
    const left = conflicts.filter((each) => each.decision === null && !decided.has(each.id)).length;
    announce(
      t('merge.saidChoice', {
        title: datesInWords(first.title),
        label: first.label,
        choice: choiceText(resolution, first, session),
        left: t('merge.leftSpoken', { left }),
      }),
    );
    if (advance.on) advance.later(() => show(nextConflict(conflicts, first.id, 1, { open: true, without: decided }), 'left'));
    else wantsFocus.current = true;
  };

  const takeBack = (which: Conflict | null): void => {
    advance.cancel();
    setGroup(null);
    const before = new Set(conflicts.filter((each) => each.decision === null).map(({ id }) => id));
    verbs.unresolve.mutate(which === null ? null : [which.id], {
      onSuccess: (answer) => {
        const reopened = answer.conflicts.find((each) => each.decision === null && !before.has(each.id));
        if (!reopened) return;
        show(reopened.id, 'left');
        announce(
          t('merge.saidUndone', {
            title: datesInWords(reopened.title),
            label: reopened.label,
            left: t('merge.leftSpoken', { left: answer.left }),
          }),
        );
      },
    });
  };

  const conclude = useMutation({
    mutationFn: () =>
      call.merges.conclude({
        merge,
        ...(session.kind === 'merge' ? { message: t('merge.commitMessage', { source: session.source, target: session.target }) } : {}),
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      }),
    onSuccess: ({ commit }) => {
      position.getState().go({ branch: session.target, moment: { kind: 'now' }, place: { screen: 'roster' } });
      say({ commit, source: session.source, target: session.target });
      void queries.invalidateQueries({ queryKey: query.merges.key() });
    },
    // Somebody may have changed a side just now: the merge is read again, and says what is open.
    onError: () => void queries.invalidateQueries({ queryKey: query.merges.key() }),
  });
  const finish = (): void => {
    const blocked = finishBlocked(session, reason);
    if (blocked === null && !verbs.saving) conclude.mutate();
    else if (blocked !== null) announce(blocked);
  };
  const leave = (): void => {
    announce(t('merge.left_draft'));
    if (position.getState().back.length > 0) position.getState().goBack();
    else position.getState().go({ place: { screen: 'roster' } });
  };
  const step = (by: 1 | -1, open: boolean): void => {
    advance.cancel();
    const next = nextConflict(conflicts, wanted, by, { open });
    if (next === null) return;
    show(next, open ? 'left' : undefined);
    const at = conflicts.findIndex(({ id }) => id === next);
    announce(t('merge.saidConflict', { at: at + 1, count: conflicts.length, sentence: datesInWords(conflicts[at]?.sentence ?? '') }));
  };

  useResolverKeys(root, {
    choose: (kind) => {
      // A key that is pressed while the last choice is still shown is meant for the next conflict.
      flushSync(() => advance.now());
      panel.current?.choose(kind);
    },
    edit: () => {
      flushSync(() => advance.now());
      panel.current?.edit();
    },
    takeBack: () => {
      if (conflict !== null && conflict.decision !== null) takeBack(conflict);
      else if (session.decidedByPerson > 0) takeBack(null);
    },
    later: () => step(1, true),
    step,
    finish,
    leave,
    // What is typed belongs to what is on screen: nothing else may come up under it.
    typing: advance.cancel,
  });

  const focus = useMemo((): ResultFocus | null => {
    if (lookedAt !== null) return lookedAt;
    const item = conflict ?? automatic;
    if (item === null) return null;
    const span = spanOf(item.entity.type, fieldsOf(item, stands));
    return span === null ? null : { personId: span.personId, date: slotToDate(span.from), half: slotToHalf(span.from) };
  }, [lookedAt, conflict, automatic, stands]);
  const showClash = (clash: MergeClash): void => {
    const slot = clash.slots[0];
    const place = slot ?? clash.halfDays[0];
    if (place) setLookedAt({ personId: slot?.personId ?? null, date: place.date, half: place.half });
  };

  return (
    <section className={style.screen} aria-labelledby="merge-title" ref={root}>
      <MergeHead
        session={session}
        saving={verbs.saving}
        group={group}
        onUndoGroup={() => takeBack(null)}
        onLeave={leave}
        onAbort={() => setAborting(true)}
      />
      {session.dropped.length > 0 && <Dropped session={session} onShow={show} />}
      <div className={style.columns}>
        <ConflictList
          session={session}
          tab={tab}
          chosen={wanted}
          autoAdvance={advance.on}
          onTab={(next) => {
            advance.cancel();
            setTab(next);
          }}
          onChoose={(id) => {
            advance.cancel();
            setWanted(id);
            setLookedAt(null);
          }}
          onAutoAdvance={advance.turn}
        />
        <div className={style.middle}>
          {conflict !== null ? (
            <ConflictPanel
              conflict={conflict}
              session={session}
              stands={stands}
              at={conflicts.indexOf(conflict) + 1}
              personName={(each) => (personOf(each, stands) === null ? null : datesInWords(each.title).replace(/, \w{3} \d.*$/, ''))}
              onDecide={decide}
              onTakeBack={takeBack}
              onLater={() => step(1, true)}
              handle={panel}
            />
          ) : automatic !== null ? (
            <AutomaticPanel
              item={automatic}
              session={session}
              onOverride={(resolution) => verbs.resolve.mutate([{ conflict: automatic.id, resolution }])}
              onRemove={() => verbs.unresolve.mutate([automatic.id])}
            />
          ) : (
            <div className={style.done}>
              <h2>{t('merge.nothingLeftTitle')}</h2>
              <p>{t('merge.nothingLeftText')}</p>
            </div>
          )}
        </div>
        <div className={style.right}>
          <ResultPanel session={session} stands={stands} focus={focus} saving={verbs.saving} />
          <ClashList
            session={session}
            onShow={showClash}
            onRepair={(clash, repair, text) =>
              verbs.repair.mutate(
                { clash, repair },
                { onSuccess: () => announce(repair === null ? t('merge.repairTaken') : t('merge.repairApplied', { text })) },
              )
            }
          />
          <FinishBox
            session={session}
            reason={reason}
            busy={conclude.isPending}
            problem={conclude.error ? problemOf(conclude.error).message : null}
            onReason={setReason}
            onFinish={finish}
          />
        </div>
      </div>
      <AbortDialog
        session={session}
        opened={aborting}
        onClose={() => setAborting(false)}
        onAborted={() => {
          announce(t('merge.aborted', { target: session.target }));
          position.getState().go({ place: { screen: 'branches' } }, 'replace');
        }}
      />
    </section>
  );
}

function tabOf(conflict: Conflict | undefined): ListTab | null {
  return conflict === undefined ? null : stateOf(conflict);
}

function Dropped({ session, onShow }: { readonly session: MergeSession; readonly onShow: (id: string) => void }): React.JSX.Element {
  const known = session.conflicts.filter(({ id }) => session.dropped.includes(id));
  return (
    <div className={style.dropped} role="status">
      <span>{t('merge.dropped', { count: session.dropped.length })}</span>
      {known.slice(0, 5).map((conflict) => (
        <Button key={conflict.id} size="compact-xs" variant="default" onClick={() => onShow(conflict.id)}>
          {datesInWords(conflict.title)}, {conflict.label}
        </Button>
      ))}
      {known.length < session.dropped.length && <span>{t('merge.droppedGone')}</span>}
    </div>
  );
}

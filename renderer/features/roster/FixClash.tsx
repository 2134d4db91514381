import { Button, Loader } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Clash, ClashRepair } from '../../../shared/contract/app/roster.ts';
import { useEngine } from '../../client/engine.ts';
import { useProgramInfo } from '../../client/program.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { usePosition } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { showActionToast, showProblemToast } from '../../ui/action-toast.tsx';
import { datesInWords } from '../../ui/format.ts';
import style from './fix.module.css';

/** A clash’s way out: proposals that were proved to clear it, each with what it changes. Choosing one is one commit. Only for now. */
export function FixClash({ clash }: { readonly clash: Clash }): React.JSX.Element | null {
  const [open, setOpen] = useState(false);
  const panel = useId();
  const past = usePosition((state) => state.moment.kind !== 'now' || state.view !== null);
  const readOnly = useProgramInfo()?.readOnly === true;
  if (past || readOnly || clash.halfDays.length === 0) return null;
  return (
    <div className={style.fix}>
      <Button
        size="compact-xs"
        variant="default"
        aria-expanded={open}
        aria-controls={panel}
        aria-label={open ? undefined : t('fix.openFor', { clash: datesInWords(clash.text) })}
        onClick={() => setOpen(!open)}
      >
        {open ? t('fix.close') : t('fix.open')}
      </Button>
      <div id={panel}>{open && <Proposals clash={clash} onDone={() => setOpen(false)} />}</div>
    </div>
  );
}

function Proposals({ clash, onDone }: { readonly clash: Clash; readonly onDone: () => void }): React.JSX.Element {
  const { call, query } = useEngine();
  const branch = usePosition((state) => state.branch);
  const dates = clash.halfDays.map(({ date }) => date).toSorted();
  const [from, to] = [dates[0] ?? '', dates.at(-1) ?? ''];
  const answer = useQuery({
    ...query.roster.repairs.queryOptions({ input: { branch, clash: clash.key, from, to } }),
    staleTime: 0,
    gcTime: 0,
  });
  const found = answer.data;
  const carryOut = useMutation({
    mutationFn: (repair: ClashRepair) =>
      call.changes.commit({
        branch,
        message: t('fix.message', { text: datesInWords(repair.text) }),
        reason: t('fix.reason', { clash: datesInWords(clash.text) }),
        ...(found?.basis.commit != null && { expectedTip: found.basis.commit }),
        changes: repair.changes.map(({ op, type, id, fields }) =>
          op === 'delete' ? { op, type, id } : { op, type, id, fields: fields ?? {} },
        ),
      }),
    onSuccess: (outcome, repair) => {
      // What was proved for another roster is proved again before anything is done.
      if (outcome.kind === 'stale') {
        announce(t('fix.stale'));
        void answer.refetch();
        return;
      }
      onDone();
      showActionToast({
        message: t('fix.fixed', { text: datesInWords(repair.text) }),
        label: t('fix.undo'),
        run: () =>
          void call.changes.undo({ branch }).then(
            () => announce(t('fix.undone')),
            (error: unknown) => showProblemToast(problemOf(error).message),
          ),
      });
    },
    onError: (error) => showProblemToast(problemOf(error).message),
  });
  if (answer.error) return <p role="alert">{problemOf(answer.error).message}</p>;
  if (!found)
    return (
      <p className={style.note}>
        <Loader size={12} /> {t('fix.looking')}
      </p>
    );
  if (found.repairs.length === 0) return <p className={style.note}>{t(found.clash === null ? 'fix.gone' : 'fix.none')}</p>;
  return (
    <ul className={style.proposals} aria-label={t('fix.proposals')}>
      {found.repairs.map((repair) => (
        <li key={repair.id}>
          <div className={style.words}>
            <strong>{datesInWords(repair.text)}</strong>
            {repair.lines.map((line) => (
              <span key={`${line.title} ${line.before}`}>{lineText(line)}</span>
            ))}
          </div>
          <Button
            size="compact-xs"
            disabled={carryOut.isPending}
            aria-label={t('fix.chooseThis', { text: datesInWords(repair.text) })}
            onClick={() => carryOut.mutate(repair)}
          >
            {t('fix.choose')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** `Lima, A, Wed 5 Aug AM: ICU → nothing`, and for what moves the place it leaves. */
function lineText({ title, from, before, after }: ClashRepair['lines'][number]): string {
  const words = {
    title: datesInWords(title),
    from: datesInWords(from),
    before: before || t('fix.nothing'),
    after: after || t('fix.nothing'),
  };
  return t(from !== '' && from !== title ? 'fix.moves' : 'fix.change', words);
}

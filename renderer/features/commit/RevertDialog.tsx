import { Button, Modal, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CommitHash } from '../../../shared/ids.ts';
import { type Engine, useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { usePosition } from '../../position/position.ts';
import { stepRequest, useStepRequest } from '../../position/step-request.ts';
import { showActionToast, showProblemToast } from '../../ui/action-toast.tsx';
import { announce } from '../../ui/announcer.tsx';
import { t } from '../../messages/index.ts';
import style from './RevertDialog.module.css';

/** Asks why before a step is undone by a new one. Mounted once; opened by whoever asks for it. */
export function RevertDialog(): React.JSX.Element {
  const request = useStepRequest();
  const close = stepRequest.getState().close;
  const asked = request?.kind === 'revert' ? request : null;
  return (
    <Modal opened={asked !== null} onClose={close} title={t('commit.revertTitle')} size="md">
      {asked && <RevertForm key={asked.commit} commit={asked.commit} title={asked.title} close={close} />}
    </Modal>
  );
}

function RevertForm({
  commit,
  title,
  close,
}: {
  readonly commit: CommitHash;
  readonly title: string;
  readonly close: () => void;
}): React.JSX.Element {
  const engine = useEngine();
  const branch = usePosition((state) => state.branch);
  const go = usePosition((state) => state.go);
  const detail = useQuery(engine.query.commits.get.queryOptions({ input: { commit, limit: 0 } })).data;
  const [reason, setReason] = useState(t('commit.revertReasonDefault', { title: title.slice(0, 200) }));
  const [problem, setProblem] = useState<string | null>(null);
  const revert = useMutation({
    mutationFn: () => engine.call.commits.revert({ commit, branch, reason: reason.trim() }),
    onSuccess: (done) => {
      close();
      // Something it changed was changed again since: people decide, as in a merge.
      if (done.kind === 'conflicts') return go({ place: { screen: 'merge', merge: done.merge } });
      showActionToast({
        message: t('commit.reverted', { title }),
        label: t('commit.undo'),
        run: () => void takeBack(engine, branch, done.commit),
      });
    },
    // What was refused stays on screen beside the question.
    onError: (error) => setProblem(problemOf(error).message),
  });
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() === '') setProblem(t('commit.revertNeedsReason'));
        else revert.mutate();
      }}
    >
      <p className={style.what}>
        {detail && t('commit.revertWhat', { count: detail.totalChanges, title, branch })} {t('commit.revertHow')}
      </p>
      <Textarea
        data-autofocus
        label={t('commit.revertReason')}
        autosize
        minRows={2}
        maxLength={2_000}
        value={reason}
        error={problem}
        onChange={(event) => {
          setReason(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <div className={style.buttons}>
        <Button variant="default" onClick={close}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={revert.isPending}>
          {t('commit.revert')}
        </Button>
      </div>
    </form>
  );
}

async function takeBack(engine: Engine, branch: string, commit: CommitHash): Promise<void> {
  try {
    const answer = await engine.call.commits.revert({ commit, branch, reason: t('commit.takenBack') });
    if (answer.kind === 'committed') return announce(t('commit.undone'));
    // A toast is no place to decide anything: nothing is left behind.
    await engine.call.merges.abort({ merge: answer.merge });
    showProblemToast(t('commit.changedSince'));
  } catch (error) {
    showProblemToast(problemOf(error).message);
  }
}

import { useMutation } from '@tanstack/react-query';
import type { CommitHash } from '../../../shared/ids.ts';
import { type Engine, useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { usePosition } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { showActionToast, showProblemToast } from '../../ui/action-toast.tsx';
import { instantText } from '../../ui/format.ts';
import { t } from '../../messages/index.ts';
import { type HistoryRow, planUse, type Standing } from './cell-history.ts';

export interface UseValueRequest {
  readonly row: HistoryRow;
  /** What stands there now: an older value is given to it, or it is brought back itself. */
  readonly standing: readonly Standing[];
  /** Why, in the user's words; a sentence of ours when empty. */
  readonly reason: string;
}

/** Makes an old value the current one by adding a version, and offers to take that back. */
export function useUseValue(): { readonly use: (request: UseValueRequest) => void; readonly busy: boolean } {
  const engine = useEngine();
  const branch = usePosition((state) => state.branch);
  const viewing = usePosition((state) => state.view !== null);
  const mutation = useMutation({
    mutationFn: async ({ row, standing, reason: typed }: UseValueRequest) => {
      const value = row.stands ? row.code || row.entry.text : t('history.emptyCell');
      const reason = typed.trim() === '' ? t('history.useReason', { value, time: instantText(row.entry.officialAt) }) : typed.trim();
      const plan =
        row.type === 'assignment' ? planUse(row, standing) : ({ kind: 'rollback', id: row.id, version: row.entry.version } as const);
      const commit = await carryOut(engine, branch, row, plan, reason, value);
      return { commit, value };
    },
    onSuccess: ({ commit, value }) => {
      if (commit === null) announce(t('history.useSame', { value }));
      else
        showActionToast({
          message: t('history.used', { value }),
          label: t('history.undo'),
          run: () => void takeBack(engine, branch, commit),
        });
    },
    onError: (error) => showProblemToast(problemOf(error).message),
  });
  return {
    use: (request) => (viewing ? showProblemToast(t('history.viewReason')) : mutation.mutate(request)),
    busy: mutation.isPending,
  };
}

async function carryOut(
  engine: Engine,
  branch: string,
  row: HistoryRow,
  plan: ReturnType<typeof planUse>,
  reason: string,
  value: string,
): Promise<CommitHash | null> {
  switch (plan.kind) {
    case 'same':
      return null;
    case 'rollback': {
      const answer = await engine.call.versions.rollback({ type: row.type, id: plan.id, version: plan.version, reason, branch });
      return answer.changed ? answer.commit : null;
    }
    case 'commit': {
      const answer = await engine.call.changes.commit({
        branch,
        message: t('history.useMessage', { value }),
        reason,
        changes: [...plan.changes],
      });
      return answer.kind === 'committed' ? answer.commit : null;
    }
  }
}

/** Undo where it is still the last gesture, so that redo works too; otherwise a step of its own takes it back. */
async function takeBack(engine: Engine, branch: string, commit: CommitHash): Promise<void> {
  try {
    const { undo } = await engine.call.changes.undoable({ branch });
    if (undo?.commit === commit) await engine.call.changes.undo({ branch });
    else {
      const answer = await engine.call.commits.revert({ commit, branch, reason: t('history.takenBack') });
      if (answer.kind === 'conflicts') {
        // A toast is no place to decide anything: nothing is left behind.
        await engine.call.merges.abort({ merge: answer.merge });
        return showProblemToast(t('history.changedSince'));
      }
    }
    announce(t('history.undone'));
  } catch (error) {
    showProblemToast(problemOf(error).message);
  }
}

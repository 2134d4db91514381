import { useMutation } from '@tanstack/react-query';
import type { CommitHash } from '../../../shared/ids.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { position } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { showActionToast, showProblemToast } from '../../ui/action-toast.tsx';

/** Says that a merge was written, and offers to undo the whole of it by one more commit. */
export function useMergedToast(): (merged: { readonly commit: CommitHash; readonly source: string; readonly target: string }) => void {
  const { call } = useEngine();
  return ({ commit, source, target }) =>
    showActionToast({
      message: t('merge.merged', { source, target }),
      label: t('merge.undoMerge'),
      run: () => {
        call.commits.revert({ commit, branch: target, reason: t('merge.undoReason', { source }) }).then(
          (answer) => {
            // Something was done since that the undo would lose: people decide it like any other merge.
            if (answer.kind === 'conflicts') openMerge(answer.merge);
            else announce(t('merge.undoneMerge', { target }));
          },
          (error: unknown) => showProblemToast(problemOf(error).message),
        );
      },
    });
}

/** Shows a merge in progress. */
export function openMerge(merge: string): void {
  position.getState().go({ moment: { kind: 'now' }, place: { screen: 'merge', merge } });
}

/** Shows what a merge would do. */
export function openPreview(source: string, target: string): void {
  position.getState().go({ moment: { kind: 'now' }, place: { screen: 'mergePreview', source, target } });
}

/** Starts or resumes a merge; a clean one is finished at once, says so, and can be undone. `review` opens it also when it is clean. */
export function useStartMerge() {
  const { call, query } = useEngine();
  const queries = useQueryClient();
  const say = useMergedToast();
  return useMutation({
    mutationFn: (between: { readonly source: string; readonly target: string; readonly review?: boolean }) =>
      call.merges.start({ ...between, message: t('merge.commitMessage', { source: between.source, target: between.target }) }),
    onSuccess: (outcome, { source, target }) => {
      void queries.invalidateQueries({ queryKey: query.merges.key() });
      switch (outcome.kind) {
        case 'up-to-date':
          announce(t('merge.upToDate', { source, target }));
          return;
        case 'merged':
          position.getState().go({ branch: target, moment: { kind: 'now' }, place: { screen: 'roster' } });
          say({ commit: outcome.commit, source, target });
          return;
        case 'clashes':
        case 'conflicts':
          openMerge(outcome.merge);
      }
    },
    onError: (error) => showProblemToast(problemOf(error).message),
  });
}

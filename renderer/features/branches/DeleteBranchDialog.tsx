import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { BranchInfo } from '../../../shared/contract/app/branches.ts';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { useFocusReturn } from '../../ui/focus-return.ts';
import { position, usePosition } from '../../position/position.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { showActionToast, showProblemToast } from '../../ui/action-toast.tsx';

/** Asks once; the branch can be restored for thirty days, also at once from the message. */
export function DeleteBranchDialog({ branch, onClose }: { readonly branch: BranchInfo; readonly onClose: () => void }): React.JSX.Element {
  useFocusReturn();
  const { call } = useEngine();
  const shown = usePosition((state) => state.branch);
  const { name } = branch;
  const remove = useMutation({
    mutationFn: () => call.branches.delete({ name }),
    onSuccess: () => {
      if (name === shown) position.getState().go({ branch: 'main', moment: { kind: 'now' } });
      showActionToast({
        message: t('branches.deleted', { name }),
        label: t('branches.restore'),
        run: () => void call.branches.restore({ name }).catch((error: unknown) => showProblemToast(problemOf(error).message)),
      });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t('branches.deleteTitle', { name })}
      cancel={t('common.cancel')}
      action={t('branches.deleteAction')}
      busy={remove.isPending}
      problem={remove.error ? problemOf(remove.error).message : null}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{t('branches.deleteExplain', { versions: t('branches.versions', { count: branch.versionCount }) })}</Text>
      {branch.ahead > 0 && <Text size="sm">{t('branches.deleteUnmerged', { count: branch.ahead })}</Text>}
    </ConfirmDialog>
  );
}

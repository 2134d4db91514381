import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { MergeSession } from '../../../shared/contract/app/merges.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

/** Asks once, then forgets the merge without a trace. */
export function AbortDialog({
  session,
  opened,
  onClose,
  onAborted,
}: {
  readonly session: MergeSession;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onAborted: () => void;
}): React.JSX.Element {
  const { call, query } = useEngine();
  const queries = useQueryClient();
  const abort = useMutation({
    mutationFn: () => call.merges.abort({ merge: session.merge }),
    onSuccess: () => {
      onAborted();
      void queries.invalidateQueries({ queryKey: query.merges.list.key() });
    },
  });
  return (
    <ConfirmDialog
      opened={opened}
      title={t('merge.abortTitle')}
      cancel={t('merge.keepDeciding')}
      action={t('merge.abortAction')}
      busy={abort.isPending}
      problem={abort.error ? problemOf(abort.error).message : null}
      onConfirm={() => abort.mutate()}
      onClose={onClose}
    >
      <Text size="sm">
        {session.decidedByPerson === 0 ? t('merge.abortExplainNone') : t('merge.abortExplain', { count: session.decidedByPerson })}
      </Text>
    </ConfirmDialog>
  );
}

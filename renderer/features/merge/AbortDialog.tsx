import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { MergeSession } from '../../../shared/contract/app/merges.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';

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
    <Modal opened={opened} onClose={onClose} title={t('merge.abortTitle')} size="sm">
      <Stack gap="md">
        <Text size="sm">
          {session.decidedByPerson === 0 ? t('merge.abortExplainNone') : t('merge.abortExplain', { count: session.decidedByPerson })}
        </Text>
        {abort.error && (
          <Text size="sm" c="red" role="alert">
            {problemOf(abort.error).message}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('merge.keepDeciding')}
          </Button>
          <Button color="red" loading={abort.isPending} onClick={() => abort.mutate()}>
            {t('merge.abortAction')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

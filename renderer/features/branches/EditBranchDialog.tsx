import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { BranchInfo } from '../../../shared/contract/app/branches.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { useFocusReturn } from '../../ui/focus-return.ts';
import { position } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';

/** Changes what a branch is called and what it is for. Its history stays as it is. */
export function EditBranchDialog({
  branch,
  onClose,
  onRenamed,
}: {
  readonly branch: BranchInfo;
  readonly onClose: () => void;
  readonly onRenamed: (name: string) => void;
}): React.JSX.Element {
  useFocusReturn();
  const { call, query } = useEngine();
  const queries = useQueryClient();
  const [name, setName] = useState(branch.name);
  const [description, setDescription] = useState(branch.description ?? '');
  const isMain = branch.name === 'main';
  const save = useMutation({
    mutationFn: async () => {
      const text = description.trim();
      if (text !== (branch.description ?? '')) await call.branches.describe({ name: branch.name, description: text === '' ? null : text });
      if (name.trim() !== branch.name) await call.branches.rename({ name: branch.name, to: name.trim() });
      return name.trim();
    },
    onSuccess: (saved) => {
      if (saved !== branch.name && position.getState().branch === branch.name) position.getState().go({ branch: saved }, 'replace');
      onRenamed(saved);
      announce(t('branches.editedSaid', { name: saved }));
      onClose();
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: query.branches.key() }),
  });
  return (
    <Modal opened onClose={onClose} title={t('branches.editTitle', { name: branch.name })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('branches.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            disabled={isMain}
            error={save.error ? problemOf(save.error).message : null}
            required
            maxLength={100}
            data-autofocus
          />
          <Textarea
            label={t('branches.description')}
            placeholder={t('branches.descriptionPlaceholder')}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
            autosize
            minRows={2}
            maxLength={2000}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

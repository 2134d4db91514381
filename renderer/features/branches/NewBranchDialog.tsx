import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { momentParameter, position, usePosition } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { instantText } from '../../ui/format.ts';

/** Asks for a name and makes a branch from what is on screen: now, or the moment in the past. Then switches to it, without asking anything. */
export function NewBranchDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }): React.JSX.Element {
  return (
    <Modal opened={opened} onClose={onClose} title={t('branches.createTitle')} size="md">
      {opened && <NewBranchForm onClose={onClose} />}
    </Modal>
  );
}

function NewBranchForm({ onClose }: { readonly onClose: () => void }): React.JSX.Element {
  const { call } = useEngine();
  const branch = usePosition((state) => state.branch);
  const moment = usePosition((state) => state.moment);
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const at = momentParameter(moment);
  const create = useMutation({
    mutationFn: () =>
      call.branches.create({
        name,
        parent: branch,
        ...(at ? { at } : {}),
        ...(description.trim() ? { description: description.trim() } : {}),
      }),
    onSuccess: (made) => {
      position.getState().go({ branch: made.name, moment: { kind: 'now' }, place: { screen: 'roster' } });
      notifications.show({ message: t('branches.created', { name: made.name }) });
      announce(t('branches.created', { name: made.name }));
      onClose();
    },
  });
  const problem = create.error ? problemOf(create.error).message : null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {moment.kind === 'now'
            ? t('branches.createFromNow', { branch })
            : t('branches.createFromPast', { branch, at: instantText(moment.at) })}
        </Text>
        <TextInput
          label={t('branches.name')}
          placeholder={t('branches.namePlaceholder')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={problem}
          data-autofocus
          required
          maxLength={100}
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
          <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
            {t('branches.createAction')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

import { Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { momentParameter, position, usePosition } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { instantText } from '../../ui/format.ts';
import { BranchForm, type BranchWords } from './BranchForm.tsx';

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
  const [words, setWords] = useState<BranchWords>({ name: '', description: '' });
  const at = momentParameter(moment);
  const create = useMutation({
    mutationFn: () =>
      call.branches.create({
        name: words.name,
        parent: branch,
        ...(at ? { at } : {}),
        ...(words.description.trim() ? { description: words.description.trim() } : {}),
      }),
    onSuccess: (made) => {
      position.getState().go({ branch: made.name, moment: { kind: 'now' }, place: { screen: 'roster' } });
      notifications.show({ message: t('branches.created', { name: made.name }) });
      announce(t('branches.created', { name: made.name }));
      onClose();
    },
  });
  return (
    <BranchForm
      words={words}
      onChange={setWords}
      explain={
        <Text size="sm" c="dimmed">
          {moment.kind === 'now'
            ? t('branches.createFromNow', { branch })
            : t('branches.createFromPast', { branch, at: instantText(moment.at) })}
        </Text>
      }
      problem={create.error ? problemOf(create.error).message : null}
      busy={create.isPending}
      action={t('branches.createAction')}
      onSubmit={() => create.mutate()}
      onClose={onClose}
    />
  );
}

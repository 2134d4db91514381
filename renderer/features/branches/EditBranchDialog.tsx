import { Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { BranchInfo } from '../../../shared/contract/app/branches.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { useFocusReturn } from '../../ui/focus-return.ts';
import { position } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { BranchForm, type BranchWords } from './BranchForm.tsx';

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
  const [words, setWords] = useState<BranchWords>({ name: branch.name, description: branch.description ?? '' });
  const save = useMutation({
    mutationFn: async () => {
      const [name, text] = [words.name.trim(), words.description.trim()];
      if (text !== (branch.description ?? '')) await call.branches.describe({ name: branch.name, description: text === '' ? null : text });
      if (name !== branch.name) await call.branches.rename({ name: branch.name, to: name });
      return name;
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
      <BranchForm
        words={words}
        onChange={setWords}
        nameFixed={branch.name === 'main'}
        problem={save.error ? problemOf(save.error).message : null}
        busy={save.isPending}
        action={t('common.save')}
        onSubmit={() => save.mutate()}
        onClose={onClose}
      />
    </Modal>
  );
}

import { Button, Group, Loader, Modal, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconGitBranch } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { BranchInfo } from '../../../shared/contract/app/branches.ts';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { position, usePosition } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { allCommands } from '../../ui/commands.ts';
import { instantText, shortInstantText } from '../../ui/format.ts';
import { useBranches } from './useBranches.ts';
import classes from './BranchesScreen.module.css';

/** All branches with what they have of their own; open, compare, delete and restore. */
export function BranchesScreen(): React.JSX.Element {
  const living = useBranches();
  const deleted = useBranches(true);
  const gone = (deleted.data ?? []).filter((branch) => !branch.isActive);
  const [toDelete, setToDelete] = useState<BranchInfo | null>(null);
  return (
    <section className={classes['screen']} aria-labelledby="branches-title">
      <Group justify="space-between" mb="md">
        <Title order={1} size="h3" id="branches-title">
          {t('branches.screen')}
        </Title>
        <Button
          size="compact-md"
          leftSection={<IconGitBranch size={16} aria-hidden />}
          onClick={() =>
            allCommands()
              .find(({ id }) => id === 'branch.create')
              ?.run()
          }
        >
          {t('branches.create')}
        </Button>
      </Group>
      {living.isPending && <Loader size="sm" />}
      {living.error && <Text c="red">{problemOf(living.error).message}</Text>}
      {living.data?.length === 1 && <p className={classes['explain']}>{t('branches.explainOnlyMain')}</p>}
      <ul className={classes['list']}>
        {living.data?.map((branch) => (
          <BranchRow key={branch.name} branch={branch} onDelete={() => setToDelete(branch)} />
        ))}
      </ul>
      {gone.length > 0 && (
        <>
          <Title order={2} size="h5" mt="lg" mb="xs">
            {t('branches.deletedBranches')}
          </Title>
          <ul className={classes['list']}>
            {gone.map((branch) => (
              <DeletedRow key={branch.name} branch={branch} />
            ))}
          </ul>
        </>
      )}
      <DeleteDialog branch={toDelete} onClose={() => setToDelete(null)} />
    </section>
  );
}

function BranchRow({ branch, onDelete }: { readonly branch: BranchInfo; readonly onDelete: () => void }): React.JSX.Element {
  const current = usePosition((state) => state.branch);
  const parent = branch.parent ?? 'main';
  const status = {
    clean: t('branches.statusClean', { parent }),
    conflicts: t('branches.statusConflicts', { parent }),
    merged: t('branches.statusMerged', { parent }),
  };
  return (
    <li className={classes['row']} data-current={branch.name === current || undefined}>
      <div className={classes['what']}>
        <h2 className={classes['name']}>{branch.name}</h2>
        {branch.description !== null && <p className={classes['description']}>{branch.description}</p>}
        <p className={classes['facts']}>
          {branch.parent !== null && <span>{t('branches.from', { parent: branch.parent })}</span>}
          {branch.parent !== null && <span>{t('branches.by', { name: branch.createdByName })}</span>}
          {branch.parent !== null && (
            <span>
              {branch.ahead === 0 ? t('branches.upToDate') : t('branches.ahead', { count: branch.ahead })}
              {branch.behind > 0 ? `, ${t('branches.behind', { count: branch.behind })}` : ''}
            </span>
          )}
          {branch.latestActivity !== null && (
            <span title={instantText(branch.latestActivity)}>
              {t('branches.lastActivity', { at: shortInstantText(branch.latestActivity) })}
            </span>
          )}
          {branch.parent !== null && branch.ahead > 0 && <span data-status={branch.mergeStatus}>{status[branch.mergeStatus]}</span>}
        </p>
      </div>
      <Group gap={6} wrap="nowrap">
        <Button
          variant="default"
          size="compact-sm"
          disabled={branch.name === current}
          onClick={() => position.getState().go({ branch: branch.name, moment: { kind: 'now' }, place: { screen: 'roster' } })}
        >
          {branch.name === current ? t('branches.opened') : t('branches.open')}
        </Button>
        {branch.name !== current && (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => position.getState().go({ place: { screen: 'compare', from: current, to: branch.name } })}
          >
            {t('branches.compare', { name: current })}
          </Button>
        )}
        {branch.name !== 'main' && (
          <Button variant="subtle" color="red" size="compact-sm" onClick={onDelete} aria-label={`${t('branches.delete')} ${branch.name}`}>
            {t('branches.delete')}
          </Button>
        )}
      </Group>
    </li>
  );
}

function DeletedRow({ branch }: { readonly branch: BranchInfo }): React.JSX.Element {
  const { call } = useEngine();
  const restore = useMutation({
    mutationFn: () => call.branches.restore({ name: branch.name }),
    onSuccess: () => {
      notifications.show({ message: t('branches.restored', { name: branch.name }) });
      announce(t('branches.restored', { name: branch.name }));
    },
    onError: (error) => notifications.show({ color: 'red', message: problemOf(error).message }),
  });
  return (
    <li className={classes['row']}>
      <div className={classes['what']}>
        <h3 className={classes['name']}>{branch.name}</h3>
        <p className={classes['facts']}>
          <span>{t('branches.versions', { count: branch.versionCount })}</span>
          <span>{t('branches.by', { name: branch.createdByName })}</span>
        </p>
      </div>
      <Button variant="default" size="compact-sm" loading={restore.isPending} onClick={() => restore.mutate()}>
        {t('branches.restore')}
      </Button>
    </li>
  );
}

function DeleteDialog({ branch, onClose }: { readonly branch: BranchInfo | null; readonly onClose: () => void }): React.JSX.Element {
  const { call } = useEngine();
  const current = usePosition((state) => state.branch);
  const remove = useMutation({
    mutationFn: (name: string) => call.branches.delete({ name }),
    onSuccess: (_, name) => {
      if (name === current) position.getState().go({ branch: 'main', moment: { kind: 'now' } });
      notifications.show({ message: t('branches.deleted', { name }) });
      announce(t('branches.deleted', { name }));
      onClose();
    },
  });
  return (
    <Modal opened={branch !== null} onClose={onClose} title={t('branches.deleteTitle', { name: branch?.name ?? '' })}>
      <Stack gap="md">
        <Text size="sm">{t('branches.deleteExplain', { versions: t('branches.versions', { count: branch?.versionCount ?? 0 }) })}</Text>
        {remove.error && (
          <Text size="sm" c="red">
            {problemOf(remove.error).message}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('common.cancel')}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => branch && remove.mutate(branch.name)}>
            {t('branches.deleteAction')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

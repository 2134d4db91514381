import { Button, Group, Menu, Text } from '@mantine/core';
import { IconChevronDown, IconGitMerge } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { BranchInfo } from '../../../shared/contract/app/branches.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { position, usePosition } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { showActionToast, showProblemToast } from '../../ui/action-toast.tsx';
import { instantText } from '../../ui/format.ts';
import { DeleteBranchDialog } from './DeleteBranchDialog.tsx';
import { EditBranchDialog } from './EditBranchDialog.tsx';
import { promiseText } from './promise.ts';
import classes from './BranchesScreen.module.css';

/** One branch: what it is for, what merging it would find, and everything that can be done with it. */
export function BranchDetail({
  branch,
  others,
  onRenamed,
}: {
  readonly branch: BranchInfo;
  readonly others: readonly BranchInfo[];
  readonly onRenamed: (name: string) => void;
}): React.JSX.Element {
  const { call, query } = useEngine();
  const queries = useQueryClient();
  const shown = usePosition((state) => state.branch);
  const [dialog, setDialog] = useState<'edit' | 'delete' | null>(null);
  const { name, parent } = branch;
  const isMain = name === 'main';
  const targets = others.filter((other) => other.name !== name && !other.isArchived);
  const into = targets.find((other) => other.name === parent)?.name ?? targets[0]?.name ?? null;
  const change = useMutation({
    mutationFn: (what: 'protect' | 'unprotect' | 'archive' | 'unarchive') => {
      if (what === 'archive') return call.branches.archive({ name });
      if (what === 'unarchive') return call.branches.unarchive({ name });
      return call.branches.protect({ name, protected: what === 'protect' });
    },
    onSuccess: (_, what) => {
      void queries.invalidateQueries({ queryKey: query.branches.key() });
      if (what === 'archive')
        showActionToast({
          message: t('branches.archivedSaid', { name }),
          label: t('branches.undo'),
          run: () => change.mutate('unarchive'),
        });
      else announce(t(`branches.${what}Said`, { name }));
    },
    onError: (error) => showProblemToast(problemOf(error).message),
  });
  const preview = (target: string): void =>
    position.getState().go({ moment: { kind: 'now' }, place: { screen: 'mergePreview', source: name, target } });

  return (
    <aside className={classes['detail']} aria-label={t('branches.detail', { name })}>
      <h2>{name}</h2>
      <p className={classes['origin']}>
        {parent === null ? t('branches.isRoot') : `${t('branches.from', { parent })}, ${t('branches.by', { name: branch.createdByName })}`}
        {parent !== null && (
          <span title={instantText(branch.createdAt)}> · {t('branches.created_at', { at: instantText(branch.createdAt) })}</span>
        )}
      </p>
      <p className={classes['purpose']}>
        {branch.description === null || branch.description === '' ? <em>{t('branches.noDescription')}</em> : `“${branch.description}”`}
      </p>
      {parent !== null && (
        <div
          className={classes['promise']}
          data-alarm={(branch.ifMerged?.conflicts ?? 0) + (branch.ifMerged?.clashes ?? 0) > 0 || undefined}
        >
          <span>{t('branches.ifMerged', { parent: branch.ifMerged?.into ?? parent })}</span>
          <strong>
            {branch.ahead === 0
              ? t('branches.nothingToMerge')
              : branch.ifMerged === null
                ? t('branches.notKnown')
                : promiseText(branch.ifMerged)}
          </strong>
          <span>
            {t('branches.ahead', { count: branch.ahead })}, {t('branches.behind', { count: branch.behind })}
          </span>
        </div>
      )}
      {branch.isStale && <p className={classes['note']}>{t('branches.staleLong')}</p>}
      {branch.isArchived && <p className={classes['note']}>{t('branches.archivedLong')}</p>}
      {branch.isProtected && <p className={classes['note']}>{t('branches.protectedLong')}</p>}
      {branch.contributors.length > 0 && (
        <p className={classes['quiet']}>{t('branches.contributors', { names: branch.contributorNames.join(', ') })}</p>
      )}
      {branch.tags.length > 0 && <p className={classes['quiet']}>{t('branches.tags', { tags: branch.tags.join(', ') })}</p>}

      <Group gap={6} mt="sm">
        <Button
          variant="default"
          disabled={name === shown}
          onClick={() => position.getState().go({ branch: name, moment: { kind: 'now' }, place: { screen: 'roster' } })}
        >
          {name === shown ? t('branches.opened') : t('branches.open')}
        </Button>
        {into !== null && (
          <Button.Group>
            <Button leftSection={<IconGitMerge size={15} aria-hidden />} onClick={() => preview(into)}>
              {t('branches.previewMerge')}
            </Button>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button px={6} aria-label={t('branches.mergeInto')}>
                  <IconChevronDown size={14} aria-hidden />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Label>{t('branches.mergeInto')}</Menu.Label>
                {targets.map((target) => (
                  <Menu.Item key={target.name} onClick={() => preview(target.name)}>
                    {target.name}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          </Button.Group>
        )}
        {into !== null && (
          <Button variant="default" onClick={() => position.getState().go({ place: { screen: 'compare', from: into, to: name } })}>
            {t('branches.compare', { name: into })}
          </Button>
        )}
      </Group>
      <Group gap={6} mt={6}>
        <Button variant="default" size="compact-sm" onClick={() => setDialog('edit')}>
          {isMain ? t('branches.describe') : t('branches.edit')}
        </Button>
        <Button variant="default" size="compact-sm" onClick={() => change.mutate(branch.isProtected ? 'unprotect' : 'protect')}>
          {branch.isProtected ? t('branches.unprotect') : t('branches.protect')}
        </Button>
        {!isMain && (
          <Button variant="default" size="compact-sm" onClick={() => change.mutate(branch.isArchived ? 'unarchive' : 'archive')}>
            {branch.isArchived ? t('branches.unarchive') : t('branches.archive')}
          </Button>
        )}
        {!isMain && (
          <Button
            variant="subtle"
            color="red"
            size="compact-sm"
            onClick={() => setDialog('delete')}
            aria-label={`${t('branches.delete')} ${name}`}
          >
            {t('branches.delete')}
          </Button>
        )}
      </Group>
      {isMain && (
        <Text size="xs" c="dimmed" mt={6}>
          {t('branches.mainStays')}
        </Text>
      )}
      {dialog === 'edit' && <EditBranchDialog branch={branch} onClose={() => setDialog(null)} onRenamed={onRenamed} />}
      {dialog === 'delete' && <DeleteBranchDialog branch={branch} onClose={() => setDialog(null)} />}
    </aside>
  );
}

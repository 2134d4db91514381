import { Button, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import type { BranchInfo } from '../../../shared/contract/app/branches.ts';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { announce } from '../../ui/announcer.tsx';
import { showProblemToast } from '../../ui/action-toast.tsx';
import { dateText } from '../../ui/format.ts';
import { useBranches } from './useBranches.ts';
import classes from './BranchesScreen.module.css';

/** The branches that were deleted and can still be brought back. Nothing at all when there are none. */
export function DeletedBranches(): React.JSX.Element | null {
  const gone = (useBranches({ deleted: true }).data ?? []).filter(({ isActive }) => !isActive);
  if (gone.length === 0) return null;
  return (
    <section className={classes['deleted']} aria-labelledby="deleted-branches">
      <Title order={2} size="h6" id="deleted-branches">
        {t('branches.deletedBranches')}
      </Title>
      <ul>
        {gone.map((branch) => (
          <DeletedRow key={branch.name} branch={branch} />
        ))}
      </ul>
    </section>
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
    onError: (error) => showProblemToast(problemOf(error).message),
  });
  return (
    <li>
      <strong>{branch.name}</strong>
      <span>
        {t('branches.versions', { count: branch.versionCount })}, {t('branches.by', { name: branch.createdByName })}
        {branch.restorableUntil !== null && `, ${t('branches.restorableUntil', { date: dateText(branch.restorableUntil.slice(0, 10)) })}`}
      </span>
      <Button
        variant="default"
        size="compact-sm"
        loading={restore.isPending}
        onClick={() => restore.mutate()}
        aria-label={`${t('branches.restore')} ${branch.name}`}
      >
        {t('branches.restore')}
      </Button>
    </li>
  );
}

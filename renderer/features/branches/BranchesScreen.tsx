import { Button, Checkbox, Loader, Select, Text, TextInput, Title } from '@mantine/core';
import { IconArchive, IconGavel, IconGitBranch, IconLock, IconSearch } from '@tabler/icons-react';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { BranchInfo } from '../../../shared/contract/app/branches.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { position, usePosition } from '../../position/position.ts';
import { useViewingReason } from '../../position/viewed.ts';
import { announce } from '../../ui/announcer.tsx';
import { allCommands } from '../../ui/commands.ts';
import { instantText, shortInstantText } from '../../ui/format.ts';
import { BranchDetail } from './BranchDetail.tsx';
import { BranchLanes, rowHeight } from './BranchLanes.tsx';
import { DeletedBranches } from './DeletedBranches.tsx';
import { promiseText } from './promise.ts';
import { mostLanes, useBranchGraph } from './useBranchGraph.ts';
import { compareByName, useBranches } from './useBranches.ts';
import classes from './BranchesScreen.module.css';

type Order = 'change' | 'name';

/** All branches as lanes beside what each would bring; the chosen one with everything that can be done with it. */
export function BranchesScreen(): React.JSX.Element {
  const living = useBranches({ forecast: true });
  const shown = usePosition((state) => state.branch);
  const viewing = useViewingReason();
  const [search, setSearch] = useState('');
  const [archived, setArchived] = useState(false);
  const [order, setOrder] = useState<Order>('change');
  const [wanted, setWanted] = useState<string | null>(null);
  const all = living.data;
  const listed = useMemo(() => {
    const text = search.trim().toLowerCase();
    const found = (all ?? []).filter(
      (branch) =>
        (archived || !branch.isArchived) &&
        (branch.name.toLowerCase().includes(text) || (branch.description ?? '').toLowerCase().includes(text)),
    );
    return order === 'name' ? found.toSorted(compareByName) : found;
  }, [all, search, archived, order]);
  // The branch that was chosen, else the one on screen, else the first that could be merged.
  const chosen =
    listed.find(({ name }) => name === wanted) ??
    listed.find(({ name, parent }) => name === shown && parent !== null) ??
    listed.find(({ parent }) => parent !== null) ??
    listed[0] ??
    null;
  return (
    <section className={classes['screen']} aria-labelledby="branches-title">
      <header className={classes['bar']}>
        <Title order={1} size="h4" id="branches-title">
          {t('branches.screen')}
        </Title>
        <TextInput
          w={180}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          leftSection={<IconSearch size={13} aria-hidden />}
          placeholder={t('branches.search')}
          aria-label={t('branches.search')}
        />
        {(all ?? []).some(({ isArchived }) => isArchived) && (
          <Checkbox label={t('branches.showArchived')} checked={archived} onChange={(event) => setArchived(event.currentTarget.checked)} />
        )}
        <Select
          w={140}
          aria-label={t('branches.order')}
          allowDeselect={false}
          data={[
            { value: 'change', label: t('branches.orderChange') },
            { value: 'name', label: t('branches.orderName') },
          ]}
          value={order}
          onChange={(value) => setOrder(value === 'name' ? 'name' : 'change')}
        />
        <span className={classes['space']} />
        <Button
          variant="default"
          leftSection={<IconGavel size={15} aria-hidden />}
          onClick={() => position.getState().go({ place: { screen: 'houseRules' } })}
        >
          {t('houseRules.screen')}
        </Button>
        <Button
          leftSection={<IconGitBranch size={15} aria-hidden />}
          aria-disabled={viewing !== null || undefined}
          {...(viewing !== null && { 'data-disabled': true, title: viewing })}
          onClick={() =>
            viewing === null
              ? allCommands()
                  .find(({ id }) => id === 'branch.create')
                  ?.run()
              : announce(viewing)
          }
        >
          {t('branches.create')}
        </Button>
      </header>
      {living.isPending && <Loader size="sm" m="md" aria-label={t('common.loading')} />}
      {living.error && (
        <Text c="red" p="md" role="alert">
          {problemOf(living.error).message}
        </Text>
      )}
      {all?.length === 1 && <p className={classes['explain']}>{t('branches.explainOnlyMain')}</p>}
      {all && (
        <div className={classes['columns']}>
          <div className={classes['listed']}>
            <BranchList branches={listed} shown={shown} chosen={chosen?.name ?? null} onChoose={setWanted} />
            {listed.length === 0 && <p className={classes['none']}>{t('branches.noneFound')}</p>}
            <DeletedBranches />
          </div>
          {chosen && <BranchDetail key={chosen.name} branch={chosen} others={all} onRenamed={setWanted} />}
        </div>
      )}
    </section>
  );
}

function BranchList({
  branches,
  shown,
  chosen,
  onChoose,
}: {
  readonly branches: readonly BranchInfo[];
  readonly shown: string;
  readonly chosen: string | null;
  readonly onChoose: (name: string) => void;
}): React.JSX.Element {
  const graph = useBranchGraph(branches);
  const lanes = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = lanes.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div className={classes['graph']}>
      <ul className={classes['list']} aria-label={t('branches.screen')}>
        {branches.map((branch) => (
          <li key={branch.name} style={{ height: rowHeight }}>
            <button type="button" className={classes['row']} aria-pressed={branch.name === chosen} onClick={() => onChoose(branch.name)}>
              <span className={classes['name']}>
                <strong>{branch.name}</strong>
                {branch.isProtected && <IconLock size={13} stroke={1.8} aria-label={t('branches.protected')} />}
                {branch.isArchived && <IconArchive size={13} stroke={1.8} aria-label={t('branches.archived')} />}
                {branch.name === shown && <span className={classes['here']}>{t('branches.shown')}</span>}
              </span>
              <span className={classes['lane']} />
              <span className={classes['facts']}>
                {branch.parent === null ? (
                  <span>{t('branches.position', { count: branch.position })}</span>
                ) : (
                  <span>
                    {branch.ahead === 0 ? t('branches.upToDate') : t('branches.ahead', { count: branch.ahead })}
                    {branch.behind > 0 ? `, ${t('branches.behind', { count: branch.behind })}` : ''}
                  </span>
                )}
                <span title={instantText(branch.latestActivity ?? branch.createdAt)}>
                  {branch.parent !== null && `${branch.createdByName}, `}
                  {t('branches.lastActivity', { at: shortInstantText(branch.latestActivity ?? branch.createdAt) })}
                </span>
                {branch.ifMerged !== null && branch.ahead > 0 && (
                  <span data-alarm={branch.ifMerged.conflicts + branch.ifMerged.clashes > 0 || undefined}>
                    {promiseText(branch.ifMerged)}
                  </span>
                )}
                {branch.isStale && <span data-alarm>{t('branches.stale')}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div ref={lanes} className={classes['laneArea']}>
        {graph && width > 0 && <BranchLanes graph={graph} chosen={chosen} width={width} />}
      </div>
      {branches.length > mostLanes && <p className={classes['none']}>{t('branches.lanesCut', { count: mostLanes })}</p>}
    </div>
  );
}

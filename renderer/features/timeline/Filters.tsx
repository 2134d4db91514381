import { Button, Checkbox, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../../client/engine.ts';
import { usePosition } from '../../position/position.ts';
import { useSelection } from '../../position/selection.ts';
import { t } from '../../messages/index.ts';
import { isFiltered, timeline, useTimelineState } from './timeline-store.ts';
import style from './TimelineDock.module.css';

/** Which steps the slider stops at: of one author, only named ones, only those of the selected cell. */
export function Filters(): React.JSX.Element {
  const engine = useEngine();
  const filter = useTimelineState((state) => state.filter);
  const hasCell = useSelection((state) => state.focus?.assignmentId != null);
  const session = useQuery(engine.query.session.get.queryOptions({ input: {} })).data;
  const set = timeline.getState().setFilter;
  const people = useAuthors(session?.users ?? []);
  return (
    <div className={style.filters} role="group" aria-label={t('timeline.filters')}>
      <Select
        size="xs"
        w={148}
        aria-label={t('timeline.author')}
        classNames={{ input: style.small ?? '' }}
        comboboxProps={{ position: 'top-start', withinPortal: true }}
        allowDeselect={false}
        data={[
          { value: '', label: t('timeline.everybody') },
          ...people.map(({ userId, name }) => ({
            value: userId,
            label: userId === session?.userId ? `${name} (${t('timeline.mine')})` : name,
          })),
        ]}
        value={filter.author ?? ''}
        onChange={(author) => set({ author: author === '' ? null : author })}
      />
      <Checkbox label={t('timeline.namedOnly')} checked={filter.named} onChange={(event) => set({ named: event.currentTarget.checked })} />
      <Checkbox
        label={t('timeline.thisCell')}
        checked={filter.thisCell}
        disabled={!hasCell && !filter.thisCell}
        title={hasCell ? undefined : t('timeline.thisCellNothing')}
        onChange={(event) => set({ thisCell: event.currentTarget.checked })}
      />
      {isFiltered(filter) && (
        <Button size="compact-xs" variant="subtle" onClick={() => set({ author: null, named: false, thisCell: false })}>
          {t('timeline.clearFilters')}
        </Button>
      )}
    </div>
  );
}

/** Everybody who made a step of the branch, by the name they made their newest one under; and whoever acts here. */
function useAuthors(
  users: readonly { readonly userId: string; readonly name: string }[],
): readonly { readonly userId: string; readonly name: string }[] {
  const engine = useEngine();
  const branch = usePosition((state) => state.branch);
  const info = useQuery(engine.query.branches.info.queryOptions({ input: { name: branch } })).data;
  const ids = info?.contributors ?? [];
  const found = ids.map((userId, index) => ({ userId, name: info?.contributorNames[index] ?? userId }));
  return [...found, ...users.filter(({ userId }) => !ids.includes(userId))].toSorted((a, b) => a.name.localeCompare(b.name));
}

import { Loader } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { MergeSession } from '../../../shared/contract/app/merges.ts';
import type { Half } from '../../../shared/ids.ts';
import { findEntityType, type Names } from '../../../shared/roster/entity-type.ts';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { datesInWords, dateRangeText } from '../../ui/format.ts';
import type { GridPlace } from '../../ui/grid/model.ts';
import { VirtualGrid, type GridHandle } from '../../ui/grid/VirtualGrid.tsx';
import type { StandsByRecord } from './merge-places.ts';
import { bandsOf, lookOfResult, rowsOf } from './result-look.tsx';
import { affectedBy, buildResult, frameOf, mergeWindow, type ResultGridModel, type ResultItem } from './result-model.ts';
import style from './result.module.css';

/** Which half day of whom the result should show. */
export interface ResultFocus {
  readonly personId: string | null;
  readonly date: string;
  readonly half: Half | null;
}

/** The roster as it would be if the merge were finished now, as far as the merge touches it. */
export function ResultPanel({
  session,
  stands,
  focus,
  saving,
}: {
  readonly session: MergeSession;
  readonly stands: StandsByRecord;
  readonly focus: ResultFocus | null;
  /** A choice is on its way: what is shown is not the last word. */
  readonly saving: boolean;
}): React.JSX.Element {
  const { query } = useEngine();
  const result = useQuery({
    ...query.merges.result.queryOptions({ input: { merge: session.merge } }),
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
  const items = result.data?.items ?? noItems;
  const affected = useMemo(() => affectedBy(items, session, stands), [items, session, stands]);
  const frame = useMemo(() => frameOf(affected.dates, focus?.date ?? null), [affected, focus?.date]);
  const window = useQuery({
    ...query.roster.window.queryOptions({
      input: {
        branch: session.target,
        ...(session.targetTip === null ? {} : { at: session.targetTip }),
        from: frame?.from ?? '2000-01-01',
        to: frame?.to ?? '2000-01-01',
      },
    }),
    enabled: frame !== null,
    placeholderData: keepPreviousData,
  });
  const merged = useMemo(() => (window.data ? mergeWindow(window.data, items) : null), [window.data, items]);
  const grid = useMemo(
    () => (window.data && merged ? buildResult(window.data, merged, affected, session, stands) : null),
    [window.data, merged, affected, session, stands],
  );
  const others = useMemo(() => describeOthers(items, merged?.people ?? [], merged?.rotations ?? []), [items, merged]);
  const error = result.error ?? window.error;

  return (
    <section className={style.panel} aria-labelledby="merge-result" aria-busy={result.isFetching || saving}>
      <header className={style.head}>
        <h2 id="merge-result">{t('merge.result')}</h2>
        <span className={style.live}>{t('merge.resultLive')}</span>
        {frame && <span className={style.days}>{dateRangeText(frame.from, frame.to)}</span>}
      </header>
      {error ? (
        <p className={style.message} role="alert">
          {problemOf(error).message}
        </p>
      ) : result.isPending || (frame !== null && window.isPending) ? (
        <p className={style.message}>
          <Loader size="xs" aria-label={t('merge.resultLoading')} />
        </p>
      ) : (
        <>
          {grid && grid.people.length > 0 && frame !== null ? (
            <ResultGrid grid={grid} focus={focus} />
          ) : (
            others.length === 0 && (
              <p className={style.message}>
                {items.length === 0 ? t('merge.resultNothing', { target: session.target }) : t('merge.resultNoGrid')}
              </p>
            )
          )}
          {others.length > 0 && (
            <div className={style.others}>
              <h3>{t('merge.resultOther')}</h3>
              <ul>
                {others.slice(0, mostOthers).map(({ key, title, text }) => (
                  <li key={key}>
                    <strong>{title}</strong> <span>{text}</span>
                  </li>
                ))}
              </ul>
              {others.length > mostOthers && <p>{t('merge.more', { count: others.length - mostOthers })}</p>}
            </div>
          )}
        </>
      )}
    </section>
  );
}

const noItems: readonly ResultItem[] = [];
const mostOthers = 50;

function ResultGrid({ grid, focus }: { readonly grid: ResultGridModel; readonly focus: ResultFocus | null }): React.JSX.Element {
  const handle = useRef<GridHandle>(null);
  const [moved, setMoved] = useState<{ readonly of: ResultFocus | null; readonly active: GridPlace; readonly anchor: GridPlace } | null>(
    null,
  );
  const rows = useMemo(() => rowsOf(grid), [grid]);
  const bands = useMemo(() => bandsOf(grid), [grid]);
  const target = useMemo((): GridPlace | null => {
    if (focus === null) return null;
    const row = rows.findIndex(({ key }) => key === focus.personId);
    const column = grid.columns.findIndex(({ date, half }) => date === focus.date && (focus.half === null || half === focus.half));
    return column < 0 ? null : { row: Math.max(0, row), column, index: 0 };
  }, [rows, grid.columns, focus]);
  const { row, column } = target ?? { row: -1, column: -1 };
  useEffect(() => {
    if (column < 0) return;
    // With the half days round it in view, so that one sees where one is.
    handle.current?.reveal({ row, column: Math.min(column + 2, grid.columns.length - 1), index: 0 });
    handle.current?.reveal({ row, column: Math.max(column - 2, 0), index: 0 });
  }, [row, column, grid.columns.length]);
  return (
    <VirtualGrid
      label={t('merge.result')}
      rows={rows}
      columnCount={grid.columns.length}
      columnWidth={52}
      rowHeaderWidth={112}
      bands={bands}
      corner={<span className={style.corner}>{t('merge.resultPeople')}</span>}
      lookOf={lookOfResult}
      active={moved?.of === focus ? moved.active : target}
      anchor={moved?.of === focus ? moved.anchor : target}
      onSelect={(active, anchor) => setMoved({ of: focus, active, anchor })}
      multiselectable={false}
      readOnly
      renderLayer={({ rect }) =>
        target === null ? null : (
          <div
            className={style.ring}
            style={rect({ fromRow: target.row, toRow: target.row, fromColumn: target.column, toColumn: target.column })}
          />
        )
      }
      handle={handle}
      className={style.grid}
    />
  );
}

/** The records that have no place in the grid, in words. */
function describeOthers(
  items: readonly ResultItem[],
  people: readonly { readonly id: string; readonly fields: ResultItem['fields'] }[],
  rotations: readonly { readonly id: string; readonly fields: ResultItem['fields'] }[],
): readonly { readonly key: string; readonly title: string; readonly text: string }[] {
  const byId = (records: typeof people) => (id: string) => records.find((record) => record.id === id)?.fields ?? undefined;
  const names: Names = { person: byId(people), rotation: byId(rotations) };
  return items.flatMap(({ type, id, fields }) => {
    if (type === 'assignment' || type === 'absence') return [];
    const definition = findEntityType(type);
    if (fields === null) return [{ key: `${type} ${id}`, title: definition?.label ?? type, text: t('merge.resultDeleted') }];
    return [
      {
        key: `${type} ${id}`,
        title: datesInWords(definition?.title(fields, names) ?? id),
        text: definition?.text(fields, names) ?? '',
      },
    ];
  });
}

import { Loader } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { EntityChange } from '../../../shared/contract/app/base.ts';
import type { ResolvedSide } from '../../../shared/contract/app/diff.ts';
import type { RosterWindow } from '../../../shared/contract/app/roster.ts';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { dateText } from '../../ui/format.ts';
import { dayBands } from '../../ui/grid/day-bands.ts';
import type { CellLook, GridPlace, GridRow, HeaderBand } from '../../ui/grid/model.ts';
import { createScrollLink, type ScrollLink } from '../../ui/grid/scroll-link.ts';
import { VirtualGrid, type GridHandle } from '../../ui/grid/VirtualGrid.tsx';
import { compareWindows, daysOf, type ComparedCell, type ComparedGrid } from './grid-model.ts';
import classes from './CompareGrids.module.css';

interface Comparison {
  readonly from: ResolvedSide;
  readonly to: ResolvedSide;
  readonly items: readonly EntityChange[];
}

/** The differences in the grid: laid over the later side, or both sides beside each other with their scrolling locked. */
export function CompareGrids({
  comparison,
  labels,
  view,
  hideUnchanged,
  current,
}: {
  readonly comparison: Comparison;
  readonly labels: { readonly a: string; readonly b: string };
  readonly view: 'overlay' | 'side';
  readonly hideUnchanged: boolean;
  readonly current: EntityChange | null;
}): React.JSX.Element {
  const around = current?.slot?.date ?? null;
  const days = useMemo(() => daysOf(comparison.items, around), [comparison.items, around]);
  const a = useSideWindow(comparison.from, days);
  const b = useSideWindow(comparison.to, days);
  const grid = useMemo(
    () => (a.data && b.data ? compareWindows(comparison.items, a.data, b.data, hideUnchanged) : null),
    [comparison.items, a.data, b.data, hideUnchanged],
  );
  const link = useMemo(() => createScrollLink(), []);
  const error = a.error ?? b.error;
  if (error) return <p className={classes['message']}>{problemOf(error).message}</p>;
  if (days === null) return <p className={classes['message']}>{t('compare.noGridDifferences')}</p>;
  if (grid === null)
    return (
      <p className={classes['message']}>
        <Loader size="xs" aria-label={t('common.loading')} />
      </p>
    );
  if (view === 'overlay')
    return (
      <div className={classes['grids']}>
        <SideGrid grid={grid} side="overlay" label={t('compare.gridOverlay', labels)} link={link} current={current} />
      </div>
    );
  return (
    <div className={classes['grids']} data-two>
      {(['a', 'b'] as const).map((side) => (
        <div key={side} className={classes['side']} data-side={side}>
          <h2>{side === 'a' ? t('compare.gridA', { label: labels.a }) : t('compare.gridB', { label: labels.b })}</h2>
          <SideGrid
            grid={grid}
            side={side}
            label={side === 'a' ? t('compare.gridA', { label: labels.a }) : t('compare.gridB', { label: labels.b })}
            link={link}
            current={current}
          />
        </div>
      ))}
    </div>
  );
}

function useSideWindow(side: ResolvedSide, days: { readonly from: string; readonly to: string } | null) {
  const { query } = useEngine();
  return useQuery<RosterWindow>({
    ...query.roster.window.queryOptions({
      input: {
        branch: side.branch ?? 'main',
        ...(side.commit ? { at: side.commit } : {}),
        from: days?.from ?? '2000-01-01',
        to: days?.to ?? '2000-01-01',
      },
    }),
    enabled: days !== null,
    placeholderData: keepPreviousData,
  });
}

const columnWidth = 58;
const rowHeight = 28;

function SideGrid({
  grid,
  side,
  label,
  link,
  current,
}: {
  readonly grid: ComparedGrid;
  readonly side: 'a' | 'b' | 'overlay';
  readonly label: string;
  readonly link: ScrollLink;
  readonly current: EntityChange | null;
}): React.JSX.Element {
  const handle = useRef<GridHandle>(null);
  const [moved, setMoved] = useState<{ readonly of: EntityChange | null; readonly active: GridPlace; readonly anchor: GridPlace } | null>(
    null,
  );
  const rows = useMemo(
    () =>
      grid.rows.map((row): GridRow<ComparedCell> => ({
        key: row.personId,
        kind: 'row',
        height: rowHeight,
        name: row.name,
        header: (
          <span className={classes['person']}>
            {row.name} <span>{row.level}</span>
          </span>
        ),
        cells: (column) => slice(row.cells, column),
      })),
    [grid],
  );
  const bands = useMemo(() => bandsOf(grid), [grid]);
  // The difference that is looked at has the place, until the user goes elsewhere from there.
  const target = useMemo(() => placeOf(grid, current), [grid, current]);
  const active = moved?.of === current ? moved.active : target;
  const anchor = moved?.of === current ? moved.anchor : target;
  useEffect(() => {
    if (target !== null) handle.current?.reveal(target);
  }, [target]);
  return (
    <VirtualGrid
      label={label}
      rows={rows}
      columnCount={grid.columns.length}
      columnWidth={columnWidth}
      rowHeaderWidth={150}
      bands={bands}
      corner={<span className={classes['corner']}>{t('compare.rowPeople')}</span>}
      lookOf={lookOf[side]}
      active={active}
      anchor={anchor}
      onSelect={(to, from) => setMoved({ of: current, active: to, anchor: from })}
      multiselectable={false}
      readOnly
      link={link}
      handle={handle}
    />
  );
}

function placeOf(grid: ComparedGrid, item: EntityChange | null): GridPlace | null {
  const slot = item?.slot;
  if (!slot) return null;
  const row = grid.rows.findIndex(({ personId }) => personId === slot.personId);
  const column = grid.columns.findIndex(({ date, half }) => date === slot.date && half === slot.half);
  return row < 0 || column < 0 ? null : { row, column, index: 0 };
}

const slices = new WeakMap<ComparedCell, readonly ComparedCell[]>();
/** The grid wants the same list for the same cell, so that it need not draw it again. */
function slice(cells: readonly ComparedCell[], column: number): readonly ComparedCell[] {
  const cell = cells[column];
  if (cell === undefined) throw new Error(`no column ${column}`);
  let list = slices.get(cell);
  if (list === undefined) slices.set(cell, (list = [cell]));
  return list;
}

function bandsOf({ columns }: ComparedGrid): readonly HeaderBand[] {
  return dayBands(columns, { day: classes['day'], half: classes['half'] });
}

const glyph = { changed: '~', added: '+', removed: '−' } as const;

function nameOf(cell: ComparedCell): string {
  const where = { person: cell.person, day: `${dateText(cell.date)} ${cell.half}` };
  const empty = t('compare.empty');
  switch (cell.kind) {
    case 'changed':
      return t('compare.cellChanged', { ...where, old: cell.a || empty, new: cell.b || empty });
    case 'added':
      return t('compare.cellAdded', { ...where, new: cell.b || empty });
    case 'removed':
      return t('compare.cellRemoved', { ...where, old: cell.a || empty });
    case 'same':
      return t('compare.cellSame', { ...where, value: cell.b || empty });
  }
}

function look(cell: ComparedCell, content: React.ReactNode): CellLook {
  return {
    name: nameOf(cell),
    className: cell.kind === 'same' ? classes['same'] : `${classes['different']} ${classes[cell.kind]}`,
    content:
      cell.kind === 'same' ? (
        content
      ) : (
        <>
          <span className={classes['glyph']} aria-hidden>
            {glyph[cell.kind]}
          </span>
          {content}
        </>
      ),
    title: cell.kind === 'same' ? undefined : nameOf(cell),
  };
}

/** How a cell looks on each side; stable functions, since a new one makes the grid draw everything again. */
const lookOf: Record<'a' | 'b' | 'overlay', (cell: ComparedCell) => CellLook> = {
  a: (cell) => look(cell, cell.a),
  b: (cell) => look(cell, cell.b),
  overlay: (cell) =>
    look(
      cell,
      cell.kind === 'removed' ? (
        <del>{cell.a}</del>
      ) : cell.kind === 'changed' && cell.a !== cell.b ? (
        <span className={classes['both']}>
          <del>{cell.a || '·'}</del>
          <span className={classes['arrow']}> → </span>
          <ins>{cell.b || '·'}</ins>
        </span>
      ) : (
        cell.b
      ),
    ),
};

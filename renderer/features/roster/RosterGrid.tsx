import { useElementSize } from '@mantine/hooks';
import { useCallback, useEffect, useEffectEvent, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { t } from '../../messages/index.ts';
import { position, usePosition, type DaySpan } from '../../position/position.ts';
import { useClinicNames } from '../../position/clinic-names.ts';
import { isChord, isMac } from '../../ui/keys.ts';
import type { GridBlock, GridPlace } from '../../ui/grid/model.ts';
import { edgeRow, stepColumn, stepRow } from '../../ui/grid/movement.ts';
import { VirtualGrid, type GridGeometry, type GridHandle } from '../../ui/grid/VirtualGrid.tsx';
import { CellEditor, type EditorMove } from './CellEditor.tsx';
import { lookOfCell } from './cell-look.tsx';
import { CellMenu, type MenuPoint } from './CellMenu.tsx';
import type { CodeBook } from './code-book.ts';
import { Coverage } from './Coverage.tsx';
import { planDrag } from './drag-plan.ts';
import { cellAt, cellTitle, planClear, planCode, planFill, planFillCode } from './gestures.ts';
import { GridLayer } from './GridLayer.tsx';
import { headingBands } from './heading.tsx';
import type { RosterModel } from './roster-model.ts';
import { gridRows } from './rows.tsx';
import type { Editing } from './useEditing.ts';
import type { Places } from './usePlaces.ts';
import style from './roster.module.css';

const rowHeaderWidth = 176;
const leastColumnWidth: Readonly<Record<DaySpan, number>> = { week: 40, twoWeeks: 38, block: 34, year: 30 };
const mostColumnWidth = 76;

export interface RosterGridHandle {
  /** Opens the editor on the active cell with its text. */
  edit(): void;
  focus(): void;
  fillDown(): void;
  fillRight(): void;
  clear(): void;
}

interface Props {
  readonly model: RosterModel;
  readonly commit: string;
  readonly places: Places;
  readonly book: CodeBook;
  readonly editing: Editing;
  readonly cut: GridBlock | null;
  readonly dropCut: () => void;
  readonly handle: React.Ref<RosterGridHandle>;
}

interface EditorState {
  readonly cell: HTMLElement;
  readonly initial: string;
  readonly mode: 'replace' | 'edit';
}

/** The roster's grid: people by half days, with everything that hands used to a spreadsheet expect. */
export function RosterGrid({ model, commit, places, book, editing, cut, dropCut, handle }: Props): React.JSX.Element {
  const span = usePosition((state) => state.days?.span ?? 'twoWeeks');
  const past = usePosition((state) => state.moment.kind !== 'now');
  const { ref: sizeRef, width, height } = useElementSize();
  const grid = useRef<GridHandle>(null);
  const [editor, setEditor] = useState<EditorState | null>(null);
  const [menu, setMenu] = useState<MenuPoint | null>(null);
  const { active, anchor, block, select } = places;
  // The same element each time, so that the header is not drawn again with every cell that is chosen.
  const corner = useMemo(() => <span className={style.corner}>{t('roster.person')}</span>, []);

  const rows = useMemo(() => gridRows(model), [model]);
  const lookOf = useLookWithPlaces(model.rotations);
  const columnCount = model.columns.length;
  const columnWidth = Math.max(
    leastColumnWidth[span],
    Math.min(mostColumnWidth, Math.floor((width - rowHeaderWidth - 1) / Math.max(1, columnCount))),
  );
  const [today] = useState(() => new Date().toLocaleDateString('sv-SE'));
  const clashes = useClashColumns(model);
  const bands = useMemo(() => headingBands(model.columns, columnWidth, today, clashes), [model.columns, columnWidth, today, clashes]);
  useKeptScroll(grid, past);
  useEffect(() => {
    performance.mark('roster:painted');
  }, [model]);
  useStartPlace(grid, model, active);

  const openEditor = useCallback(
    (mode: EditorState['mode'], text: string | null): void => {
      if (active === null || editing.refuses()) return;
      grid.current?.reveal(active);
      const cell = document.querySelector<HTMLElement>(`[role="grid"] [data-place="${active.row}:${active.column}:${active.index}"]`);
      // The editor takes the focus before this key is over, so that what is typed next arrives in it.
      if (cell) flushSync(() => setEditor({ cell, mode, initial: text ?? cellAt(model, active)?.code ?? '' }));
    },
    [active, editing, model],
  );
  const afterEdit = (move: EditorMove): void => {
    setEditor(null);
    if (active === null) return;
    const to =
      move === 'down'
        ? stepRow(active, 1, { rows })
        : move === 'up'
          ? stepRow(active, -1, { rows })
          : move === 'right'
            ? stepColumn(active, 1, { rows, columnCount })
            : move === 'left'
              ? stepColumn(active, -1, { rows, columnCount })
              : active;
    select(to, to);
    grid.current?.focus();
  };
  const commitText = (text: string, move: EditorMove): void => {
    const place = active;
    const was = place === null ? '' : (cellAt(model, place)?.code ?? '');
    if (place !== null && text !== was) editing.perform(planCode(model, place, text, book));
    if (move === 'stay') setEditor(null);
    else afterEdit(move);
  };
  const fill = useCallback(
    (direction: 'down' | 'right', from: GridBlock): void => {
      const down = direction === 'down';
      const single = down ? from.fromRow === from.toRow : from.fromColumn === from.toColumn;
      // With one row selected it is filled from the row above, as spreadsheets do.
      if (single && (down ? from.fromRow === edgeRow({ rows }, 1) : from.fromColumn === 0)) return;
      const above = down && single ? stepRow({ row: from.fromRow, column: 0, index: 0 }, -1, { rows }).row : from.fromRow;
      const source = down
        ? { ...from, fromRow: above, toRow: above }
        : { ...from, fromColumn: single ? from.fromColumn - 1 : from.fromColumn, toColumn: single ? from.fromColumn - 1 : from.fromColumn };
      const target = down ? { ...from, fromRow: above } : { ...from, fromColumn: source.fromColumn };
      editing.perform(planFill(model, source, target));
    },
    [editing, model, rows],
  );
  useImperativeHandle(handle, () => ({
    edit: () => openEditor('edit', null),
    focus: () => grid.current?.focus(),
    fillDown: () => block && fill('down', block),
    fillRight: () => block && fill('right', block),
    clear: () => block && editing.perform(planClear(model, block, active)),
  }));

  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (active === null || block === null) return;
    const key = event.nativeEvent;
    const handled = (run: () => void): void => {
      event.preventDefault();
      run();
    };
    if (event.key === 'Enter' && (isMac ? event.metaKey : event.ctrlKey) && !event.shiftKey)
      return handled(() => editing.perform(planFillCode(model, block, cellAt(model, active)?.code ?? '', book)));
    if (isChord(key, 'Enter') || isChord(key, 'Shift+Enter')) return handled(() => afterEdit(event.shiftKey ? 'up' : 'down'));
    if (isChord(key, 'F2')) return handled(() => openEditor('edit', null));
    if (isChord(key, 'Delete') || isChord(key, 'Backspace')) return handled(() => editing.perform(planClear(model, block, active)));
    if (isChord(key, 'Mod+D')) return handled(() => fill('down', block));
    if (isChord(key, 'Mod+R')) return handled(() => fill('right', block));
    if (isChord(key, 'Shift+F10') || event.key === 'ContextMenu') return handled(() => setMenu(pointOfActive()));
    if (isChord(key, 'Escape')) {
      // The menu takes the focus a moment after it opened; until then its Escape arrives here.
      if (menu !== null) return handled(() => setMenu(null));
      if (cut !== null) return handled(dropCut);
      if (past) return handled(() => position.getState().returnToNow());
      return undefined;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
    // A dead key or an input method begins a text too; it goes on in the editor by itself.
    if (event.key === 'Dead' || event.key === 'Process') return openEditor('replace', '');
    if (event.key.length === 1 && event.key !== ' ') return handled(() => openEditor('replace', event.key));
    return undefined;
  };

  const drop = (target: GridBlock, copying: boolean): void => {
    if (block === null) return;
    editing.perform(planDrag(model, block, target, copying));
    press({ row: target.fromRow, column: target.fromColumn, index: 0 }, false, {
      row: target.toRow,
      column: target.toColumn,
      index: 0,
    });
  };
  const press = (place: GridPlace, extending: boolean, corner = extending && anchor ? anchor : place): void => {
    select(place, corner);
    grid.current?.focus();
  };
  const renderLayer = (geometry: GridGeometry): React.ReactNode => (
    <GridLayer
      geometry={geometry}
      model={model}
      block={block}
      cut={cut}
      editable={editing.blocked === null}
      placeAt={(x, y) => grid.current?.placeAt(x, y) ?? null}
      onFill={(source, target) => editing.perform(planFill(model, source, target))}
      drag={{ onDrop: drop, onPress: press, onReveal: (place) => grid.current?.reveal(place) }}
    />
  );
  const activeCell = active === null ? null : cellAt(model, active);
  return (
    <div ref={sizeRef} className={style.gridHost} data-narrow={columnWidth < 36 || undefined}>
      <VirtualGrid
        label={t('roster.grid')}
        handle={grid}
        rows={rows}
        columnCount={columnCount}
        columnWidth={columnWidth}
        rowHeaderWidth={rowHeaderWidth}
        bands={bands}
        corner={corner}
        lookOf={lookOf}
        active={active}
        anchor={anchor}
        onSelect={select}
        onKeyDown={onKeyDown}
        onOpen={() => openEditor('edit', null)}
        onContextMenu={(event) => {
          event.preventDefault();
          setMenu({ x: event.clientX, y: event.clientY });
        }}
        isEmpty={(row, column) => {
          const line = model.rows[row];
          return line?.kind !== 'row' || line.cells(column)[0]?.assignment === null;
        }}
        readOnly={editing.blocked !== null}
        data={{ 'data-commit': commit }}
        renderLayer={renderLayer}
        renderFoot={(geometry) => <Coverage model={model} geometry={geometry} room={Math.max(60, Math.round(height * 0.24))} />}
      />
      {editor !== null && activeCell !== null && (
        <CellEditor
          cell={editor.cell}
          title={cellTitle(activeCell)}
          initial={editor.initial}
          mode={editor.mode}
          book={book}
          onCommit={commitText}
          onFill={(text) => {
            setEditor(null);
            if (block !== null) editing.perform(planFillCode(model, block, text, book));
            grid.current?.focus();
          }}
          onCancel={() => {
            setEditor(null);
            grid.current?.focus();
          }}
        />
      )}
      {menu !== null && (
        <CellMenu
          point={menu}
          onClose={() => {
            setMenu(null);
            grid.current?.focus();
          }}
        />
      )}
    </div>
  );
}

function pointOfActive(): MenuPoint {
  const rect = document.activeElement?.getBoundingClientRect();
  return { x: (rect?.left ?? 0) + 8, y: rect?.bottom ?? 0 };
}

/** How many clashes each column takes part in. The same map as long as the counts are the same, so that the header is not drawn again. */
function useClashColumns(model: RosterModel): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const clash of model.clashes)
    for (const column of new Set([...clash.slots, ...clash.halfDays].map(({ date, half }) => model.columnOf(date, half))))
      if (column >= 0) counts.set(column, (counts.get(column) ?? 0) + 1);
  const key = JSON.stringify([...counts].toSorted(([a], [b]) => a - b));
  return useMemo(() => new Map<number, number>(JSON.parse(key)), [key]);
}

/** How a cell is drawn, with the clinic it is at as the view on screen calls it. The same function as long as nothing changed. */
function useLookWithPlaces(rotations: RosterModel['rotations']): typeof lookOfCell {
  const nameOf = useClinicNames();
  const places = useMemo(() => new Map(rotations.map(({ id, fields }) => [String(id), fields['clinicLocation']])), [rotations]);
  return useCallback(
    (cell) => {
      const { location, rotationId } = cell.assignment?.fields ?? {};
      return lookOfCell(cell, nameOf(location ?? (typeof rotationId === 'string' ? places.get(rotationId) : undefined))?.name ?? null);
    },
    [nameOf, places],
  );
}

/** When other days come on screen, the selected cell is in view, or today, or else their beginning. */
function useStartPlace(grid: React.RefObject<GridHandle | null>, model: RosterModel, active: GridPlace | null): void {
  const { columns } = model;
  const reveal = useEffectEvent(() => {
    const today = model.columnOf(new Date().toLocaleDateString('sv-SE'), 'PM');
    if (active !== null) grid.current?.reveal(active);
    else if (today >= 0)
      grid.current?.reveal({ row: edgeRow({ rows: gridRows(model) }, 1), column: Math.min(today + 8, columns.length - 1), index: 0 });
    else grid.current?.viewport?.scrollTo({ left: 0 });
  });
  useEffect(() => reveal(), [columns]);
}

/** Returning to now shows the place that was left, however far somebody scrolled in the past. */
function useKeptScroll(grid: React.RefObject<GridHandle | null>, past: boolean): void {
  const kept = useRef<{ readonly left: number; readonly top: number } | null>(null);
  useLayoutEffect(() => {
    const viewport = grid.current?.viewport;
    if (!viewport) return;
    if (past) kept.current = { left: viewport.scrollLeft, top: viewport.scrollTop };
    else if (kept.current !== null) {
      viewport.scrollTo(kept.current);
      kept.current = null;
    }
  }, [grid, past]);
}

import { memo, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { blockOf, type CellLook, type GridBlock, type GridPlace, type GridRow, type HeaderBand } from './model.ts';
import { edgeRow, moveByKey } from './movement.ts';
import { useOffsets } from './use-offsets.ts';
import type { ScrollLink } from './scroll-link.ts';
import { rangeOf, sameRange, type VisibleRange } from './visible.ts';
import { GridHead } from './GridHead.tsx';
import style from './grid.module.css';

/** Where things are, in pixels from the first row and from the left edge of the row headers. */
export interface GridGeometry {
  rect(block: GridBlock): { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly visible: VisibleRange;
  readonly rowHeaderWidth: number;
  readonly columnWidth: number;
}

export interface GridHandle {
  /** Gives the focus to the active cell, and brings it into view. */
  focus(): void;
  /** Brings a place into view without moving the focus. */
  reveal(place: GridPlace): void;
  /** The place under a point of the screen, `null` outside of the cells. */
  placeAt(clientX: number, clientY: number): GridPlace | null;
  readonly viewport: HTMLDivElement | null;
}

export interface VirtualGridProps<C> {
  /** The accessible name. */
  readonly label: string;
  readonly rows: readonly GridRow<C>[];
  readonly columnCount: number;
  readonly columnWidth: number;
  readonly rowHeaderWidth: number;
  /** The levels of the column header, from the top. */
  readonly bands: readonly HeaderBand[];
  /** What stands in the corner over the row headers. */
  readonly corner?: React.ReactNode;
  /** How a cell looks. Must be a stable function: a new one draws everything again. */
  readonly lookOf: (cell: C) => CellLook;
  /** The cell that has the focus, or will have it when the grid is entered; `null` before the first time. */
  readonly active: GridPlace | null;
  /** The other corner of the selected block. */
  readonly anchor: GridPlace | null;
  readonly onSelect?: (active: GridPlace, anchor: GridPlace) => void;
  /** Keys that neither move nor select. `preventDefault` when handled. */
  readonly onKeyDown?: (event: React.KeyboardEvent) => void;
  readonly onOpen?: (place: GridPlace) => void;
  readonly onContextMenu?: (event: React.MouseEvent) => void;
  readonly onPointer?: (place: GridPlace, event: React.PointerEvent) => void;
  /** Columns that Alt+PageDown goes; 14 unless told. */
  readonly pageColumns?: number;
  readonly isEmpty?: (row: number, column: number) => boolean;
  readonly multiselectable?: boolean;
  readonly readOnly?: boolean;
  /** Locks the scroll position with other grids. */
  readonly link?: ScrollLink;
  /** Drawn over the cells and under the headers, in the coordinates of the geometry. */
  readonly renderLayer?: (geometry: GridGeometry) => React.ReactNode;
  /** Stays at the bottom edge and scrolls sideways with the columns. */
  readonly renderFoot?: (geometry: GridGeometry) => React.ReactNode;
  readonly handle?: React.Ref<GridHandle>;
  /** `data-…` attributes of the grid element. */
  readonly data?: Readonly<Record<`data-${string}`, string>>;
  readonly className?: string | undefined;
}

/**
 * A grid of any size: only what is on screen is in the document. It knows rows, columns, keys and ARIA, and nothing of what the cells
 * mean. It is one Tab stop; the active cell stays in the document also when it is scrolled away, so that the focus is never lost.
 */
export function VirtualGrid<C>(props: VirtualGridProps<C>): React.JSX.Element {
  const { rows, columnCount, columnWidth, rowHeaderWidth, bands, active, anchor, lookOf, onSelect, link } = props;
  const viewport = useRef<HTMLDivElement>(null);
  const foot = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const headHeight = bands.reduce((sum, band) => sum + band.height, 0);
  const offsets = useOffsets(rows);
  const bodyHeight = offsets.at(-1) ?? 0;
  const width = rowHeaderWidth + columnCount * columnWidth;

  const [visible, setVisible] = useState<VisibleRange>({ fromRow: 0, toRow: 30, fromColumn: 0, toColumn: 40 });
  const measure = useCallback(() => {
    const element = viewport.current;
    if (element === null) return;
    // For what stands in the foot and cannot stick to the edge by itself.
    element.style.setProperty('--grid-scrolled', `${element.scrollLeft}px`);
    const next = rangeOf({
      left: element.scrollLeft,
      top: element.scrollTop,
      width: element.clientWidth - rowHeaderWidth,
      height: element.clientHeight - headHeight,
      offsets,
      columnWidth,
      columnCount,
    });
    setVisible((now) => (sameRange(now, next) ? now : next));
  }, [offsets, columnWidth, columnCount, rowHeaderWidth, headHeight]);
  useLayoutEffect(() => {
    measure();
    const element = viewport.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [measure]);
  useEffect(() => (link && viewport.current ? link.join(viewport.current) : undefined), [link]);

  const tabPlace = usable(active, rows, columnCount) ?? { row: edgeRow({ rows }, 1), column: 0, index: 0 };
  const reveal = useCallback(
    (place: GridPlace) => {
      const element = viewport.current;
      if (element === null) return;
      const footHeight = foot.current?.offsetHeight ?? 0;
      const top = offsets[place.row] ?? 0;
      const bottom = offsets[place.row + 1] ?? top;
      const seenHeight = element.clientHeight - headHeight - footHeight;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (bottom > element.scrollTop + seenHeight) element.scrollTop = bottom - seenHeight;
      const left = place.column * columnWidth;
      const seenWidth = element.clientWidth - rowHeaderWidth;
      if (left < element.scrollLeft) element.scrollLeft = left;
      else if (left + columnWidth > element.scrollLeft + seenWidth) element.scrollLeft = left + columnWidth - seenWidth;
      measure();
    },
    [offsets, headHeight, columnWidth, rowHeaderWidth, measure],
  );

  const wantsFocus = useRef(false);
  const focused = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    // The cell with the focus can be taken away under it: one of two in a half day is cleared, or a row leaves. The active one takes over.
    if (focused.current !== null && !focused.current.isConnected) {
      focused.current = null;
      if (document.activeElement === document.body) wantsFocus.current = true;
    }
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    reveal(tabPlace);
    grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  });
  const [, setTurn] = useState(0);
  useImperativeHandle(props.handle, () => ({
    focus: () => {
      wantsFocus.current = true;
      setTurn((turn) => turn + 1);
    },
    reveal,
    placeAt: (clientX, clientY) => placeOf(document.elementFromPoint(clientX, clientY)),
    get viewport() {
      return viewport.current;
    },
  }));

  const select = (next: GridPlace, other: GridPlace | null): void => {
    wantsFocus.current = true;
    onSelect?.(next, other ?? next);
    // The same place again changes nothing above, and still wants the focus.
    setTurn((turn) => turn + 1);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.target instanceof HTMLElement && event.target.closest('[role="gridcell"]') === null) return;
    const pageRows = Math.max(1, Math.floor(((viewport.current?.clientHeight ?? 400) - headHeight) / (rows.at(-1)?.height ?? 26)) - 1);
    const moved = moveByKey(event, tabPlace, anchor ?? tabPlace, {
      rows,
      columnCount,
      pageRows,
      pageColumns: props.pageColumns ?? 14,
      ...(props.isEmpty ? { isEmpty: props.isEmpty } : {}),
    });
    if (moved === null) {
      props.onKeyDown?.(event);
      return;
    }
    event.preventDefault();
    select(moved.active, moved.anchor);
  };
  const dragging = useRef(false);
  const onPointerDown = (event: React.PointerEvent): void => {
    const place = placeOf(event.target);
    if (place === null || event.button !== 0) return;
    // The cell takes the focus after the selection was drawn; the browser's own choice would scroll.
    event.preventDefault();
    props.onPointer?.(place, event);
    select(place, event.shiftKey ? (anchor ?? tabPlace) : null);
    dragging.current = true;
  };
  const onPointerMove = (event: React.PointerEvent): void => {
    if (!dragging.current) return;
    if (event.buttons === 0) {
      dragging.current = false;
      return;
    }
    const place = placeOf(document.elementFromPoint(event.clientX, event.clientY));
    if (place !== null && (place.row !== tabPlace.row || place.column !== tabPlace.column)) select(place, anchor ?? tabPlace);
  };

  const block = active && anchor ? blockOf(active, anchor) : null;
  const geometry: GridGeometry = {
    rect: ({ fromRow, toRow, fromColumn, toColumn }) => ({
      left: rowHeaderWidth + fromColumn * columnWidth,
      top: offsets[fromRow] ?? 0,
      width: (toColumn - fromColumn + 1) * columnWidth,
      height: (offsets[toRow + 1] ?? 0) - (offsets[fromRow] ?? 0),
    }),
    visible,
    rowHeaderWidth,
    columnWidth,
  };
  const shownRows: number[] = [];
  for (let row = visible.fromRow; row < Math.min(visible.toRow, rows.length); row += 1) shownRows.push(row);
  if (rows[tabPlace.row] !== undefined && !shownRows.includes(tabPlace.row)) {
    if (tabPlace.row < visible.fromRow) shownRows.unshift(tabPlace.row);
    else shownRows.push(tabPlace.row);
  }

  return (
    <div ref={viewport} className={`${style.viewport} ${props.className ?? ''}`}>
      <div
        ref={grid}
        role="grid"
        tabIndex={-1}
        aria-label={props.label}
        aria-rowcount={rows.length + bands.length}
        aria-colcount={columnCount + 1}
        aria-multiselectable={props.multiselectable ?? true}
        aria-readonly={props.readOnly ?? false}
        className={style.grid}
        style={{ width, height: headHeight + bodyHeight }}
        {...props.data}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => (dragging.current = false)}
        onDoubleClick={(event) => {
          const place = placeOf(event.target);
          if (place !== null) props.onOpen?.(place);
        }}
        onContextMenu={(event) => {
          const place = placeOf(event.target);
          if (place === null || !props.onContextMenu) return;
          const inside =
            block !== null &&
            place.row >= block.fromRow &&
            place.row <= block.toRow &&
            place.column >= block.fromColumn &&
            place.column <= block.toColumn;
          if (!inside) select(place, null);
          props.onContextMenu(event);
        }}
        onFocus={(event) => {
          const place = placeOf(event.target);
          focused.current = place !== null && event.target instanceof HTMLElement ? event.target : null;
          // Whoever gives a cell the focus, by script or by a screen reader's cursor, makes it the active one.
          if (place !== null && (active === null || !samePlace(place, tabPlace))) onSelect?.(place, place);
        }}
      >
        <GridHead
          bands={bands}
          corner={props.corner}
          columnWidth={columnWidth}
          rowHeaderWidth={rowHeaderWidth}
          width={width}
          fromColumn={visible.fromColumn}
          toColumn={visible.toColumn}
        />
        <div role="rowgroup" className={style.body} style={{ height: bodyHeight }}>
          {shownRows.map((index) => {
            const row = rows[index];
            if (row === undefined) return null;
            const selected = block !== null && index >= block.fromRow && index <= block.toRow;
            return (
              <RowView
                key={row.key}
                row={row}
                index={index}
                ariaIndex={index + bands.length + 1}
                top={offsets[index] ?? 0}
                fromColumn={visible.fromColumn}
                toColumn={Math.min(visible.toColumn, columnCount)}
                columnCount={columnCount}
                columnWidth={columnWidth}
                rowHeaderWidth={rowHeaderWidth}
                tabColumn={tabPlace.row === index ? tabPlace.column : -1}
                tabIndexInSlot={tabPlace.row === index ? tabPlace.index : -1}
                selectedFrom={selected ? block.fromColumn : -1}
                selectedTo={selected ? block.toColumn : -1}
                lookOf={lookOf}
              />
            );
          })}
        </div>
      </div>
      {props.renderLayer && (
        <div className={style.layer} style={{ top: headHeight, width }}>
          {props.renderLayer(geometry)}
        </div>
      )}
      {props.renderFoot && (
        <div ref={foot} className={style.foot} style={{ width }}>
          {props.renderFoot(geometry)}
        </div>
      )}
    </div>
  );
}

function usable<C>(place: GridPlace | null, rows: readonly GridRow<C>[], columnCount: number): GridPlace | null {
  if (place === null || place.column >= columnCount) return null;
  const row = rows[place.row];
  if (row?.kind !== 'row') return null;
  return { ...place, index: Math.min(place.index, row.cells(place.column).length - 1) };
}

function samePlace(a: GridPlace, b: GridPlace): boolean {
  return a.row === b.row && a.column === b.column && a.index === b.index;
}

/** The place that an element of the grid stands for. */
export function placeOf(target: EventTarget | null): GridPlace | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null;
  const [row, column, index] = (cell?.dataset['place'] ?? '').split(':').map(Number);
  return row === undefined || column === undefined || index === undefined ? null : { row, column, index };
}

interface RowViewProps<C> {
  readonly row: GridRow<C>;
  readonly index: number;
  readonly ariaIndex: number;
  readonly top: number;
  readonly fromColumn: number;
  readonly toColumn: number;
  readonly columnCount: number;
  readonly columnWidth: number;
  readonly rowHeaderWidth: number;
  readonly tabColumn: number;
  readonly tabIndexInSlot: number;
  readonly selectedFrom: number;
  readonly selectedTo: number;
  readonly lookOf: (cell: C) => CellLook;
}

const RowView = memo(RowViewInner) as typeof RowViewInner;

function RowViewInner<C>(props: RowViewProps<C>): React.JSX.Element {
  const { row, index, top, fromColumn, toColumn, columnWidth, rowHeaderWidth, tabColumn, lookOf } = props;
  const position = { top, height: row.height };
  if (row.kind === 'group')
    return (
      <div role="row" aria-rowindex={props.ariaIndex} className={style.groupRow} style={position}>
        <div role="rowheader" aria-colindex={1} aria-colspan={props.columnCount + 1} aria-label={row.name} className={style.groupHeader}>
          {row.header}
        </div>
      </div>
    );
  const cells: React.JSX.Element[] = [];
  const draw = (column: number): void => {
    const slot = row.cells(column);
    const height = row.height / slot.length;
    slot.forEach((cell, stacked) => {
      cells.push(
        <CellView
          key={stacked === 0 ? column : `${column}:${stacked}`}
          cell={cell}
          place={`${index}:${column}:${stacked}`}
          ariaColumn={column + 2}
          left={rowHeaderWidth + column * columnWidth}
          top={stacked * height}
          width={columnWidth}
          height={height}
          inTabOrder={column === tabColumn && stacked === props.tabIndexInSlot}
          selected={column >= props.selectedFrom && column <= props.selectedTo && props.selectedFrom >= 0}
          lookOf={lookOf}
        />,
      );
    });
  };
  if (tabColumn >= 0 && tabColumn < fromColumn) draw(tabColumn);
  for (let column = fromColumn; column < toColumn; column += 1) draw(column);
  if (tabColumn >= toColumn) draw(tabColumn);
  return (
    <div role="row" aria-rowindex={props.ariaIndex} className={style.row} style={position}>
      <div role="rowheader" aria-colindex={1} aria-label={row.name} className={style.rowHeader} style={{ width: rowHeaderWidth }}>
        {row.header}
      </div>
      {cells}
    </div>
  );
}

interface CellViewProps<C> {
  readonly cell: C;
  readonly place: string;
  readonly ariaColumn: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly inTabOrder: boolean;
  readonly selected: boolean;
  readonly lookOf: (cell: C) => CellLook;
}

const CellView = memo(CellViewInner) as typeof CellViewInner;

function CellViewInner<C>({ cell, place, ariaColumn, left, top, width, height, inTabOrder, selected, lookOf }: CellViewProps<C>) {
  const look = lookOf(cell);
  return (
    <div
      role="gridcell"
      tabIndex={inTabOrder ? 0 : -1}
      aria-colindex={ariaColumn}
      aria-selected={selected}
      aria-label={look.name}
      title={look.title}
      data-place={place}
      className={look.className === undefined ? style.cell : `${style.cell} ${look.className}`}
      style={{ left, top, width, height, ...look.style }}
    >
      {look.content}
    </div>
  );
}

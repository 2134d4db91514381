import { useEffect, useRef, useState } from 'react';
import { t } from '../../messages/index.ts';
import { announce } from '../../ui/announcer.tsx';
import type { GridBlock, GridPlace } from '../../ui/grid/model.ts';
import { placeOf, type GridGeometry } from '../../ui/grid/VirtualGrid.tsx';
import { shiftBlock } from './drag-plan.ts';
import { cellAt, cellTitle } from './gestures.ts';
import type { RosterModel } from './roster-model.ts';
import style from './drag.module.css';

interface Props {
  readonly geometry: GridGeometry;
  readonly model: RosterModel;
  readonly block: GridBlock;
  readonly onDrop: (target: GridBlock, copying: boolean) => void;
  /** The border was only pressed: the cell under it is meant. */
  readonly onPress: (place: GridPlace, extending: boolean) => void;
  readonly onReveal: (place: GridPlace) => void;
}

interface Drag {
  readonly pointer: number;
  readonly from: GridPlace;
  readonly target: GridBlock;
  readonly copying: boolean;
}

const sides = ['top', 'right', 'bottom', 'left'] as const;

/** The border of the selected block, to drag it by: to where it is dropped, with Ctrl a copy of it. Escape puts it back. */
export function DragBorder({ geometry, model, block, onDrop, onPress, onReveal }: Props): React.JSX.Element {
  const [drag, setDrag] = useState<Drag | null>(null);
  const live = useRef<Drag | null>(null);
  const keep = (next: Drag | null): void => {
    live.current = next;
    setDrag(next);
  };
  const isDragging = drag !== null;
  useEffect(() => {
    if (!isDragging) return undefined;
    // Before the grid hears of it: there Escape means something else.
    const onKey = (event: KeyboardEvent): void => {
      const now = live.current;
      if (now === null) return;
      if (event.key === 'Escape' && event.type === 'keydown') {
        event.preventDefault();
        event.stopPropagation();
        live.current = null;
        setDrag(null);
        announce(t('roster.dragCancelled'));
      } else if (event.key === 'Control' || event.key === 'Meta') {
        live.current = { ...now, copying: event.type === 'keydown' };
        setDrag(live.current);
      }
    };
    window.addEventListener('keydown', onKey, true);
    window.addEventListener('keyup', onKey, true);
    return () => {
      window.removeEventListener('keydown', onKey, true);
      window.removeEventListener('keyup', onKey, true);
    };
  }, [isDragging]);

  const onPointerDown = (event: React.PointerEvent): void => {
    // A finger scrolls; cells are moved by cut and paste there.
    if (event.button !== 0 || event.pointerType === 'touch') return;
    const from = placeUnder(event);
    if (from === null) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    keep({ pointer: event.pointerId, from: inside(block, from), target: block, copying: event.ctrlKey || event.metaKey });
  };
  const onPointerMove = (event: React.PointerEvent): void => {
    const now = live.current;
    const to = now === null ? null : placeUnder(event);
    if (now === null || to === null) return;
    const target = shiftBlock(model, block, now.from, to);
    const copying = event.ctrlKey || event.metaKey;
    if (sameBlock(target, now.target) && copying === now.copying) return;
    keep({ ...now, target, copying });
    onReveal(to);
  };
  const onPointerUp = (event: React.PointerEvent): void => {
    const now = live.current;
    if (now === null) return;
    keep(null);
    if (!sameBlock(now.target, block)) onDrop(now.target, event.ctrlKey || event.metaKey);
    else {
      const place = placeUnder(event);
      if (place !== null) onPress(place, event.shiftKey);
    }
  };
  const moved = drag !== null && !sameBlock(drag.target, block) ? drag : null;
  const first = moved === null ? null : cellAt(model, { row: moved.target.fromRow, column: moved.target.fromColumn, index: 0 });
  return (
    <>
      <div className={style.frame} style={geometry.rect(block)} aria-hidden>
        {sides.map((side) => (
          <div
            key={side}
            className={style.border}
            data-drag-border={side}
            data-copying={drag?.copying || undefined}
            onPointerDown={onPointerDown}
            onPointerMove={onPointerMove}
            onPointerUp={onPointerUp}
            onPointerCancel={() => keep(null)}
          />
        ))}
      </div>
      {moved !== null && (
        <div
          className={style.target}
          data-drop-target
          data-above={moved.target.toRow >= model.rows.length - 1 || undefined}
          style={geometry.rect(moved.target)}
          aria-hidden
        >
          {first !== null && <span>{t(moved.copying ? 'roster.dragCopyTo' : 'roster.dragTo', { cell: cellTitle(first) })}</span>}
        </div>
      )}
    </>
  );
}

/** The cell under the pointer, beneath the border itself. */
function placeUnder({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): GridPlace | null {
  for (const element of document.elementsFromPoint(clientX, clientY)) {
    const place = placeOf(element);
    if (place !== null) return place;
  }
  return null;
}

/** The border reaches a little over the block; it is held by the cell at its edge. */
function inside(block: GridBlock, { row, column, index }: GridPlace): GridPlace {
  return {
    row: Math.max(block.fromRow, Math.min(row, block.toRow)),
    column: Math.max(block.fromColumn, Math.min(column, block.toColumn)),
    index,
  };
}

function sameBlock(a: GridBlock, b: GridBlock): boolean {
  return a.fromRow === b.fromRow && a.toRow === b.toRow && a.fromColumn === b.fromColumn && a.toColumn === b.toColumn;
}

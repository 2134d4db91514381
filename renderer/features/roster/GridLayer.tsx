import { useState } from 'react';
import type { GridBlock, GridPlace } from '../../ui/grid/model.ts';
import type { GridGeometry } from '../../ui/grid/VirtualGrid.tsx';
import { DragBorder } from './DragBorder.tsx';
import type { RosterModel } from './roster-model.ts';
import style from './roster.module.css';

interface Props {
  readonly geometry: GridGeometry;
  readonly model: RosterModel;
  readonly block: GridBlock | null;
  readonly cut: GridBlock | null;
  readonly editable: boolean;
  readonly placeAt: (x: number, y: number) => GridPlace | null;
  readonly onFill: (source: GridBlock, target: GridBlock) => void;
  readonly drag: Pick<React.ComponentProps<typeof DragBorder>, 'onDrop' | 'onPress' | 'onReveal'>;
}

/** What lies over the cells: the selected block with its fill handle, what was cut, and the names of absences. */
export function GridLayer({ geometry, model, block, cut, editable, placeAt, onFill, drag }: Props): React.JSX.Element {
  const [target, setTarget] = useState<GridBlock | null>(null);
  const many = block !== null && (block.fromRow !== block.toRow || block.fromColumn !== block.toColumn);
  return (
    <>
      <AbsenceLabels geometry={geometry} model={model} />
      {cut !== null && <div className={style.cutBox} style={geometry.rect(cut)} />}
      {block !== null && editable && <DragBorder geometry={geometry} model={model} block={block} {...drag} />}
      {block !== null && (
        <div
          className={many ? style.selectionBox : undefined}
          style={{ position: 'absolute', pointerEvents: 'none', ...geometry.rect(block) }}
        >
          {editable && (
            <div
              className={style.handle}
              data-fill-handle
              onPointerDown={(event) => {
                event.preventDefault();
                event.currentTarget.setPointerCapture(event.pointerId);
                setTarget(block);
              }}
              onPointerMove={(event) => {
                if (target === null) return;
                const place = placeAt(event.clientX, event.clientY);
                if (place !== null) setTarget(stretch(block, place));
              }}
              onPointerUp={() => {
                if (target !== null && JSON.stringify(target) !== JSON.stringify(block)) onFill(block, target);
                setTarget(null);
              }}
            />
          )}
        </div>
      )}
      {target !== null && <div className={style.fillBox} style={geometry.rect(target)} />}
    </>
  );
}

/** A fill goes one way: down, up or sideways, whichever the pointer went further. */
function stretch(block: GridBlock, place: GridPlace): GridBlock {
  const down = Math.max(place.row - block.toRow, block.fromRow - place.row, 0);
  const across = Math.max(place.column - block.toColumn, block.fromColumn - place.column, 0);
  return down >= across
    ? { ...block, fromRow: Math.min(block.fromRow, place.row), toRow: Math.max(block.toRow, place.row) }
    : { ...block, fromColumn: Math.min(block.fromColumn, place.column), toColumn: Math.max(block.toColumn, place.column) };
}

function AbsenceLabels({ geometry, model }: { readonly geometry: GridGeometry; readonly model: RosterModel }): React.JSX.Element {
  const { fromRow, toRow, fromColumn, toColumn } = geometry.visible;
  const labels: React.JSX.Element[] = [];
  for (let row = fromRow; row < Math.min(toRow, model.rows.length); row += 1) {
    const line = model.rows[row];
    if (line?.kind !== 'row' || !line.absent) continue;
    let start = -1;
    for (let column = fromColumn; column <= toColumn; column += 1) {
      const cell = column < toColumn ? line.cells(column)[0] : undefined;
      const free = cell !== undefined && cell.absence !== null && cell.assignment === null;
      if (free && start < 0) start = column;
      if (free || start < 0) continue;
      const text = line.cells(start)[0]?.absence?.replaceAll('_', ' ') ?? '';
      if (column - start > 1)
        labels.push(
          <div
            key={`${row}:${start}`}
            className={style.absenceLabel}
            aria-hidden
            style={geometry.rect({ fromRow: row, toRow: row, fromColumn: start, toColumn: column - 1 })}
          >
            <span>{text}</span>
          </div>,
        );
      start = -1;
    }
  }
  return <>{labels}</>;
}

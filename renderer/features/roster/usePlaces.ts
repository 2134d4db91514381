import { useCallback, useMemo } from 'react';
import { selection, useSelection, type CellRef } from '../../position/selection.ts';
import { blockOf, type GridBlock, type GridPlace } from '../../ui/grid/model.ts';
import type { RosterModel } from './roster-model.ts';

export interface Places {
  readonly active: GridPlace | null;
  readonly anchor: GridPlace | null;
  readonly block: GridBlock | null;
  select(active: GridPlace, anchor: GridPlace): void;
}

/** Where a selected cell stands in the grid of now; `null` where its person or day is not on screen. */
function placeOfRef(model: RosterModel, ref: CellRef | null): GridPlace | null {
  if (ref === null) return null;
  const row = model.rowOf(ref.personId);
  const column = model.columnOf(ref.date, ref.half);
  const person = model.rows[row];
  if (person?.kind !== 'row' || column < 0) return null;
  const index = person.cells(column).findIndex((cell) => cell.assignment?.id === ref.assignmentId);
  return { row, column, index: Math.max(0, index) };
}

/** What a place of the grid stands for. */
function refOfPlace(model: RosterModel, place: GridPlace): CellRef | null {
  const row = model.rows[place.row];
  if (row?.kind !== 'row') return null;
  const cells = row.cells(place.column);
  const cell = cells[place.index] ?? cells[0];
  return cell === undefined
    ? null
    : { personId: row.person.id, date: cell.halfDay.date, half: cell.halfDay.half, assignmentId: cell.assignment?.id ?? null };
}

/** The selection of the page as places of the grid. The selection names people and days, so that it survives trips into the past. */
export function usePlaces(model: RosterModel | null): Places {
  const focus = useSelection((state) => state.focus);
  const other = useSelection((state) => state.anchor);
  const active = useMemo(() => (model === null ? null : placeOfRef(model, focus)), [model, focus]);
  const anchor = useMemo(() => (model === null ? null : placeOfRef(model, other)), [model, other]);
  const block = useMemo(() => (active === null ? null : blockOf(active, anchor ?? active)), [active, anchor]);
  const select = useCallback(
    (to: GridPlace, from: GridPlace) => {
      if (model === null) return;
      selection.getState().select(refOfPlace(model, to), refOfPlace(model, from));
    },
    [model],
  );
  return { active, anchor, block, select };
}

import type { Fields } from '../../../shared/json.ts';
import { noCell, type Cell } from './cell-index.ts';
import { maxInt32, type EntityTable } from './entity-table.ts';
import type { Axes } from './store.ts';

/** Where a record stands in the grid, in the file's own numbers. May make the row of a subject that is not known yet: only inside a write. */
export type CellMaker = (type: string, typeId: number, fields: Fields) => Cell;

export function createCellMaker(
  entities: Pick<EntityTable, 'allocate'>,
  axes: (type: string, fields: Fields) => Axes | null,
  subjectType: string,
): CellMaker {
  return (type, typeId, fields) => {
    const found = axes(type, fields);
    if (found === null) return { type: typeId, subject: noCell, from: noCell, to: noCell };
    const { subject, from, to } = found;
    if (!fits(from) || !fits(to) || to < from) throw new Error(`axes of ${type} do not fit: ${from}..${to}`);
    return { type: typeId, subject: subject === null ? noCell : entities.allocate(subjectType, subject), from, to };
  };
}

function fits(slot: number): boolean {
  return Number.isInteger(slot) && Math.abs(slot) <= maxInt32;
}

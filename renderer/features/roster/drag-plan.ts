import type { GridBlock, GridPlace } from '../../ui/grid/model.ts';
import { t } from '../../messages/index.ts';
import { planValues, removeRecord, updateRecord, type PlannedChange, type Slot } from './edit-plan.ts';
import { rowsIn, slotKey, slotOf, valuesAt, type PlannedGesture } from './gestures.ts';
import type { RosterModel } from './roster-model.ts';

/**
 * Where a block lies when it is dragged from one place to another: as many people's rows, over group rows too, and as many half days. It stops at
 * the edges of the grid.
 */
export function shiftBlock(model: RosterModel, block: GridBlock, from: GridPlace, to: GridPlace): GridBlock {
  const people = model.rows.flatMap((row, index) => (row.kind === 'row' ? [index] : []));
  const first = people.findIndex((index) => index >= block.fromRow);
  const count = rowsIn(model, block).length;
  const nth = (row: number): number =>
    Math.max(
      0,
      people.findLastIndex((index) => index <= row),
    );
  const start = clamp(first + nth(to.row) - nth(from.row), 0, people.length - count);
  const width = block.toColumn - block.fromColumn;
  const fromColumn = clamp(block.fromColumn + to.column - from.column, 0, model.columns.length - 1 - width);
  return {
    fromRow: people[start] ?? block.fromRow,
    toRow: people[start + count - 1] ?? block.toRow,
    fromColumn,
    toColumn: fromColumn + width,
  };
}

/**
 * Moves or copies a block to another place. A move keeps the assignments with all they hold; what stood where they come to goes, unless it is
 * moved too. `null` where nothing would be moved anywhere.
 */
export function planDrag(model: RosterModel, source: GridBlock, target: GridBlock, copying: boolean): PlannedGesture | null {
  const pairs = pairsOf(model, source, target);
  if (pairs.length === 0 || (source.fromRow === target.fromRow && source.fromColumn === target.fromColumn)) return null;
  if (copying) {
    const values = pairs.map(({ from, row, column, to }) => ({
      slot: to,
      values: from.assignments.length === 0 ? [] : valuesAt(row, column),
    }));
    return { message: t('roster.messageCopy', { count: pairs.length }), changes: planValues(values), cells: pairs.length, skipped: 0 };
  }
  const leaving = new Set(pairs.map(({ from }) => slotKey(from)));
  const changes = pairs.flatMap(({ from, to }): readonly PlannedChange[] => {
    const cleared = leaving.has(slotKey(to)) ? [] : to.assignments.map(removeRecord);
    const place: Record<string, string> = { personId: to.personId, date: to.date, half: to.half };
    const moved = from.assignments.map((record) =>
      updateRecord(record, Object.fromEntries(Object.entries(place).filter(([name, value]) => record.fields[name] !== value))),
    );
    return [...cleared, ...moved];
  });
  return { message: t('roster.messageMove', { count: pairs.length }), changes, cells: pairs.length, skipped: 0 };
}

interface Pair {
  readonly from: Slot;
  readonly to: Slot;
  readonly row: ReturnType<typeof rowsIn>[number];
  readonly column: number;
}

function pairsOf(model: RosterModel, source: GridBlock, target: GridBlock): readonly Pair[] {
  const targets = rowsIn(model, target);
  return rowsIn(model, source).flatMap((row, index) => {
    const other = targets[index];
    if (other === undefined) return [];
    return Array.from({ length: source.toColumn - source.fromColumn + 1 }, (_, across): Pair[] => {
      const column = source.fromColumn + across;
      const [from, to] = [slotOf(row, column), slotOf(other, target.fromColumn + across)];
      return from && to ? [{ from, to, row, column }] : [];
    }).flat();
  });
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, Math.max(least, most)));
}

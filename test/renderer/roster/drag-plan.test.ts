import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planDrag, shiftBlock } from '../../../renderer/features/roster/drag-plan.ts';
import { blockToTexts, type PlannedGesture } from '../../../renderer/features/roster/gestures.ts';
import { applyWindowChanges } from '../../../shared/roster/window-changes.ts';
import { modelOf, recordOf, smallRecords } from './sample.ts';

// Rows: 0 PGY-1, 1 Lima, 2 PGY-2, 3 Souza, 4 Faculty, 5 Prado.
const model = modelOf(smallRecords());
const columns = model.columns.map((_, index) => index);
const block = (fromRow: number, fromColumn: number, toRow = fromRow, toColumn = fromColumn) => ({ fromRow, fromColumn, toRow, toColumn });
const place = (row: number, column: number) => ({ row, column, index: 0 });

function after(gesture: PlannedGesture | null) {
  const changes = (gesture?.changes ?? []).flatMap(({ change, after: record }) =>
    // A version of its own, as the engine gives one: those of the sample and those that stand in for it count from the same number.
    change.id === undefined
      ? []
      : [
          {
            op: change.op,
            type: change.type,
            id: change.id,
            before: null,
            after: record && recordOf(change.type, change.id, record.fields),
          },
        ],
  );
  return modelOf(applyWindowChanges(model.window.records, changes));
}

/** What stands in a cell, by its row of before: who has nothing left may have no row any more. */
function textAt(of: typeof model, row: number, column: number): string {
  const line = model.rows[row];
  const now = line?.kind === 'row' ? of.rowOf(line.person.id) : -1;
  return now < 0 ? '' : (blockToTexts(of, block(now, column))[0]?.[0] ?? '');
}

test('a dragged block goes over group rows and stops at the edges', () => {
  expect(shiftBlock(model, block(1, 0), place(1, 0), place(5, 2))).toEqual(block(5, 2));
  expect(shiftBlock(model, block(1, 0, 3, 1), place(1, 0), place(5, 0))).toEqual(block(3, 0, 5, 1));
  expect(shiftBlock(model, block(3, 2, 3, 3), place(3, 3), place(1, 0))).toEqual(block(1, 0, 1, 1));
});

test('a move keeps the assignments, with everything they hold, and clears where they stood', () => {
  const from = blockToTexts(model, block(3, 2));
  const gesture = planDrag(model, block(3, 2), block(5, 4), false);
  expect(gesture?.message).toBe('Move 1 cell');
  expect(gesture?.changes.map(({ change }) => change.op)).not.toContain('create');
  const moved = after(gesture);
  expect([blockToTexts(moved, block(5, 4)), blockToTexts(moved, block(3, 2))]).toEqual([from, [['']]]);
});

test('a copy leaves what it was taken from', () => {
  const from = blockToTexts(model, block(3, 2));
  const gesture = planDrag(model, block(3, 2), block(5, 4), true);
  expect(gesture?.message).toBe('Copy 1 cell');
  const copied = after(gesture);
  expect([blockToTexts(copied, block(5, 4)), blockToTexts(copied, block(3, 2))]).toEqual([from, from]);
});

test('dropped where it was taken, nothing is done', () => {
  expect(planDrag(model, block(1, 0, 3, 1), block(1, 0, 3, 1), false)).toBeNull();
});

// A block that overlaps the place it goes to is where an assignment would be lost or doubled without anybody seeing it.
test('wherever a block is dropped, it shows there what it showed, and nothing else of the roster changes but what it left and covered', () => {
  const people = [1, 3, 5];
  const anyPlace = fc.record({ row: fc.constantFrom(...people), column: fc.nat(model.columns.length - 1) });
  fc.assert(
    fc.property(anyPlace, anyPlace, anyPlace, (a, b, to) => {
      const source = block(Math.min(a.row, b.row), Math.min(a.column, b.column), Math.max(a.row, b.row), Math.max(a.column, b.column));
      const target = shiftBlock(model, source, { ...a, index: 0 }, { ...to, index: 0 });
      const gesture = planDrag(model, source, target, false);
      if (gesture === null) return;
      const moved = after(gesture);
      const isIn = (area: typeof source, row: number, column: number): boolean =>
        row >= area.fromRow && row <= area.toRow && column >= area.fromColumn && column <= area.toColumn;
      const [down, across] = [people.indexOf(target.fromRow) - people.indexOf(source.fromRow), target.fromColumn - source.fromColumn];
      const expected = people.map((row, index) =>
        columns.map((column) => {
          if (isIn(target, row, column)) return textAt(model, people[index - down] ?? 0, column - across);
          return isIn(source, row, column) ? '' : textAt(model, row, column);
        }),
      );
      expect(people.map((row) => columns.map((column) => textAt(moved, row, column)))).toEqual(expected);
    }),
  );
});

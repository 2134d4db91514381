import { expect, test } from 'vitest';
import type { GridRow } from '../../../renderer/ui/grid/model.ts';
import { moveByKey, stepColumn, stepRow } from '../../../renderer/ui/grid/movement.ts';
import { rangeOf } from '../../../renderer/ui/grid/visible.ts';

const row = (key: string, stacked: Readonly<Record<number, number>> = {}): GridRow<string> => ({
  key,
  kind: 'row',
  height: 20,
  name: key,
  header: null,
  cells: (column) => Array.from({ length: stacked[column] ?? 1 }, (_, index) => `${key}${column}.${index}`),
});
const group: GridRow<string> = { key: 'group', kind: 'group', height: 20, name: 'group', header: null, cells: () => [] };
const rows = [group, row('a'), row('b', { 2: 2 }), group, row('c'), row('d')];
const bounds = { rows, columnCount: 10, pageRows: 2, pageColumns: 7 };
const key = (text: string) => {
  const parts = text.split('+');
  return {
    key: parts.at(-1) ?? '',
    ctrlKey: parts.includes('Ctrl'),
    metaKey: false,
    shiftKey: parts.includes('Shift'),
    altKey: parts.includes('Alt'),
  };
};
const move = (text: string, from: { row: number; column: number; index: number }, more = {}) =>
  moveByKey(key(text), from, from, { ...bounds, ...more })?.active;

test('passes over group rows and goes through stacked cells one by one', () => {
  expect(move('ArrowDown', { row: 1, column: 2, index: 0 })).toEqual({ row: 2, column: 2, index: 0 });
  expect(move('ArrowDown', { row: 2, column: 2, index: 0 })).toEqual({ row: 2, column: 2, index: 1 });
  expect(move('ArrowDown', { row: 2, column: 2, index: 1 })).toEqual({ row: 4, column: 2, index: 0 });
  expect(move('ArrowUp', { row: 4, column: 2, index: 0 })).toEqual({ row: 2, column: 2, index: 1 });
  expect(stepRow({ row: 1, column: 0, index: 0 }, -1, bounds)).toEqual({ row: 1, column: 0, index: 0 });
});

test('goes to ends, corners, pages and weeks', () => {
  const from = { row: 2, column: 3, index: 0 };
  expect(move('Home', from)?.column).toBe(0);
  expect(move('End', from)?.column).toBe(9);
  expect(move('Ctrl+Home', from)).toEqual({ row: 1, column: 0, index: 0 });
  expect(move('Ctrl+End', from)).toEqual({ row: 5, column: 9, index: 0 });
  expect(move('PageDown', from)?.row).toBe(5);
  expect(move('Alt+PageDown', from)?.column).toBe(9);
  expect(move('Alt+PageUp', from)?.column).toBe(0);
});

test('jumps along what is filled as a spreadsheet does', () => {
  const filled = new Set([0, 1, 2, 5, 6]);
  const isEmpty = (_: number, column: number) => !filled.has(column);
  const jump = (column: number, way: string) => move(`Ctrl+Arrow${way}`, { row: 1, column, index: 0 }, { isEmpty })?.column;
  expect([jump(0, 'Right'), jump(2, 'Right'), jump(6, 'Right'), jump(6, 'Left'), jump(5, 'Left'), jump(9, 'Left')]).toEqual([
    2, 5, 9, 5, 2, 6,
  ]);
});

test('selects columns, rows and everything', () => {
  const from = { row: 2, column: 3, index: 0 };
  expect(moveByKey(key('Ctrl+ '), from, from, bounds)).toEqual({
    active: { row: 1, column: 3, index: 0 },
    anchor: { row: 5, column: 3, index: 0 },
  });
  expect(moveByKey(key('Shift+ '), from, from, bounds)?.anchor).toEqual({ row: 2, column: 9, index: 0 });
  expect(moveByKey(key('Ctrl+a'), from, from, bounds)?.anchor).toEqual({ row: 5, column: 9, index: 0 });
  expect(moveByKey(key('Shift+ArrowRight'), from, from, bounds)).toEqual({ active: { row: 2, column: 4, index: 0 }, anchor: from });
});

test('goes on in the next row at the end of one, for Tab', () => {
  expect(stepColumn({ row: 2, column: 9, index: 0 }, 1, bounds)).toEqual({ row: 4, column: 0, index: 0 });
  expect(stepColumn({ row: 4, column: 0, index: 0 }, -1, bounds)).toEqual({ row: 2, column: 9, index: 0 });
});

test('draws what is on screen and a little more, never past the ends', () => {
  const offsets = Array.from({ length: 101 }, (_, index) => index * 20);
  const view = { left: 0, top: 0, width: 400, height: 200, offsets, columnWidth: 40, columnCount: 730 };
  expect(rangeOf(view)).toMatchObject({ fromRow: 0, fromColumn: 0 });
  const end = rangeOf({ ...view, left: 730 * 40 - 400, top: 100 * 20 - 200 });
  expect([end.toRow, end.toColumn]).toEqual([100, 730]);
  expect(end.toColumn - end.fromColumn).toBeLessThan(40);
});

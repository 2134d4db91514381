import { expect, test } from 'vitest';
import { firstDate, rangeAround, shiftRange } from '../../../renderer/position/days.ts';

test('shows weeks from Monday, blocks and years as the academic calendar has them', () => {
  expect(rangeAround('2026-08-05', 'week')).toEqual({ from: '2026-08-03', to: '2026-08-09' });
  expect(rangeAround('2026-08-05', 'twoWeeks')).toEqual({ from: '2026-08-03', to: '2026-08-16' });
  expect(rangeAround('2026-01-20', 'block')).toEqual({ from: '2026-01-15', to: '2026-02-11' });
  expect(rangeAround('2026-06-30', 'year')).toEqual({ from: '2025-07-01', to: '2026-06-30' });
});

test('goes on and back by whole stretches, and comes back to where it was', () => {
  for (const span of ['week', 'twoWeeks', 'block', 'year'] as const) {
    const range = rangeAround('2026-08-05', span);
    const next = shiftRange(range, span, 1);
    expect(next.from > range.to).toBe(true);
    expect(shiftRange(next, span, -1)).toEqual(range);
  }
});

test('opens at today where the roster is filled, and at its nearest end otherwise', () => {
  const filled = { from: '2024-07-01', to: '2026-06-30' };
  expect([
    firstDate(filled, '2025-01-01'),
    firstDate(filled, '2026-11-21'),
    firstDate(filled, '2020-01-01'),
    firstDate(null, '2026-11-21'),
  ]).toEqual(['2025-01-01', '2026-06-30', '2024-07-01', '2026-11-21']);
});

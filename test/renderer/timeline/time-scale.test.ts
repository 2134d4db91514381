import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  clampRange,
  isWhole,
  revealIn,
  ticksOf,
  timeAt,
  wholeRange,
  xOf,
  zoomRange,
} from '../../../renderer/features/timeline/time-scale.ts';

const at = (iso: string): number => Date.parse(iso);
const whole = wholeRange(at('2023-07-01T00:00:00Z'), at('2026-07-01T00:00:00Z'));
const instant = fc.integer({ min: whole.from, max: whole.to });

test('zooming keeps the instant under the pointer where it is, and never leaves the history', () => {
  fc.assert(
    fc.property(instant, fc.double({ min: 0.05, max: 1, noNaN: true }), (around, factor) => {
      const range = zoomRange(whole, whole, factor, around);
      expect(range.from).toBeGreaterThanOrEqual(whole.from);
      expect(range.to).toBeLessThanOrEqual(whole.to);
      expect(xOf(range, 1_000, around)).toBeCloseTo(xOf(whole, 1_000, around), 3);
    }),
  );
});

test('a pixel and its instant belong together', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_200 }), (x) => {
      expect(xOf(whole, 1_200, timeAt(whole, 1_200, x))).toBeCloseTo(x, 6);
    }),
  );
});

test('zooming out far enough is the whole again, zooming in stops at a second', () => {
  const near = zoomRange(whole, whole, 1e-12, at('2025-01-01T00:00:00Z'));
  expect([isWhole(clampRange({ from: -1e15, to: 1e15 }, whole), whole), near.to - near.from]).toEqual([true, 1_000]);
});

test('a moment outside of the shown stretch is brought into it, one inside moves nothing', () => {
  const range = { from: at('2025-01-01T00:00:00Z'), to: at('2025-02-01T00:00:00Z') };
  const moved = revealIn(range, whole, at('2025-06-01T00:00:00Z'));
  expect(revealIn(range, whole, at('2025-01-10T00:00:00Z'))).toBe(range);
  expect(moved.from).toBeLessThan(at('2025-06-01T00:00:00Z'));
  expect(moved.to).toBeGreaterThan(at('2025-06-01T00:00:00Z'));
  expect(moved.to - moved.from).toBe(range.to - range.from);
});

test('labels follow the zoom and the calendar of the zone', () => {
  const texts = (from: string, to: string, zone = 'UTC'): string =>
    ticksOf({ from: at(from), to: at(to) }, 800, zone)
      .map(({ text }) => text)
      .join(' ');
  expect({
    years: texts('2023-07-01T00:00:00Z', '2026-07-01T00:00:00Z'),
    months: texts('2026-01-01T00:00:00Z', '2026-07-01T00:00:00Z'),
    weeks: texts('2026-05-01T00:00:00Z', '2026-06-10T00:00:00Z'),
    days: texts('2026-05-08T00:00:00Z', '2026-05-15T00:00:00Z'),
    hours: texts('2026-05-12T05:00:00Z', '2026-05-12T15:00:00Z', 'America/Sao_Paulo'),
  }).toMatchInlineSnapshot(`
    {
      "days": "8 May 9 May 10 May Mon 11 May 12 May 13 May 14 May 15 May",
      "hours": "02:00 03:00 04:00 05:00 06:00 07:00 08:00 09:00 10:00 11:00 12:00",
      "months": "2026 Feb Mar Apr May Jun Jul",
      "weeks": "4 May 11 May 18 May 25 May 1 Jun 8 Jun",
      "years": "Jul Oct 2024 Apr Jul Oct 2025 Apr Jul Oct 2026 Apr Jul",
    }
  `);
});

test('labels keep apart, whatever is shown', () => {
  const keepsApart = fc.check(
    fc.property(instant, fc.double({ min: 60_000, max: whole.to - whole.from, noNaN: true }), (from, span) => {
      const range = clampRange({ from, to: from + span }, whole);
      const places = ticksOf(range, 900, 'Europe/Berlin').map((tick) => xOf(range, 900, tick.at));
      return places.every((x, index) => index === 0 || x - (places[index - 1] ?? 0) > 50);
    }),
    // The night of a change of clocks, where an hour is missing.
    { examples: [[1_743_269_601_894, 26_798_106]], numRuns: 300 },
  );
  expect(keepsApart.counterexample).toBe(null);
});

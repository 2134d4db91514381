import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CommitSummary } from '../../../shared/contract/app/base.ts';
import type { TimelineMark } from '../../../shared/contract/app/commits.ts';
import { CommitHash } from '../../../shared/ids.ts';
import { createLatest } from '../../../renderer/features/timeline/latest.ts';
import { faster, nextSpeed, stepsDue } from '../../../renderer/features/timeline/play-clock.ts';
import { clusterMarks, estimatePosition, neighbour } from '../../../renderer/features/timeline/stops.ts';
import { createSummaryCache } from '../../../renderer/features/timeline/summary-cache.ts';

const hash = (position: number): CommitHash => CommitHash.parse(position.toString(16).padStart(64, '0'));
const summaryAt = (position: number): CommitSummary =>
  CommitSummary.parse({
    commit: hash(position),
    position,
    branch: 'main',
    at: new Date(position * 60_000).toISOString(),
    recordedAt: new Date(position * 60_000).toISOString(),
    author: 'ana',
    authorName: 'Ana Lima',
    device: 'desk',
    kind: 'edit',
    message: 'Edit a cell',
    reason: null,
    parents: [],
    counts: [],
    summary: '1 assignment',
    tags: [],
    marks: [],
    isMerge: false,
    mergeSource: null,
  });

// A scrub asks for dozens of moments a second. If an older answer could come last, the grid would rest on a state that the slider does
// not name, and nothing would show it.
test('the last moment asked for has the last word, and requests never pile up', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 30 }), async (delays) => {
      const taken: number[] = [];
      let under = 0;
      let most = 0;
      const latest = createLatest<number, number>({
        send: async (argument) => {
          most = Math.max(most, ++under);
          for (let turn = 0; turn < (delays[argument] ?? 0); turn++) await Promise.resolve();
          under--;
          return argument;
        },
        take: (answer) => taken.push(answer),
        fail: () => undefined,
      });
      for (const [index] of delays.entries()) {
        latest.ask(index);
        await Promise.resolve();
      }
      for (let turn = 0; turn < 50; turn++) await Promise.resolve();
      expect(taken.at(-1)).toBe(delays.length - 1);
      expect(taken).toEqual(taken.toSorted((a, b) => a - b));
      expect(most).toBe(1);
    }),
  );
});

test('a request that fails is told, and the next one is still sent', async () => {
  const told: string[] = [];
  const latest = createLatest<string, string>({
    send: (argument) => (argument === 'bad' ? Promise.reject(new Error('no')) : Promise.resolve(argument)),
    take: (answer) => told.push(answer),
    fail: () => told.push('failed'),
  });
  latest.ask('bad');
  latest.ask('good');
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(told).toEqual(['failed', 'good']);
});

test('dropping forgets both what waits and what is under way', async () => {
  const told: string[] = [];
  const latest = createLatest<string, string>({ send: (a) => Promise.resolve(a), take: (a) => told.push(a), fail: () => told.push('!') });
  latest.ask('one');
  latest.ask('two');
  latest.drop();
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(told).toEqual([]);
});

test('playing takes two versions a second at speed one, whatever the frame rate', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 200 }), fc.constantFrom(1, 2, 4, 8), (frames, speed) => {
      let carry = 0;
      let steps = 0;
      for (const elapsed of frames) {
        const due = stepsDue(elapsed, speed as 1 | 2 | 4 | 8, carry);
        carry = due.carry;
        steps += due.steps;
      }
      const all = frames.reduce((sum, elapsed) => sum + elapsed, 0);
      expect(Math.abs(steps - (all / 1_000) * 2 * speed)).toBeLessThan(1.001);
    }),
  );
});

test('after a long pause of the page, playing goes on instead of racing', () => {
  expect([stepsDue(60_000, 1, 0).steps, faster(4), faster(8), nextSpeed(8)]).toEqual([2, 8, 8, 1]);
});

test('the cache asks once for each position and keeps no more than it may', async () => {
  const asked: number[] = [];
  const cache = createSummaryCache(async (position) => {
    asked.push(position);
    return position > 900 ? null : summaryAt(position);
  }, 3);
  const both = await Promise.all([cache.get(5), cache.get(5)]);
  expect([both[0] === both[1], asked]).toEqual([true, [5]]);
  await Promise.all([cache.get(6), cache.get(7)]);
  cache.peek(5);
  await cache.get(8);
  expect([5, 6, 7, 8].map((position) => cache.peek(position) !== undefined)).toEqual([true, false, true, true]);
  expect(await cache.get(901)).toBe(null);
});

test('the cache does not remember a failure', async () => {
  let broken = true;
  const cache = createSummaryCache(async (position) => {
    if (broken) throw new Error('gone');
    return summaryAt(position);
  });
  await expect(cache.get(1)).rejects.toThrow('gone');
  broken = false;
  expect((await cache.get(1))?.position).toBe(1);
});

test('prefetching stays on the line', async () => {
  const asked: number[] = [];
  const cache = createSummaryCache(async (position) => {
    asked.push(position);
    return summaryAt(position);
  });
  cache.prefetch(1, 2);
  expect(asked).toEqual([2]);
});

test('stepping under a filter goes to the nearest stop beyond', () => {
  const stops = [3, 8, 20];
  expect([neighbour(stops, 8, -1), neighbour(stops, 8, 1), neighbour(stops, 9, -1), neighbour(stops, 20, 1), neighbour([], 4, 1)]).toEqual([
    3,
    20,
    8,
    null,
    null,
  ]);
});

test('the histogram alone tells roughly where on the line an instant falls', () => {
  const bucket = (from: number, to: number, firstPosition: number, lastPosition: number) => ({
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    changes: 1,
    commits: lastPosition < firstPosition ? 0 : lastPosition - firstPosition + 1,
    firstPosition,
    lastPosition,
  });
  const buckets = [bucket(0, 1_000, 1, 10), bucket(1_000, 2_000, 11, 10), bucket(2_000, 3_000, 11, 21)];
  expect([-5, 0, 1_500, 2_500, 9_000].map((millis) => estimatePosition(buckets, millis, 21))).toEqual([1, 1, 10, 16, 21]);
});

test('marks too close to be hit are drawn as one, led by the most telling', () => {
  const mark = (kind: TimelineMark['kind'], position: number): TimelineMark => ({
    kind,
    commit: hash(position),
    position,
    at: new Date(position).toISOString(),
    label: `${kind} ${position}`,
  });
  const marks = [mark('import', 10), mark('tag', 20), mark('branch', 60), mark('merge', 500)];
  const clusters = clusterMarks(marks, ({ position }) => position, 400, 24);
  expect(clusters.map(({ x, lead, marks: inside }) => [x, lead.label, inside.length])).toEqual([
    [10, 'tag 20', 2],
    [60, 'branch 60', 1],
  ]);
});

import { expect, test } from 'vitest';
import { CommitSummary, type EntityChange } from '../../../shared/contract/app/base.ts';
import { CommitHash, EntityId } from '../../../shared/ids.ts';
import { barsPath } from '../../../renderer/features/timeline/bars.ts';
import { changeStripOf } from '../../../renderer/features/timeline/change-strip.ts';
import { createNavigator, type Navigator } from '../../../renderer/features/timeline/navigator.ts';
import { createSummaryCache } from '../../../renderer/features/timeline/summary-cache.ts';
import { timelineActionOf } from '../../../renderer/features/timeline/timeline-keys.ts';
import { sidesToCompare } from '../../../renderer/features/timeline/useTimelineActions.ts';
import { createPositionStore } from '../../../renderer/position/position.ts';

const hash = (position: number): CommitHash => CommitHash.parse(position.toString(16).padStart(64, '0'));
const day = 86_400_000;
/** One step a day, from 1 January 2026 on. */
const timeOf = (position: number): string => new Date(Date.UTC(2026, 0, position, 12)).toISOString();
const summaryAt = (position: number): CommitSummary =>
  CommitSummary.parse({
    commit: hash(position),
    position,
    branch: 'main',
    at: timeOf(position),
    recordedAt: timeOf(position),
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

function line(total: number) {
  const position = createPositionStore();
  let time = 0;
  const told: string[] = [];
  const navigator: Navigator = createNavigator({
    position,
    cache: createSummaryCache(async (at) => (at >= 1 && at <= total ? summaryAt(at) : null)),
    atInstant: async (iso) => {
      const found = Math.min(total, Math.floor((Date.parse(iso) - Date.parse(timeOf(1))) / day) + 1);
      return found < 1 ? null : summaryAt(found);
    },
    total: () => total,
    nextStop: async (from, direction) => (from + direction < 1 || from + direction > total ? null : from + direction),
    arrived: () => undefined,
    nothingThere: (direction) => told.push(direction === -1 ? 'start' : 'end'),
    fail: (error) => told.push(String(error)),
    clock: () => time,
  });
  const settle = async (): Promise<string | number> => {
    await new Promise((resolve) => setTimeout(resolve, 0));
    const { moment } = position.getState();
    return moment.kind === 'now' ? 'now' : moment.position;
  };
  return { position, navigator, told, settle, wait: (millis: number) => (time += millis) };
}

test('one step back from now is the version before the last, and forward again is now', async () => {
  const { navigator, settle } = line(10);
  navigator.step(-1);
  const before = await settle();
  navigator.step(1);
  expect([before, await settle()]).toEqual([9, 'now']);
});

test('steps stop at both ends and say so', async () => {
  const { navigator, settle, told } = line(2);
  navigator.step(1);
  await settle();
  navigator.toPosition(-5);
  await settle();
  navigator.step(-1);
  expect([await settle(), told]).toEqual([1, ['end', 'start']]);
});

test('of many wishes the last one wins', async () => {
  const { navigator, settle } = line(100);
  for (let position = 90; position > 20; position--) navigator.toPosition(position);
  navigator.toInstant(timeOf(42));
  navigator.toPosition(17);
  expect(await settle()).toBe(17);
});

test('where views are shown, a typed time after the newest step is a past of its own; on the roster it is now', async () => {
  const { navigator, position, settle } = line(10);
  const later = timeOf(12);
  navigator.toInstant(later, { typed: true });
  const onRoster = await settle();
  position.getState().go({ place: { screen: 'clinics', record: null, part: 'form' } });
  navigator.toInstant(later, { typed: true });
  await settle();
  expect([onRoster, position.getState().moment]).toEqual(['now', { kind: 'commit', commit: hash(10), position: 10, at: later }]);
  navigator.toInstant(new Date(Date.now() + day).toISOString(), { typed: true });
  expect(await settle()).toBe('now');
});

test('a trip of quick steps is one entry of the navigation, a later one is another', async () => {
  const { navigator, position, settle, wait } = line(100);
  for (let step = 0; step < 5; step++) {
    navigator.step(-1);
    await settle();
    wait(200);
  }
  wait(10_000);
  navigator.step(-1);
  await settle();
  const seen: unknown[] = [await settle()];
  for (let back = 0; back < 2; back++) {
    position.getState().goBack();
    seen.push(await settle());
  }
  expect(seen).toEqual([94, 95, 'now']);
});

test('going back in the middle of a trip is not overwritten by the next step', async () => {
  const { navigator, position, settle } = line(100);
  navigator.step(-1);
  await settle();
  navigator.step(-1);
  await settle();
  position.getState().goBack();
  navigator.step(-1);
  const stepped = await settle();
  position.getState().goBack();
  expect([stepped, await settle()]).toEqual([99, 'now']);
});

test('a typed time stays on screen, a dragged one snaps to its step', async () => {
  const { navigator, position, settle } = line(100);
  const evening = '2026-02-10T18:00:00.000Z';
  navigator.toInstant(evening, { typed: true });
  await settle();
  const typed = position.getState().moment;
  navigator.toInstant(evening);
  await settle();
  expect([typed, position.getState().moment]).toEqual([
    { kind: 'commit', commit: hash(41), position: 41, at: evening },
    { kind: 'commit', commit: hash(41), position: 41, at: timeOf(41) },
  ]);
});

test('a typed time before the history shows its first version, one in the future shows now', async () => {
  const { navigator, settle } = line(100);
  navigator.toInstant('1999-01-01T00:00:00.000Z', { typed: true });
  const first = await settle();
  navigator.toInstant('2999-01-01T00:00:00.000Z', { typed: true });
  expect([first, await settle()]).toEqual([1, 'now']);
});

test('a day back and forth lands on the steps of these days', async () => {
  const { navigator, settle } = line(100);
  navigator.toPosition(50);
  await settle();
  navigator.day(-1);
  const before = await settle();
  navigator.day(1);
  expect([before, await settle()]).toEqual([49, 50]);
});

test('keys of the slider mean what the sheet of keys says, and leave the others alone', () => {
  const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) =>
    timelineActionOf({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });
  expect({
    left: press('ArrowLeft'),
    comma: press(','),
    tag: press('ArrowRight', { ctrlKey: true }),
    now: press('End', { ctrlKey: true, shiftKey: true }),
    capital: press('L'),
    'data undo': press('z', { ctrlKey: true }),
    'navigation back': press('ArrowLeft', { altKey: true }),
    selectEnd: press('End', { ctrlKey: true }),
    letter: press('x'),
  }).toEqual({
    left: { kind: 'step', direction: -1 },
    comma: { kind: 'step', direction: -1 },
    tag: { kind: 'tag', direction: 1 },
    now: { kind: 'now' },
    capital: { kind: 'play', direction: 1 },
    'data undo': null,
    'navigation back': null,
    selectEnd: null,
    letter: null,
  });
});

test('comparing takes both pins, or one and the moment on screen', () => {
  const pin = (position: number) => ({ branch: 'main', commit: hash(position), position, at: timeOf(position) });
  const now = { kind: 'now' } as const;
  expect([
    sidesToCompare({ branch: 'main', moment: now, pins: { from: pin(3), to: pin(7) } }),
    sidesToCompare({ branch: 'main', moment: now, pins: { from: pin(3), to: null } }),
    sidesToCompare({
      branch: 'main',
      moment: { kind: 'commit', commit: hash(5), position: 5, at: timeOf(5) },
      pins: { from: null, to: pin(7) },
    }),
    sidesToCompare({ branch: 'main', moment: now, pins: { from: null, to: null } }),
  ]).toEqual([
    { from: { branch: 'main', at: hash(3) }, to: { branch: 'main', at: hash(7) } },
    { from: { branch: 'main', at: hash(3) }, to: { branch: 'main' } },
    { from: { branch: 'main', at: hash(5) }, to: { branch: 'main', at: hash(7) } },
    null,
  ]);
});

test('the picture of a step shows the touched half days of the first few people', () => {
  const change = (kind: EntityChange['kind'], personId: string | null, date = '2026-05-12', half: 'AM' | 'PM' = 'AM'): EntityChange => ({
    kind,
    type: 'assignment',
    typeLabel: 'Assignment',
    id: EntityId.parse('a1'),
    title: '',
    text: '',
    from: null,
    to: null,
    fromFields: null,
    toFields: null,
    fields: [],
    author: null,
    authorName: null,
    at: null,
    commit: null,
    message: null,
    reason: null,
    slot: personId === null ? null : { personId, date, half },
  });
  expect(changeStripOf([change('changed', null)])).toBe(null);
  expect(
    changeStripOf(
      [change('changed', 'ana', '2026-05-12', 'PM'), change('added', 'ana'), change('removed', 'bea'), change('added', 'cai')],
      { rows: 2, columns: 5 },
    ),
  ).toEqual({
    columns: 2,
    rows: [
      { personId: 'ana', cells: ['added', 'changed'] },
      { personId: 'bea', cells: ['removed', null] },
    ],
    cut: true,
  });
});

test('the histogram draws bars on whole pixels, and none for quiet times or outside of the range', () => {
  const bucket = (from: number, to: number, changes: number) => ({
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    changes,
    commits: changes,
    firstPosition: 1,
    lastPosition: 1,
  });
  const buckets = [bucket(0, 100, 4), bucket(100, 200, 0), bucket(200, 300, 1), bucket(9_000, 9_100, 50)];
  expect(barsPath(buckets, { from: 0, to: 300 }, 30, 23)).toBe('M0 3h9v20h-9zM20 12h9v11h-9z');
});

import { afterEach, describe, expect, test } from 'vitest';
import type { Json } from '../../../../shared/json.ts';
import { buildHistory, type BuiltHistory, type Story } from '../../../kit/build-history.ts';

let history: BuiltHistory | undefined;
afterEach(async () => {
  await history?.close();
  history = undefined;
});

type Stand = Readonly<Record<string, Json>> | null;

/** Writes the three stands of one record to a real programme: the base before the fork, each side on its branch. `undefined` leaves it alone. */
async function standsOf(type: string, base: Stand, source: Stand | undefined, target: Stand | undefined): Promise<BuiltHistory> {
  const name = `${type}:thing`;
  const story = (stand: Stand): Story => ({ [name]: stand });
  let builder = buildHistory().commit('main', { 'person:somebody': { name: 'Somebody' } });
  if (base !== null) builder = builder.commit('main', story(base));
  builder = builder.branch('try');
  if (source !== undefined && !(base === null && source === null)) builder = builder.commit('try', story(source));
  if (target !== undefined && !(base === null && target === null)) builder = builder.commit('main', story(target));
  history = await builder.open();
  return history;
}

async function outcomeOf(type: string, base: Stand, source: Stand | undefined, target: Stand | undefined) {
  const { api, fieldsOf } = await standsOf(type, base, source, target);
  const forth = await api.merges.preview({ source: 'try', target: 'main' });
  const back = await api.merges.preview({ source: 'main', target: 'try' });
  const brief = (preview: typeof forth) => preview.conflicts.map(({ kind, field }) => `${kind} ${field ?? 'record'}`);
  // Swapping the sides swaps the words and nothing else.
  const swapped = (kind: string): string => kind.replace(/^(\w+)-(\w+)/, '$2-$1');
  expect(brief(back)).toEqual(brief(forth).map(swapped));
  expect(back.conflicts.map(({ source: mine, target: theirs }) => [mine, theirs])).toEqual(
    forth.conflicts.map(({ source: mine, target: theirs }) => [theirs, mine]),
  );
  if (forth.conflicts.length > 0) return { conflicts: brief(forth) };
  const started = await api.merges.start({ source: 'try', target: 'main' });
  return { kind: started.kind, result: await fieldsOf(`${type}:thing`) };
}

const r = { name: 'r', capacity: 5 };

describe('a record', () => {
  const rows: readonly [number, string, Stand, Stand | undefined, Stand | undefined, object][] = [
    [1, 'nobody touched it', r, undefined, undefined, { kind: 'up-to-date' }],
    [2, 'only the source changed it', r, { capacity: 6 }, undefined, { kind: 'merged', result: { name: 'r', capacity: 6 } }],
    [3, 'only the target changed it', r, undefined, { capacity: 6 }, { kind: 'up-to-date' }],
    [4, 'both changed it alike', r, { capacity: 6 }, { capacity: 6 }, { kind: 'merged', result: { capacity: 6 } }],
    [5, 'both changed it differently', r, { capacity: 6 }, { capacity: 7 }, { conflicts: ['modify-modify capacity'] }],
    [6, 'only the source deleted it', r, null, undefined, { kind: 'merged', result: null }],
    [7, 'only the target deleted it', r, undefined, null, { kind: 'up-to-date', result: null }],
    [8, 'both deleted it', r, null, null, { kind: 'merged', result: null }],
    [9, 'the source deleted what the target changed', r, null, { capacity: 6 }, { conflicts: ['delete-modify record'] }],
    [10, 'the source changed what the target deleted', r, { capacity: 6 }, null, { conflicts: ['modify-delete record'] }],
    [11, 'only the source added it', null, r, undefined, { kind: 'merged', result: r }],
    [12, 'only the target added it', null, undefined, r, { kind: 'up-to-date', result: r }],
    [13, 'both added it alike', null, r, r, { kind: 'merged', result: r }],
    [14, 'both added it differently', null, r, { ...r, capacity: 6 }, { conflicts: ['add-add capacity'] }],
  ];
  test.each(rows)('%i: %s', async (_, __, base, source, target, expected) => {
    expect(await outcomeOf('rotation', base, source, target)).toMatchObject(expected);
  });

  test('what was set and taken back again, or deleted and made again, was not touched', async () => {
    history = await buildHistory()
      .commit('main', { 'rotation:a': r, 'rotation:b': r })
      .branch('try')
      .commit('try', { 'rotation:a': { capacity: 9 }, 'rotation:b': null })
      .commit('try', { 'rotation:a': { capacity: 5 }, 'rotation:b': { ...r, abbreviation: 'B', rotationType: 'inpatient' } })
      .commit('main', { 'rotation:a': { capacity: 6 }, 'rotation:b': { capacity: 6 } })
      .open();
    const { api } = history;
    const preview = await api.merges.preview({ source: 'try', target: 'main' });
    expect(preview.conflicts).toEqual([]);
    expect(preview.changes).toEqual({ added: 0, changed: 0, removed: 0 });
  });
});

describe('a field', () => {
  const run = { startDate: '2026-08-01', endDate: '2026-08-28', algorithm: 'greedy', status: 'success' };
  const rows: readonly [string, string, Stand, Stand, Stand, object][] = [
    ['different fields merge', 'rotation', r, { capacity: 6 }, { name: 's' }, { result: { name: 's', capacity: 6 } }],
    ['null against the base is taken', 'rotation', r, { capacity: null }, { name: 's' }, { result: { name: 's' } }],
    ['null against another value asks', 'rotation', r, { capacity: null }, { capacity: 7 }, { conflicts: ['modify-modify capacity'] }],
    ['null on both is clean', 'rotation', r, { capacity: null }, { capacity: null, name: 's' }, { result: { name: 's' } }],
    ['filled differently asks', 'rotation', { name: 'r' }, { capacity: 1 }, { capacity: 2 }, { conflicts: ['modify-modify capacity'] }],
    ['added with and without a value asks', 'rotation', null, { name: 'r' }, r, { conflicts: ['add-add capacity'] }],
    [
      'false is a value',
      'rotation',
      { ...r, isArchived: true },
      { isArchived: false },
      { name: 's' },
      { result: { isArchived: false, name: 's' } },
    ],
    [
      '0 is a value',
      'schedule_run',
      { ...run, acgmeViolations: 3 },
      { acgmeViolations: 0 },
      { status: 'failed' },
      { result: { acgmeViolations: 0 } },
    ],
    [
      'numbers are compared by value',
      'schedule_run',
      { ...run, runtimeSeconds: 2 },
      { runtimeSeconds: 1.0 },
      { runtimeSeconds: 1 },
      { result: { runtimeSeconds: 1 } },
    ],
    ['text is one value', 'rotation', r, { name: 'a longer name' }, { name: 'another name' }, { conflicts: ['modify-modify name'] }],
    [
      'sets merge by element',
      'person',
      { name: 'P', specialties: ['a', 'b'] },
      { specialties: ['b', 'c'] },
      { specialties: ['a', 'b', 'd'] },
      { result: { specialties: ['b', 'c', 'd'] } },
    ],
    [
      'objects merge by key',
      'schedule_run',
      { ...run, config: { a: 1, b: 1 } },
      { config: { a: 2, b: 1 } },
      { config: { a: 1, b: 1, c: 3 } },
      { result: { config: { a: 2, b: 1, c: 3 } } },
    ],
    [
      'one key of an object asks',
      'schedule_run',
      { ...run, config: { a: 1 } },
      { config: { a: 2 } },
      { config: { a: 3 } },
      { conflicts: ['modify-modify config'] },
    ],
    [
      'a key deleted and changed asks',
      'schedule_run',
      { ...run, config: { a: 1, b: 1 } },
      { config: { b: 1 } },
      { config: { a: 2, b: 1 } },
      { conflicts: ['modify-modify config'] },
    ],
    [
      'lists in objects are whole',
      'schedule_run',
      { ...run, config: { a: [1] } },
      { config: { a: [1, 2] } },
      { config: { a: [0, 1] } },
      { conflicts: ['modify-modify config'] },
    ],
    [
      'the order of keys is no difference',
      'schedule_run',
      { ...run, config: { a: 1 } },
      { config: { b: 2, a: 2 } },
      { config: { a: 2, b: 2 } },
      { result: { config: { a: 2, b: 2 } } },
    ],
    [
      'computed fields never ask',
      'person',
      { name: 'P', fmitWeeksCount: 1 },
      { fmitWeeksCount: 2 },
      { fmitWeeksCount: 3 },
      { kind: 'merged' },
    ],
  ];
  test.each(rows)('%s', async (_, type, base, source, target, expected) => {
    expect(await outcomeOf(type, base, source, target)).toMatchObject(expected);
  });

  test('both ways give the same roster', async () => {
    const build = () =>
      buildHistory()
        .commit('main', { 'person:lima': { name: 'Lima, A' }, cell: { activity: 'C', tags: ['a'] } })
        .branch('try')
        .commit('try', { cell: { activity: 'ICU', tags: ['a', 'b'] }, 'person:x': { name: 'X' } })
        .commit('main', { cell: { notes: 'n', tags: [] }, other: { activity: 'D', half: 'PM' } });
    history = await build().open();
    await history.api.merges.start({ source: 'try', target: 'main' });
    const forth = [await history.fieldsOf('cell'), await history.fieldsOf('other'), await history.fieldsOf('person:x')];
    await history.close();
    history = await build().open();
    await history.api.merges.start({ source: 'main', target: 'try' });
    expect([
      await history.fieldsOf('cell', 'try'),
      await history.fieldsOf('other', 'try'),
      await history.fieldsOf('person:x', 'try'),
    ]).toEqual(forth);
    expect(forth[0]).toMatchObject({ activity: 'ICU', notes: 'n', tags: ['b'] });
  });
});

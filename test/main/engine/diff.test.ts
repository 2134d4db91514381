import { afterEach, expect, test } from 'vitest';
import { buildHistory, type BuiltHistory } from '../../kit/build-history.ts';
import { refusalOf } from '../../kit/refusal-of.ts';

let history: BuiltHistory;
afterEach(() => history.close());

async function changedRoster(): Promise<BuiltHistory> {
  return buildHistory()
    .commit('main', { 'person:lima': { name: 'Lima, A' }, 'person:souza': { name: 'Souza, J' } }, { by: 'ana' })
    .commit('main', { one: { date: '2026-08-05', activity: 'C' }, two: { personId: 'souza', date: '2026-08-06', activity: 'C' } })
    .tag('Published')
    .commit('main', { one: { activity: 'ICU' } }, { by: 'bruno', message: 'Swap', reason: 'swap 88' })
    .commit('main', { two: null, three: { date: '2026-08-04', activity: 'NF' } }, { by: 'ana' })
    .commit('main', { 'person:lima': { pgyLevel: 3 } }, { by: 'carla' })
    .open();
}

test('a tag and a branch name the two sides; each change has its words, its author and its place in the grid', async () => {
  history = await changedRoster();
  const diff = await history.api.diff.commits({ from: 'Published', to: 'main' });
  expect([diff.total, diff.totals, diff.next]).toEqual([4, { added: 1, removed: 1, changed: 2 }, null]);
  expect(diff.items.map((item) => [item.kind, item.title, item.text, item.authorName, item.reason, item.slot?.date ?? null])).toEqual([
    ['added', 'Lima, A, Tue 2026-08-04 AM', 'Night float (NF)', 'Ana Lima', null, '2026-08-04'],
    ['changed', 'Lima, A, Wed 2026-08-05 AM', 'Clinic (C) → ICU', 'Bruno Costa', 'swap 88', '2026-08-05'],
    ['removed', 'Souza, J, Thu 2026-08-06 AM', 'removed, was Clinic (C)', 'Ana Lima', null, '2026-08-06'],
    ['changed', 'Lima, A', 'Lima, A, PGY-2 → Lima, A, PGY-3', 'Carla Reis', null, null],
  ]);
  expect(diff.items[1]?.fields).toEqual([
    { field: 'activity', label: 'Activity', kind: 'modified', old: 'C', new: 'ICU', oldText: 'C', newText: 'ICU' },
  ]);
  expect([diff.from.tag, diff.from.position, diff.from.commit, diff.to.branch, diff.to.authorName]).toEqual([
    'Published',
    2,
    history.commits()[1],
    'main',
    'Carla Reis',
  ]);
  expect(diff.from.label).toBe('Published (main, Mon 3 Aug 2026 09:02)');
  expect(diff.byType).toEqual([
    { type: 'assignment', label: 'assignments', added: 1, removed: 1, changed: 1 },
    { type: 'person', label: 'people', added: 0, removed: 0, changed: 1 },
  ]);
});

test('the other way round everything is turned, and who set the older side is named', async () => {
  history = await changedRoster();
  const diff = await history.api.diff.commits({ from: 'main', to: 'Published', types: ['assignment'] });
  expect(diff.items.map((item) => [item.kind, item.id, item.authorName])).toEqual([
    ['removed', 'three', null],
    ['changed', 'one', 'Ana Lima'],
    ['added', 'two', 'Ana Lima'],
  ]);
});

test('the totals equal the rows under every mix of filters, and pages add up to the whole', async () => {
  history = await changedRoster();
  const [first = ''] = history.commits();
  const mixes: Partial<Parameters<typeof history.api.diff.commits>[0]>[] = [
    {},
    { types: ['assignment'] },
    { kinds: ['added'] },
    { kinds: ['added', 'removed'], types: ['assignment'] },
    { person: 'souza' },
    { person: 'lima' },
    { author: 'bruno' },
    { author: 'nobody' },
    { days: { from: '2026-08-05', to: '2026-08-06' } },
    { days: { from: '2026-08-05', to: '2026-08-05' }, person: 'lima' },
    { filters: { activity: 'ICU' }, types: ['assignment'] },
    { filters: { date: { from: '2026-08-05' } }, author: 'bruno' },
  ];
  const found: number[] = [];
  for (const mix of mixes) {
    const whole = await history.api.diff.commits({ from: first, to: 'main', ...mix });
    const rows = { added: 0, removed: 0, changed: 0 };
    for (const item of whole.items) rows[item.kind] += 1;
    expect({ mix, total: whole.total, totals: whole.totals }).toEqual({ mix, total: whole.items.length, totals: rows });
    const paged = [];
    let cursor: string | undefined;
    do {
      const page = await history.api.diff.commits({
        from: first,
        to: 'main',
        ...mix,
        limit: 1,
        ...(cursor === undefined ? {} : { cursor }),
      });
      paged.push(...page.items);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(whole.items);
    found.push(whole.total);
  }
  expect(found).toEqual([3, 2, 2, 2, 0, 3, 1, 0, 1, 1, 1, 1]);
});

test('identical sides differ in nothing, and a branch at a moment is a side too', async () => {
  history = await changedRoster();
  expect(await history.api.diff.commits({ from: 'main', to: 'main' })).toMatchObject({
    items: [],
    total: 0,
    totals: { added: 0, removed: 0, changed: 0 },
    byType: [],
  });
  const [, second = '', third = ''] = history.times();
  const diff = await history.api.diff.commits({ from: { branch: 'main', at: second }, to: { branch: 'main', at: third } });
  expect(diff.items.map((item) => item.id)).toEqual(['one']);
  const early = await history.api.diff.commits({
    from: { branch: 'main', at: '2020-01-01T00:00:00Z' },
    to: { branch: 'main', at: second },
  });
  expect([early.from.label, early.from.commit, early.totals]).toEqual([
    'main, Wed 1 Jan 2020 00:00',
    null,
    { added: 4, removed: 0, changed: 0 },
  ]);
});

test('names that mean nothing, types, fields and days that do not exist are refused by name', async () => {
  history = await changedRoster();
  const { commits } = history.api.diff;
  expect(await refusalOf(commits({ from: 'nowhere', to: 'main' }))).toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining('nowhere'),
  });
  expect(await refusalOf(commits({ from: 'e'.repeat(64), to: 'main' }))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await refusalOf(commits({ from: { branch: 'ghost' }, to: 'main' }))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await refusalOf(commits({ from: 'main', to: 'main', types: ['note'] }))).toMatchObject({ code: 'UNKNOWN_TYPE' });
  expect(await refusalOf(commits({ from: 'main', to: 'main', filters: { colour: 'red' } }))).toMatchObject({
    code: 'INVALID',
    message: expect.stringContaining('colour'),
  });
  expect(await refusalOf(commits({ from: 'main', to: 'main', days: { from: '2026-02-30', to: '2026-03-01' } }))).toMatchObject({
    code: 'INVALID',
  });
  expect(await refusalOf(commits({ from: 'main', to: 'main', cursor: 'made up' }))).toMatchObject({ code: 'NOT_FOUND' });
});

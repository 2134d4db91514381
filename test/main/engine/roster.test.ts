import { afterEach, expect, test } from 'vitest';
import { buildHistory, type BuiltHistory } from '../../kit/build-history.ts';
import { refusalOf } from '../../kit/refusal-of.ts';

let history: BuiltHistory;
afterEach(() => history.close());

const day = { from: '2026-08-05', to: '2026-08-05' };

async function smallRoster(): Promise<BuiltHistory> {
  return buildHistory()
    .commit('main', {
      'person:lima': { name: 'Lima, A', pgyLevel: 1 },
      'person:souza': { name: 'Souza, J' },
      'rotation:ward': { name: 'Ward', abbreviation: 'WRD' },
    })
    .commit('main', { one: { activity: 'C' }, two: { personId: 'souza', rotationId: 'ward' }, far: { date: '2026-09-05', activity: 'NF' } })
    .commit('main', {
      'person:lima': { name: 'Lima Costa, A', pgyLevel: 2 },
      one: { activity: 'ICU' },
      'rotation:ward': { abbreviation: 'W2' },
    })
    .open();
}

test('the window shows cells, names, levels and codes of then', async () => {
  history = await smallRoster();
  const [, second = ''] = history.commits();
  const shown = async (at?: string) => {
    const window = await history.api.roster.window({ ...day, ...(at === undefined ? {} : { at }) });
    return [
      window.people.map((person) => [person.name, person.level]),
      window.cells.map((cell) => [cell.personId, cell.half, cell.code]),
      window.basis.position,
    ];
  };
  expect(await shown()).toEqual([
    [
      ['Lima Costa, A', 'PGY-2'],
      ['Souza, J', 'PGY-2'],
    ],
    [
      ['lima', 'AM', 'ICU'],
      ['souza', 'AM', 'W2'],
    ],
    3,
  ]);
  expect(await shown(second)).toEqual([
    expect.arrayContaining([
      ['Lima, A', 'PGY-1'],
      ['Souza, J', 'PGY-2'],
    ]),
    expect.arrayContaining([
      ['lima', 'AM', 'C'],
      ['souza', 'AM', 'WRD'],
    ]),
    2,
  ]);
  expect(await shown('2020-01-01T00:00:00Z')).toEqual([[], [], 0]);
});

test('the window of named people has their rows only, and the coverage of all', async () => {
  history = await smallRoster();
  const whole = await history.api.roster.window(day);
  const one = await history.api.roster.window({ ...day, people: ['souza'] });
  expect([one.people.map((person) => person.id), one.cells.map((cell) => cell.id), one.coverage]).toEqual([
    ['souza'],
    ['two'],
    whole.coverage,
  ]);
});

test('a step gives the changes inside the window, in both directions, from before the first commit too', async () => {
  history = await smallRoster();
  const [first = '', second = '', third = ''] = history.commits();
  const step = async (from: string | null, to: string | null) => {
    const answer = await history.api.roster.step({ from, to, window: day });
    return answer.changes
      .map((change) => [change.op, change.type, change.id, change.after?.fields['activity'] ?? change.after?.fields['name'] ?? null])
      .toSorted();
  };
  expect(await step(first, second)).toEqual([
    ['create', 'assignment', 'one', 'C'],
    ['create', 'assignment', 'two', null],
  ]);
  expect(await step(second, third)).toEqual([
    ['update', 'assignment', 'one', 'ICU'],
    ['update', 'person', 'lima', 'Lima Costa, A'],
    ['update', 'rotation', 'ward', 'Ward'],
  ]);
  expect(await step(third, second)).toEqual([
    ['update', 'assignment', 'one', 'C'],
    ['update', 'person', 'lima', 'Lima, A'],
    ['update', 'rotation', 'ward', 'Ward'],
  ]);
  expect((await step(null, third)).length).toBe(5);
  expect((await step(third, null)).map(([op]) => op)).toEqual(['delete', 'delete', 'delete', 'delete', 'delete']);
  expect(await step(third, third)).toEqual([]);
});

test('the codes are those of rotations and of activities in use, most used first', async () => {
  history = await smallRoster();
  const { items, total } = await history.api.roster.codes();
  expect([total, items.map((code) => [code.code, code.name, code.rotationId, code.count])]).toEqual([
    3,
    [
      ['ICU', 'ICU', null, 1],
      ['NF', 'Night float', null, 1],
      ['W2', 'Ward', 'ward', 1],
    ],
  ]);
  await history.commit('main', { extra: { date: '2026-10-01', activity: 'ICU' }, far: null });
  expect((await history.api.roster.codes()).items.map((code) => [code.code, code.count])).toEqual([
    ['ICU', 2],
    ['W2', 1],
  ]);
  expect((await history.api.roster.codes({ at: history.commits()[1] ?? '' })).items.map((code) => code.code)).toEqual(['C', 'NF', 'WRD']);
  expect((await history.api.program.info()).days).toEqual({ from: '2026-08-05', to: '2026-10-01' });
});

test('windows that end before they start or hold more than 400 days are refused', async () => {
  history = await smallRoster();
  const { window } = history.api.roster;
  expect(await refusalOf(window({ from: '2026-08-05', to: '2026-08-01' }))).toMatchObject({
    code: 'INVALID',
    data: { fields: [{ field: 'to' }] },
  });
  expect(await refusalOf(window({ from: '2026-01-01', to: '2027-02-05' }))).toMatchObject({
    code: 'INVALID',
    message: expect.stringContaining('400 days'),
  });
  expect(await refusalOf(window({ from: '2026-02-30', to: '2026-03-01' }))).toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining('from'),
  });
  expect(await refusalOf(window({ ...day, at: 'c'.repeat(64) }))).toMatchObject({ code: 'NOT_FOUND' });
});

test('the line is newest first, stops at its bounds, filters, and pages', async () => {
  history = await smallRoster();
  await history.commit('main', { one: null }, { by: 'bruno' });
  const [first = '', second = '', third = '', fourth = ''] = history.commits();
  const line = async (filter: Parameters<typeof history.api.commits.line>[0]) =>
    (await history.api.commits.line(filter)).items.map((item) => item.commit);
  expect(await line({})).toEqual([fourth, third, second, first]);
  expect(await line({ from: second, to: third })).toEqual([third, second]);
  expect(await line({ author: 'bruno' })).toEqual([fourth]);
  expect(await line({ type: 'rotation' })).toEqual([third, first]);
  expect(await line({ entity: { type: 'assignment', id: 'one' } })).toEqual([fourth, third, second]);
  const page = await history.api.commits.line({ limit: 3 });
  expect([page.total, await line({ limit: 3, cursor: page.next ?? '' })]).toEqual([4, [first]]);
  expect(page.items[1]).toMatchObject({
    position: 3,
    branch: 'main',
    summary: '1 assignment, 1 person, 1 rotation',
    author: 'ana',
    device: 'desk-1',
    marks: [],
  });
  const at = async (input: Parameters<typeof history.api.commits.at>[0]) => (await history.api.commits.at(input))?.commit ?? null;
  expect(
    await Promise.all([at({}), at({ position: 2 }), at({ position: -5 }), at({ position: 99 }), at({ at: '2020-01-01T00:00:00Z' })]),
  ).toEqual([fourth, second, first, fourth, null]);
});

test('the density counts every change once, and the marks stand where things happened', async () => {
  history = await smallRoster();
  const [first = '', second = ''] = history.commits();
  await history.api.notes.tag({ commit: second, tag: 'Published' });
  await history.api.branches.create({ name: 'side', at: first });
  await history.api.changes.restore({ at: second, scope: { kind: 'all' }, reason: 'as published' });
  const density = await history.api.commits.density({ buckets: 10 });
  const sum = (key: 'changes' | 'commits') => density.buckets.reduce((total, bucket) => total + bucket[key], 0);
  expect([sum('changes'), sum('commits'), density.total, density.first?.commit, density.last?.kind]).toEqual([12, 4, 4, first, 'restore']);
  expect(density.marks.map((mark) => [mark.kind, mark.position, mark.label.slice(0, 18)])).toEqual([
    ['branch', 1, 'side'],
    ['tag', 2, 'Published'],
    ['restore', 4, 'Restore everything'],
  ]);
});

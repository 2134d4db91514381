import { afterEach, expect, test } from 'vitest';
import { buildHistory, entityOf, type BuiltHistory } from '../../kit/build-history.ts';
import { refusalOf } from '../../kit/refusal-of.ts';

let history: BuiltHistory;
afterEach(() => history.close());

const activity = async (branch: string, at?: string) => (await history.fieldsOf('cell', branch, at))?.['activity'] ?? null;

test('main is there from the beginning, listed, and can be a parent', async () => {
  history = await buildHistory().open();
  const { items, total } = await history.api.branches.list();
  expect([total, items[0]]).toEqual([
    1,
    expect.objectContaining({
      name: 'main',
      parent: null,
      base: null,
      tip: null,
      position: 0,
      isActive: true,
      ahead: 0,
      behind: 0,
      mergeStatus: 'clean',
    }),
  ]);
  expect(await history.api.branches.create({ name: 'early' })).toMatchObject({ parent: 'main', base: null, tip: null });
  expect(await history.api.branches.info({ name: 'nowhere' })).toBeNull();
});

test('a branch starts where its parent stood, knows who made it and why, and the two go their own ways', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' } })
    .open();
  const [base] = history.commits();
  const made = await history.api.branches.create({ name: 'try 4 weeks', description: ' four instead of two ' });
  expect(made).toMatchObject({
    name: 'try 4 weeks',
    parent: 'main',
    base,
    tip: base,
    position: 1,
    basePosition: 1,
    createdBy: 'ana',
    createdByName: 'Ana Lima',
    description: 'four instead of two',
    isActive: true,
    isProtected: false,
    tags: [],
  });
  await history.commit('main', { cell: { activity: 'MAIN' } });
  await history.commit('try 4 weeks', { cell: { activity: 'SIDE' } }, { by: 'bruno' });
  expect([await activity('main'), await activity('try 4 weeks')]).toEqual(['MAIN', 'SIDE']);
  expect(await history.api.branches.info({ name: 'try 4 weeks' })).toMatchObject({
    ahead: 1,
    behind: 1,
    commitCount: 2,
    versionCount: 2,
    entityCount: 1,
    contributors: ['bruno'],
    contributorNames: ['Bruno Costa'],
    latestActivity: history.times('try 4 weeks')[0],
    mergeStatus: 'conflicts',
  });
  await history.restart();
  expect([await activity('main'), await activity('try 4 weeks')]).toEqual(['MAIN', 'SIDE']);
});

test('a branch can begin at any moment of its parent and shows nothing from before it was made', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' } })
    .commit('main', { cell: { activity: 'B' } })
    .open();
  const [first = ''] = history.commits();
  const [at = ''] = history.times();
  history.clock.advance(1_000);
  const byCommit = await history.api.branches.create({ name: 'by commit', at: first });
  await history.api.branches.create({ name: 'by time', at: new Date(Date.parse(at) + 30_000).toISOString() });
  expect([await activity('by commit'), await activity('by time'), await activity('main')]).toEqual(['A', 'A', 'B']);
  expect([await activity('by commit', at), await activity('by commit', byCommit.createdAt)]).toEqual([null, 'A']);
});

test('the promise of a merge is true: merged when nothing is ahead, clean when fields differ, conflicts when they meet', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' }, gone: { activity: 'A' } })
    .branch('idle')
    .branch('fields')
    .branch('same')
    .branch('deletes')
    .commit('fields', { cell: { notes: 'x' } })
    .commit('same', { cell: { activity: 'B' } })
    .commit('deletes', { gone: null })
    .commit('main', { cell: { activity: 'B' }, gone: { notes: 'kept' } })
    .open();
  const status = Object.fromEntries((await history.api.branches.list()).items.map((branch) => [branch.name, branch.mergeStatus]));
  expect(status).toEqual({ main: 'clean', idle: 'merged', fields: 'clean', same: 'clean', deletes: 'conflicts' });
});

test('names are unique, parents must exist, and the name of a deleted branch waits for its return', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' } })
    .branch('side')
    .open();
  const { branches } = history.api;
  expect(await refusalOf(branches.create({ name: 'side' }))).toMatchObject({ code: 'EXISTS', data: { id: 'side', deleted: false } });
  expect(await refusalOf(branches.create({ name: 'main' }))).toMatchObject({ code: 'EXISTS' });
  expect(await refusalOf(branches.create({ name: 'x', parent: 'ghost' }))).toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining('ghost'),
  });
  expect(await refusalOf(branches.create({ name: 'x', at: 'b'.repeat(64) }))).toMatchObject({ code: 'NOT_FOUND' });
  await branches.delete({ name: 'side' });
  expect(await refusalOf(branches.create({ name: 'side' }))).toMatchObject({
    code: 'EXISTS',
    message: expect.stringContaining('restored'),
    data: { deleted: true },
  });
});

test('deleting hides a branch and loses nothing: children live on, and it comes back as it was', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' } })
    .branch('parent')
    .commit('parent', { cell: { activity: 'P' } })
    .branch('child', 'parent')
    .open();
  const { branches, changes } = history.api;
  expect([
    await branches.delete({ name: 'parent' }),
    await branches.delete({ name: 'parent' }),
    await branches.delete({ name: 'ghost' }),
  ]).toEqual([{ deleted: true }, { deleted: false }, { deleted: false }]);
  expect(await branches.info({ name: 'parent' })).toBeNull();
  expect((await branches.list()).items.map((branch) => branch.name)).toEqual(['main', 'child']);
  expect((await branches.list({ deleted: true })).items.find((branch) => branch.name === 'parent')).toMatchObject({
    isActive: false,
    tip: history.commits('parent')[0],
  });
  const write = { branch: 'parent', message: 'm', changes: [{ op: 'delete' as const, ...entityOf('cell') }] };
  expect(await refusalOf(changes.commit(write))).toMatchObject({ code: 'NOT_FOUND', data: { what: 'branch', id: 'parent' } });
  expect(await refusalOf(history.api.roster.window({ branch: 'parent', from: '2026-08-05', to: '2026-08-05' }))).toMatchObject({
    code: 'NOT_FOUND',
  });
  expect(await activity('child')).toBe('P');
  await history.restart();
  expect(await branches.restore({ name: 'parent' })).toMatchObject({ name: 'parent', isActive: true });
  expect(await activity('parent')).toBe('P');
  expect(await refusalOf(branches.restore({ name: 'parent' }))).toMatchObject({ code: 'EXISTS' });
  expect(await refusalOf(branches.restore({ name: 'ghost' }))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await refusalOf(branches.delete({ name: 'main' }))).toMatchObject({
    code: 'PROTECTED',
    status: 403,
    message: expect.stringMatching(/^Cannot delete main branch/),
  });
});

test('a comparison lists what only one has, what both changed, what differs in words, and counts the rest', async () => {
  const runs = (name: string) => `schedule_run:${name}`;
  history = await buildHistory()
    .commit('main', { [runs('same')]: {}, [runs('both')]: {}, [runs('gone')]: {}, cell: { activity: 'A' } })
    .branch('side')
    .commit('main', { [runs('onlyMain')]: {}, [runs('both')]: { status: 'failed' } })
    .commit('side', { [runs('onlySide')]: {}, [runs('both')]: { status: 'partial' }, [runs('gone')]: null }, { by: 'bruno' })
    .open();
  const answer = await history.api.branches.compare({ a: 'main', b: 'side', types: ['schedule_run'] });
  const ids = (list: readonly { readonly id: string }[]) => list.map((item) => item.id).toSorted();
  expect([ids(answer.uniqueToA), ids(answer.uniqueToB), ids(answer.modifiedInBoth), answer.identical]).toEqual([
    ['gone', 'onlyMain'],
    ['onlySide'],
    ['both'],
    1,
  ]);
  expect(answer.differences).toMatchObject([
    { id: 'both', authorName: 'Bruno Costa', fields: [{ field: 'status', old: 'failed', new: 'partial' }] },
  ]);
  expect((await history.api.branches.compare({ a: 'main', b: 'side' })).identical).toBe(2);
  expect(await history.api.branches.compare({ a: 'main', b: 'main' })).toMatchObject({
    uniqueToA: [],
    uniqueToB: [],
    modifiedInBoth: [],
    differences: [],
    identical: 5,
  });
  expect(await refusalOf(history.api.branches.compare({ a: 'ghost', b: 'main' }))).toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringMatching(/^One or both branches not found.*ghost/),
  });
});

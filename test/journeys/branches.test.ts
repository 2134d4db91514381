import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, commit, newId, openDesk, type Desk } from './api.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await desk.close();
});

const level = async (id: string, branch?: string, at?: string): Promise<unknown> =>
  (await desk.ask('versions/at', { type: 'person', id, ...(branch ? { branch } : {}), ...(at ? { at } : {}) })).fields.pgyLevel;
const setLevel = (id: string, pgyLevel: number, branch = 'main'): Promise<any> =>
  commit(desk, [{ op: 'update', type: 'person', id, fields: { pgyLevel } }], { branch });

test('main always exists, is listed, and can be a parent', async () => {
  const { items } = await desk.ask('branches/list');
  expect(items.map((branch: any) => branch.name)).toContain('main');
  expect(await desk.ask('branches/info', { name: 'main' })).toMatchObject({ name: 'main', parent: null, isActive: true });
  expect(await desk.ask('branches/info', { name: 'nowhere' })).toBeNull();
});

test('a new branch knows its parent, base, tip, maker and purpose, and starts where the parent stood', async () => {
  const id = await addPerson(desk, newId('Castro'));
  const tip = await setLevel(id, 3);
  const name = newId('try');
  const made = await desk.ask('branches/create', { name, description: 'four weeks instead of two' });
  expect(made).toMatchObject({
    name,
    parent: 'main',
    base: tip.commit,
    tip: tip.commit,
    createdBy: 'ana',
    description: 'four weeks instead of two',
    isActive: true,
    tags: [],
  });
  expect(await desk.refusal('branches/create', { name })).toMatchObject({ code: 'EXISTS' });
  expect(await desk.refusal('branches/create', { name: newId('x'), parent: 'ghost' })).toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining('ghost'),
  });
  expect(await level(id, name)).toBe(3);
});

test('writes on a branch are invisible on others, and the parent’s later writes are invisible on it', async () => {
  const id = await addPerson(desk, newId('Barros'));
  await setLevel(id, 1);
  const name = newId('side');
  await desk.ask('branches/create', { name });
  await setLevel(id, 5);
  await setLevel(id, 7, name);
  expect([await level(id), await level(id, name)]).toEqual([5, 7]);
  const info = await desk.ask('branches/info', { name });
  expect(info).toMatchObject({ ahead: 1, behind: 1, contributors: ['ana'], mergeStatus: 'conflicts' });
  await desk.restart('SIGKILL');
  expect([await level(id), await level(id, name)]).toEqual([5, 7]);
});

test('a branch can start at any moment of its parent, and shows nothing from before it was made', async () => {
  const id = await addPerson(desk, newId('Dias'));
  const one = await setLevel(id, 3);
  await setLevel(id, 4);
  const byTime = newId('by-time');
  const byCommit = newId('by-commit');
  const made = await desk.ask('branches/create', { name: byTime, at: one.at });
  await desk.ask('branches/create', { name: byCommit, at: one.commit });
  expect([await level(id, byTime), await level(id, byCommit), await level(id)]).toEqual([3, 3, 4]);
  expect(made.base).toBe(one.commit);
  expect(await desk.ask('versions/at', { type: 'person', id, branch: byTime, at: one.at })).toMatchObject({ existed: false });
  expect(await level(id, byTime, made.createdAt)).toBe(3);
});

test('deleting: true, then gone; unknown is false; main is refused; nothing is lost elsewhere; it can be restored', async () => {
  const id = await addPerson(desk, newId('Frota'));
  const parent = newId('parent');
  await desk.ask('branches/create', { name: parent });
  await setLevel(id, 6, parent);
  const child = newId('child');
  await desk.ask('branches/create', { name: child, parent });
  expect(await desk.ask('branches/delete', { name: parent })).toEqual({ deleted: true });
  expect(await desk.ask('branches/delete', { name: parent })).toEqual({ deleted: false });
  expect(await desk.ask('branches/delete', { name: 'nowhere' })).toEqual({ deleted: false });
  expect(await desk.ask('branches/info', { name: parent })).toBeNull();
  expect(await desk.refusal('branches/delete', { name: 'main' })).toMatchObject({
    code: 'PROTECTED',
    message: expect.stringContaining('Cannot delete main branch'),
  });
  expect(
    await desk.refusal('changes/commit', { branch: parent, message: 'm', changes: [{ op: 'delete', type: 'person', id }] }),
  ).toMatchObject({ code: 'NOT_FOUND' });
  expect(await level(id, child)).toBe(6);
  await desk.restart();
  expect(await desk.ask('branches/restore', { name: parent })).toMatchObject({ name: parent, isActive: true });
  expect(await level(id, parent)).toBe(6);
});

test('a comparison of branches lists what only one has, what both changed, what differs, and counts the rest', async () => {
  const [same, both, onlyMain, onlySide, gone] = [newId('run'), newId('run'), newId('run'), newId('run'), newId('run')];
  const run = (id: string, status = 'success'): object => ({
    op: 'create',
    type: 'schedule_run',
    id,
    fields: { startDate: '2026-08-01', endDate: '2026-08-28', algorithm: 'greedy', status },
  });
  const [a, b] = [newId('a'), newId('b')];
  await desk.ask('branches/create', { name: a });
  await commit(desk, [run(same), run(both), run(gone)], { branch: a });
  await desk.ask('branches/create', { name: b, parent: a });
  await commit(desk, [run(onlyMain), { op: 'update', type: 'schedule_run', id: both, fields: { status: 'failed' } }], { branch: a });
  await commit(
    desk,
    [
      run(onlySide),
      { op: 'update', type: 'schedule_run', id: both, fields: { status: 'partial' } },
      { op: 'delete', type: 'schedule_run', id: gone },
    ],
    { branch: b },
  );
  const answer = await desk.ask('branches/compare', { a, b, types: ['schedule_run'] });
  const ids = (list: any[]): string[] => list.map((item) => item.id).sort();
  expect(ids(answer.uniqueToA)).toEqual([onlyMain, gone].sort());
  expect(ids(answer.uniqueToB)).toEqual([onlySide]);
  expect(ids(answer.modifiedInBoth)).toEqual([both]);
  expect(answer.differences).toMatchObject([{ id: both, fields: [{ field: 'status', old: 'failed', new: 'partial' }] }]);
  expect(answer.identical).toBe(1);
  expect(await desk.refusal('branches/compare', { a, b: 'nowhere' })).toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining('One or both branches not found'),
  });
});

test('a commit with an outdated tip changes nothing and says where the branch is now', async () => {
  const id = await addPerson(desk, newId('Godoy'));
  const one = await setLevel(id, 3);
  const two = await setLevel(id, 4);
  const late = await desk.ask('changes/commit', {
    message: 'late',
    expectedTip: one.commit,
    changes: [{ op: 'update', type: 'person', id, fields: { pgyLevel: 5 } }],
  });
  expect(late).toEqual({ kind: 'stale', tip: two.commit });
  expect(await level(id)).toBe(4);
});

test('a commit is all or nothing, and equal data makes no version', async () => {
  const id = await addPerson(desk, newId('Horta'));
  const before = await desk.ask('commits/line', { limit: 1 });
  const refused = await desk.refusal('changes/commit', {
    message: 'mixed',
    changes: [
      { op: 'update', type: 'person', id, fields: { pgyLevel: 4 } },
      { op: 'update', type: 'person', id: 'ghost', fields: { pgyLevel: 4 } },
    ],
  });
  expect(refused).toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('ghost') });
  expect(
    await desk.ask('changes/commit', { message: 'same', changes: [{ op: 'update', type: 'person', id, fields: { pgyLevel: 2 } }] }),
  ).toMatchObject({ kind: 'unchanged' });
  expect((await desk.ask('commits/line', { limit: 1 })).items[0].commit).toBe(before.items[0].commit);
});

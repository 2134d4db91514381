import { afterEach, expect, test } from 'vitest';
import { buildHistory, entityOf, type BuiltHistory } from '../../kit/build-history.ts';
import { refusalOf } from '../../kit/refusal-of.ts';

let history: BuiltHistory;
afterEach(async () => {
  await history.close();
});

const activity = async (name = 'cell', branch = 'main') => (await history.fieldsOf(name, branch))?.['activity'] ?? null;
const labels = async (branch = 'main') => {
  const { undo, redo } = await history.api.changes.undoable({ branch });
  return [undo?.label ?? null, redo?.label ?? null];
};

test('undo takes back one gesture after the other, redo brings them back, and both are commits with names', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' } }, { message: 'Type A' })
    .commit('main', { cell: { activity: 'B' }, other: { activity: 'B' } }, { message: 'Paste 2 cells' })
    .open();
  expect(await labels()).toEqual(['Paste 2 cells', null]);
  expect(await history.api.changes.undo()).toMatchObject({ kind: 'committed', label: 'Undo: Paste 2 cells' });
  expect([await activity(), await activity('other'), await labels()]).toEqual(['A', null, ['Type A', 'Paste 2 cells']]);
  await history.api.changes.undo({ branch: 'main' });
  expect([await activity(), await labels()]).toEqual([null, [null, 'Type A']]);
  expect((await refusalOf(history.api.changes.undo())).message).toMatch(/nothing to undo/);
  await history.api.changes.redo();
  expect(await labels()).toEqual(['Type A', 'Paste 2 cells']);
  expect(await history.api.changes.redo()).toMatchObject({ label: 'Redo: Paste 2 cells' });
  expect([await activity(), await activity('other'), await labels()]).toEqual(['B', 'B', ['Paste 2 cells', null]]);
  expect(await refusalOf(history.api.changes.redo())).toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining('nothing to redo'),
  });
  await history.api.changes.undo();
  expect([await activity(), await labels()]).toEqual(['A', ['Type A', 'Paste 2 cells']]);
  const { items } = await history.api.commits.line({ branch: 'main', limit: 2 });
  expect(items.map((item) => [item.kind, item.message])).toEqual([
    ['undo', 'Undo: Paste 2 cells'],
    ['redo', 'Redo: Paste 2 cells'],
  ]);
});

test('going on after an undo ends what could be redone', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' } })
    .commit('main', { cell: { activity: 'B' } }, { message: 'Type B' })
    .open();
  await history.api.changes.undo();
  await history.commit('main', { cell: { activity: 'C' } }, { message: 'Type C' });
  expect(await labels()).toEqual(['Type C', null]);
  await history.api.changes.undo();
  expect([await activity(), await labels()]).toEqual(['A', ['Edit', 'Type C']]);
});

test('undo and redo are kept by the history and survive a restart', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' } })
    .commit('main', { cell: { activity: 'B' } }, { message: 'Type B' })
    .open();
  await history.restart();
  expect(await labels()).toEqual(['Type B', null]);
  await history.api.changes.undo();
  await history.restart();
  expect(await labels()).toEqual(['Edit', 'Type B']);
  await history.api.changes.redo();
  expect(await activity()).toBe('B');
});

test('undo is each person’s own: what a colleague did in other fields stays', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' } }, { by: 'ana' })
    .commit('main', { cell: { activity: 'B' } }, { by: 'ana', message: 'Type B' })
    .commit('main', { cell: { notes: 'ask Souza' } }, { by: 'bruno', message: 'Note' })
    .open();
  await history.api.session.use({ userId: 'ana', name: 'Ana Lima' });
  await history.api.changes.undo();
  expect(await history.fieldsOf('cell')).toMatchObject({ activity: 'A', notes: 'ask Souza' });
  await history.api.session.use({ userId: 'bruno', name: 'Bruno Costa' });
  expect(await labels()).toEqual(['Note', null]);
});

test('undo refuses when a colleague changed the same field since, names field and person, and changes nothing', async () => {
  history = await buildHistory()
    .commit('main', { 'person:lima': { name: 'Lima, A' }, cell: { activity: 'A' } }, { by: 'ana' })
    .commit('main', { cell: { activity: 'B' } }, { by: 'ana', message: 'Type B' })
    .commit('main', { cell: { activity: 'ICU' } }, { by: 'bruno' })
    .commit('main', { cell: { notes: 'x' } }, { by: 'carla' })
    .open();
  await history.api.session.use({ userId: 'ana', name: 'Ana Lima' });
  const refusal = await refusalOf(history.api.changes.undo());
  expect(refusal).toMatchObject({
    code: 'STALE',
    status: 409,
    defined: true,
    data: {
      conflicts: [
        {
          type: 'assignment',
          id: 'cell',
          field: 'activity',
          label: 'Activity',
          now: 'ICU',
          authorName: 'Bruno Costa',
          commit: history.commits()[2],
        },
      ],
    },
  });
  expect(refusal.message).toBe(
    '“Type B” cannot be taken back as a whole. Lima, A, Wed 2026-08-05 AM: Activity was changed to “ICU” by Bruno Costa since.',
  );
  expect(await activity()).toBe('ICU');
});

test('undo of a delete brings the record back as the same version, and refuses when it was deleted by somebody else', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' } }, { by: 'ana' })
    .commit('main', { cell: null }, { by: 'ana' })
    .open();
  await history.api.changes.undo();
  const { items } = await history.api.versions.history(entityOf('cell'));
  expect([items.length, items[0]?.version]).toEqual([3, items[2]?.version]);
  await history.commit('main', { cell: { activity: 'B' } }, { by: 'ana' });
  await history.commit('main', { cell: null }, { by: 'bruno' });
  await history.api.session.use({ userId: 'ana', name: 'Ana Lima' });
  expect(await refusalOf(history.api.changes.undo())).toMatchObject({
    code: 'STALE',
    message: expect.stringContaining('deleted by Bruno Costa'),
  });
});

test('a gesture that a colleague has put back already is passed over', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' } }, { by: 'ana', message: 'Type A' })
    .commit('main', { cell: { activity: 'B' } }, { by: 'ana', message: 'Type B' })
    .commit('main', { cell: { activity: 'A' } }, { by: 'bruno' })
    .open();
  await history.api.session.use({ userId: 'ana', name: 'Ana Lima' });
  expect(await labels()).toEqual(['Type A', null]);
});

test('each branch has its own undo, and what was inherited is not the branch’s to undo', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' } })
    .branch('side')
    .open();
  expect(await labels('side')).toEqual([null, null]);
  expect(await refusalOf(history.api.changes.undo({ branch: 'side' }))).toMatchObject({ code: 'NOT_FOUND' });
  await history.commit('side', { cell: { activity: 'SIDE' } });
  await history.api.changes.undo({ branch: 'side' });
  expect([await activity('cell', 'side'), await activity()]).toEqual(['A', 'A']);
});

test('undo works for imports, generated blocks, restores and reverts too', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' } })
    .commit('main', { cell: { activity: 'B' } })
    .open();
  const [first = '', second = ''] = history.commits();
  for (const kind of ['import', 'generate'] as const) {
    await history.api.changes.commit({ message: kind, kind, changes: [{ op: 'update', ...entityOf('cell'), fields: { activity: kind } }] });
    await history.api.changes.undo();
    expect([kind, await activity()]).toEqual([kind, 'B']);
  }
  await history.api.changes.restore({ at: first, scope: { kind: 'all' }, reason: 'as before' });
  expect(await activity()).toBe('A');
  await history.api.changes.undo();
  expect(await activity()).toBe('B');
  await history.api.commits.revert({ commit: second, reason: 'wrong' });
  expect(await activity()).toBe('A');
  expect(await history.api.changes.undo()).toMatchObject({ label: 'Undo: Revert: Edit' });
  expect(await activity()).toBe('B');
});

test('a commit of anybody is reverted by a new one; one that is not on the branch or has nothing left is refused', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' } }, { by: 'bruno' })
    .branch('side')
    .commit('side', { cell: { activity: 'SIDE' } })
    .commit('main', { cell: { activity: 'B' } }, { by: 'bruno', message: 'Type B' })
    .commit('main', { other: { activity: 'X' } }, { by: 'ana' })
    .open();
  const [, second = ''] = history.commits();
  const [side = ''] = history.commits('side');
  await history.api.commits.revert({ commit: second, reason: 'not agreed' });
  const [entry] = (await history.api.commits.line({ limit: 1 })).items;
  expect([entry?.kind, entry?.message, entry?.reason, entry?.author]).toEqual(['revert', 'Revert: Type B', 'not agreed', 'ana']);
  expect([await activity(), await activity('other')]).toEqual(['A', 'X']);
  expect(await refusalOf(history.api.commits.revert({ commit: second, reason: 'again' }))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await refusalOf(history.api.commits.revert({ commit: side, reason: 'x' }))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await refusalOf(history.api.commits.revert({ commit: 'a'.repeat(64), reason: 'x' }))).toMatchObject({
    code: 'NOT_FOUND',
  });
});

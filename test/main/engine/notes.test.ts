import { afterEach, expect, test } from 'vitest';
import { buildHistory, entityOf, type BuiltHistory } from '../../kit/build-history.ts';
import { refusalOf } from '../../kit/refusal-of.ts';

let history: BuiltHistory;
afterEach(() => history.close());

const cell = entityOf('cell');

test('a tag and a comment stand on exactly that version with their author, and change no data', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' } })
    .commit('main', { cell: { activity: 'B' } })
    .commit('main', { cell: { activity: 'C' } })
    .open();
  const before = await history.api.versions.history(cell);
  const version = before.items[1]?.version ?? '';
  await history.api.session.use({ userId: 'bruno', name: 'Bruno Costa' });
  const tag = await history.api.notes.tag({ ...cell, version, tag: 'agreed' });
  expect(tag).toMatchObject({
    kind: 'tag',
    text: 'agreed',
    author: 'bruno',
    authorName: 'Bruno Costa',
    commit: history.commits()[1],
    version,
  });
  await history.api.notes.comment({ ...cell, version, text: 'by the committee' });
  const after = await history.api.versions.history(cell);
  expect(
    after.items.map((entry) => [entry.tags, entry.label, entry.comments.map((comment) => [comment.text, comment.authorName])]),
  ).toEqual([
    [[], null, []],
    [['agreed'], 'agreed', [['by the committee', 'Bruno Costa']]],
    [[], null, []],
  ]);
  const withoutNotes = after.items.map((entry) => ({ ...entry, tags: [], label: null, comments: [] }));
  expect(withoutNotes).toEqual(before.items);
});

test('where the same content stood twice, a note keeps to the occurrence that was meant', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' } })
    .commit('main', { cell: { activity: 'B' } })
    .commit('main', { cell: { activity: 'A' } })
    .commit('main', { cell: null })
    .open();
  const version = (await history.api.versions.history(cell)).items[1]?.version ?? '';
  const [first = ''] = history.commits();
  await history.api.notes.tag({ ...cell, version, tag: 'newest' });
  await history.api.notes.tag({ ...cell, version, commit: first, tag: 'oldest' });
  expect((await history.api.versions.history(cell)).items.map((entry) => entry.tags)).toEqual([[], ['newest'], [], ['oldest']]);
});

test('the same tag twice is once; taking it away says whether it was there', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' } })
    .open();
  const [commit = ''] = history.commits();
  const first = await history.api.notes.tag({ commit, tag: 'Published' });
  expect(await history.api.notes.tag({ commit, tag: ' Published ' })).toEqual(first);
  expect((await history.api.commits.get({ commit })).tags).toEqual(['Published']);
  expect(await history.api.notes.untag({ commit, tag: 'Published' })).toEqual({ removed: true });
  expect(await history.api.notes.untag({ commit, tag: 'Published' })).toEqual({ removed: false });
  const comment = await history.api.notes.comment({ commit, text: 'why?' });
  expect((await history.api.commits.line({})).items[0]?.marks).toEqual(['comment']);
  expect(await history.api.notes.remove({ note: comment.note })).toEqual({ removed: true });
  expect(await history.api.notes.remove({ note: comment.note })).toEqual({ removed: false });
  expect((await history.api.commits.line({})).items[0]?.marks).toEqual([]);
});

test('unknown versions, commits and types are refused and nothing is written', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' }, other: { activity: 'X' } })
    .open();
  const foreign = (await history.api.versions.history(entityOf('other'))).items[0]?.version ?? '';
  const unknown = 'e'.repeat(64);
  const { notes } = history.api;
  expect(await refusalOf(notes.tag({ ...cell, version: unknown, tag: 't' }))).toMatchObject({ code: 'NOT_FOUND', data: { id: unknown } });
  expect(await refusalOf(notes.comment({ ...cell, version: foreign, text: 't' }))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await refusalOf(notes.comment({ commit: unknown, text: 't' }))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await refusalOf(notes.tag({ ...entityOf('spaceship:x'), version: unknown, tag: 't' }))).toMatchObject({ code: 'UNKNOWN_TYPE' });
  expect(await refusalOf(notes.tag({ commit: unknown, tag: ' ' }))).toMatchObject({ code: 'BAD_REQUEST' });
  expect((await notes.list({})).total).toBe(0);
});

test('notes are listed newest first, filtered and paged, and are there after a restart', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' } })
    .commit('main', { cell: { activity: 'B' } })
    .open();
  const [first = '', second = ''] = history.commits();
  for (const [commit, tag] of [
    [first, 'one'],
    [second, 'two'],
    [second, 'three'],
  ] as const) {
    history.clock.advance(1000);
    await history.api.notes.tag({ commit, tag });
  }
  await history.api.notes.comment({ commit: second, text: 'hm' });
  await history.restart();
  const texts = async (filter: Parameters<typeof history.api.notes.list>[0]) =>
    (await history.api.notes.list(filter)).items.map((note) => note.text);
  expect(await texts({ kind: 'tag' })).toEqual(['three', 'two', 'one']);
  expect(await texts({ commit: second })).toEqual(['hm', 'three', 'two']);
  const page = await history.api.notes.list({ limit: 3 });
  expect([page.total, await texts({ limit: 3, cursor: page.next ?? '' })]).toEqual([4, ['one']]);
});

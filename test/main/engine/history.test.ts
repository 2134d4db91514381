import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { EntityId } from '../../../shared/ids.ts';
import { buildHistory, entityOf, type BuiltHistory } from '../../kit/build-history.ts';
import { refusalOf } from '../../kit/refusal-of.ts';

let history: BuiltHistory;
afterEach(async () => {
  await history.close();
});

const cell = entityOf('cell');

test('a cell’s history is newest first, says who, when and why, and keeps the delete as an entry', async () => {
  history = await buildHistory()
    .commit('main', { 'person:lima': { name: 'Lima, A' } }, { by: 'ana' })
    .commit('main', { cell: { activity: 'C' } }, { by: 'ana', message: 'Plan' })
    .commit('main', { cell: { activity: 'ICU', notes: 'cover' } }, { by: 'bruno', message: 'Type ICU', reason: 'cover for Souza' })
    .commit('main', { cell: null }, { by: 'ana', message: 'Clear' })
    .open();
  const { items, total, next } = await history.api.versions.history(cell);
  expect({ total, next }).toEqual({ total: 3, next: null });
  expect(
    items.map((entry) => [entry.number, entry.operation, entry.userId, entry.userName, entry.message, entry.reason, entry.text]),
  ).toEqual([
    [3, 'delete', 'ana', 'Ana Lima', 'Clear', null, 'deleted'],
    [2, 'update', 'bruno', 'Bruno Costa', 'Type ICU', 'cover for Souza', 'ICU'],
    [1, 'create', 'ana', 'Ana Lima', 'Plan', null, 'Clinic (C)'],
  ]);
  expect(items.map((entry) => entry.parentVersion)).toEqual([items[1]?.version, items[2]?.version, null]);
  expect(items.map((entry) => entry.officialAt)).toEqual(history.times().slice(1).toReversed());
  const second = await history.api.versions.history({ ...cell, limit: 2 });
  expect(await history.api.versions.history({ ...cell, limit: 2, cursor: second.next ?? '' })).toEqual({
    items: [items[2]],
    total: 3,
    next: null,
  });
});

test('version hash and checksum can be recomputed by anybody from what is answered', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'C', role: 'primary' } })
    .open();
  const [entry] = (await history.api.versions.history(cell)).items;
  const fields = '{"activity":"C","date":"2026-08-05","half":"AM","personId":"lima","role":"primary"}';
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  expect([entry?.checksum, entry?.version]).toEqual([sha256(fields), sha256(`{"fields":${fields},"id":"cell","type":"assignment"}`)]);
  expect(await history.api.versions.get({ version: entry?.version ?? '' })).toMatchObject({
    id: 'cell',
    checksum: entry?.checksum,
    text: 'Clinic (C), primary',
  });
  expect(await history.api.versions.get({ version: 'f'.repeat(64) })).toBeNull();
  expect(await history.api.versions.get({ version: 'nonsense' })).toBeNull();
});

test('before it existed there was nothing, at each instant the newest version not later, and after the delete nothing again', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'C' } })
    .commit('main', { cell: { activity: 'ICU' } })
    .commit('main', { cell: null })
    .open();
  const [first = '', second = '', third = ''] = history.times();
  const at = async (instant: string) => (await history.fieldsOf('cell', 'main', instant))?.['activity'] ?? null;
  const justBefore = (instant: string): string => new Date(Date.parse(instant) - 1).toISOString();
  const instants = [justBefore(first), first, justBefore(second), second, justBefore(third), third, '2099-01-01T00:00:00Z'];
  expect(await Promise.all(instants.map(at))).toEqual([null, 'C', 'C', 'ICU', 'ICU', null, null]);
  const before = await history.api.versions.at({ ...cell, at: justBefore(first) });
  expect(before).toMatchObject({ existed: false, version: -1, fields: {}, basis: { position: 0, commit: null } });
});

test('a person’s past name stands in the past of the cells', async () => {
  history = await buildHistory()
    .commit('main', { 'person:lima': { name: 'Lima, A' }, cell: { activity: 'C' } })
    .commit('main', { 'person:lima': { name: 'Lima Costa, A' } })
    .commit('main', { cell: { activity: 'ICU' } })
    .open();
  const [first, , third] = history.commits();
  const titles = async (commit = '') => (await history.api.commits.get({ commit: commit })).changes.map((change) => change.title);
  expect(await titles(first)).toEqual(['Lima, A, Wed 2026-08-05 AM', 'Lima, A']);
  expect(await titles(third)).toEqual(['Lima Costa, A, Wed 2026-08-05 AM']);
});

test('lineage spans every branch and is complete beyond a hundred versions', async () => {
  let story = buildHistory().commit('main', { cell: { activity: 'C0' } });
  for (let step = 1; step < 120; step++) story = story.commit('main', { cell: { activity: `C${step}` } });
  history = await story
    .branch('side')
    .commit('side', { cell: { activity: 'SIDE' } })
    .open();
  const lineage = await history.api.versions.lineage(cell);
  expect([lineage.totalVersions, lineage.versions.length, lineage.branches]).toEqual([121, 121, ['side', 'main']]);
  expect([lineage.createdAt, lineage.lastModified]).toEqual([history.times()[0], history.times('side')[0]]);
  expect(await history.api.versions.lineage(entityOf('nobody'))).toEqual({
    ...entityOf('nobody'),
    totalVersions: 0,
    createdAt: null,
    lastModified: null,
    versions: [],
    branches: [],
  });
});

test('a comparison names fields and people, has both times, and swaps when reversed', async () => {
  history = await buildHistory()
    .commit('main', { 'person:lima': { name: 'Lima, A' }, 'person:souza': { name: 'Souza, J' }, cell: { activity: 'C', notes: 'x' } })
    .commit('main', { cell: { personId: 'souza', notes: null, location: 'Main Clinic' } })
    .open();
  const [to = '', from = ''] = (await history.api.versions.history(cell)).items.map((entry) => entry.version);
  const there = await history.api.versions.compare({ ...cell, from, to });
  expect(there.changes.map((change) => [change.field, change.label, change.kind, change.oldText, change.newText])).toEqual([
    ['personId', 'Person', 'modified', 'Lima, A', 'Souza, J'],
    ['location', 'Location', 'added', '', 'Main Clinic'],
    ['notes', 'Notes', 'removed', 'x', ''],
  ]);
  expect([there.added, there.removed, there.modified, there.summary]).toEqual([
    ['location'],
    ['notes'],
    ['personId'],
    '3 fields changed: 1 added, 1 removed, 1 modified',
  ]);
  expect([there.fromAt, there.toAt]).toEqual(history.times());
  const back = await history.api.versions.compare({ ...cell, from: to, to: from });
  expect(back).toMatchObject({ added: ['notes'], removed: ['location'], modified: ['personId'] });
  expect((await history.api.versions.compare({ ...cell, from, to: from })).summary).toBe('No changes');
  expect(await refusalOf(history.api.versions.compare({ ...cell, from, to: 'e'.repeat(64) }))).toMatchObject({
    code: 'NOT_FOUND',
    defined: true,
    message: expect.stringMatching(/^One or both versions not found/),
  });
});

test('a half day tells everything that ever stood there, also what was cleared or moved away, and what the branch inherited', async () => {
  history = await buildHistory()
    .commit('main', { first: { activity: 'C' } })
    .commit('main', { first: null })
    .commit('main', { second: { activity: 'ICU' } })
    .branch('try')
    .commit('main', { second: { activity: 'ICU', half: 'PM' } })
    .commit('try', { third: { activity: 'LEC' } })
    .open();
  const slot = { personId: EntityId.parse('lima'), date: '2026-08-05', half: 'AM' } as const;
  const told = async (branch: string) =>
    (await history.api.roster.cell({ ...slot, branch })).items.map(({ id, entries }) => [id, entries.map((entry) => entry.text)]);
  expect(await told('main')).toEqual([
    ['first', ['deleted', 'Clinic (C)']],
    ['second', ['ICU', 'ICU']],
  ]);
  expect(await told('try')).toEqual([
    ['first', ['deleted', 'Clinic (C)']],
    ['second', ['ICU']],
    ['third', ['Lecture (LEC)']],
  ]);
  expect((await history.api.roster.cell({ ...slot, half: 'PM', branch: 'try' })).items).toEqual([]);
  expect((await history.api.roster.cell({ ...slot, personId: EntityId.parse('nobody'), branch: 'main' })).total).toBe(0);
});

import { afterEach, expect, test } from 'vitest';
import { openEngine, type EngineClient, type OpenedEngine } from '../../../kit/open-engine.ts';
import { refusalOf } from '../../../kit/refusal-of.ts';

let desk: OpenedEngine;
afterEach(() => desk.close());

const list = 'cns,name,user\n0012345,North,ana\n0012345,North,bruno\n7654321,South,bruno\n7654321,South,carla\n';
const names: Readonly<Record<string, string>> = { ana: 'Ana Lima', bruno: 'Bruno Dias', carla: 'Carla Nunes' };
const actAs = (api: EngineClient, userId: string) => api.session.use({ userId, name: names[userId] ?? userId });

/** Ana, who acts, has taken the list over; Bruno and Carla are there. */
async function openMigrated() {
  desk = await openEngine();
  const { api } = desk;
  for (const user of ['bruno', 'carla', 'ana']) await actAs(api, user);
  const done = await api.views.migrate({ type: 'clinic', file: { name: 'list.csv', base64: Buffer.from(list).toString('base64') } });
  if (done.kind !== 'migrated') throw new Error('nothing was migrated');
  const ids = new Map<string, string>();
  await actAs(api, 'bruno');
  for (const { title, id } of (await api.views.search({ type: 'clinic' })).items) ids.set(title, id);
  await actAs(api, 'ana');
  return { api, migration: done.migration, at: done.at, north: ids.get('North') ?? '', south: ids.get('South') ?? '' };
}

async function seenBy(api: EngineClient, userId: string): Promise<string[]> {
  await actAs(api, userId);
  const { items } = await api.views.search({ type: 'clinic' });
  await actAs(api, 'ana');
  return items.map(({ title, version }) => `${title} ${version}`);
}

test('B74: a reversal removes what nobody has used, and the one with an own version keeps record and link', async () => {
  const { api, migration, north } = await openMigrated();
  await actAs(api, 'bruno');
  await api.views.save({ type: 'clinic', id: north, fields: { phone: '(13) 99999-0000' } });
  await actAs(api, 'ana');
  await desk.restart();
  expect(await api.views.previewReversal({ migration })).toEqual({
    migration,
    masters: 1,
    links: 3,
    kept: [
      { type: 'clinic', id: north, of: 'link', user: 'bruno', why: 'Bruno Dias has own versions.' },
      { type: 'clinic', id: north, of: 'record', user: null, why: 'Still on the list of one user.' },
    ],
    keptTotal: 2,
  });
  expect(await api.views.reverseMigration({ migration, reason: 'The wrong list' })).toMatchObject({ masters: 1, links: 3, keptTotal: 2 });
  expect([await seenBy(api, 'ana'), await seenBy(api, 'bruno'), await seenBy(api, 'carla')]).toEqual([[], ['North 2'], []]);
  const [commit] = (await api.commits.line({ limit: 1 })).items;
  expect(commit).toMatchObject({ message: 'Take back the migration of clinics', reason: 'The wrong list' });
  expect((await api.views.migrations()).items[0]?.reversedAt).not.toBeNull();
  const before = (await api.commits.line({})).total;
  expect(await api.views.reverseMigration({ migration, reason: 'Once more' })).toMatchObject({
    masters: 0,
    links: 0,
    keptTotal: 2,
    commit: null,
  });
  expect((await api.commits.line({})).total).toBe(before);
  expect((await api.verify.run({ full: true })).faults).toEqual([]);
});

test('without later work nothing of it is left, the past still shows it, and the list can be taken over again', async () => {
  const { api, migration, at } = await openMigrated();
  expect(await api.views.reverseMigration({ migration, reason: 'Undo' })).toMatchObject({ masters: 2, links: 4, keptTotal: 0 });
  for (const user of ['ana', 'bruno', 'carla']) expect(await seenBy(api, user)).toEqual([]);
  await actAs(api, 'bruno');
  expect((await api.views.search({ type: 'clinic', at })).items.map(({ title }) => title)).toEqual(['North', 'South']);
  await actAs(api, 'ana');
  const again = await api.views.migrate({ type: 'clinic', file: { name: 'list.csv', base64: Buffer.from(list).toString('base64') } });
  expect(again.report).toMatchObject({ masters: { created: 2 }, links: { created: 4 } });
  expect(await seenBy(api, 'bruno')).toEqual(['North 1', 'South 1']);
});

test('what only linked users saw stays theirs in the history, after the last link has ended', async () => {
  const { api, migration, at, south } = await openMigrated();
  await api.views.reverseMigration({ migration, reason: 'Undo' });
  for (const user of ['ana', 'eva']) {
    await actAs(api, user);
    expect(await api.versions.at({ type: 'clinic', id: south, at })).toMatchObject({ existed: false, version: -1, fields: {} });
    expect((await api.versions.allAt({ type: 'clinic', at })).total).toBe(0);
    expect(JSON.stringify(await api.commits.line({}))).not.toContain('South');
  }
});

test('who registered a record again, changed the shared one, or came to it since keeps it', async () => {
  const { api, migration, north, south } = await openMigrated();
  await actAs(api, 'eva');
  await api.views.register({ type: 'clinic', identifier: '0012345' });
  await actAs(api, 'carla');
  await api.changes.commit({ message: 'New hours', changes: [{ type: 'clinic', id: south, op: 'update', fields: { hours: '7-19' } }] });
  await actAs(api, 'ana');
  const { kept, masters, links } = await api.views.previewReversal({ migration });
  expect([masters, links]).toEqual([0, 3]);
  expect(kept.map(({ id, user, why }) => `${id === north ? 'North' : 'South'} ${user}: ${why}`).toSorted()).toEqual([
    'North null: Still on the list of one user.',
    'South carla: Carla Nunes has changed the shared record since.',
    'South null: The shared record was changed since.',
  ]);
  await api.views.reverseMigration({ migration, reason: 'Undo' });
  expect([await seenBy(api, 'eva'), await seenBy(api, 'carla'), await seenBy(api, 'bruno')]).toEqual([['North null'], ['South 1'], []]);
  // Guarded it stays: the links that said so have ended.
  await actAs(api, 'dora');
  expect((await api.versions.allAt({ type: 'clinic' })).total).toBe(0);
});

test('an own version that was put away or unlinked is kept with its record, and the versions of a removed user too', async () => {
  const { api, migration, north, south } = await openMigrated();
  await actAs(api, 'bruno');
  await api.views.save({ type: 'clinic', id: north, fields: { hours: '8-17' } });
  await api.views.clear({ type: 'clinic', id: north });
  await api.views.save({ type: 'clinic', id: south, fields: { hours: '9-18' } });
  await api.views.unlink({ type: 'clinic', id: south });
  await actAs(api, 'ana');
  await api.session.remove({ userId: 'bruno' });
  const { kept, masters, links } = await api.views.previewReversal({ migration });
  expect([masters, links]).toEqual([0, 2]);
  expect(kept.map(({ user, why }) => `${user}: ${why}`).toSorted()).toEqual([
    'null: A removed user has own versions.',
    'null: Somebody keeps own versions of it.',
    'null: Still on the list of one user.',
  ]);
  await api.views.reverseMigration({ migration, reason: 'Undo' });
  await actAs(api, 'bruno');
  expect(await api.views.register({ type: 'clinic', identifier: '7654321' })).toMatchObject({
    wasCreated: false,
    fields: { hours: '9-18' },
  });
});

test('a second run leaves alone what a user has taken off the own list', async () => {
  const { api, north } = await openMigrated();
  await actAs(api, 'bruno');
  await api.views.unlink({ type: 'clinic', id: north });
  await actAs(api, 'ana');
  const again = await api.views.migrate({ type: 'clinic', file: { name: 'list.csv', base64: Buffer.from(list).toString('base64') } });
  expect(again.kind).toBe('unchanged');
  expect(await seenBy(api, 'bruno')).toEqual(['South 1']);
});

test('a migration onto a branch that was renamed is taken back there, and refused while the branch is deleted', async () => {
  desk = await openEngine();
  const { api } = desk;
  for (const user of ['bruno', 'carla', 'ana']) await actAs(api, user);
  await api.branches.create({ name: 'try-lists' });
  const file = { name: 'list.csv', base64: Buffer.from(list).toString('base64') };
  const done = await api.views.migrate({ type: 'clinic', file, branch: 'try-lists' });
  if (done.kind !== 'migrated') throw new Error('nothing was migrated');
  await api.branches.rename({ name: 'try-lists', to: 'lists' });
  expect((await api.views.migrations()).items[0]?.branch).toBe('lists');
  await api.branches.delete({ name: 'lists' });
  expect(await refusalOf(api.views.reverseMigration({ migration: done.migration, reason: 'x' }))).toMatchObject({ code: 'NOT_FOUND' });
  await api.branches.restore({ name: 'lists' });
  expect(await api.views.reverseMigration({ migration: done.migration, reason: 'x' })).toMatchObject({ masters: 2, links: 4 });
  expect((await api.commits.line({ branch: 'lists' })).total).toBe(2);
});

test('the last undo is never the records of a migration: that has its own way back, which keeps what is used', async () => {
  const { api } = await openMigrated();
  expect((await api.changes.undoable()).undo).toBeNull();
  await api.changes.commit({ message: 'A person', changes: [{ type: 'person', op: 'create', fields: { name: 'Lima, A' } }] });
  expect((await api.changes.undoable()).undo?.label).toBe('A person');
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../../../kit/refusal-of.ts';
import { atFirst, cns, openThreeUsers, type ThreeUsers, type Who } from './three-users.ts';

let desk: ThreeUsers;
beforeEach(async () => {
  desk = await openThreeUsers();
});
afterEach(async () => {
  await desk.close();
});

const drift = (who: Who, more: object = {}) => desk.as(who, () => desk.api.views.drift(more));
const settle = (who: Who, choices: Record<string, 'shared' | 'mine'>) =>
  desk.as(who, () => desk.api.views.settle({ ...desk.clinic, choices }));

/** Bruno has a telephone of his own; then Ana publishes another one, and the hours. */
async function anaMovedOn(): Promise<void> {
  await desk.save('bruno', { phone: '(11) 9999-0002' });
  await desk.save('ana', { phone: '(11) 9999-0001', hours: '8 to 12' });
  await desk.as('ana', () => desk.api.views.publish({ ...desk.clinic, fields: ['phone', 'hours'], message: 'New numbers' }));
}

test('a shared record that moved on is told to who says something else, with who moved it and why', async () => {
  await anaMovedOn();
  const { items, total } = await drift('bruno');
  expect(total).toBe(1);
  expect(items).toMatchObject([
    {
      ...desk.clinic,
      title: atFirst.name,
      version: 2,
      sharedAuthorName: 'Ana Lima',
      sharedMessage: 'New numbers',
      fields: [
        { field: 'hours', label: 'Hours', kind: 'followed', base: null, shared: '8 to 12', mine: '8 to 12', baseText: '' },
        {
          field: 'phone',
          label: 'Telephone',
          kind: 'apart',
          base: atFirst.phone,
          shared: '(11) 9999-0001',
          mine: '(11) 9999-0002',
          mineText: '(11) 9999-0002',
        },
      ],
    },
  ]);
  expect(await desk.as('bruno', () => desk.api.views.get(desk.clinic))).toMatchObject({ drifted: true });
  // Who moved it agrees with it, and who has nothing of one's own follows.
  expect((await drift('ana')).total).toBe(0);
  expect((await drift('carla')).total).toBe(0);
});

test('keeping one’s own keeps its number, and the record leaves the list', async () => {
  await anaMovedOn();
  const before = await desk.sees('bruno');
  expect(await settle('bruno', { phone: 'mine' })).toMatchObject({ version: 2, fields: { phone: '(11) 9999-0002' } });
  expect((await drift('bruno')).total).toBe(0);
  expect(await desk.sees('bruno')).toEqual(before);
  expect((await desk.as('bruno', () => desk.api.views.versions(desk.clinic))).total).toBe(1);
  // It is compared with the shared record of now from then on: publishing it is no conflict any more.
  expect(await desk.as('bruno', () => desk.api.views.publish({ ...desk.clinic, fields: ['phone'] }))).toMatchObject({ kind: 'published' });
});

test('taking the shared value is a new own version, and none where nothing of one’s own is left', async () => {
  await desk.save('bruno', { phone: '(11) 9999-0002', city: 'Bauru' });
  await desk.save('ana', { phone: '(11) 9999-0001', city: 'Campinas' });
  await desk.as('ana', () => desk.api.views.publish({ ...desk.clinic, fields: ['phone', 'city'] }));
  const settled = await settle('bruno', { phone: 'shared', city: 'mine' });
  expect(settled).toMatchObject({
    version: 4,
    fields: { phone: '(11) 9999-0001', city: 'Bauru' },
    origins: { phone: 'shared', city: 'own' },
  });
  expect((await drift('bruno')).total).toBe(0);
  expect(await settle('bruno', { city: 'shared' })).toMatchObject({
    version: null,
    fields: { ...atFirst, phone: '(11) 9999-0001', city: 'Campinas' },
  });
  const { items } = await desk.as('bruno', () => desk.api.views.versions(desk.clinic));
  expect(items.map(({ number, status, inUse }) => ({ number, status, inUse }))).toEqual([
    { number: 4, status: 'archived', inUse: false },
    { number: 2, status: 'archived', inUse: false },
  ]);
});

test('fields that are not named count as seen, and settling twice writes nothing more', async () => {
  await anaMovedOn();
  await settle('bruno', {});
  expect((await drift('bruno')).total).toBe(0);
  expect(await settle('bruno', {})).toMatchObject({ commit: null, version: 2 });
  expect(await desk.sees('bruno')).toMatchObject({ phone: '(11) 9999-0002', hours: '8 to 12' });
});

test('what settled is as of its instant as it was answered', async () => {
  await anaMovedOn();
  const settled = await settle('bruno', { phone: 'shared' });
  await desk.save('bruno', { phone: '(11) 7777-7777' });
  const then = await desk.as('bruno', () => desk.api.views.get({ ...desk.clinic, at: settled.at }));
  expect(then).toMatchObject({ fields: settled.fields, version: settled.version });
});

test('the newest move stands first, in pages', async () => {
  const { api } = desk;
  const ids = [desk.clinic.id];
  for (const identifier of ['0000001', '0000002']) {
    const { id } = await desk.as('ana', () => api.views.register({ type: 'clinic', identifier, fields: { name: `Clinic ${identifier}` } }));
    await desk.as('bruno', () => api.views.register({ type: 'clinic', identifier, fields: { phone: '(11) 2222-2222' } }));
    ids.push(id);
  }
  await desk.save('bruno', { phone: '(11) 2222-2222' });
  for (const id of [2, 0, 1].map((place) => ids[place] ?? '')) {
    await desk.as('ana', () => api.views.save({ type: 'clinic', id, fields: { phone: '(11) 1111-1111' } }));
    await api.views.publish({ type: 'clinic', id, fields: ['phone'] });
  }
  const first = await drift('bruno', { limit: 2 });
  const rest = await drift('bruno', { limit: 2, cursor: first.next });
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual([1, 0, 2].map((place) => ids[place]));
  expect((await drift('bruno', { type: 'patient' })).total).toBe(0);
});

test('a change of the shared record by a commit is a move too; a revert of it brings nothing back into the list', async () => {
  const { api } = desk;
  await desk.save('bruno', { phone: '(11) 9999-0002' });
  await desk.act('ana');
  const changes = [{ op: 'update' as const, ...desk.clinic, fields: { phone: '(11) 1111-1111' } }];
  const moved = await api.changes.commit({ message: 'Moved', changes });
  expect((await drift('bruno')).items).toMatchObject([{ sharedMessage: 'Moved' }]);
  if (moved.kind !== 'committed') throw new Error(moved.kind);
  await desk.as('ana', () => api.commits.revert({ commit: moved.commit, reason: 'wrong' }));
  expect((await drift('bruno')).total).toBe(0);
});

test('unknown fields, records and records of others are refused', async () => {
  const { api } = desk;
  await anaMovedOn();
  expect(await refusalOf(settle('bruno', { fax: 'mine' }))).toMatchObject({ code: 'INVALID', data: { fields: [{ field: 'fax' }] } });
  expect(await refusalOf(settle('carla', { phone: 'mine' }))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await refusalOf(api.views.settle({ type: 'clinic', id: 'no-such', choices: {} }))).toMatchObject({ code: 'NOT_FOUND' });
  expect((await drift('bruno')).total).toBe(1);
  expect(await desk.sees('carla')).toBeNull();
  expect(await desk.shared()).toEqual({ ...atFirst, cns, phone: '(11) 9999-0001', hours: '8 to 12' });
});

test('saving another field leaves what is unsettled in sight, and publishing it still asks', async () => {
  await anaMovedOn();
  await desk.save('bruno', { city: 'Santos' });
  const { items } = await drift('bruno');
  expect(items[0]?.fields.find(({ field }) => field === 'phone')).toMatchObject({
    kind: 'apart',
    base: atFirst.phone,
    mine: '(11) 9999-0002',
  });
  const answer = await desk.as('bruno', () => desk.api.views.publish({ ...desk.clinic, fields: ['phone'] }));
  expect(answer.kind).toBe('conflicts');
});

test('saying one’s own value again settles it', async () => {
  await anaMovedOn();
  await desk.save('bruno', { phone: '(11) 9999-0003' });
  expect((await drift('bruno')).total).toBe(0);
});

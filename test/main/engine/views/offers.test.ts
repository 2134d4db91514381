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

const offer = (from: Who, to: string, more: object = {}) => desk.as(from, () => desk.api.views.offer({ ...desk.clinic, to, ...more }));
const offersTo = (who: Who) => desk.as(who, () => desk.api.views.offers({}));

test('an offer freezes one version: what is saved later stays private', async () => {
  await desk.save('ana', { phone: '(11) 9999-0001' });
  const made = await offer('ana', 'bruno', { note: 'I called them' });
  expect(made).toMatchObject({
    ...desk.clinic,
    title: atFirst.name,
    from: 'ana',
    fromName: 'Ana Lima',
    to: 'bruno',
    toName: 'Bruno Costa',
    number: 2,
    note: 'I called them',
    fields: { ...atFirst, cns, phone: '(11) 9999-0001' },
    origins: { phone: 'own', name: 'shared' },
  });
  await desk.save('ana', { phone: '(11) 9999-0009', hours: 'private' });
  expect((await offersTo('bruno')).items).toEqual([made]);
  expect(await desk.sees('bruno')).toEqual({ ...atFirst, cns });
  expect((await desk.as('bruno', () => desk.api.views.get({ ...desk.clinic, view: 'ana' }))).fields).toEqual(made.fields);
  expect((await offersTo('carla')).total).toBe(0);
  expect((await desk.as('ana', () => desk.api.views.offers({ direction: 'given' }))).items).toEqual([made]);
});

test('the same version is offered to the same user once', async () => {
  await desk.save('ana', { phone: '(11) 9999-0001' });
  const first = await offer('ana', 'bruno');
  expect(await offer('ana', 'bruno')).toEqual(first);
  expect(await offer('ana', 'bruno', { note: 'look' })).toMatchObject({ offer: first.offer, note: 'look' });
  await desk.save('ana', { phone: '(11) 9999-0002' });
  await offer('ana', 'bruno');
  expect((await offersTo('bruno')).items.map(({ number }) => number)).toEqual([3, 2]);
  expect(await offer('ana', 'carla', { version: 2 })).toMatchObject({ number: 2, to: 'carla' });
});

test('what cannot be offered is refused in words, and nothing is written', async () => {
  const { api } = desk;
  expect(await refusalOf(offer('ana', 'bruno'))).toMatchObject({
    code: 'INVALID',
    message: expect.stringContaining('nothing of your own'),
  });
  expect(await refusalOf(offer('ana', 'bruno', { version: 1 }))).toMatchObject({ code: 'INVALID' });
  await desk.save('ana', { phone: '(11) 9999-0001' });
  expect(await refusalOf(offer('ana', 'ana'))).toMatchObject({ code: 'INVALID' });
  expect(await refusalOf(offer('ana', 'nobody'))).toMatchObject({ code: 'NOT_FOUND', data: { what: 'user' } });
  const foreign = await refusalOf(offer('bruno', 'carla', { version: 2 }));
  const never = await refusalOf(offer('bruno', 'carla', { version: 99 }));
  expect(foreign.message.replace('2', '')).toBe(never.message.replace('99', ''));
  const unlinked = await refusalOf(offer('carla', 'ana'));
  const unknown = await refusalOf(api.views.offer({ type: 'clinic', id: 'no-such', to: 'ana' }));
  expect(unlinked.message.replace(desk.clinic.id, '')).toBe(unknown.message.replace('no-such', ''));
  for (const who of ['ana', 'bruno', 'carla'] as const) expect((await offersTo(who)).total).toBe(0);
});

test('adopting copies what differs into a version of one’s own, with where it came from', async () => {
  const { api } = desk;
  await desk.save('ana', { phone: '(11) 9999-0001', city: null });
  await desk.save('bruno', { hours: 'mornings' });
  const { offer: id } = await offer('ana', 'bruno');
  const adopted = await desk.as('bruno', () => api.views.adopt({ offer: id }));
  expect(adopted).toMatchObject({ kind: 'adopted', version: 4 });
  expect(adopted.fields).toEqual({ name: atFirst.name, cns, phone: '(11) 9999-0001', hours: 'mornings' });
  const [newest] = (await api.views.versions(desk.clinic)).items;
  expect(newest).toMatchObject({ number: 4, inUse: true, adoptedFrom: { user: 'ana', name: 'Ana Lima', number: 2 } });
  await desk.save('ana', { phone: '(11) 9999-0009' });
  expect(await desk.sees('bruno')).toEqual(adopted.fields);
  expect(await desk.as('bruno', () => api.views.adopt({ offer: id }))).toMatchObject({ kind: 'unchanged', version: 4, commit: null });
});

test('some fields are adopted, and a field the offer shows as shared becomes shared', async () => {
  const { api } = desk;
  await desk.save('ana', { phone: '(11) 9999-0001', hours: 'nights' });
  await desk.save('bruno', { city: 'Bauru' });
  const { offer: id } = await offer('ana', 'bruno');
  const adopted = await desk.as('bruno', () => api.views.adopt({ offer: id, fields: ['phone', 'city'] }));
  expect(adopted.fields).toEqual({ ...atFirst, cns, phone: '(11) 9999-0001' });
  expect(adopted.origins).toMatchObject({ phone: 'own', city: 'shared' });
  expect(await refusalOf(api.views.adopt({ offer: id, fields: ['fax'] }))).toMatchObject({
    code: 'INVALID',
    data: { fields: [{ field: 'fax' }] },
  });
});

test('who is not linked sees what was offered and nothing more, and is attached by adopting it', async () => {
  const { api } = desk;
  await desk.save('ana', { phone: '(11) 9999-0001' });
  await desk.save('bruno', { hours: 'mornings' });
  const { offer: id } = await offer('ana', 'carla');
  expect(await desk.sees('carla')).toBeNull();
  expect(await refusalOf(api.views.get(desk.clinic))).toMatchObject({ code: 'NOT_FOUND' });
  expect((await offersTo('carla')).items).toMatchObject([{ fields: { phone: '(11) 9999-0001' } }]);
  expect(await desk.as('carla', () => api.views.adopt({ offer: id }))).toMatchObject({ kind: 'adopted' });
  expect(await desk.sees('carla')).toEqual({ ...atFirst, cns, phone: '(11) 9999-0001' });
});

test('a withdrawn offer is gone for the other one, what was adopted stays', async () => {
  const { api } = desk;
  await desk.save('ana', { phone: '(11) 9999-0001' });
  const { offer: id } = await offer('ana', 'bruno');
  const adopted = await desk.as('bruno', () => api.views.adopt({ offer: id }));
  const foreign = await refusalOf(api.views.withdraw({ offer: id }));
  const never = await refusalOf(api.views.withdraw({ offer: id.replace(/^./, 'f') as typeof id }));
  expect(foreign).toMatchObject({ code: 'NOT_FOUND' });
  expect(foreign.message.replace(id, '')).toBe(never.message.replace(id.replace(/^./, 'f'), ''));
  expect(await desk.as('ana', () => api.views.withdraw({ offer: id }))).toMatchObject({ withdrawn: true });
  expect(await api.views.withdraw({ offer: id })).toMatchObject({ withdrawn: false });
  expect((await offersTo('bruno')).total).toBe(0);
  expect(await refusalOf(api.views.adopt({ offer: id }))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await refusalOf(api.views.get({ ...desk.clinic, view: 'ana' }))).toMatchObject({ code: 'FORBIDDEN' });
  expect(await desk.sees('bruno')).toEqual(adopted.fields);
});

test('what was withdrawn is not there for moments of before either', async () => {
  const { api } = desk;
  await desk.save('ana', { phone: '(11) 9999-0001' });
  const { offer: id, at } = await offer('ana', 'bruno');
  // Another offer stands, so that Ana's view may be taken.
  const other = await api.views.register({ type: 'clinic', identifier: '0000007', fields: { name: 'Clinic South' } });
  await api.views.save({ type: 'clinic', id: other.id, fields: { city: 'Bauru' } });
  await api.views.offer({ type: 'clinic', id: other.id, to: 'bruno' });
  const then = { ...desk.clinic, at, view: 'ana' };
  expect(await desk.as('bruno', () => api.views.get(then))).toMatchObject({ source: 'offered', fields: { phone: '(11) 9999-0001' } });
  await desk.as('ana', () => api.views.withdraw({ offer: id }));
  expect(await refusalOf(desk.as('bruno', () => api.views.get(then)))).toMatchObject({ code: 'NOT_FOUND' });
  expect((await api.views.search({ type: 'clinic', at, view: 'ana' })).total).toBe(0);
  expect((await api.views.matrix({ ...desk.clinic, at })).columns.map(({ kind }) => kind)).toEqual(['shared', 'mine']);
});

test('offers of a user who was removed stay, without the name', async () => {
  const { api } = desk;
  await desk.save('ana', { phone: '(11) 9999-0001' });
  const { offer: id } = await offer('ana', 'bruno');
  await desk.act('bruno');
  await api.session.remove({ userId: 'ana' });
  expect((await api.views.offers({})).items).toMatchObject([{ offer: id, from: null, fromName: 'Removed user', number: 2 }]);
  expect((await api.views.matrix(desk.clinic)).columns.map(({ name }) => name)).toEqual([
    'Shared record',
    'Bruno Costa, mine',
    'Removed user',
  ]);
  expect(await api.views.adopt({ offer: id })).toMatchObject({ kind: 'adopted', fields: { phone: '(11) 9999-0001' } });
  expect((await api.views.versions(desk.clinic)).items[0]?.adoptedFrom).toMatchObject({ name: 'Removed user', number: 2 });
});

test('offers are paged, filtered and masked, and are not there on a branch without the record', async () => {
  const { api } = desk;
  await desk.act('ana');
  await api.branches.create({ name: 'without' });
  await api.changes.commit({ branch: 'without', message: 'Close', changes: [{ op: 'delete', ...desk.clinic }] });
  const patient = await api.views.register({ type: 'patient', identifier: '123.456.789-09', fields: { name: 'Maria' } });
  await api.views.save({ type: 'patient', id: patient.id, fields: { city: 'Bauru' } });
  await api.views.offer({ type: 'patient', id: patient.id, to: 'bruno' });
  await desk.save('ana', { phone: '(11) 9999-0001' });
  await offer('ana', 'bruno');
  await desk.act('bruno');
  const first = await api.views.offers({ limit: 1 });
  expect(first).toMatchObject({ total: 2, items: [{ type: 'clinic' }] });
  expect(await api.views.offers({ limit: 1, cursor: first.next ?? '', mask: true })).toMatchObject({
    total: 2,
    next: null,
    items: [{ type: 'patient', fields: { cpf: '***.456.789-**', name: 'Maria', city: 'Bauru' } }],
  });
  expect((await api.views.offers({ type: 'patient' })).items).toMatchObject([{ fields: { cpf: '12345678909' } }]);
  expect((await api.views.offers({ branch: 'without' })).total).toBe(0);
});

import { afterEach, expect, test } from 'vitest';
import { openEngine, type OpenedEngine } from '../../../kit/open-engine.ts';
import { refusalOf } from '../../../kit/refusal-of.ts';

let desk: OpenedEngine | undefined;
afterEach(async () => {
  await desk?.close();
  desk = undefined;
});

async function open(): Promise<OpenedEngine> {
  desk = await openEngine();
  return desk;
}

const bruno = { userId: 'bruno', name: 'Bruno Costa' };
const ana = { userId: 'ana', name: 'Ana Lima' };

test('B52 B53: the first registration makes the record and its version 1, the second user attaches with the next number', async () => {
  const { api } = await open();
  const first = await api.views.register({
    type: 'clinic',
    identifier: '0012345',
    fields: { name: 'Clinica Sao Jose', phone: '(11) 3333-4444' },
  });
  expect(first).toMatchObject({
    wasCreated: true,
    version: 1,
    fields: { cns: '0012345', name: 'Clinica Sao Jose' },
    origins: { name: 'shared' },
  });
  await api.session.use(bruno);
  const second = await api.views.register({ type: 'clinic', identifier: '0012345', fields: { name: 'São José', hours: '8-17' } });
  expect(second).toMatchObject({
    wasCreated: false,
    id: first.id,
    version: 2,
    fields: { name: 'São José', phone: '(11) 3333-4444', hours: '8-17' },
  });
  expect(second.origins).toEqual({ cns: 'shared', name: 'own', phone: 'shared', hours: 'own' });
  await api.session.use(ana);
  expect((await api.views.get({ type: 'clinic', id: first.id })).fields).toEqual(first.fields);
  const found = await api.views.search({ type: 'clinic', text: 'jose' });
  expect(found.items.map((item) => item.title)).toEqual(['Clinica Sao Jose']);
  expect(await api.views.search({ type: 'clinic', text: 'são josé' })).toMatchObject({ total: 1 });
  expect(await api.views.search({ type: 'clinic', text: '0123' })).toMatchObject({ total: 1 });
  await api.session.use({ userId: 'carla', name: 'Carla Reis' });
  expect(await api.views.search({ type: 'clinic' })).toMatchObject({ total: 0 });
  expect(await refusalOf(api.views.get({ type: 'clinic', id: first.id }))).toMatchObject({ code: 'NOT_FOUND' });
});

test('B54 B58 B59 B60: saving keeps what was not sent, equal data makes no version, and nobody else notices', async () => {
  const { api } = await open();
  const made = await api.views.register({ type: 'clinic', identifier: '0012345', fields: { name: 'A', city: 'Recife' } });
  const of = { type: 'clinic', id: made.id };
  const saved = await api.views.save({ ...of, fields: { name: 'B', city: null }, summary: 'as it is called here' });
  expect(saved).toMatchObject({ kind: 'saved', version: 2, fields: { cns: '0012345', name: 'B' }, origins: { city: 'own', name: 'own' } });
  expect(await api.views.save({ ...of, fields: { name: 'B' } })).toMatchObject({ kind: 'unchanged', version: 2, commit: null });
  expect(await api.views.save({ ...of, fields: { name: 'C' }, expectedVersion: 1 })).toMatchObject({
    kind: 'stale',
    version: 2,
    commit: null,
  });
  const versions = await api.views.versions(of);
  expect(versions.items).toMatchObject([
    { number: 2, status: 'active', inUse: true, author: 'ana', summary: 'as it is called here', fields: { name: 'B', city: null } },
    { number: 1, status: 'archived', inUse: false, author: 'ana', fields: {} },
  ]);
});

test('B61 B62 B63 B68: a linked user without an own version sees the shared record, an unlinked one nothing, nobody another one’s', async () => {
  const { api } = await open();
  const made = await api.views.register({ type: 'patient', identifier: '111.444.777-35', fields: { name: 'Maria', city: 'Recife' } });
  const of = { type: 'patient', id: made.id };
  await api.views.save({ ...of, fields: { name: 'Maria of Ana' } });
  await api.session.use(bruno);
  const nothing = await refusalOf(api.views.get(of));
  expect(nothing.message).toBe((await refusalOf(api.views.get({ type: 'patient', id: 'nobody' }))).message.replace('nobody', made.id));
  expect(await api.versions.at({ ...of, view: 'bruno' })).toMatchObject({ existed: false, version: -1, fields: {} });
  expect(await api.versions.at(of)).toMatchObject({ existed: false, version: -1, fields: {} });
  const attached = await api.views.register({ type: 'patient', identifier: '11144477735' });
  expect(attached).toMatchObject({ wasCreated: false, version: null, fields: { name: 'Maria', city: 'Recife' } });
  expect(await api.views.get({ ...of, mask: true })).toMatchObject({
    identifier: '***.444.777-**',
    masked: true,
    source: 'shared',
    fields: { cpf: '***.444.777-**' },
  });
  expect((await api.versions.allAt({ type: 'patient', view: 'bruno', filters: { name: 'Maria' } })).items).toMatchObject([
    { fields: { name: 'Maria' } },
  ]);
  await api.session.use(ana);
  expect((await api.versions.allAt({ type: 'patient', view: 'ana', filters: { name: 'Maria' } })).total).toBe(0);
  expect(await api.versions.at({ ...of, view: 'ana' })).toMatchObject({ existed: true, fields: { name: 'Maria of Ana' } });
  expect(await refusalOf(api.versions.at({ ...of, view: 'bruno' }))).toMatchObject({ code: 'FORBIDDEN' });
});

test('B64 B72 B75: one goes back to an earlier version, what is in use stays, and a cleanup changes nothing that is seen', async () => {
  const { api } = await open();
  const made = await api.views.register({ type: 'clinic', identifier: '0012345', fields: { name: 'A' } });
  const of = { type: 'clinic', id: made.id };
  for (const name of ['B', 'C']) await api.views.save({ ...of, fields: { name } });
  await api.views.save({ ...of, fields: { name: 'D' }, status: 'draft' });
  expect(await api.views.get(of)).toMatchObject({ version: 3, fields: { name: 'C' } });
  expect(await api.views.useVersion({ ...of, version: 2 })).toMatchObject({ version: 2, fields: { name: 'B' } });
  expect(await refusalOf(api.views.remove({ ...of, version: 2 }))).toMatchObject({
    code: 'PROTECTED',
    data: { protectedBy: 'It is in use.' },
  });
  expect(await refusalOf(api.views.archive({ ...of, version: 2 }))).toMatchObject({ code: 'PROTECTED' });
  expect(await refusalOf(api.views.remove({ ...of, version: 1 }))).toMatchObject({ code: 'PROTECTED' });
  expect(await refusalOf(api.views.remove({ ...of, version: 9 }))).toMatchObject({ code: 'NOT_FOUND' });
  expect((await api.views.previewCleanup({})).items.map(({ number, status }) => [number, status])).toEqual([
    [3, 'archived'],
    [4, 'draft'],
  ]);
  expect(await refusalOf(api.views.cleanup({ expected: 3 }))).toMatchObject({ code: 'STALE' });
  expect(await api.views.cleanup({ expected: 2 })).toMatchObject({ removed: 2 });
  expect(await api.views.cleanup({})).toMatchObject({ removed: 0, commit: null });
  expect(await api.views.get(of)).toMatchObject({ version: 2, fields: { name: 'B' } });
  expect(await api.views.save({ ...of, fields: { name: 'E' } })).toMatchObject({ version: 5 });
  expect(await api.views.useVersion({ ...of, version: 1 })).toMatchObject({
    version: 1,
    fields: { name: 'A' },
    origins: { name: 'shared' },
  });
  expect(await api.views.archive({ ...of, version: 5, archived: false })).toMatchObject({ number: 5, status: 'draft' });
});

test('clear lets the shared record show again, in some fields or in all; taking it off the list keeps the versions', async () => {
  const { api } = await open();
  const made = await api.views.register({ type: 'clinic', identifier: '0012345', fields: { name: 'A', city: 'Recife' } });
  const of = { type: 'clinic', id: made.id };
  await api.views.save({ ...of, fields: { name: 'B', city: null, hours: '8-17' } });
  expect(await api.views.clear({ ...of, fields: ['city', 'phone'] })).toMatchObject({
    cleared: ['city'],
    version: 3,
    fields: { city: 'Recife', name: 'B' },
  });
  expect(await api.views.clear(of)).toMatchObject({ cleared: ['hours', 'name'], version: 1, fields: { name: 'A' } });
  expect(await api.views.useVersion({ ...of, version: 2 })).toMatchObject({ fields: { name: 'B', hours: '8-17' } });
  await api.views.unlink(of);
  expect(await refusalOf(api.views.get(of))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await api.views.search({ type: 'clinic' })).toMatchObject({ total: 0 });
  expect(await api.views.register({ type: 'clinic', identifier: '0012345' })).toMatchObject({ version: 2, fields: { name: 'B' } });
});

test('what is masked is shown when it is asked for, and the asking is kept by ids', async () => {
  const { api } = await open();
  const made = await api.views.register({ type: 'patient', identifier: '11144477735', fields: { name: 'Maria' } });
  const shown = await api.views.reveal({ type: 'patient', id: made.id, reason: 'telephone call' });
  expect(shown.identifier).toBe('11144477735');
  expect((await api.views.reveals({})).items).toEqual([
    { type: 'patient', id: made.id, user: 'ana', userName: 'Ana Lima', what: 'identifier', at: shown.at },
  ]);
  await api.session.use({ ...bruno, role: 'editor' });
  expect((await api.views.reveals({})).total).toBe(0);
  expect((await api.views.list()).views).toMatchObject([{ user: 'bruno', isMine: true, canView: true, offered: 0 }]);
});

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

import { afterEach, expect, test } from 'vitest';
import { UserId } from '../../../../shared/ids.ts';
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
    {
      type: 'patient',
      id: made.id,
      user: 'ana',
      userName: 'Ana Lima',
      what: 'identifier',
      at: shown.at,
      title: 'Maria',
      reason: 'telephone call',
      records: 1,
    },
  ]);
  await api.session.use({ ...bruno, role: 'editor' });
  expect((await api.views.reveals({})).total).toBe(0);
  expect((await api.views.list()).views).toMatchObject([{ user: 'bruno', isMine: true, canView: true, offered: 0 }]);
});

test('the askings of one record are found among all, with their reasons, and those of one go are one where they are gathered', async () => {
  const { api } = await open();
  const maria = await api.views.register({ type: 'patient', identifier: '11144477735', fields: { name: 'Maria' } });
  const rosa = await api.views.register({ type: 'patient', identifier: '52998224725', fields: { name: 'Rosa' } });
  await api.views.reveal({ type: 'patient', id: maria.id, reason: 'telephone call' });
  await api.views.reveal({ type: 'patient', id: rosa.id });
  await api.exchange.export({ what: 'patients', format: 'csv', includePersonal: true, reason: 'Referral' });
  const told = async (input: object) => {
    const { items, total } = await api.views.reveals(input);
    return [total, ...items.map(({ title, what, reason, records }) => [title, what, reason, records])];
  };
  const exported = (title: string) => [title, 'export', 'Referral', 2];
  const shown = (title: string, reason: string | null) => [title, 'identifier', reason, 1];
  expect(await told({ type: 'patient', id: maria.id })).toEqual([2, exported('Maria'), shown('Maria', 'telephone call')]);
  expect(await told({ type: 'clinic' })).toEqual([0]);
  expect((await told({}))[0]).toBe(4);
  expect(await told({ gathered: true })).toEqual([
    3,
    expect.arrayContaining(['Referral', 2]),
    shown('Rosa', null),
    shown('Maria', 'telephone call'),
  ]);
  const { next } = await api.views.reveals({ gathered: true, limit: 1 });
  expect(await told({ gathered: true, limit: 1, cursor: next ?? '' })).toEqual([3, shown('Rosa', null)]);
  expect(await refusalOf(api.views.reveals({ type: 'spaceship' }))).toMatchObject({ code: 'UNKNOWN_TYPE' });
  await api.views.save({ type: 'patient', id: maria.id, fields: { name: 'Maria of Ana' } });
  await api.session.use(bruno);
  // Bruno is an administrator and has neither of them on his list: he reads who asked and why, and no name.
  expect(await told({ type: 'patient', id: maria.id })).toEqual([
    2,
    [null, 'export', 'Referral', 2],
    [null, 'identifier', 'telephone call', 1],
  ]);
  await api.session.use({ ...bruno, role: 'editor' });
  expect(await told({ id: maria.id })).toEqual([0]);
  await api.session.use(ana);
  expect((await told({ id: maria.id }))[1]).toEqual(exported('Maria of Ana'));
});

test('B55 B56 B57: the identifier never changes, the shared record stays as it was registered, and numbers count over all users', async () => {
  const { api } = await open();
  const made = await api.views.register({ type: 'clinic', identifier: '0012345', fields: { name: 'First' } });
  const of = { type: 'clinic', id: made.id };
  await api.views.save({ ...of, fields: { name: 'Of Ana' } });
  await api.session.use(bruno);
  await api.views.register({ type: 'clinic', identifier: '0012345', fields: { name: 'Of Bruno' } });
  expect(await api.views.save({ ...of, fields: { hours: '8-17' } })).toMatchObject({
    version: 4,
    fields: { name: 'Of Bruno', cns: '0012345' },
  });
  expect((await api.views.versions(of)).items.map(({ number }) => number)).toEqual([4, 3]);
  await api.views.remove({ ...of, version: 3 });
  await api.session.use(ana);
  expect(await api.views.save({ ...of, fields: { hours: '9-18' } })).toMatchObject({ version: 5 });
  const { shared } = await api.views.get(of);
  expect([shared.fields, (await api.versions.at(of)).fields]).toEqual([
    { cns: '0012345', name: 'First' },
    { cns: '0012345', name: 'First' },
  ]);
  expect(
    await refusalOf(
      api.changes.commit({ message: 'Again', changes: [{ op: 'create', type: 'clinic', fields: { cns: '0012345', name: 'Second' } }] }),
    ),
  ).toMatchObject({ code: 'EXISTS' });
});

test('B66: where the shared record cannot be made, neither a link nor a view is left behind', async () => {
  const { api } = await open();
  await api.branches.protect({ name: 'main', protected: true });
  await api.session.use({ ...bruno, role: 'editor' });
  expect(await refusalOf(api.views.register({ type: 'clinic', identifier: '0012345', fields: { name: 'A' } }))).toMatchObject({
    code: 'PROTECTED',
  });
  expect(await api.views.search({ type: 'clinic' })).toMatchObject({ total: 0 });
  await api.session.use(ana);
  expect((await api.views.list()).views.map(({ user }) => user)).toEqual(['ana']);
  const made = await api.views.register({ type: 'clinic', identifier: '0012345', fields: { name: 'A' } });
  await api.session.use(bruno);
  // An own version is nobody else's business: it needs no approval.
  expect(await api.views.register({ type: 'clinic', identifier: '0012345', fields: { name: 'B' } })).toMatchObject({
    id: made.id,
    fields: { name: 'B' },
  });
});

test('B67 B78: a search finds names without case and accents and identifiers with punctuation, and what one sees alone', async () => {
  const { api } = await open();
  const names = { '11144477735': 'João da Silva', '52998224725': 'Élida Souza', '12345678909': 'joana' };
  for (const [identifier, name] of Object.entries(names)) await api.views.register({ type: 'patient', identifier, fields: { name } });
  const found = async (text?: string) =>
    (await api.views.search({ type: 'patient', ...(text === undefined ? {} : { text }) })).items.map(({ title }) => title);
  expect(await found()).toEqual(['Élida Souza', 'joana', 'João da Silva']);
  expect(await found('  ')).toEqual(await found());
  expect(await found('JOAO')).toEqual(['João da Silva']);
  expect(await found('silva joao')).toEqual(['João da Silva']);
  expect(await found('jo')).toEqual(['joana', 'João da Silva']);
  expect(await found('elida')).toEqual(['Élida Souza']);
  expect(await found('444.777')).toEqual(['João da Silva']);
  expect(await found('44')).toEqual([]);
  expect(await found('%')).toEqual([]);
  const joao = (await api.views.search({ type: 'patient', text: 'joao' })).items[0]?.id;
  await api.session.use(bruno);
  await api.views.register({ type: 'patient', identifier: '111.444.777-35', fields: { name: 'Jonas' } });
  expect(await found('joao')).toEqual([]);
  expect(await found('jonas')).toEqual(['Jonas']);
  expect(await found('529')).toEqual([]);
  await api.session.use(ana);
  expect(await found('jonas')).toEqual([]);
  const page = await api.views.search({ type: 'patient', limit: 2 });
  expect([
    page.total,
    page.items.length,
    (await api.views.search({ type: 'patient', limit: 2, cursor: page.next ?? '' })).items.map(({ id }) => id),
  ]).toEqual([3, 2, [joao]]);
});

test('B76: when a user goes, the versions stay, and who comes back finds them', async () => {
  const { api } = await open();
  await api.session.use(bruno);
  const made = await api.views.register({ type: 'clinic', identifier: '0012345', fields: { name: 'A' } });
  const of = { type: 'clinic', id: made.id };
  await api.views.save({ ...of, fields: { name: 'Of Bruno' } });
  await api.session.use(ana);
  await api.session.remove({ userId: UserId.parse('bruno') });
  expect((await api.views.list()).views).toMatchObject([
    { user: 'ana', isMine: true },
    { user: 'bruno', name: 'Removed user', isRemoved: true, canView: false, offered: 0 },
  ]);
  expect(await refusalOf(api.views.get(of))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await api.views.register({ type: 'clinic', identifier: '0012345' })).toMatchObject({ wasCreated: false, fields: { name: 'A' } });
  await api.session.use(bruno);
  expect(await api.views.get(of)).toMatchObject({ version: 2, fields: { name: 'Of Bruno' } });
  expect((await api.views.versions(of)).items).toMatchObject([{ number: 2, author: 'bruno', authorName: 'Bruno Costa' }, { number: 1 }]);
});

test('B80: a version is a draft, in use or put away, and says so', async () => {
  const { api } = await open();
  const made = await api.views.register({ type: 'clinic', identifier: '0012345', fields: { name: 'A' } });
  const of = { type: 'clinic', id: made.id };
  const statuses = async () =>
    (await api.views.versions(of)).items.map(({ number, status, inUse }) => `${number} ${status}${inUse ? ' in use' : ''}`);
  expect(await statuses()).toEqual(['1 active in use']);
  expect(await api.views.save({ ...of, fields: { name: 'D' }, status: 'draft' })).toMatchObject({
    kind: 'saved',
    version: 1,
    fields: { name: 'A' },
  });
  expect(await statuses()).toEqual(['2 draft', '1 active in use']);
  await api.views.useVersion({ ...of, version: 2 });
  expect(await statuses()).toEqual(['2 active in use', '1 archived']);
  await api.views.save({ ...of, fields: { name: 'E' } });
  expect(await statuses()).toEqual(['3 active in use', '2 archived', '1 archived']);
  await api.views.archive({ ...of, version: 2, archived: false });
  expect(await statuses()).toEqual(['3 active in use', '2 draft', '1 archived']);
  await api.views.archive({ ...of, version: 2 });
  await api.views.clear(of);
  expect(await statuses()).toEqual(['3 archived', '2 archived', '1 active in use']);
});

test('both layers of the past are of the same moment, an instant or a commit, and own values float over what the branch shows', async () => {
  const { api, clock } = await open();
  const made = await api.views.register({ type: 'clinic', identifier: '0012345', fields: { name: 'A', phone: '(11) 1111-1111' } });
  const of = { type: 'clinic', id: made.id };
  const began = await api.commits.at({});
  clock.advance(1_000);
  const saved = await api.views.save({ ...of, fields: { name: 'Mine' } });
  clock.advance(1_000);
  const moved = await api.changes.commit({
    message: 'New telephone',
    changes: [{ op: 'update', ...of, fields: { phone: '(11) 2222-2222', name: 'B' } }],
  });
  if (moved.kind !== 'committed' || began === null) throw new Error('not committed');
  expect(await api.views.get(of)).toMatchObject({ fields: { name: 'Mine', phone: '(11) 2222-2222' }, drifted: true });
  expect(await api.views.get({ ...of, at: saved.at })).toMatchObject({ fields: { name: 'Mine', phone: '(11) 1111-1111' }, drifted: false });
  expect(await api.views.get({ ...of, at: made.at })).toMatchObject({ version: 1, fields: { name: 'A' } });
  expect(await api.views.get({ ...of, at: began.commit })).toMatchObject({
    version: 1,
    fields: { name: 'A' },
    basis: { commit: began.commit },
  });
  expect(await api.versions.at({ ...of, at: moved.commit, view: UserId.parse('ana') })).toMatchObject({ fields: { name: 'Mine' } });
  expect(await refusalOf(api.views.get({ ...of, at: '2020-01-01T00:00:00Z' }))).toMatchObject({ code: 'NOT_FOUND' });
  const { name: branch } = await api.branches.create({ name: 'try' });
  await api.changes.commit({ branch, message: 'Close it', changes: [{ op: 'update', ...of, fields: { hours: 'closed' } }] });
  expect((await api.views.get({ ...of, branch })).fields).toMatchObject({ name: 'Mine', hours: 'closed' });
  expect((await api.views.get(of)).fields).not.toHaveProperty('hours');
});

test('B64: the shared record stays while somebody else works with it, whether it is deleted or its registration undone', async () => {
  const { api } = await open();
  const { id } = await api.views.register({ type: 'clinic', identifier: '0012345', fields: { name: 'Norte' } });
  await api.session.use(bruno);
  await api.views.register({ type: 'clinic', identifier: '0012345', fields: { hours: '8-17' } });
  const away = { message: 'Close', changes: [{ op: 'delete' as const, type: 'clinic', id }] };
  expect(await refusalOf(api.changes.commit(away))).toMatchObject({ code: 'PROTECTED' });
  await api.session.use(ana);
  expect(await refusalOf(api.changes.commit(away))).toMatchObject({ code: 'PROTECTED' });
  expect(await refusalOf(api.changes.undo({}))).toMatchObject({ code: 'PROTECTED' });
  const [registered] = (await api.commits.line({})).items;
  if (registered === undefined) throw new Error('nothing was registered');
  expect(await refusalOf(api.commits.revert({ commit: registered.commit, reason: 'mistake' }))).toMatchObject({ code: 'PROTECTED' });
  const scope = { kind: 'entities' as const, entities: [{ type: 'clinic', id }] };
  const before = new Date(Date.parse(registered.at) - 1).toISOString();
  expect(await refusalOf(api.changes.restore({ at: before, scope, reason: 'mistake' }))).toMatchObject({ code: 'PROTECTED' });
  expect((await api.commits.line({})).total).toBe(1);
  await api.session.use(bruno);
  expect(await api.views.get({ type: 'clinic', id })).toMatchObject({ fields: { name: 'Norte', hours: '8-17' } });
  await api.views.unlink({ type: 'clinic', id });
  await api.session.use(ana);
  expect(await api.changes.undo({})).toMatchObject({ kind: 'committed' });
});

test('B64: neither a merge nor bringing everything back takes away what somebody else works with', async () => {
  const { api } = await open();
  const before = await api.changes.commit({
    message: 'First',
    changes: [{ op: 'create', type: 'person', fields: { name: 'Lima, A', type: 'resident' } }],
  });
  if (before.kind !== 'committed') throw new Error('nothing was committed');
  const { id } = await api.views.register({ type: 'clinic', identifier: '0012345', fields: { name: 'Norte' } });
  await api.session.use(bruno);
  await api.views.register({ type: 'clinic', identifier: '0012345', fields: { hours: '8-17' } });
  await api.session.use(ana);
  await api.branches.create({ name: 'closing' });
  await api.changes.commit({ branch: 'closing', message: 'Close', changes: [{ op: 'delete', type: 'clinic', id }] });
  expect(await refusalOf(api.merges.start({ source: 'closing', target: 'main' }))).toMatchObject({ code: 'PROTECTED' });
  const everything = { at: before.commit, scope: { kind: 'all' as const } };
  expect(await api.changes.previewRestore(everything)).toMatchObject({
    total: 0,
    summary: '1 record stays because somebody else works with it',
  });
  expect((await api.changes.restore({ ...everything, reason: 'start again' })).kind).toBe('unchanged');
  const named = { at: before.commit, scope: { kind: 'entities' as const, entities: [{ type: 'clinic', id }] }, reason: 'start again' };
  expect(await refusalOf(api.changes.restore(named))).toMatchObject({ code: 'PROTECTED' });
  await api.session.use(bruno);
  expect(await api.views.get({ type: 'clinic', id })).toMatchObject({ fields: { name: 'Norte', hours: '8-17' } });
});

test('the same draft is kept once', async () => {
  const { api } = await open();
  const { id } = await api.views.register({ type: 'clinic', identifier: '0012345', fields: { name: 'Norte' } });
  const draft = { type: 'clinic', id, fields: { hours: '8-17' }, status: 'draft' as const };
  expect((await api.views.save(draft)).kind).toBe('saved');
  expect((await api.views.save(draft)).kind).toBe('unchanged');
  expect((await api.views.versions({ type: 'clinic', id })).items.map(({ number, status }) => `${number} ${status}`)).toEqual([
    '2 draft',
    '1 active',
  ]);
});

test('a save on one branch changes nothing of what is seen on main in fields it does not speak of', async () => {
  const { api } = await open();
  const { id } = await api.views.register({ type: 'clinic', identifier: '0012345', fields: { name: 'Norte', phone: '(11) 3333-0001' } });
  await api.views.save({ type: 'clinic', id, fields: { phone: '(11) 3333-0002' } });
  await api.branches.create({ name: 'try' });
  await api.changes.commit({
    branch: 'try',
    message: 'New number',
    changes: [{ op: 'update', type: 'clinic', id, fields: { phone: '(11) 3333-0002' } }],
  });
  await api.views.save({ type: 'clinic', id, branch: 'try', fields: { hours: '8-17' } });
  expect(await api.views.get({ type: 'clinic', id })).toMatchObject({ fields: { phone: '(11) 3333-0002', hours: '8-17' } });
});

test('a record that stands on another branch alone is made here as the same record', async () => {
  const { api } = await open();
  const { name: branch } = await api.branches.create({ name: 'try' });
  const made = await api.views.register({ type: 'clinic', identifier: '0012345', fields: { name: 'On try' }, branch });
  expect(await api.views.search({ type: 'clinic' })).toMatchObject({ total: 0 });
  expect(await refusalOf(api.views.register({ type: 'clinic', identifier: '0012345' }))).toMatchObject({ code: 'INVALID' });
  const here = await api.views.register({ type: 'clinic', identifier: '0012345', fields: { name: 'On main' } });
  expect(here).toMatchObject({ wasCreated: false, id: made.id, version: 1, fields: { name: 'On main' } });
  expect((await api.views.get({ type: 'clinic', id: made.id, branch })).fields).toMatchObject({ name: 'On try' });
});

test('a long list is seen as a short one is, now and in the past', async () => {
  const { api, clock } = await open();
  const ats: string[] = [];
  for (let index = 0; index < 302; index++) {
    clock.advance(10);
    const fields = { name: `Clinic ${String(index).padStart(3, '0')}` };
    ats.push((await api.views.register({ type: 'clinic', identifier: String(1_000_000 + index), fields })).at);
  }
  const seen = async (at?: string) => {
    const moment = at === undefined ? {} : { at };
    const { total, items } = await api.views.search({ type: 'clinic', limit: 1_000, ...moment });
    const all = await api.versions.allAt({ type: 'clinic', view: UserId.parse('ana'), limit: 1_000, ...moment });
    return [total, items.length, items.at(-1)?.title, all.total];
  };
  expect(await seen()).toEqual([302, 302, 'Clinic 301', 302]);
  expect(await seen(ats[299])).toEqual([300, 300, 'Clinic 299', 300]);
  expect(await seen(ats[300])).toEqual([301, 301, 'Clinic 300', 301]);
  expect(await seen(ats[0])).toEqual([1, 1, 'Clinic 000', 1]);
});

import { afterEach, expect, test } from 'vitest';
import { openEngine, type EngineClient, type OpenedEngine } from '../../../kit/open-engine.ts';
import { refusalOf } from '../../../kit/refusal-of.ts';
import { createSeededRandom } from '../../../kit/seeded-random.ts';

let desk: OpenedEngine;
afterEach(() => desk.close());

const fileOf = (text: string, name = 'clinics.csv') => ({ name, base64: Buffer.from(text).toString('base64') });

const clinics = [
  'nome_clinica,cns_clinica,logradouro,logradouro_num,cidade,bairro,cep,telefone_clinica,usuario,origem',
  'Clínica Norte,0012345,Rua A,10,Santos,Centro,11010-000,(13) 3333-4444,ana,x',
  'Clínica Norte,0012345,Rua A,10,Santos,Centro,11010-000,(13) 3333-4444,bruno,x',
  'Clínica Sul,7654321,Rua B,20,Santos,Centro,11010-001,(13) 3333-5555,bruno,x',
].join('\n');

const names: Readonly<Record<string, string>> = { ana: 'Ana Lima', bruno: 'Bruno Dias', carla: 'Carla Nunes' };
const actAs = (api: EngineClient, userId: string) => api.session.use({ userId, name: names[userId] ?? userId });

/** Ana, an administrator who acts, and two others who may. */
async function openDesk(setup: Parameters<typeof openEngine>[0] = {}): Promise<OpenedEngine> {
  const opened = await openEngine(setup);
  for (const user of ['bruno', 'carla', 'ana']) await actAs(opened.api, user);
  return opened;
}

/** The clinics a user sees, with the number of the version that shows. */
async function clinicsOf(api: EngineClient, userId: string): Promise<string[]> {
  await actAs(api, userId);
  const { items } = await api.views.search({ type: 'clinic' });
  await actAs(api, 'ana');
  return items.map(({ title, version }) => `${title} ${version}`);
}

async function migrate(api: EngineClient, text: string) {
  const done = await api.views.migrate({ type: 'clinic', file: fileOf(text) });
  if (done.kind !== 'migrated') throw new Error('nothing was migrated');
  return done;
}

test('B73: a list becomes version 1 of every clinic and a link of every user, and a second run changes nothing', async () => {
  desk = await openDesk();
  const { views } = desk.api;
  const preview = await views.previewMigration({ type: 'clinic', file: fileOf(clinics) });
  expect(preview).toMatchObject({
    type: 'clinic',
    file: 'clinics.csv',
    rows: 3,
    masters: { created: 2, existing: 0 },
    links: { created: 3, existing: 0 },
    versionsKept: 0,
    skipped: 0,
    issues: [],
    unread: ['origem'],
    users: [
      { user: 'ana', name: 'Ana Lima', links: 1, isNew: true },
      { user: 'bruno', name: 'Bruno Dias', links: 2, isNew: true },
    ],
  });
  expect(preview.columns).toContainEqual({ column: 'cns_clinica', reads: 'Clinic id' });
  expect((await desk.api.commits.line({})).total).toBe(0);

  const done = await migrate(desk.api, clinics);
  expect(done.report).toMatchObject({ masters: { created: 2 }, links: { created: 3 } });
  expect(await clinicsOf(desk.api, 'ana')).toEqual(['Clínica Norte 1']);
  expect(await clinicsOf(desk.api, 'bruno')).toEqual(['Clínica Norte 1', 'Clínica Sul 1']);
  expect(await clinicsOf(desk.api, 'carla')).toEqual([]);
  const line = await desk.api.commits.line({});
  expect(line.items.map(({ kind, message }) => [kind, message])).toEqual([['import', 'Migrate clinics from a list']]);
  expect(desk.events()).toContainEqual({ kind: 'views' });
  expect((await desk.api.verify.run({ full: true })).faults).toEqual([]);

  await desk.restart();
  expect(await views.migrate({ type: 'clinic', file: fileOf(clinics) })).toMatchObject({
    kind: 'unchanged',
    report: { masters: { created: 0, existing: 2 }, links: { created: 0, existing: 3 }, skipped: 0 },
  });
  expect((await desk.api.commits.line({})).total).toBe(1);
  expect(await views.migrations()).toMatchObject({
    total: 1,
    items: [{ type: 'clinic', branch: 'main', file: 'clinics.csv', author: 'ana', masters: 2, links: 3, skipped: 0, reversedAt: null }],
  });
});

test('B73: records and own versions that are there stay as they are, and only what is missing is added', async () => {
  desk = await openDesk();
  const { views } = desk.api;
  const made = await views.register({ type: 'clinic', identifier: '0012345', fields: { name: 'As Ana registered it', city: 'Recife' } });
  await views.save({ type: 'clinic', id: made.id, fields: { hours: '8-17' } });
  const done = await migrate(desk.api, clinics);
  expect(done.report).toMatchObject({ masters: { created: 1, existing: 1 }, links: { created: 2, existing: 1 }, versionsKept: 1 });
  expect(await clinicsOf(desk.api, 'ana')).toEqual(['As Ana registered it 2']);
  expect(await clinicsOf(desk.api, 'bruno')).toEqual(['As Ana registered it 1', 'Clínica Sul 1']);
  expect((await views.get({ type: 'clinic', id: made.id })).fields).toMatchObject({ city: 'Recife', hours: '8-17' });
  await actAs(desk.api, 'bruno');
  expect((await views.save({ type: 'clinic', id: made.id, fields: { name: 'Norte' } })).version).toBe(3);
});

test('rows that cannot be taken are named and skipped, and the others are taken', async () => {
  desk = await openDesk();
  const { views } = desk.api;
  const list = [
    'cpf_paciente,nome_paciente,usuario',
    '529.982.247-25,Rosa Prado,ana',
    '52998224725,Rosa Prado,bruno',
    '529.982.247-24,Wrong digits,ana',
    '111.111.111-11,Nobody,ana',
    '168.995.350-09,,ana',
    '168.995.350-09,No user,NULL',
    ',No identifier,ana',
    '168.995.350-09,For somebody else,zoe',
  ].join('\n');
  const done = await views.migrate({ type: 'patient', file: fileOf(list, 'patients.csv') });
  expect(done.report).toMatchObject({ masters: { created: 1 }, links: { created: 2 }, rows: 8, skipped: 6 });
  expect(done.report.issues.map(({ row, problem }) => `${row} ${problem}`)).toEqual([
    '4 bad-identifier',
    '5 bad-identifier',
    '6 no-master',
    '7 no-user',
    '8 no-identifier',
    '9 unknown-user',
  ]);
  expect(done.report.counts).toContainEqual({ problem: 'bad-identifier', rows: 2 });
  expect(JSON.stringify(done.report.issues)).not.toMatch(/Rosa|529|168/);
  const { issues, counts } = await views.previewMigration({ type: 'patient', file: fileOf(list), limit: 2 });
  expect([issues.length, counts.reduce((sum, { rows }) => sum + rows, 0)]).toEqual([2, 6]);
  const seen = await views.search({ type: 'patient', mask: true });
  expect(seen.items.map(({ identifier, title }) => [identifier, title])).toEqual([['***.982.247-**', 'Rosa Prado']]);
});

test('the first row of a record wins, and others that say something else of it only link their users', async () => {
  desk = await openDesk();
  const done = await migrate(desk.api, 'cns,name,user\n0012345,First,ana\n0012345,Second,bruno\n');
  expect(done.report).toMatchObject({ links: { created: 2 }, skipped: 0, issues: [{ row: 3, problem: 'differs' }] });
  expect(await clinicsOf(desk.api, 'bruno')).toEqual(['First 1']);
});

test('a record that nobody is linked to is there and nobody sees it, until somebody registers it', async () => {
  desk = await openDesk();
  const { api } = desk;
  const done = await migrate(api, 'cns,name\n0012345,Secret\n');
  expect(done.report).toMatchObject({ masters: { created: 1 }, links: { created: 0 }, users: [] });
  expect(await clinicsOf(api, 'ana')).toEqual([]);
  expect((await api.versions.allAt({ type: 'clinic', at: done.at })).total).toBe(0);
  expect(JSON.stringify(await api.commits.line({}))).not.toContain('Secret');
  await actAs(api, 'carla');
  expect(await api.views.register({ type: 'clinic', identifier: '0012345' })).toMatchObject({
    wasCreated: false,
    fields: { name: 'Secret' },
  });
});

test('a record that everybody sees stays open, and one that stands on another branch keeps its id', async () => {
  desk = await openDesk();
  const { api } = desk;
  await api.branches.create({ name: 'try' });
  await api.changes.commit({
    message: 'An open clinic',
    changes: [{ type: 'clinic', id: 'open', op: 'create', fields: { cns: '0012345', name: 'Open' } }],
  });
  expect((await migrate(api, clinics)).report).toMatchObject({ masters: { created: 1, existing: 1 }, links: { created: 3 } });
  await actAs(api, 'carla');
  expect((await api.versions.allAt({ type: 'clinic' })).items.map(({ id }) => id)).toEqual(['open']);
  await actAs(api, 'ana');
  const there = await api.views.migrate({ type: 'clinic', file: fileOf(clinics), branch: 'try' });
  expect(there.report).toMatchObject({ masters: { created: 2 }, links: { created: 0, existing: 3 } });
  expect((await api.views.search({ type: 'clinic', branch: 'try' })).items.map(({ id, title }) => [id, title])).toEqual([
    ['open', 'Clínica Norte'],
  ]);
  if (there.kind !== 'migrated') throw new Error('nothing was migrated');
  await api.views.reverseMigration({ migration: there.migration, reason: 'Not there' });
  expect((await api.views.search({ type: 'clinic', branch: 'try' })).total).toBe(0);
  expect(await clinicsOf(api, 'bruno')).toEqual(['Clínica Sul 1', 'Open 1']);
});

test('who was linked can go back to version 1 after saving an own version', async () => {
  desk = await openDesk();
  const { api } = desk;
  await migrate(api, clinics);
  await actAs(api, 'bruno');
  const [north] = (await api.views.search({ type: 'clinic', text: 'norte' })).items;
  const of = { type: 'clinic', id: north?.id ?? '' };
  expect((await api.views.save({ ...of, fields: { name: 'Norte' } })).version).toBe(2);
  expect(await api.views.useVersion({ ...of, version: 1 })).toMatchObject({ version: 1, fields: { name: 'Clínica Norte' } });
});

test('only an approver or an administrator takes lists over or back', async () => {
  desk = await openDesk();
  const { migration } = await migrate(desk.api, clinics);
  for (const role of ['editor', 'viewer'] as const) {
    await desk.api.session.use({ userId: role, name: role, role });
    const { views } = desk.api;
    const calls = [
      views.previewMigration({ type: 'clinic', file: fileOf(clinics) }),
      views.migrate({ type: 'clinic', file: fileOf(clinics) }),
      views.migrations(),
      views.previewReversal({ migration }),
      views.reverseMigration({ migration, reason: 'x' }),
    ];
    for (const call of calls) expect(await refusalOf(call)).toMatchObject({ code: 'FORBIDDEN' });
  }
  await desk.api.session.use({ userId: 'dora', name: 'Dora', role: 'approver' });
  expect(await desk.api.views.migrations()).toMatchObject({ total: 1 });
});

test('what cannot be read or is not there is refused by name, and nothing is written', async () => {
  desk = await openDesk();
  const { views } = desk.api;
  const call = (input: Partial<Parameters<typeof views.migrate>[0]>) =>
    refusalOf(views.migrate({ type: 'clinic', file: fileOf(clinics), ...input }));
  expect(await call({ type: 'person' })).toMatchObject({ code: 'INVALID' });
  expect(await call({ type: 'hospital' })).toMatchObject({ code: 'UNKNOWN_TYPE' });
  expect(await call({ branch: 'nowhere' })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await call({ sheet: 'nowhere' })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await call({ file: { name: 'x.csv', base64: '%%%' } })).toMatchObject({ code: 'INVALID', data: { what: 'file' } });
  expect(await call({ file: fileOf('nome,usuario\nA,ana') })).toMatchObject({ code: 'INVALID', data: { reason: 'no-identifier' } });
  const migration = '01990000-0000-7000-8000-000000000000';
  expect(await refusalOf(views.reverseMigration({ migration, reason: 'x' }))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await refusalOf(views.previewReversal({ migration }))).toMatchObject({ code: 'NOT_FOUND' });
  expect([(await views.migrations()).total, (await desk.api.commits.line({})).total]).toEqual([0, 0]);
});

/** A list of clinics that are shared out among three users. */
function longList(rows: number): string {
  const users = ['ana', 'bruno', 'carla'];
  const lines = Array.from({ length: rows }, (_, index) => `${String(index).padStart(7, '0')},Clinic ${index},${users[index % 3]}`);
  return ['cns,name,user', ...lines].join('\n');
}

test('5,000 rows are told of as a job while they are taken, and are there after a restart', async () => {
  desk = await openDesk();
  await migrate(desk.api, longList(5_000));
  const told = desk.events().flatMap((event) => (event.kind === 'job' ? [event.job] : []));
  expect(told.at(-1)).toMatchObject({ kind: 'migrate', label: 'Migrating clinics', state: 'done' });
  expect(told.filter(({ done, state }) => state === 'running' && done > 0).length).toBeGreaterThan(0);
  await desk.restart();
  expect((await desk.api.views.search({ type: 'clinic', limit: 1 })).total).toBe(1_667);
});

test('a run that is stopped leaves nothing, and can be run again', async () => {
  desk = await openDesk();
  const { api } = desk;
  const stopped = new Set<string>();
  desk.engine().events.listen((event) => {
    if (event.kind === 'job' && event.job.state === 'running' && event.job.done > 0 && !stopped.has(event.job.job)) {
      stopped.add(event.job.job);
      void api.jobs.cancel({ job: event.job.job });
    }
  });
  expect(await refusalOf(api.views.migrate({ type: 'clinic', file: fileOf(longList(20_000)) }))).toMatchObject({ code: 'CANCELLED' });
  expect(stopped.size).toBe(1);
  expect([(await api.commits.line({})).total, (await api.views.migrations()).total, await clinicsOf(api, 'ana')]).toEqual([0, 0, []]);
  await desk.restart();
  expect((await migrate(desk.api, clinics)).report.links.created).toBe(3);
});

test('a run that fails in the middle of writing leaves nothing', async () => {
  const seeded = createSeededRandom(1);
  let left = Number.POSITIVE_INFINITY;
  const random = (bytes: number): Uint8Array => {
    left -= 1;
    if (left < 0) throw new Error('planned failure');
    return seeded(bytes);
  };
  desk = await openDesk({ random, expectErrors: true });
  // The id of the migration, those of two records and of one link: the next one fails.
  left = 4;
  await expect(desk.api.views.migrate({ type: 'clinic', file: fileOf(clinics) })).rejects.toMatchObject({ status: 500 });
  left = Number.POSITIVE_INFINITY;
  expect([(await desk.api.commits.line({})).total, (await desk.api.views.migrations()).total]).toEqual([0, 0]);
  expect(await clinicsOf(desk.api, 'bruno')).toEqual([]);
  expect((await migrate(desk.api, clinics)).report.links.created).toBe(3);
});

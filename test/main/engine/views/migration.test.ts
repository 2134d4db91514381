import { afterEach, expect, test } from 'vitest';
import { UserId } from '../../../../shared/ids.ts';
import { openEngine, type EngineClient, type OpenedEngine } from '../../../kit/open-engine.ts';
import { refusalOf } from '../../../kit/refusal-of.ts';

let desk: OpenedEngine;
afterEach(() => desk.close());

const fileOf = (text: string, name = 'clinics.csv') => ({ name, base64: Buffer.from(text).toString('base64') });

const clinics = [
  'nome_clinica,cns_clinica,logradouro,logradouro_num,cidade,bairro,cep,telefone_clinica,usuario,origem',
  'Clínica Norte,0012345,Rua A,10,Santos,Centro,11010-000,(13) 3333-4444,ana,x',
  'Clínica Norte,0012345,Rua A,10,Santos,Centro,11010-000,(13) 3333-4444,bruno,x',
  'Clínica Sul,7654321,Rua B,20,Santos,Centro,11010-001,(13) 3333-5555,bruno,x',
].join('\n');

/** Ana, an administrator, and two others whom the settings know; Ana acts. */
async function openDesk(): Promise<OpenedEngine> {
  const opened = await openEngine();
  for (const user of ['bruno', 'carla', 'ana']) await actAs(opened.api, user);
  return opened;
}

const names: Readonly<Record<string, string>> = { ana: 'Ana Lima', bruno: 'Bruno Dias', carla: 'Carla Nunes' };
const actAs = (api: EngineClient, userId: string) => api.session.use({ userId: UserId.parse(userId), name: names[userId] ?? userId });

/** The names and cities of the clinics a user sees. */
async function clinicsOf(api: EngineClient, userId: string): Promise<string[]> {
  await actAs(api, userId);
  const { items } = await api.views.search({ type: 'clinic' });
  await actAs(api, 'ana');
  return items.map(({ title, version }) => `${title} ${version}`);
}

test('a list of clinics and users becomes version 1 of every clinic and a link of every user, and the second run changes nothing', async () => {
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

  const done = await views.migrate({ type: 'clinic', file: fileOf(clinics) });
  expect(done).toMatchObject({ kind: 'migrated', report: { masters: { created: 2 }, links: { created: 3 } } });
  expect(await clinicsOf(desk.api, 'ana')).toEqual(['Clínica Norte 1']);
  expect(await clinicsOf(desk.api, 'bruno')).toEqual(['Clínica Norte 1', 'Clínica Sul 1']);
  expect(await clinicsOf(desk.api, 'carla')).toEqual([]);
  const line = await desk.api.commits.line({});
  expect(line.items.map(({ kind, message }) => [kind, message])).toEqual([['import', 'Migrate clinics from a list']]);

  await desk.restart();
  const again = await views.migrate({ type: 'clinic', file: fileOf(clinics) });
  expect(again).toMatchObject({
    kind: 'unchanged',
    report: { masters: { created: 0, existing: 2 }, links: { created: 0, existing: 3 }, skipped: 0 },
  });
  expect((await desk.api.commits.line({})).total).toBe(1);
  expect((await views.migrations()).items).toMatchObject([
    { type: 'clinic', branch: 'main', file: 'clinics.csv', author: 'ana', masters: 2, links: 3, skipped: 0, reversedAt: null },
  ]);
});

test('its reversal removes what nobody has used since, and who has an own version keeps seeing it', async () => {
  desk = await openDesk();
  const { views } = desk.api;
  const done = await views.migrate({ type: 'clinic', file: fileOf(clinics) });
  if (done.kind !== 'migrated') throw new Error('nothing was migrated');
  const { migration } = done;
  await actAs(desk.api, 'bruno');
  const [north] = (await views.search({ type: 'clinic', text: 'norte' })).items;
  await views.save({ type: 'clinic', id: north?.id ?? '', fields: { phone: '(13) 99999-0000' } });
  await actAs(desk.api, 'ana');
  await desk.restart();

  const preview = await views.previewReversal({ migration });
  expect(preview).toMatchObject({ masters: 1, links: 2, keptTotal: 2 });
  expect(preview.kept).toEqual([
    { type: 'clinic', id: north?.id, user: 'bruno', why: 'Bruno Dias keeps an own version of this clinic.' },
    { type: 'clinic', id: north?.id, user: null, why: 'One user still sees this clinic.' },
  ]);
  expect(await views.reverseMigration({ migration, reason: 'The wrong list' })).toMatchObject({ masters: 1, links: 2, keptTotal: 2 });
  expect(await clinicsOf(desk.api, 'ana')).toEqual([]);
  expect(await clinicsOf(desk.api, 'bruno')).toEqual(['Clínica Norte 2']);
  expect((await views.migrations()).items[0]?.reversedAt).not.toBeNull();
  expect(await views.reverseMigration({ migration, reason: 'Once more' })).toMatchObject({
    masters: 0,
    links: 0,
    keptTotal: 2,
    commit: null,
  });
});

test('only an approver or an administrator takes lists over', async () => {
  desk = await openDesk();
  await desk.api.session.use({ userId: UserId.parse('dora'), name: 'Dora', role: 'editor' });
  expect(await refusalOf(desk.api.views.previewMigration({ type: 'clinic', file: fileOf(clinics) }))).toMatchObject({ code: 'FORBIDDEN' });
});

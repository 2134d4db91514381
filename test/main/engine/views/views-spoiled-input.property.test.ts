import { ORPCError } from '@orpc/server';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UserId } from '../../../../shared/ids.ts';
import { openEngine, type OpenedEngine } from '../../../kit/open-engine.ts';
import { replaceAt } from '../../../kit/replace-at.ts';

/*
 * Whatever is sent about views, a call is answered or refused by a declared code, and what was taken breaks nothing that comes after. One
 * unforeseen text in an own version would otherwise be stored on its user's line and break every list of theirs.
 */

let desk: OpenedEngine;
let [clinic, patient, offer, merge] = ['', '', '', ''];
beforeAll(async () => {
  desk = await openEngine({ expectErrors: true });
  const { api } = desk;
  await api.session.use({ userId: 'bruno', name: 'Bruno Costa' });
  clinic = (await api.views.register({ type: 'clinic', identifier: '0000042', fields: { name: 'Shared', hours: '8' } })).id;
  const of = { type: 'clinic', id: clinic };
  await api.views.save({ ...of, fields: { hours: '9', phone: '(11) 3333-4444' } });
  offer = (await api.views.offer({ ...of, to: UserId.parse('ana') })).offer;
  await api.session.use({ userId: 'ana', name: 'Ana Lima' });
  await api.views.register({ type: 'clinic', identifier: '0000042', fields: { hours: '10' } });
  patient = (await api.views.register({ type: 'patient', identifier: '11144477735', fields: { name: 'Maria' } })).id;
  await api.branches.create({ name: 'side' });
  await api.changes.commit({ message: 'Move', changes: [{ op: 'update', ...of, fields: { hours: '11' } }] });
  const published = await api.views.publish({ ...of, fields: ['hours'] });
  merge = 'merge' in published ? published.merge : '';
});
afterAll(() => desk.close());

const nasty = fc.constantFrom<unknown>(
  '',
  ' ',
  '\ud800',
  'a\u0000b',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '../../x',
  'views/ana',
  "'; drop table versions; --",
  '👩‍⚕️',
  '2026-08-05T10:00:00Z',
  '9999-12-31T23:59:59.999+14:00',
  '0000042',
  '111.444.777-35',
  'a'.repeat(64),
  'a'.repeat(5_000),
  0,
  -1,
  1.5,
  2,
  Number.MAX_SAFE_INTEGER,
  true,
  null,
  [],
  [null],
  ['hours'],
  {},
  { user: 'bruno' },
  JSON.parse('{"__proto__":{"x":1}}'),
);
const real = (): fc.Arbitrary<unknown> =>
  fc.constantFrom<unknown>(
    'main',
    'side',
    'clinic',
    'patient',
    'person',
    'own_version',
    'ana',
    'bruno',
    'shared',
    'mine',
    'name',
    clinic,
    patient,
    offer,
    merge,
    1,
    2,
  );

/** A good input of every call; the law spoils one or two places of it. */
function goodInputs(): Readonly<Record<string, object>> {
  const of = { type: 'clinic', id: clinic };
  const at = '2026-08-03T09:00:00.010Z';
  const page = { limit: 2, cursor: clinic };
  return {
    'views/register': { type: 'clinic', identifier: '0000043', fields: { name: 'X', hours: '8' }, branch: 'main', summary: 's' },
    'views/register ': {
      type: 'patient',
      identifier: '529.982.247-25',
      fields: { name: 'X', isIncapable: true, phone1: '(11) 3333-4444' },
    },
    'views/get': { ...of, branch: 'main', at, view: 'ana', mask: true },
    'views/save': { ...of, fields: { name: 'Y', city: null }, branch: 'side', summary: 's', status: 'draft', expectedVersion: 3 },
    'views/save ': { ...of, fields: { name: 'Y', city: 'Bauru' } },
    'views/clear': { ...of, fields: ['hours'], branch: 'main', summary: 's' },
    'views/unlink': { type: 'patient', id: patient },
    'views/search': { type: 'patient', text: 'ma', branch: 'main', at, view: 'ana', mask: true, ...page },
    'views/versions': { ...of, limit: 1, cursor: '3' },
    'views/useVersion': { ...of, version: 3, branch: 'main' },
    'views/archive': { ...of, version: 3, archived: true },
    'views/remove': { ...of, version: 3 },
    'views/previewCleanup': { ...of, olderThan: at, statuses: ['draft'], limit: 1, cursor: 'x' },
    'views/cleanup': { ...of, olderThan: at, statuses: ['archived'], expected: 0 },
    'views/offer': { ...of, to: 'bruno', version: 3, note: 'n', branch: 'main' },
    'views/withdraw': { offer: 'x' },
    'views/offers': { direction: 'given', ...of, branch: 'main', mask: true, ...page },
    'views/adopt': { offer, fields: ['phone'], summary: 's', branch: 'main' },
    'views/publish': { ...of, fields: ['hours'], branch: 'side', message: 'm', reason: 'r' },
    'views/compare': { ...of, a: 'shared', b: { user: 'bruno', version: 2 }, branch: 'main', at },
    'views/matrix': { ...of, branch: 'main', at, mask: true },
    'views/drift': { type: 'clinic', branch: 'main', mask: true, ...page },
    'views/settle': { ...of, choices: { hours: 'mine' }, branch: 'main' },
    'views/reveal': { type: 'patient', id: patient, reason: 'r', branch: 'main' },
    'views/reveals': { type: 'patient', id: patient, branch: 'main', gathered: true, limit: 1, cursor: 'x' },
    'views/list': {},
    'versions/at': { ...of, branch: 'main', at, view: 'bruno' },
    'versions/allAt': { type: 'clinic', branch: 'main', at, view: 'ana', filters: { hours: '10' }, limit: 1 },
    'merges/get': { merge },
  };
}

test('no input about views makes a call fail inside, and nothing that was taken breaks what comes after', async () => {
  const inputs = Object.entries(goodInputs());
  const spoil = fc.record({ place: fc.nat(1_000), value: fc.oneof({ weight: 3, arbitrary: nasty }, { weight: 2, arbitrary: real() }) });
  const failures: unknown[] = [];
  const law = fc.assert(
    fc.asyncProperty(fc.constantFrom(...inputs), fc.array(spoil, { maxLength: 2 }), async ([call, good], spoils) => {
      const given = spoils.reduce((input, { place, value }) => replaceAt(input, place, value), good);
      const [group = '', method = ''] = call.trim().split('/');
      try {
        await Reflect.get(Reflect.get(desk.api, group), method)(given);
      } catch (error) {
        if (!(error instanceof ORPCError) || error.status >= 500 || !error.defined) failures.push([call, given, String(error)]);
      }
    }),
    { numRuns: Number(process.env['VIEWS_SPOIL_RUNS'] ?? 2_500), seed: Number(process.env['RL_SEED'] ?? 13) },
  );
  await expect(law).resolves.toBeUndefined();
  expect([failures.slice(0, 5), desk.errors().slice(0, 5)]).toEqual([[], []]);
  const { views } = desk.api;
  for (const user of ['ana', 'bruno']) {
    await desk.api.session.use({ userId: user, name: user });
    for (const type of ['clinic', 'patient']) {
      const { items } = await views.search({ type, limit: 1_000 });
      for (const { id, fields } of items) expect((await views.get({ type, id })).fields).toEqual(fields);
      for (const { id } of items) expect((await views.versions({ type, id, limit: 1_000 })).total).toBeGreaterThanOrEqual(0);
    }
    await views.previewCleanup({ limit: 1_000 });
  }
  expect((await desk.api.verify.run({})).faults).toEqual([]);
}, 120_000);

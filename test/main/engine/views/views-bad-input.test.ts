import Database from 'better-sqlite3';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEngine, type EngineClient, type OpenedEngine } from '../../../kit/open-engine.ts';
import { refusalOf } from '../../../kit/refusal-of.ts';

/*
 * B65, B66: whatever is wrong with a call, it is refused by a declared code that names the thing, and nothing is stored: no version, no link, no
 * ref, no commit. A half-stored save would show somebody a record that nobody wrote.
 */

let desk: OpenedEngine;
let clinic = '';
let patient = '';
beforeAll(async () => {
  desk = await openEngine();
  const { api } = desk;
  await api.session.use({ userId: 'bruno', name: 'Bruno Costa' });
  clinic = (await api.views.register({ type: 'clinic', identifier: '0000042', fields: { name: 'Of Bruno' } })).id;
  for (const name of ['B', 'C']) await api.views.save({ type: 'clinic', id: clinic, fields: { name } });
  await api.session.use({ userId: 'ana', name: 'Ana Lima' });
  patient = (await api.views.register({ type: 'patient', identifier: '11144477735', fields: { name: 'Maria' } })).id;
  await api.changes.commit({
    message: 'A person',
    changes: [{ op: 'create', type: 'person', id: 'lima', fields: { name: 'L', type: 'resident' } }],
  });
});
afterAll(() => desk.close());

type Views = EngineClient['views'];
type Input<Method extends keyof Views> = Views[Method] extends (input: infer I, ...rest: never[]) => unknown ? I : never;
type Case = readonly [says: string, call: (views: Views) => PromiseLike<unknown>, code: string, words?: RegExp];

/** Inputs that the types would not let through. */
function wild<Method extends keyof Views>(input: unknown): Input<Method> {
  return input as Input<Method>;
}

const register = (type: string, identifier: unknown, fields?: unknown) => (views: Views) =>
  views.register(wild<'register'>({ type, identifier, fields }));
const mine = () => ({ type: 'patient', id: patient as never });
const another = () => ({ type: 'clinic', id: clinic as never });
const nobody = { type: 'clinic', id: 'nobody' as never };
const proto = (): unknown => JSON.parse('{"__proto__":{"name":"x"}}');

const cases: readonly Case[] = [
  ['a missing identifier', register('patient', undefined, { name: 'X' }), 'BAD_REQUEST'],
  ['an empty identifier', register('patient', '', { name: 'X' }), 'INVALID', /CPF is required/],
  ['a blank identifier', register('clinic', '   ', { name: 'X' }), 'INVALID', /Clinic id is required/],
  ['a CPF with wrong check digits', register('patient', '11144477736', { name: 'X' }), 'INVALID', /check digits/],
  ['eleven equal digits', register('patient', '111.111.111-11', { name: 'X' }), 'INVALID', /eleven equal digits/],
  ['a CPF of ten digits', register('patient', '1114447773', { name: 'X' }), 'INVALID', /11 digits/],
  ['letters in a CPF', register('patient', 'abc11144477735', { name: 'X' }), 'INVALID', /11 digits/],
  ['a clinic id of six digits', register('clinic', '123456', { name: 'X' }), 'INVALID', /exactly 7 digits/],
  ['a clinic id of eight digits', register('clinic', '12345678', { name: 'X' }), 'INVALID', /exactly 7 digits/],
  ['an identifier that is a number', register('clinic', 1234567, { name: 'X' }), 'BAD_REQUEST'],
  ['a huge identifier', register('clinic', '1'.repeat(100_000), { name: 'X' }), 'BAD_REQUEST'],
  ['no name', register('clinic', '0000001'), 'INVALID', /Name is required/],
  ['an emptied name', register('clinic', '0000001', { name: null }), 'INVALID', /Name is required/],
  ['another identifier among the fields', register('clinic', '0000001', { name: 'X', cns: '0000002' }), 'INVALID', /another one/],
  ['a field that does not exist', register('clinic', '0000001', { name: 'X', colour: 'red' }), 'INVALID', /no field “colour”/],
  ['a field that does not exist, emptied', register('clinic', '0000001', { name: 'X', colour: null }), 'INVALID', /no field “colour”/],
  ['a known identifier with such a field', register('clinic', '0000042', { colour: null }), 'INVALID', /no field “colour”/],
  ['a name of blanks alone', register('clinic', '0000001', { name: ' \t ' }), 'INVALID', /Name must not be empty/],
  ['a field named __proto__', (views) => register('clinic', '0000001', proto())(views), 'INVALID', /__proto__/],
  ['a field named constructor', register('clinic', '0000001', { name: 'X', constructor: 'y' }), 'INVALID', /constructor/],
  ['a telephone that is none', register('clinic', '0000001', { name: 'X', phone: 'call me' }), 'INVALID', /telephone/],
  ['a huge name', register('clinic', '0000001', { name: 'x'.repeat(1_000_000) }), 'INVALID', /at most 200 characters/],
  ['half a character', register('clinic', '0000001', { name: '\ud800' }), 'INVALID', /half a character/],
  ['a name that is a list', register('clinic', '0000001', { name: ['x'] }), 'INVALID', /must be text/],
  ['fields that are a list', register('clinic', '0000001', [1]), 'BAD_REQUEST'],
  ['a known identifier with a wrong field', register('clinic', '0000042', { phone: 'x' }), 'INVALID', /telephone/],
  ['a known identifier with an emptied name', register('clinic', '0000042', { name: null }), 'INVALID', /Name is required/],
  ['an unknown type', register('prescription', '1', { name: 'X' }), 'UNKNOWN_TYPE', /^Unsupported entity type/],
  ['an internal type', register('own_version', '1', {}), 'UNKNOWN_TYPE', /^Unsupported entity type/],
  ['a type named __proto__', register('__proto__', '1', {}), 'UNKNOWN_TYPE'],
  ['a type without views', register('person', '1', { name: 'X' }), 'INVALID', /Everybody sees the same people|clinics and patients/],
  [
    'an unknown branch',
    (views) => views.register({ type: 'clinic', identifier: '0000001', fields: { name: 'X' }, branch: 'nowhere' }),
    'NOT_FOUND',
    /branch/,
  ],
  ['saving an unknown record', (views) => views.save({ ...nobody, fields: { name: 'X' } }), 'NOT_FOUND', /There is no clinic “nobody”/],
  ['saving a record of somebody else', (views) => views.save({ ...another(), fields: { name: 'X' } }), 'NOT_FOUND', /There is no clinic/],
  ['saving without fields', (views) => views.save(wild<'save'>(mine())), 'BAD_REQUEST'],
  ['saving another identifier', (views) => views.save({ ...mine(), fields: { cpf: '52998224725' } }), 'INVALID', /cannot change/],
  ['emptying the identifier', (views) => views.save({ ...mine(), fields: { cpf: null } }), 'INVALID', /CPF/],
  ['emptying the name', (views) => views.save({ ...mine(), fields: { name: null } }), 'INVALID', /Name is required/],
  ['saving a wrong e-mail', (views) => views.save({ ...mine(), fields: { name: 'Y', email: 'x' } }), 'INVALID', /e-mail/],
  ['saving an unknown field', (views) => views.save({ ...mine(), fields: { name: 'Y', hours: '8' } }), 'INVALID', /no field “hours”/],
  ['saving __proto__', (views) => views.save(wild<'save'>({ ...mine(), fields: proto() })), 'INVALID', /__proto__/],
  ['saving as archived', (views) => views.save(wild<'save'>({ ...mine(), fields: { name: 'Y' }, status: 'archived' })), 'BAD_REQUEST'],
  [
    'saving a person',
    (views) => views.save({ type: 'person', id: 'lima' as never, fields: { name: 'Y' } }),
    'INVALID',
    /Everybody sees the same/,
  ],
  ['a huge summary', (views) => views.save({ ...mine(), fields: { name: 'Y' }, summary: 'x'.repeat(501) }), 'BAD_REQUEST'],
  ['reading an unknown record', (views) => views.get(nobody), 'NOT_FOUND'],
  ['reading a record of somebody else', (views) => views.get(another()), 'NOT_FOUND'],
  ['reading a wrong id', (views) => views.get(wild<'get'>({ type: 'clinic', id: '../x' })), 'BAD_REQUEST'],
  ['viewing as somebody who offered nothing', (views) => views.get({ ...another(), view: 'bruno' as never }), 'FORBIDDEN'],
  ['viewing as nobody', (views) => views.search({ type: 'clinic', view: 'ghost' as never }), 'FORBIDDEN'],
  ['a moment that is none', (views) => views.get(wild<'get'>({ ...mine(), at: 'yesterday' })), 'BAD_REQUEST'],
  ['a commit that is not on the branch', (views) => views.get({ ...mine(), at: 'a'.repeat(64) as never }), 'NOT_FOUND'],
  ['a cursor that leads nowhere', (views) => views.search({ type: 'patient', cursor: 'x' }), 'NOT_FOUND'],
  ['using a version of somebody else', (views) => views.useVersion({ ...another(), version: 2 }), 'NOT_FOUND'],
  ['using a version that is not there', (views) => views.useVersion({ ...mine(), version: 7 }), 'NOT_FOUND', /no version 7/],
  ['using version 0', (views) => views.useVersion({ ...mine(), version: 0 }), 'BAD_REQUEST'],
  ['removing the first version', (views) => views.remove({ ...mine(), version: 1 }), 'PROTECTED', /record began with/],
  ['removing a version that is not there', (views) => views.remove({ ...mine(), version: 2 }), 'NOT_FOUND'],
  ['archiving what is in use', (views) => views.archive({ ...mine(), version: 1 }), 'PROTECTED'],
  ['clearing a field that does not exist', (views) => views.clear({ ...mine(), fields: ['hours'] }), 'INVALID', /no field “hours”/],
  [
    'clearing what every object inherits',
    (views) => views.clear({ ...mine(), fields: ['constructor'] }),
    'INVALID',
    /no field “constructor”/,
  ],
  [
    'publishing what every object inherits',
    (views) => views.publish({ ...mine(), fields: ['toString'] }),
    'INVALID',
    /no field “toString”/,
  ],
  ['clearing what is not on the list', (views) => views.clear(another()), 'NOT_FOUND'],
  ['taking off what is not on the list', (views) => views.unlink(another()), 'NOT_FOUND'],
  ['versions of somebody else', (views) => views.versions(another()), 'NOT_FOUND'],
  ['cleaning up another number', (views) => views.cleanup({ expected: 5 }), 'STALE'],
  ['cleaning up a type without views', (views) => views.cleanup({ type: 'person' }), 'INVALID'],
  ['cleaning up what is in use', (views) => views.cleanup(wild<'cleanup'>({ statuses: ['active'] })), 'BAD_REQUEST'],
  ['revealing what is not on the list', (views) => views.reveal(another()), 'NOT_FOUND'],
  ['revealing an unknown record', (views) => views.reveal(nobody), 'NOT_FOUND'],
];

describe('a call that cannot be answered is refused, and nothing is stored', () => {
  for (const [says, call, code, words] of cases)
    test(`${says} is refused`, async () => {
      const before = everything();
      const refusal = await refusalOf(call(desk.api.views));
      expect([refusal.code, refusal.defined || code === 'BAD_REQUEST']).toEqual([code, true]);
      if (words !== undefined) expect(refusal.message).toMatch(words);
      expect(refusal.message).not.toMatch(/Bruno|Of Bruno/);
      expect(everything()).toEqual(before);
    });
});

test('a record of somebody else is refused in the words and shape of one that never was', async () => {
  const { views } = desk.api;
  const calls: readonly ((of: typeof nobody) => PromiseLike<unknown>)[] = [
    (of) => views.get(of),
    (of) => views.save({ ...of, fields: { name: 'X' } }),
    (of) => views.clear(of),
    (of) => views.unlink(of),
    (of) => views.versions(of),
    (of) => views.useVersion({ ...of, version: 2 }),
    (of) => views.remove({ ...of, version: 2 }),
    (of) => views.archive({ ...of, version: 2 }),
    (of) => views.reveal(of),
    (of) => views.previewCleanup(of),
  ];
  for (const call of calls) {
    const [unknown, foreign] = [await refusalOf(call(nobody)), await refusalOf(call(another()))];
    expect(JSON.parse(JSON.stringify(foreign).replaceAll(clinic, 'nobody'))).toEqual(JSON.parse(JSON.stringify(unknown)));
  }
});

test('B77 B78 B79: punctuation makes no second person, leading zeros stay', async () => {
  const { views } = desk.api;
  expect(await views.register({ type: 'patient', identifier: '111.444.777-35', fields: { cpf: '111.444.777/35' } })).toMatchObject({
    wasCreated: false,
    id: patient,
    version: 1,
    commit: null,
  });
  expect(await views.register({ type: 'clinic', identifier: ' 00.000-07 ', fields: { name: 'Seven' } })).toMatchObject({
    wasCreated: true,
    fields: { cns: '0000007' },
  });
});

/** Everything that is stored: row counts of the file itself, and every ref with where it points. */
function everything(): unknown {
  const folder = join(desk.dataDir, 'programmes');
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.rosterline'));
  const db = new Database(join(folder, file ?? ''), { readonly: true });
  try {
    const tables = db
      .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all();
    const rows = tables.map(({ name }) => [name, db.prepare(`SELECT count(*) AS n FROM "${name}"`).get()]);
    return { rows, refs: db.prepare('SELECT * FROM refs').all(), events: desk.events().length };
  } finally {
    db.close();
  }
}

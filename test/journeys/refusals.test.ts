import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, commit, newId, openDesk, type Desk } from './api.ts';

let desk: Desk;
let person: string;
beforeAll(async () => {
  desk = await openDesk();
  person = await addPerson(desk, 'Lima, A');
});
afterAll(async () => {
  await desk.close();
});

const fields = (): Record<string, unknown> => ({ personId: person, date: '2026-08-05', half: 'AM', activity: 'C' });
const state = async (): Promise<unknown> => [
  (await desk.ask('commits/line', { limit: 1 })).items[0].commit,
  (await desk.ask('program/info')).counts,
];

/** Every row: what is sent, the code of the refusal, and what its message must name. Nothing may change by any of them. */
const bad: readonly (readonly [string, string, () => unknown, string, RegExp])[] = [
  ['a field that does not exist', 'changes/commit', () => create({ ...fields(), colour: 'red' }), 'INVALID', /colour/],
  [
    'a field named __proto__',
    'changes/commit',
    () =>
      `{"message":"m","changes":[{"op":"create","type":"assignment","fields":{"__proto__":{"admin":true},"personId":"${person}","date":"2026-08-05","half":"AM"}}]}`,
    'INVALID',
    /__proto__/,
  ],
  ['a field named constructor', 'changes/commit', () => create({ ...fields(), constructor: 'x' }), 'INVALID', /constructor/],
  ['a date that does not exist', 'changes/commit', () => create({ ...fields(), date: '2026-02-30' }), 'INVALID', /date/i],
  ['a half day that does not exist', 'changes/commit', () => create({ ...fields(), half: 'NOON' }), 'INVALID', /half/i],
  ['a number where text belongs', 'changes/commit', () => create({ ...fields(), activity: 7 }), 'INVALID', /activity/i],
  ['a required field left out', 'changes/commit', () => create({ personId: person, half: 'AM' }), 'INVALID', /date/i],
  ['a text of ten million letters', 'changes/commit', () => create({ ...fields(), notes: 'x'.repeat(10_000_000) }), 'INVALID', /notes/i],
  [
    'an absence that ends before it starts',
    'changes/commit',
    () => create({ personId: person, startDate: '2026-08-05', endDate: '2026-08-01', absenceType: 'sick' }, 'absence'),
    'INVALID',
    /end/i,
  ],
  [
    'an absence of an unknown kind',
    'changes/commit',
    () => create({ personId: person, startDate: '2026-08-05', endDate: '2026-08-06', absenceType: 'party' }, 'absence'),
    'INVALID',
    /party|absence type/i,
  ],
  ['no changes at all', 'changes/commit', () => ({ message: 'm', changes: [] }), 'BAD_REQUEST', /changes/],
  ['no message', 'changes/commit', () => ({ changes: [{ op: 'create', type: 'assignment', fields: fields() }] }), 'BAD_REQUEST', /message/],
  [
    'an unknown operation',
    'changes/commit',
    () => ({ message: 'm', changes: [{ op: 'upsert', type: 'assignment', fields: fields() }] }),
    'BAD_REQUEST',
    /op/,
  ],
  [
    'fields that are a list',
    'changes/commit',
    () => ({ message: 'm', changes: [{ op: 'create', type: 'assignment', fields: [] }] }),
    'BAD_REQUEST',
    /fields/,
  ],
  [
    'an update of what is not there',
    'changes/commit',
    () => ({ message: 'm', changes: [{ op: 'update', type: 'assignment', id: 'ghost', fields: { activity: 'C' } }] }),
    'NOT_FOUND',
    /ghost/,
  ],
  [
    'a create of what is there',
    'changes/commit',
    () => ({ message: 'm', changes: [{ op: 'create', type: 'person', id: person, fields: { name: 'X', type: 'resident' } }] }),
    'EXISTS',
    /person/,
  ],
  ['an unknown branch', 'changes/commit', () => ({ ...create(fields()), branch: 'nowhere' }), 'NOT_FOUND', /nowhere/],
  ['a note written as if it were data', 'changes/commit', () => create({ text: 'x' }, 'note'), 'UNKNOWN_TYPE', /Unsupported entity type/],
  ['an unknown key of the call', 'changes/commit', () => ({ ...create(fields()), brnach: 'main' }), 'BAD_REQUEST', /brnach/],
  ['text that is not JSON', 'changes/commit', () => '{"message":', 'BAD_REQUEST', /JSON/i],
  [
    'an instant without an offset',
    'versions/at',
    () => ({ type: 'person', id: person, at: '2026-08-05T10:00:00' }),
    'BAD_REQUEST',
    /instant|at/,
  ],
  ['a day that is no instant', 'versions/at', () => ({ type: 'person', id: person, at: 'last Tuesday' }), 'BAD_REQUEST', /instant|at/],
  ['a commit nobody made', 'commits/get', () => ({ commit: 'e'.repeat(64) }), 'NOT_FOUND', /e{10}/],
  ['a hash that is none', 'commits/get', () => ({ commit: 'HEAD' }), 'BAD_REQUEST', /commit/],
  ['a comparison with a name that means nothing', 'diff/commits', () => ({ from: 'nowhere', to: 'main' }), 'NOT_FOUND', /nowhere/],
  ['a window that ends before it starts', 'roster/window', () => ({ from: '2026-08-05', to: '2026-08-01' }), 'INVALID', /to|end/i],
  ['a window of a hundred years', 'roster/window', () => ({ from: '1990-01-01', to: '2090-01-01' }), 'INVALID', /days/],
  ['a branch name with a hash’s form', 'branches/create', () => ({ name: 'a'.repeat(64) }), 'BAD_REQUEST', /name/],
  ['a branch name that is empty', 'branches/create', () => ({ name: '   ' }), 'BAD_REQUEST', /name/],
  [
    'a restore without a reason',
    'changes/restore',
    () => ({ at: '2026-08-05T10:00:00Z', scope: { kind: 'all' } }),
    'BAD_REQUEST',
    /reason/,
  ],
  [
    'a file that is no workbook',
    'exchange/previewImport',
    () => ({ file: { name: 'holiday.xlsx', base64: Buffer.from('not a workbook').toString('base64') } }),
    'INVALID',
    /holiday\.xlsx/,
  ],
  ['an undo where nothing was done', 'changes/undo', () => ({ branch: 'quiet' }), 'NOT_FOUND', /undo/i],
];

function create(given: object, type = 'assignment'): { message: string; changes: object[] } {
  return { message: 'm', changes: [{ op: 'create', type, fields: given }] };
}

test('every bad input is refused in the documented form, names the thing, and changes nothing', async () => {
  await desk.ask('branches/create', { name: 'quiet' });
  const before = await state();
  const wrong: unknown[] = [];
  for (const [what, path, body, code, names] of bad) {
    const answer = await desk.raw(path, body());
    const text = JSON.stringify([answer.body?.message, answer.body?.data]);
    const good =
      answer.status >= 400 &&
      answer.status < 500 &&
      answer.body?.code === code &&
      answer.body.status === answer.status &&
      names.test(text) &&
      text.length < 20_000;
    if (!good) wrong.push({ what, status: answer.status, code: answer.body?.code, expected: code, text: text.slice(0, 300) });
  }
  expect(wrong).toEqual([]);
  expect(await state()).toEqual(before);
});

test('declared refusals say that they are declared', async () => {
  expect(await desk.refusal('branches/delete', { name: 'main' })).toMatchObject({ defined: true, code: 'PROTECTED', status: 403 });
});

test('a call without the token, from another origin or to another host is turned away', async () => {
  const { api, token } = desk.app();
  const post = (headers: Record<string, string>): Promise<Response> =>
    fetch(`${api}/program/info`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: '{}' });
  expect((await post({})).status).toBe(401);
  expect((await post({ authorization: 'Bearer wrong' })).status).toBe(401);
  expect((await post({ authorization: `Bearer ${token}`, origin: 'https://evil.example' })).status).toBe(403);
  expect((await post({ authorization: `Bearer ${token}` })).status).toBe(200);
  const unknown = await desk.raw('merges/nothing', {});
  expect(unknown).toMatchObject({ status: 404, body: { code: 'NOT_FOUND', status: 404 } });
});

test('the OpenAPI document names every call', async () => {
  const { api, token } = desk.app();
  const document: any = await (await fetch(`${api}/openapi.json`, { headers: { authorization: `Bearer ${token}` } })).json();
  const paths = Object.keys(document.paths);
  for (const path of [
    '/session/get',
    '/program/createSample',
    '/changes/commit',
    '/changes/undo',
    '/commits/line',
    '/versions/history',
    '/notes/tag',
    '/branches/compare',
    '/roster/window',
    '/diff/commits',
    '/verify/run',
  ])
    expect(paths.some((known) => known.endsWith(path))).toBe(true);
});

test('good input still works after all of that', async () => {
  const id = newId('cell');
  expect(await commit(desk, [{ op: 'create', type: 'assignment', id, fields: fields() }])).toMatchObject({ kind: 'committed' });
  expect(await desk.ask('verify/run', { full: true })).toMatchObject({ ok: true, faults: [] });
});

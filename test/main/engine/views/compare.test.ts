import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../../../kit/refusal-of.ts';
import { atFirst, cns, openThreeUsers, type ThreeUsers } from './three-users.ts';

let desk: ThreeUsers;
beforeEach(async () => {
  desk = await openThreeUsers();
});
afterEach(async () => {
  await desk.close();
});

/** Ana and Bruno each say something of their own; both offer it to Carla, who is linked too. */
async function everybodySaysSomething(): Promise<void> {
  const { api } = desk;
  await desk.save('ana', { phone: '(11) 9999-0001', hours: 'nights' });
  await desk.as('ana', () => api.views.offer({ ...desk.clinic, to: 'carla' }));
  await desk.save('bruno', { phone: '(11) 9999-0002', city: null });
  await desk.as('bruno', () => api.views.offer({ ...desk.clinic, to: 'carla' }));
  await desk.act('carla');
  await api.views.register({ type: 'clinic', identifier: cns, fields: { name: 'North' } });
}

test('the matrix has the shared record, one’s own version and what was offered, and rows that say where they differ', async () => {
  await everybodySaysSomething();
  const matrix = await desk.api.views.matrix(desk.clinic);
  expect(matrix).toMatchObject({ ...desk.clinic, identifier: cns, title: 'North', differing: 4, total: 5 });
  expect(matrix.columns).toMatchObject([
    { kind: 'shared', user: null, name: 'Shared record', number: null, offer: null },
    { kind: 'mine', user: 'carla', name: 'Carla Reis, mine', number: 4 },
    { kind: 'offered', user: 'bruno', name: 'Bruno Costa', number: 3 },
    { kind: 'offered', user: 'ana', name: 'Ana Lima', number: 2 },
  ]);
  const rows = matrix.rows.map(({ field, differs, cells }) => [field, differs, ...cells.map(({ value, origin }) => [value, origin])]);
  expect(rows).toEqual([
    ['name', true, [atFirst.name, 'shared'], ['North', 'own'], [atFirst.name, 'shared'], [atFirst.name, 'shared']],
    ['cns', false, [cns, 'shared'], [cns, 'shared'], [cns, 'shared'], [cns, 'shared']],
    ['city', true, ['Santos', 'shared'], ['Santos', 'shared'], [null, 'own'], ['Santos', 'shared']],
    ['phone', true, [atFirst.phone, 'shared'], [atFirst.phone, 'shared'], ['(11) 9999-0002', 'own'], ['(11) 9999-0001', 'own']],
    ['hours', true, [null, 'shared'], [null, 'shared'], [null, 'shared'], ['nights', 'own']],
  ]);
});

test('others have no column, and who is neither linked nor was offered anything has no matrix', async () => {
  const { api } = desk;
  await desk.save('ana', { phone: '(11) 9999-0001' });
  await desk.act('bruno');
  expect((await api.views.matrix(desk.clinic)).columns.map(({ kind }) => kind)).toEqual(['shared', 'mine']);
  const unlinked = await refusalOf(desk.as('carla', () => api.views.matrix(desk.clinic)));
  const unknown = await refusalOf(api.views.matrix({ type: 'clinic', id: 'no-such' }));
  expect(unlinked.message.replace(desk.clinic.id, '')).toBe(unknown.message.replace('no-such', ''));
  await desk.as('ana', () => api.views.offer({ ...desk.clinic, to: 'carla' }));
  expect((await desk.as('carla', () => api.views.matrix(desk.clinic))).columns.map(({ kind }) => kind)).toEqual(['shared', 'offered']);
});

test('a patient’s identifier is masked in the matrix where that is asked for', async () => {
  const { api } = desk;
  await desk.act('ana');
  const { id } = await api.views.register({ type: 'patient', identifier: '123.456.789-09', fields: { name: 'Maria' } });
  const masked = await api.views.matrix({ type: 'patient', id, mask: true });
  expect(masked).toMatchObject({
    identifier: '***.456.789-**',
    rows: [{ field: 'cpf', cells: [{ value: '***.456.789-**', text: '***.456.789-**' }, {}] }, {}],
  });
  expect(JSON.stringify(masked)).not.toMatch(/12345678909/);
  expect(await api.views.matrix({ type: 'patient', id })).toMatchObject({ identifier: '12345678909' });
});

test('two sides are compared: shared, mine now and before, and what others offered', async () => {
  const { api } = desk;
  await everybodySaysSomething();
  const compare = async (a: object | 'shared', b: object | 'shared') => {
    const { changes, summary, ...sides } = await api.views.compare({ ...desk.clinic, a, b });
    return { a: sides.a.label, b: sides.b.label, changed: changes.map(({ field, old, new: now }) => [field, old, now]), summary };
  };
  expect(await compare('shared', {})).toEqual({
    a: 'Shared record',
    b: 'Carla Reis, mine',
    changed: [['name', atFirst.name, 'North']],
    summary: '1 field modified',
  });
  expect((await compare({ user: 'ana' }, { user: 'bruno' })).changed).toEqual([
    ['city', 'Santos', null],
    ['phone', '(11) 9999-0001', '(11) 9999-0002'],
    ['hours', 'nights', null],
  ]);
  await api.views.save({ ...desk.clinic, fields: { name: 'North again' } });
  expect((await compare({ version: 4 }, { user: 'carla' })).changed).toEqual([['name', 'North', 'North again']]);
  expect((await compare({ user: 'ana', version: 2 }, 'shared')).changed).toHaveLength(2);
  expect(await compare('shared', 'shared')).toMatchObject({ changed: [], summary: 'No changes' });
});

test('a version that was not offered is not there, in the same words as one that never was', async () => {
  const { api } = desk;
  await desk.save('ana', { phone: '(11) 9999-0001' });
  await desk.as('ana', () => api.views.offer({ ...desk.clinic, to: 'bruno' }));
  await desk.save('ana', { phone: '(11) 9999-0009' });
  await desk.act('bruno');
  const refused = async (b: object) => refusalOf(api.views.compare({ ...desk.clinic, a: 'shared', b }));
  const kept = await refused({ user: 'ana', version: 3 });
  expect(kept).toMatchObject({ code: 'NOT_FOUND' });
  expect(await refused({ user: 'ana', version: 77 })).toEqual(kept);
  expect((await refused({ user: 'zoe' })).message).toBe(kept.message);
  expect((await refused({ user: 'carla' })).message).toBe(kept.message);
  const mine = await refused({ version: 3 });
  expect(mine.message.replace('3', '')).toBe((await refused({ version: 77 })).message.replace('77', ''));
  expect(await api.views.compare({ ...desk.clinic, a: 'shared', b: { user: 'ana' } })).toMatchObject({ b: { number: 2 } });
});

test('number 1 of who registered the record is the shared record as it shows', async () => {
  const { api } = desk;
  await desk.save('ana', { phone: '(11) 9999-0001' });
  await desk.act('ana');
  expect((await api.views.compare({ ...desk.clinic, a: { version: 1 }, b: {} })).changes).toMatchObject([
    { field: 'phone', old: atFirst.phone },
  ]);
  expect(await refusalOf(desk.as('bruno', () => api.views.compare({ ...desk.clinic, a: { version: 1 }, b: {} })))).toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('both layers are as of the moment that is asked for', async () => {
  const { api } = desk;
  await desk.save('ana', { phone: '(11) 9999-0001' });
  const { at } = await desk.as('ana', () => api.views.offer({ ...desk.clinic, to: 'bruno' }));
  await desk.save('bruno', { city: 'Bauru' });
  await desk.as('ana', () => api.views.publish({ ...desk.clinic, fields: ['phone'] }));
  await desk.act('bruno');
  const then = await api.views.matrix({ ...desk.clinic, at });
  expect(then.rows.find(({ field }) => field === 'phone')?.cells.map(({ value }) => value)).toEqual([
    atFirst.phone,
    atFirst.phone,
    '(11) 9999-0001',
  ]);
  expect(then.rows.find(({ field }) => field === 'city')).toMatchObject({ differs: false });
  const before = new Date(Date.parse(at) - 1).toISOString();
  expect((await api.views.matrix({ ...desk.clinic, at: before })).columns.map(({ kind }) => kind)).toEqual(['shared', 'mine']);
});

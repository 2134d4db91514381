import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { openEngine, type EngineClient, type OpenedEngine } from '../../kit/open-engine.ts';
import { refusalOf } from '../../kit/refusal-of.ts';

let desk: OpenedEngine;
beforeEach(async () => {
  desk = await openEngine();
});
afterEach(() => desk.close());

type Changes = Parameters<EngineClient['changes']['commit']>[0]['changes'];

const commit = (changes: Changes, more: Partial<Parameters<EngineClient['changes']['commit']>[0]> = {}) =>
  desk.api.changes.commit({ message: 'Edit', changes, ...more });
const cell = (id: string, fields: object = {}) => ({
  op: 'create' as const,
  type: 'assignment',
  id,
  fields: { personId: 'lima', date: '2026-08-05', half: 'AM', activity: 'C', ...fields },
});
const state = async () => [(await desk.api.commits.line({})).total, (await desk.api.program.info()).counts];

test('all changes are one commit, answered in their order with their versions', async () => {
  await commit([cell('old'), cell('gone')]);
  const answer = await commit([
    { op: 'delete', type: 'assignment', id: 'gone' },
    { op: 'create', type: 'person', fields: { name: 'Lima, A', type: 'resident' } },
    { op: 'update', type: 'assignment', id: 'old', fields: { activity: 'ICU' } },
  ]);
  expect(answer).toMatchObject({ kind: 'committed', position: 2, at: expect.any(String), recordedAt: desk.clock.instant() });
  if (answer.kind !== 'committed') throw new Error('not committed');
  expect(answer.changes.map((change) => [change.op, change.type, change.version === null])).toEqual([
    ['delete', 'assignment', true],
    ['create', 'person', false],
    ['update', 'assignment', false],
  ]);
  expect(answer.changes[1]?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('an update is a patch: fields not sent stay, null clears, equal data makes no version', async () => {
  await commit([cell('one', { notes: 'x', tags: ['b', 'a'] })]);
  await commit([{ op: 'update', type: 'assignment', id: 'one', fields: { activity: 'ICU', notes: null } }]);
  const { fields } = await desk.api.versions.at({ type: 'assignment', id: 'one' });
  expect(fields).toEqual({ personId: 'lima', date: '2026-08-05', half: 'AM', activity: 'ICU', tags: ['a', 'b'] });
  const before = await state();
  for (const same of [{ activity: 'ICU' }, { tags: ['b', 'a'] }, { notes: null }, {}])
    expect(await commit([{ op: 'update', type: 'assignment', id: 'one', fields: same }])).toMatchObject({ kind: 'unchanged' });
  expect(await state()).toEqual(before);
  const mixed = await commit([{ op: 'update', type: 'assignment', id: 'one', fields: { activity: 'ICU' } }, cell('two', { half: 'PM' })]);
  expect(mixed.kind === 'committed' && mixed.changes.map((change) => change.id)).toEqual(['two']);
});

test('a commit with an outdated tip is stale and changes nothing, and the right one is taken', async () => {
  const one = await commit([cell('one')], { expectedTip: null });
  if (one.kind !== 'committed') throw new Error('not committed');
  expect(await commit([cell('two')], { expectedTip: null })).toEqual({ kind: 'stale', tip: one.commit });
  expect(await commit([cell('two')], { expectedTip: one.commit })).toMatchObject({ kind: 'committed' });
});

test('the time of a branch never stands still or goes back, whatever the clock does', async () => {
  const times: string[] = [];
  for (const [index, instant] of [
    '2026-08-03T10:00:00.000Z',
    '2026-08-03T10:00:00.000Z',
    '2026-08-01T00:00:00.000Z',
    '2026-08-04T00:00:00.000Z',
  ].entries()) {
    desk.clock.set(instant);
    const answer = await commit([cell(`c${index}`)]);
    if (answer.kind === 'committed') times.push(answer.at);
    expect(answer).toMatchObject({ recordedAt: instant });
  }
  expect(times).toEqual(['2026-08-03T10:00:00.000Z', '2026-08-03T10:00:00.001Z', '2026-08-03T10:00:00.002Z', '2026-08-04T00:00:00.000Z']);
});

test('all wrong fields of all changes are named at once', async () => {
  const refusal = await refusalOf(
    commit([cell('one', { date: '2026-02-30', colour: 'red' }), { op: 'create', type: 'person', id: 'p', fields: { pgyLevel: 99 } }]),
  );
  expect(refusal).toMatchObject({ code: 'INVALID', status: 422, defined: true });
  expect(refusal.data.fields.map((problem: any) => [problem.type, problem.id, problem.field])).toEqual([
    ['assignment', 'one', 'date'],
    ['assignment', 'one', 'colour'],
    ['person', 'p', 'pgyLevel'],
    ['person', 'p', 'name'],
  ]);
});

test('identifiers that must be unique are, and the other one is named', async () => {
  await commit([{ op: 'create', type: 'person', id: 'lima', fields: { name: 'Lima, A', type: 'resident', email: 'lima@example.org' } }]);
  const twice = {
    op: 'create' as const,
    type: 'person',
    id: 'other',
    fields: { name: 'Lima, B', type: 'resident', email: 'LIMA@example.org' },
  };
  expect(await refusalOf(commit([twice]))).toMatchObject({
    code: 'EXISTS',
    message: expect.stringContaining('Lima, A'),
    data: { id: 'lima' },
  });
  const clinic = (id: string) => ({ op: 'create' as const, type: 'clinic', id, fields: { name: 'Norte', cns: '0012345' } });
  expect(await refusalOf(commit([clinic('a'), clinic('b')]))).toMatchObject({ code: 'EXISTS' });
  // Handed over within one commit, the identifier has one owner before and after.
  await commit([{ op: 'delete', type: 'person', id: 'lima' }, twice]);
  await desk.api.changes.undo();
  expect((await desk.api.versions.at({ type: 'person', id: 'lima' })).existed).toBe(true);
});

test('an identifier that was set once cannot change', async () => {
  await commit([{ op: 'create', type: 'clinic', id: 'a', fields: { name: 'Norte', cns: '0012345' } }]);
  expect(await refusalOf(commit([{ op: 'update', type: 'clinic', id: 'a', fields: { cns: '7654321' } }]))).toMatchObject({
    code: 'INVALID',
    data: { fields: [{ field: 'cns', type: 'clinic', id: 'a' }] },
  });
});

test('equal personal records of two people do not share a hash, and the hash is not that of the bare content', async () => {
  const absence = (id: string) => ({
    op: 'create' as const,
    type: 'absence',
    id,
    fields: { personId: 'lima', startDate: '2026-08-05', endDate: '2026-08-06', absenceType: 'sick', notes: 'flu' },
  });
  const one = await commit([absence('one')]);
  await commit([{ op: 'delete', type: 'absence', id: 'one' }]);
  const two = await commit([absence('one')]);
  if (one.kind !== 'committed' || two.kind !== 'committed') throw new Error('not committed');
  expect(one.changes[0]?.version).not.toBe(two.changes[0]?.version);
  const { items } = await desk.api.versions.history({ type: 'absence', id: 'one' });
  expect(items[0]?.checksum).toBe(items[2]?.checksum);
});

test('a text of ten million letters is refused at once and not repeated', async () => {
  const long = 'x'.repeat(10_000_000);
  const before = await state();
  const started = performance.now();
  const calls: (() => PromiseLike<unknown>)[] = [
    () => commit([cell('one', { notes: long })]),
    () => commit([cell('one', { [long]: 'x' })]),
    () => commit([cell('one')], { message: long }),
    () => commit([cell(long)]),
    () => commit([{ op: 'update', type: long, id: 'x', fields: {} }]),
    () => commit([cell('one')], { branch: long }),
    () => desk.api.diff.commits({ from: long, to: 'main' }),
    () => desk.api.branches.create({ name: long }),
    () => desk.api.versions.allAt({ type: 'person', filters: { [long]: 'x' } }),
    () => desk.api.versions.history({ type: 'person', id: 'x', cursor: long }),
    () => desk.api.changes.commit({ message: 'm', changes: [], [long]: 1 } as never),
  ];
  for (const call of calls) {
    const refusal = await refusalOf(call());
    expect(refusal.code).toMatch(/INVALID|BAD_REQUEST|UNKNOWN_TYPE|NOT_FOUND/);
    expect(JSON.stringify([refusal.message, refusal.data]).length).toBeLessThan(5_000);
  }
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(await state()).toEqual(before);
});

test('input of the wrong shape is refused as such, with the path of each issue', async () => {
  const cases: readonly [unknown, string, RegExp][] = [
    [{ changes: [cell('x')] }, 'message', /message/],
    [{ message: 'm', changes: [] }, 'changes', /changes/],
    [{ message: 'm', changes: [{ ...cell('x'), op: 'upsert' }] }, 'changes.0.op', /op/],
    [{ message: 'm', changes: [{ ...cell('x'), fields: [] }] }, 'changes.0.fields', /fields/],
    [{ message: 'm', changes: [{ ...cell('x'), fields: { notes: undefined, n: Number.NaN } }] }, 'changes.0.fields', /fields/],
    [{ message: 'm', changes: [{ ...cell('bad id!') }] }, 'changes.0.id', /letters, digits/],
    [{ message: 'm', changes: [cell('x')], brnach: 'main' }, '', /brnach/],
  ];
  for (const [input, path, words] of cases) {
    const refusal = await refusalOf(desk.api.changes.commit(input as never));
    expect(refusal).toMatchObject({ code: 'BAD_REQUEST', status: 400, defined: true, message: expect.stringMatching(words) });
    expect(refusal.data.issues.map((issue: any) => issue.path)).toContain(path);
  }
  expect((await refusalOf(desk.api.versions.at({ type: 'person', id: 'x', at: 'last Tuesday' }))).message).toMatch(
    /at: .*instant .*commit of 64 lower-case hex/,
  );
});

test('keys that mean something to JavaScript are named, not obeyed', async () => {
  for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    const fields = JSON.parse(`{"${key}":{"admin":true},"personId":"lima","date":"2026-08-05","half":"AM"}`);
    const refusal = await refusalOf(commit([{ op: 'create', type: 'assignment', id: 'x', fields }]));
    expect([refusal.code, refusal.data.fields[0].field]).toEqual(['INVALID', key]);
    expect(await refusalOf(commit([{ op: 'create', type: key, id: 'x', fields: {} }]))).toMatchObject({ code: 'UNKNOWN_TYPE' });
    expect((await desk.api.versions.at({ type: 'person', id: 'constructor' })).existed).toBe(false);
  }
  expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false);
});

test('half a character is refused wherever it would be stored', async () => {
  const half = 'a\ud800b';
  const { api } = desk;
  const done = await commit([cell('one')]);
  if (done.kind !== 'committed') throw new Error('not committed');
  const before = await state();
  for (const call of [
    () => api.session.use({ userId: 'ana', name: half }),
    () => api.session.use({ userId: half, name: 'Ana' }),
    () => api.program.rename({ name: half }),
    () => api.program.create({ name: half }),
    () => api.notes.comment({ commit: done.commit, text: half }),
    () => api.branches.create({ name: 'x', description: half }),
    () => commit([cell('two')], { message: half }),
    () => commit([cell('two', { notes: half })]),
  ])
    expect(await refusalOf(call())).toMatchObject({ code: 'INVALID', defined: true });
  expect([await state(), (await api.session.get()).name]).toEqual([before, 'Ana Lima']);
});

test('a record named twice, an update without an id, a delete with fields, and notes are refused', async () => {
  await commit([cell('one')]);
  expect(await refusalOf(commit([cell('two'), { op: 'update', type: 'assignment', id: 'two', fields: {} }]))).toMatchObject({
    code: 'INVALID',
  });
  expect(await refusalOf(commit([{ op: 'update', type: 'assignment', fields: {} }]))).toMatchObject({
    code: 'INVALID',
    data: { fields: [{ field: 'id' }] },
  });
  expect(await refusalOf(commit([{ op: 'delete', type: 'assignment', id: 'one', fields: { notes: 'x' } }]))).toMatchObject({
    code: 'INVALID',
  });
  expect(await refusalOf(commit([{ op: 'create', type: 'note', fields: { text: 'x' } }]))).toMatchObject({
    code: 'UNKNOWN_TYPE',
    message: expect.stringMatching(/^Unsupported entity type/),
  });
  expect(await refusalOf(commit([cell('one')]))).toMatchObject({ code: 'EXISTS', data: { what: 'assignment', id: 'one' } });
  expect(await refusalOf(commit([{ op: 'delete', type: 'assignment', id: 'ghost' }]))).toMatchObject({
    code: 'NOT_FOUND',
    data: { id: 'ghost' },
  });
  expect(await refusalOf(commit([cell('x')], { branch: 'nowhere' }))).toMatchObject({
    code: 'NOT_FOUND',
    message: 'There is no branch “nowhere”.',
  });
});

test('a fault of ours is told by an incident number only', async () => {
  await desk.close();
  const clock = createFakeClock();
  let broken = false;
  const faulty = Object.assign(() => {
    if (broken) throw new Error('secret detail');
    return clock();
  }, clock);
  desk = await openEngine({ expectErrors: true, clock: faulty });
  broken = true;
  const refusal = await refusalOf(commit([cell('one')]));
  expect(refusal).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', status: 500, data: { incident: expect.any(String) } });
  const logged = desk.errors().join();
  expect([JSON.stringify(refusal).includes('secret'), logged.includes(refusal.data.incident), logged.includes('secret detail')]).toEqual([
    false,
    true,
    true,
  ]);
  broken = false;
  expect((await desk.api.commits.line({})).total).toBe(0);
});

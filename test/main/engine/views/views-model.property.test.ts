import { ORPCError } from '@orpc/server';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EntityId } from '../../../../shared/ids.ts';
import { openEngine, type EngineClient, type OpenedEngine } from '../../../kit/open-engine.ts';
import * as plain from './views-model.ts';

/*
 * Whatever several users do, in whatever order, on two branches: each sees what a few plain maps say, after every step, after a restart, and as
 * of every step that was. A fault here would be silent: somebody would see a colleague's telephone number, or lose an own one, and every single
 * answer would look right.
 */

const users = ['ana', 'bruno', 'carla'] as const;
const identifiers = ['0000001', '0000002'] as const;
const fieldNames = ['name', 'phone', 'hours'] as const;

const who = fc.constantFrom(...users);
const branch = fc.constantFrom('main', 'main', 'try');
const cns = fc.constantFrom(...identifiers);
const which = fc.nat(2);
const number = fc.integer({ min: 1, max: 6 });
const fields = fc.record(
  {
    name: fc.oneof({ weight: 8, arbitrary: fc.constantFrom('Zé', 'Ana', 'ze') }, { weight: 1, arbitrary: fc.constant(null) }),
    phone: fc.constantFrom('(11) 1111-1111', '(11) 2222-2222', null),
    hours: fc.constantFrom('days', 'nights', null),
  },
  { requiredKeys: [] },
);

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('register' as const), who, branch, cns, fields }) },
  { weight: 7, arbitrary: fc.record({ kind: fc.constant('save' as const), who, branch, which, fields, isDraft: fc.nat(4) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('clear' as const),
      who,
      branch,
      which,
      fields: fc.option(fc.subarray([...fieldNames], { minLength: 1 })),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('use' as const), who, branch, which, number }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unlink' as const), who, which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), who, which, number }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('archive' as const), who, which, number, archived: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cleanup' as const), who }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('edit' as const), who, branch, which, fields: fc.option(fields, { freq: 8 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('create' as const), who, branch, cns, fields }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('dismiss' as const), who }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fork' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** The instant from which a step shows, and what is seen as of it: of everything, or of what one user looks at where nothing was written. */
interface Stand {
  readonly at: string;
  readonly model: plain.Model;
  readonly only: { readonly user: string; readonly branch: string } | null;
}

test('what each user sees equals plain maps after every step, after a restart, and as of every past step', async () => {
  const law = fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 4, maxLength: 22 }),
      fc.array(fc.nat(20), { minLength: 22, maxLength: 22 }),
      async (steps, waits) => {
        const desk = await openEngine();
        try {
          await tell(desk, steps, waits);
        } finally {
          await desk.close();
        }
      },
    ),
    { numRuns: Number(process.env['VIEWS_MODEL_RUNS'] ?? 12) },
  );
  await expect(law).resolves.toBeUndefined();
}, 600_000);

async function tell(desk: OpenedEngine, steps: readonly Step[], waits: readonly number[]): Promise<void> {
  let model = plain.emptyModel;
  const records: string[] = [];
  const stands: Stand[] = [];
  for (const [index, one] of steps.entries()) {
    desk.clock.advance(waits[index] ?? 0);
    const told = await tellOne(desk, one, { model, records });
    model = told.model;
    if (told.at !== null) stands.push({ at: told.at, model, only: told.only });
    await compareNow(desk, model, records);
  }
  await desk.restart();
  await compareNow(desk, model, records);
  expect((await desk.api.verify.run({})).faults).toEqual([]);
  for (const user of users) {
    await actAs(desk, user);
    for (const stand of stands) if (stand.only === null || stand.only.user === user) await compareAsOf(desk, user, stand);
  }
}

async function tellOne(
  desk: OpenedEngine,
  one: Step,
  { model, records }: { readonly model: plain.Model; readonly records: string[] },
): Promise<{ readonly model: plain.Model; readonly at: string | null; readonly only: Stand['only'] }> {
  const { api } = desk;
  const nothing = { model, at: null, only: null };
  if (one.kind === 'restart') {
    await desk.restart();
    return nothing;
  }
  if (one.kind === 'fork') {
    if (model.branches.has('try')) return nothing;
    // A branch begins by the clock: later than every gesture before.
    desk.clock.advance(1_000);
    const { createdAt } = await api.branches.create({ name: 'try' });
    return { model: plain.fork(model, 'try'), at: createdAt, only: null };
  }
  if (one.kind === 'dismiss') {
    await api.session.use({ userId: 'chief', name: 'The Chief' });
    await api.session.remove({ userId: EntityId.parse(one.who) as never }).catch(expectRefusal('NOT_FOUND'));
    return nothing;
  }
  const { who: user } = one;
  const on = 'branch' in one && model.branches.has(one.branch) ? one.branch : 'main';
  const record = 'which' in one ? (records[one.which] ?? 'nobody') : '';
  await actAs(desk, user);
  const called = await callIt(api, one, { on, record });
  const next = modelIt(model, one, { user, on, record, id: called.id });
  if (typeof next === 'string' || called.code !== null) {
    expect(called.code).toBe(next);
    return nothing;
  }
  if (called.id !== '' && !records.includes(called.id)) records.push(called.id);
  return { model: next, at: called.at, only: called.wrote ? null : { user, branch: on } };
}

interface Called {
  readonly code: string | null;
  readonly id: string;
  readonly at: string | null;
  readonly wrote: boolean;
}

async function callIt(
  api: EngineClient,
  one: Exclude<Step, { kind: 'restart' | 'fork' | 'dismiss' }>,
  { on, record }: { readonly on: string; readonly record: string },
): Promise<Called> {
  const of = { type: 'clinic', id: EntityId.parse(record === '' ? 'none' : record) };
  const changed = ({ id, commit, at }: { id: string; commit: string | null; at: string }): Called => ({
    code: null,
    id,
    at,
    wrote: commit !== null,
  });
  try {
    switch (one.kind) {
      case 'register':
        return changed(await api.views.register({ type: 'clinic', identifier: one.cns, fields: one.fields, branch: on }));
      case 'save':
        return changed(await api.views.save({ ...of, fields: one.fields, branch: on, status: one.isDraft === 0 ? 'draft' : 'active' }));
      case 'clear':
        return changed(await api.views.clear({ ...of, branch: on, ...(one.fields === null ? {} : { fields: one.fields }) }));
      case 'use':
        return changed(await api.views.useVersion({ ...of, branch: on, version: one.number }));
      case 'unlink':
        return { code: null, id: '', at: (await api.views.unlink(of)).at, wrote: true };
      case 'remove':
        return { code: null, id: '', at: (await api.views.remove({ ...of, version: one.number })).at, wrote: true };
      case 'archive':
        await api.views.archive({ ...of, version: one.number, archived: one.archived });
        return { code: null, id: '', at: null, wrote: true };
      case 'cleanup': {
        const { total } = await api.views.previewCleanup({});
        const { removed, commit, at } = await api.views.cleanup({ expected: total });
        expect(removed).toBe(total);
        return changed({ id: '', commit, at });
      }
      case 'edit':
      case 'create': {
        const change =
          one.kind === 'create'
            ? { op: 'create' as const, type: 'clinic', fields: { ...one.fields, cns: one.cns } }
            : one.fields === null
              ? { op: 'delete' as const, ...of }
              : { op: 'update' as const, ...of, fields: one.fields };
        const answer = await api.changes.commit({ branch: on, message: 'Edit', changes: [change] });
        if (answer.kind !== 'committed') return { code: null, id: '', at: null, wrote: false };
        return { code: null, id: answer.changes[0]?.id ?? '', at: answer.at, wrote: true };
      }
    }
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error;
    return { code: error.code, id: '', at: null, wrote: false };
  }
}

function modelIt(
  model: plain.Model,
  one: Exclude<Step, { kind: 'restart' | 'fork' | 'dismiss' }>,
  { user, on, record, id }: { readonly user: string; readonly on: string; readonly record: string; readonly id: string },
): plain.Next {
  switch (one.kind) {
    case 'register':
      return plain.register(model, { user, branch: on, cns: one.cns, fields: one.fields, id });
    case 'save':
      return plain.save(model, { user, branch: on, record, fields: one.fields, status: one.isDraft === 0 ? 'draft' : 'active' });
    case 'clear':
      return plain.clear(model, { user, branch: on, record, fields: one.fields });
    case 'use':
      return plain.useVersion(model, { user, branch: on, record, number: one.number });
    case 'unlink':
      return plain.unlink(model, { user, record });
    case 'remove':
      return plain.remove(model, { user, record, number: one.number });
    case 'archive':
      return plain.archive(model, { user, record, number: one.number, archived: one.archived });
    case 'cleanup':
      return plain.cleanUp(model, user);
    case 'edit':
      return plain.edit(model, { user, branch: on, record, fields: one.fields });
    case 'create':
      return plain.create(model, { branch: on, id, cns: one.cns, fields: one.fields });
  }
}

async function actAs({ api }: OpenedEngine, user: string): Promise<void> {
  await api.session.use({ userId: user, name: `${user} of the team` });
}

function expectRefusal(code: string): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof ORPCError)) throw error;
    expect(error.code).toBe(code);
  };
}

async function compareNow(desk: OpenedEngine, model: plain.Model, records: readonly string[]): Promise<void> {
  const { api } = desk;
  for (const user of users) {
    await actAs(desk, user);
    for (const name of model.branches.keys()) {
      await compareSeen(api, { user, branch: name, model });
      const open = await api.versions.allAt({ type: 'clinic', branch: name });
      expect(Object.fromEntries(open.items.map((item) => [item.id, item.fields]))).toEqual(
        Object.fromEntries(plain.shownOnBranch(model, user, name)),
      );
    }
    expect((await api.views.previewCleanup({})).total).toBe(plain.unused(model, user).length);
    for (const record of records) await compareVersions(api, { user, record, model });
  }
}

async function compareSeen(
  api: EngineClient,
  { user, branch: name, model, at }: { readonly user: string; readonly branch: string; readonly model: plain.Model; readonly at?: string },
): Promise<void> {
  const expected = [...(model.branches.get(name)?.keys() ?? [])].flatMap((id) => {
    const seen = plain.see(model, user, name, id);
    return seen === null ? [] : [{ id, ...seen }];
  });
  const moment = { branch: name, ...(at === undefined ? {} : { at }) };
  const found = await api.views.search({ type: 'clinic', ...moment });
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
  expect([
    found.total,
    found.items.map(({ id, fields: shown, version }) => ({ id: String(id), fields: shown, version })).toSorted(byId),
  ]).toEqual([expected.length, expected.toSorted(byId)]);
  const named = expected.filter((seen) => seen.fields['name'] === 'Zé' || seen.fields['name'] === 'ze');
  expect((await api.views.search({ type: 'clinic', text: 'ZE', ...moment })).total).toBe(named.length);
  const all = await api.versions.allAt({ type: 'clinic', view: user as never, ...moment });
  expect(Object.fromEntries(all.items.map((item) => [item.id, item.fields]))).toEqual(
    Object.fromEntries(expected.map((seen) => [seen.id, seen.fields])),
  );
  for (const { id, fields: shown, version } of expected) {
    const got = await api.views.get({ type: 'clinic', id: EntityId.parse(id), ...moment });
    expect([got.fields, got.version]).toEqual([shown, version]);
  }
}

async function compareVersions(
  api: EngineClient,
  { user, record, model }: { readonly user: string; readonly record: string; readonly model: plain.Model },
): Promise<void> {
  const link = plain.linkOf(model, record, user);
  if (!link.linked) {
    await api.views
      .versions({ type: 'clinic', id: EntityId.parse(record) })
      .then(() => expect.unreachable('it is not on the list'), expectRefusal('NOT_FOUND'));
    return;
  }
  const { items } = await api.views.versions({ type: 'clinic', id: EntityId.parse(record) });
  const first = link.first ? [[1, link.using === null ? 'active' : 'archived', {}]] : [];
  expect(items.map((item) => [item.number, item.status, item.fields])).toEqual([
    ...[...link.own].toSorted(([a], [b]) => b - a).map(([given, own]) => [given, own.status, own.layer]),
    ...first,
  ]);
}

async function compareAsOf({ api }: OpenedEngine, user: string, { at, model, only }: Stand): Promise<void> {
  for (const name of model.branches.keys())
    if (only === null || only.branch === name) await compareSeen(api, { user, branch: name, model, at });
}

import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EntityId } from '../../../../shared/ids.ts';
import { refusalOf } from '../../../kit/refusal-of.ts';
import { cns, openThreeUsers, type ThreeUsers } from './three-users.ts';

let desk: ThreeUsers;
beforeEach(async () => {
  desk = await openThreeUsers();
});
afterEach(async () => {
  await desk.close();
});

const edit = (branch: string, fields: Readonly<Record<string, string>>) =>
  desk.as('ana', () => desk.api.changes.commit({ branch, message: 'Edit', changes: [{ op: 'update', ...desk.clinic, fields }] }));

/** A branch on which Ana changed the city, where main says another one, and the street, where main says nothing. */
async function twoSides(): Promise<void> {
  await desk.as('ana', () => desk.api.branches.create({ name: 'plan' }));
  await edit('plan', { city: 'Olinda', street: 'Rua do Sol' });
  await edit('main', { city: 'Natal' });
}

describe('a merge of records that are not the asker’s', () => {
  test('keeps what it promised: as many conflicts as the resolver shows, each masked', async () => {
    await twoSides();
    const { api } = desk;
    const [promised, asked] = await desk.as('carla', async () => [
      await api.branches.info({ name: 'plan' }),
      await api.merges.preview({ source: 'plan', target: 'main' }),
    ]);
    expect([promised?.ifMerged?.conflicts, promised?.ifMerged?.clean, promised?.mergeStatus]).toEqual([
      asked.conflicts.length,
      asked.cleanCount,
      'conflicts',
    ]);
    expect(asked.conflicts).toMatchObject([
      {
        title: 'A clinic that is not yours',
        base: null,
        source: null,
        target: null,
        sourceText: 'hidden',
        sourceStory: null,
        baseToSource: [],
        field: 'city',
      },
    ]);
    expect(asked.conflicts[0]?.offered).toEqual(['source', 'target', 'base']);
    expect(JSON.stringify(asked)).not.toMatch(/Olinda|Natal|Rua do Sol|Clinic North/);
  });

  test('can be decided by a side, never by a value, and loses nothing', async () => {
    await twoSides();
    const { api } = desk;
    const started = await desk.as('carla', () => api.merges.start({ source: 'plan', target: 'main' }));
    if (started.kind !== 'conflicts') throw new Error(started.kind);
    const { merge } = started;
    const conflict = { entity: desk.clinic, field: 'city' } as never;
    const own = { conflict, resolution: { kind: 'custom' as const, value: 'Recife' } };
    expect(await refusalOf(api.merges.resolve({ merge, resolutions: [own] }))).toMatchObject({ code: 'INVALID' });
    await api.merges.resolve({ merge, resolutions: [{ conflict, resolution: { kind: 'source' } }] });
    const { commit } = await api.merges.conclude({ merge });
    expect(await desk.shared()).toMatchObject({ city: 'Olinda', street: 'Rua do Sol' });
    const told = await desk.as('carla', () => api.commits.get({ commit }));
    expect([told.changes, told.totalChanges, told.decisions, told.totalDecisions]).toEqual([[], 0, [], 0]);
    const whole = await desk.as('ana', () => api.commits.get({ commit }));
    expect([whole.totalChanges, whole.totalDecisions, whole.decisions[0]?.authorName]).toEqual([1, 1, 'Carla Reis']);
  });

  test('what was decided by a value stays with those who see it', async () => {
    await twoSides();
    const { api } = desk;
    const started = await desk.as('ana', () => api.merges.start({ source: 'plan', target: 'main' }));
    if (started.kind !== 'conflicts') throw new Error(started.kind);
    const { merge } = started;
    const conflict = { entity: desk.clinic, field: 'city' } as never;
    await api.merges.resolve({
      merge,
      resolutions: [{ conflict, resolution: { kind: 'custom', value: 'Caruaru' }, reason: 'They moved to Caruaru' }],
    });
    const [seen, masked] = [
      await desk.as('bruno', () => api.merges.get({ merge })),
      await desk.as('carla', () => api.merges.get({ merge })),
    ];
    expect(seen.conflicts[0]?.decision).toMatchObject({ resolution: { value: 'Caruaru' }, reason: 'They moved to Caruaru' });
    expect(masked.conflicts[0]?.decision).toMatchObject({ resolution: { kind: 'custom', value: null }, reason: null });
    expect([masked.left, masked.conflictCount]).toEqual([seen.left, seen.conflictCount]);
  });

  test('counts a clash in which a hidden record takes part, and names nobody', async () => {
    const { api } = desk;
    const twin = { op: 'create' as const, type: 'clinic', fields: { name: 'Clinic South', cns } };
    await desk.as('ana', () => api.changes.commit({ message: 'Gone', changes: [{ op: 'delete', ...desk.clinic }] }));
    await desk.as('ana', () => api.branches.create({ name: 'without' }));
    await desk.as('ana', () => api.changes.undo({}));
    await desk.as('carla', () => api.changes.commit({ branch: 'without', message: 'Add', changes: [twin] }));
    const [seen, masked] = [
      await desk.as('ana', () => api.merges.preview({ source: 'without', target: 'main' })),
      await desk.as('carla', () => api.merges.preview({ source: 'without', target: 'main' })),
    ];
    expect(seen.clashes.map(({ rule, text }) => [rule, text])).toEqual([['unique', expect.stringContaining('Clinic North')]]);
    expect(masked.clashes.map(({ rule, text, repairs }) => [rule, text, repairs])).toEqual([
      ['unique', 'A clinic that is not yours would break the rule “unique”.', []],
    ]);
    expect(masked.clashCount).toBe(seen.clashCount);
  });

  test('is not there to be picked', async () => {
    await twoSides();
    const entities = [desk.clinic] as never;
    const picked = await desk.as('carla', () => refusalOf(desk.api.merges.pick({ source: 'plan', target: 'main', entities })));
    expect(picked).toMatchObject({ code: 'NOT_FOUND' });
  });
});

test('nobody takes back or restores what is not there for them', async () => {
  await edit('main', { city: 'Natal' });
  const { api } = desk;
  const [newest] = (await desk.as('carla', () => api.commits.line({}))).items;
  expect([newest?.counts, newest?.summary]).toEqual([[], expect.any(String)]);
  const reverted = await refusalOf(api.commits.revert({ commit: newest?.commit ?? ('' as never), reason: 'x' }));
  expect(reverted).toMatchObject({ code: 'NOT_FOUND' });
  const restored = await api.changes.restore({ at: '2020-01-01T00:00:00.000Z' as never, scope: { kind: 'all' }, reason: 'x' });
  expect(restored).toMatchObject({ kind: 'unchanged' });
  expect(await desk.shared()).toMatchObject({ city: 'Natal' });
});

test('of a commit that changed both, one takes back what one may see, as many conflicts as were promised, and nothing else', async () => {
  const { api } = desk;
  const rita = EntityId.parse('rita');
  const both = (op: 'create' | 'update', name: string, city: string) =>
    desk.as('ana', () =>
      api.changes.commit({
        message: name,
        changes: [
          { op, type: 'person', id: rita, fields: { name, type: 'resident', pgyLevel: 1 } },
          { op: 'update', ...desk.clinic, fields: { city } },
        ],
      }),
    );
  await both('create', 'Rita', 'Natal');
  const second = await both('update', 'Rita B', 'Olinda');
  if (second.kind !== 'committed') throw new Error(second.kind);
  const { commit } = second;
  await both('update', 'Rita C', 'Recife');
  const asked = await desk.as('carla', () => api.commits.revert({ commit, reason: 'x' }));
  if (asked.kind !== 'conflicts') throw new Error(asked.kind);
  const { merge } = asked;
  const session = await api.merges.get({ merge });
  expect([asked.count, session.conflictCount, session.conflicts.map(({ entity }) => entity.type)]).toEqual([1, 1, ['person']]);
  await api.merges.resolve({ merge, resolutions: session.conflicts.map(({ id }) => ({ conflict: id, resolution: { kind: 'source' } })) });
  await api.merges.conclude({ merge });
  expect((await api.versions.at({ type: 'person', id: rita })).fields).toMatchObject({ name: 'Rita' });
  expect(await desk.shared()).toMatchObject({ city: 'Recife' });
});

test('messages that the engine writes name no record with views', async () => {
  const { api } = desk;
  await edit('main', { city: 'Natal' });
  const { items } = await desk.as('ana', () => api.versions.history(desk.clinic));
  const first = items.at(-1)?.version ?? ('' as never);
  await api.versions.rollback({ ...desk.clinic, version: first, reason: 'x' });
  await api.notes.tag({ ...desk.clinic, version: first, tag: 'the good one' });
  const { items: told } = await desk.as('carla', () => api.commits.line({}));
  expect(told.map(({ message }) => message).join(' | ')).not.toMatch(/Clinic North|Santos|Natal/);
  expect(told[0]?.message).toMatch(/^Roll back a clinic to /);
  expect(await api.notes.list({})).toMatchObject({ items: [], total: 0 });
});

test('a check of an altered file tells every fault, and names only what the asker may see', async () => {
  const { api } = desk;
  await desk.save('ana', { hours: 'nights only' });
  const { file } = await api.program.info();
  await desk.engine().close();
  const raw = new Database(file ?? '');
  for (const name of raw.prepare<[], string>(`SELECT name FROM sqlite_master WHERE type = 'trigger'`).pluck().all())
    raw.exec(`DROP TRIGGER "${name}"`);
  raw.exec(`UPDATE versions SET body = replace(body, 'nights', 'nightz') WHERE body LIKE '%nights only%'`);
  raw.exec(`UPDATE versions SET body = replace(body, 'Clinic North', 'Clinic Nortx') WHERE body LIKE '%Clinic North%'`);
  raw.close();
  await desk.restart();
  const [linked, stranger] = [await desk.as('bruno', () => api.verify.run()), await desk.as('carla', () => api.verify.run())];
  expect([linked.ok, stranger.ok, stranger.faults.length]).toEqual([false, false, linked.faults.length]);
  expect(linked.faults.some(({ type, id }) => type === 'clinic' && id === desk.clinic.id)).toBe(true);
  expect(linked.faults.some(({ type }) => type === 'own_version')).toBe(false);
  expect(stranger.faults.every(({ type, id, version }) => type === null && id === null && version === null)).toBe(true);
});

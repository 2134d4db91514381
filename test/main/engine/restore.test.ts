import { afterEach, expect, test } from 'vitest';
import { buildHistory, entityOf, type BuiltHistory } from '../../kit/build-history.ts';
import { createSeededRandom } from '../../kit/seeded-random.ts';
import { refusalOf } from '../../kit/refusal-of.ts';

let history: BuiltHistory;
afterEach(() => history.close());

const cell = entityOf('cell');

async function busyWeek(): Promise<BuiltHistory> {
  return buildHistory()
    .commit('main', { 'person:lima': { name: 'Lima, A' }, 'person:souza': { name: 'Souza, J' } })
    .commit('main', {
      limaAm: { personId: 'lima', date: '2026-08-05', half: 'AM', activity: 'C' },
      limaPm: { personId: 'lima', date: '2026-08-05', half: 'PM', activity: 'C' },
      limaLater: { personId: 'lima', date: '2026-08-20', half: 'AM', activity: 'C' },
      souzaAm: { personId: 'souza', date: '2026-08-05', half: 'AM', activity: 'C' },
      'absence:leave': { personId: 'lima', startDate: '2026-08-06', endDate: '2026-08-07' },
    })
    .commit('main', {
      limaAm: { activity: 'ICU' },
      limaPm: null,
      limaLater: { activity: 'ICU' },
      souzaAm: { activity: 'ICU' },
      souzaPm: { personId: 'souza', date: '2026-08-05', half: 'PM', activity: 'ICU' },
      'absence:leave': null,
    })
    .open();
}

const activities = async () =>
  Object.fromEntries((await history.api.versions.allAt({ type: 'assignment' })).items.map((item) => [item.id, item.fields['activity']]));

test('everything comes back as one commit: what was changed, deleted and added since', async () => {
  history = await busyWeek();
  const [, then = ''] = history.commits();
  const preview = await history.api.changes.previewRestore({ at: then, scope: { kind: 'all' } });
  expect(preview).toMatchObject({ total: 6, totals: { added: 2, removed: 1, changed: 3 } });
  expect(preview.summary).toMatch(/^3 records will change back, 2 records will come back, 1 record will be removed/);
  const before = await history.api.commits.line({});
  const done = await history.api.changes.restore({ at: then, scope: { kind: 'all' }, reason: 'the plan of Monday' });
  expect(done).toMatchObject({ kind: 'committed', position: before.total + 1 });
  expect(await activities()).toEqual({ limaAm: 'C', limaPm: 'C', limaLater: 'C', souzaAm: 'C' });
  const [entry] = (await history.api.commits.line({ limit: 1 })).items;
  expect([entry?.kind, entry?.reason, entry?.marks, entry?.message.startsWith('Restore everything to 2026-08-03 09:02 UTC')]).toEqual([
    'restore',
    'the plan of Monday',
    ['restore'],
    true,
  ]);
  expect(await history.api.changes.restore({ at: then, scope: { kind: 'all' }, reason: 'again' })).toMatchObject({ kind: 'unchanged' });
  expect((await history.api.changes.previewRestore({ at: then, scope: { kind: 'all' } })).summary).toMatch(/^Nothing would change/);
});

test('a restore keeps to its scope: a cell, a stretch of days, a person, named records', async () => {
  history = await busyWeek();
  const [, then = ''] = history.commits();
  const touched = async (scope: Parameters<typeof history.api.changes.previewRestore>[0]['scope']) =>
    (await history.api.changes.previewRestore({ at: then, scope })).items.map((item) => `${item.kind} ${item.id}`).toSorted();
  expect(await touched({ kind: 'cell', personId: 'lima', date: '2026-08-05', half: 'AM' })).toEqual(['changed limaAm']);
  expect(await touched({ kind: 'days', from: '2026-08-05', to: '2026-08-05' })).toEqual([
    'added limaPm',
    'changed limaAm',
    'changed souzaAm',
    'removed souzaPm',
  ]);
  expect(await touched({ kind: 'days', from: '2026-08-05', to: '2026-08-07', personId: 'lima' })).toEqual([
    'added leave',
    'added limaPm',
    'changed limaAm',
  ]);
  expect(await touched({ kind: 'person', personId: 'souza' })).toEqual(['changed souzaAm', 'removed souzaPm']);
  expect(await touched({ kind: 'entities', entities: [entityOf('limaLater'), entityOf('nobody')] })).toEqual(['changed limaLater']);
  await history.api.changes.restore({ at: then, scope: { kind: 'person', personId: 'souza' }, reason: 'as before' });
  expect(await activities()).toMatchObject({ limaAm: 'ICU', limaLater: 'ICU', souzaAm: 'C' });
  expect(
    await refusalOf(history.api.changes.previewRestore({ at: then, scope: { kind: 'days', from: '2026-08-05', to: '2026-08-01' } })),
  ).toMatchObject({ code: 'INVALID' });
  expect(
    await refusalOf(history.api.changes.previewRestore({ at: then, scope: { kind: 'entities', entities: [entityOf('spaceship:x')] } })),
  ).toMatchObject({ code: 'UNKNOWN_TYPE' });
});

test('the preview says which clashes would appear and go', async () => {
  history = await buildHistory()
    .commit('main', { 'person:lima': { name: 'Lima, A' }, one: { date: '2026-08-05', half: 'AM', activity: 'FMIT' } })
    .commit('main', { one: { date: '2026-08-06' }, two: { date: '2026-08-05', half: 'AM', activity: 'NF' } })
    .open();
  const [then = ''] = history.commits();
  const preview = await history.api.changes.previewRestore({ at: then, scope: { kind: 'entities', entities: [entityOf('one')] } });
  expect(preview.newClashes.map((clash) => clash.rule)).toContain('double-booking');
  expect(preview.summary).toMatch(/clash(es)? appear/);
});

test('with an outdated tip a restore is stale and changes nothing', async () => {
  history = await busyWeek();
  const [first = '', then = '', tip] = history.commits();
  const answer = await history.api.changes.restore({ at: then, scope: { kind: 'all' }, reason: 'late', expectedTip: first });
  expect(answer).toEqual({ kind: 'stale', tip });
});

test('rolling back one entity appends, twice in a row, and each time leaves target and reason as a comment there', async () => {
  history = await buildHistory()
    .commit('main', { 'schedule_run:run': { status: 'success' } })
    .commit('main', { 'schedule_run:run': { status: 'failed' } })
    .commit('main', { 'schedule_run:run': { status: 'partial' } })
    .open();
  const run = entityOf('schedule_run:run');
  const [, second, first] = (await history.api.versions.history(run)).items;
  const one = await history.api.versions.rollback({ ...run, version: first?.version ?? '', reason: 'the first was right' });
  const two = await history.api.versions.rollback({ ...run, version: second?.version ?? '', reason: 'no, the second' });
  const { items } = await history.api.versions.history(run);
  expect(items.map((entry) => entry.fields?.['status'])).toEqual(['failed', 'success', 'partial', 'failed', 'success']);
  expect(items.map((entry) => entry.comments.map((comment) => comment.text))).toEqual([
    [expect.stringContaining('Reason: no, the second')],
    [expect.stringMatching(new RegExp(`${first?.version.slice(0, 12)}.*Reason: the first was right`))],
    [],
    [],
    [],
  ]);
  // The same content again is the same version: nobody has to compare fields to see it.
  expect([items[1]?.version, items[0]?.version]).toEqual([first?.version, second?.version]);
  expect(one).toMatchObject({
    success: true,
    newVersion: first?.version,
    targetVersion: first?.version,
    rolledBackBy: 'ana',
    changed: true,
    commit: items[1]?.commit,
  });
  expect([two.rolledBackAt, two.commit]).toEqual([items[0]?.officialAt, items[0]?.commit]);
});

test('a rollback brings a deleted entity back, says so when there was nothing to do, and refuses versions that are not its own', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'C' }, other: { activity: 'X' } })
    .commit('main', { cell: null })
    .open();
  const version = (await history.api.versions.history(cell)).items[1]?.version ?? '';
  const foreign = (await history.api.versions.history(entityOf('other'))).items[0]?.version ?? '';
  const back = await history.api.versions.rollback({ ...cell, version, reason: 'deleted by mistake' });
  expect(await history.fieldsOf('cell')).toMatchObject({ activity: 'C' });
  const before = await history.api.commits.line({});
  const again = await history.api.versions.rollback({ ...cell, version, reason: 'again' });
  expect(again).toMatchObject({ success: true, changed: false, commit: back.commit, newVersion: version, rolledBackAt: back.rolledBackAt });
  for (const wrong of [foreign, 'd'.repeat(64)])
    expect(await refusalOf(history.api.versions.rollback({ ...cell, version: wrong, reason: 'x' }))).toMatchObject({
      code: 'NOT_FOUND',
      data: { id: wrong },
    });
  expect(await history.api.commits.line({})).toEqual(before);
});

test('a version of one branch can be brought to another', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'C' } })
    .branch('side')
    .commit('side', { cell: { activity: 'SIDE' } })
    .open();
  const [side] = (await history.api.versions.history({ ...cell, branch: 'side' })).items;
  await history.api.versions.rollback({ ...cell, version: side?.version ?? '', reason: 'the better plan' });
  expect(await history.fieldsOf('cell')).toMatchObject({ activity: 'SIDE' });
});

test('records with personal text keep their version when they come back', async () => {
  history = await buildHistory()
    .commit('main', { 'absence:leave': { notes: 'surgery' } })
    .commit('main', { 'absence:leave': { notes: 'other' } })
    .open();
  const leave = entityOf('absence:leave');
  const [, first] = (await history.api.versions.history(leave)).items;
  await history.api.versions.rollback({ ...leave, version: first?.version ?? '', reason: 'x' });
  const [now] = (await history.api.versions.history(leave)).items;
  expect([now?.version, now?.checksum]).toEqual([first?.version, first?.checksum]);
});

test('a rollback that fails half-way has changed nothing and told nobody', async () => {
  const random = createSeededRandom(3);
  let left = Infinity;
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' } })
    .commit('main', { cell: { activity: 'B' } })
    .open({
      expectErrors: true,
      random: (bytes) => {
        if (left-- <= 0) throw new Error('no more chance');
        return random(bytes);
      },
    });
  const version = (await history.api.versions.history(cell)).items[1]?.version ?? '';
  const [before, told] = [await history.api.commits.line({}), history.events().length];
  // The comment needs an id, after the commit was appended.
  left = 0;
  expect(await refusalOf(history.api.versions.rollback({ ...cell, version, reason: 'x' }))).toMatchObject({
    code: 'INTERNAL_SERVER_ERROR',
  });
  expect([await history.api.commits.line({}), history.events().length]).toEqual([before, told]);
  left = Infinity;
  expect(await history.api.versions.rollback({ ...cell, version, reason: 'x' })).toMatchObject({ changed: true });
});

import { afterEach, expect, test } from 'vitest';
import { EntityId } from '../../../../shared/ids.ts';
import { buildHistory, type BuiltHistory } from '../../../kit/build-history.ts';
import { refusalOf } from '../../../kit/refusal-of.ts';

let history: BuiltHistory;
afterEach(async () => {
  await history.close();
});

const day = 86_400_000;
const people = { 'person:lima': { name: 'Lima, A' }, 'person:souza': { name: 'Souza, J' } };
const act = (userId: string, role: 'viewer' | 'editor' | 'approver' | 'admin') => history.api.session.use({ userId, name: userId, role });
const edit = (branch: string) =>
  history.api.changes.commit({
    branch,
    message: 'Edit',
    changes: [{ op: 'update', type: 'person', id: EntityId.parse('lima'), fields: { role: String(Math.random()) } }],
  });

test('a branch is renamed, described, put away and taken out again, and the log of its name still verifies', async () => {
  history = await buildHistory()
    .commit('main', people)
    .branch('try')
    .commit('try', { a: { activity: 'C' } })
    .open();
  const { api } = history;
  expect(await api.branches.rename({ name: 'try', to: 'August, four weeks' as never })).toMatchObject({ name: 'August, four weeks' });
  expect(await api.branches.info({ name: 'try' })).toBeNull();
  expect(await api.branches.describe({ name: 'August, four weeks', description: 'Testing 4-week blocks' })).toMatchObject({
    description: 'Testing 4-week blocks',
  });
  expect(await api.branches.archive({ name: 'August, four weeks' })).toMatchObject({ isArchived: true, isActive: true });
  expect(await api.branches.info({ name: 'August, four weeks' })).toMatchObject({ isArchived: true, ahead: 1 });
  expect(await api.branches.unarchive({ name: 'August, four weeks' })).toMatchObject({ isArchived: false, archivedAt: null });
  expect(
    (await api.versions.history({ type: 'assignment', id: EntityId.parse('a'), branch: 'August, four weeks' })).items[0],
  ).toMatchObject({ branch: 'August, four weeks' });
  await history.restart();
  expect((await api.verify.run({ full: true })).faults).toEqual([]);
  await api.branches.create({ name: 'try' as never });
  for (const call of [
    api.branches.rename({ name: 'August, four weeks', to: 'try' as never }),
    api.branches.rename({ name: 'try', to: 'main' as never }),
  ])
    expect(await refusalOf(call)).toMatchObject({ code: 'EXISTS' });
  for (const call of [
    api.branches.rename({ name: 'main', to: 'x' as never }),
    api.branches.archive({ name: 'main' }),
    api.branches.delete({ name: 'main' }),
  ])
    expect(await refusalOf(call)).toMatchObject({ code: 'PROTECTED' });
  expect(await refusalOf(api.branches.describe({ name: 'ghost', description: null }))).toMatchObject({ code: 'NOT_FOUND' });
});

test('a branch knows its parent also after the parent was renamed and another took its name', async () => {
  history = await buildHistory()
    .commit('main', people)
    .branch('try')
    .branch('deeper', 'try')
    .commit('deeper', { a: { activity: 'ADM' } })
    .open();
  const { api } = history;
  await api.branches.rename({ name: 'try', to: 'plan' as never });
  await api.branches.create({ name: 'try' as never });
  expect(await api.branches.info({ name: 'deeper' })).toMatchObject({ parent: 'plan', ahead: 1, ifMerged: { into: 'plan', clean: 1 } });
  await history.restart();
  expect(await api.branches.info({ name: 'deeper' })).toMatchObject({ parent: 'plan', ahead: 1 });
});

test('a deleted branch comes back within 30 days, and not later', async () => {
  history = await buildHistory()
    .commit('main', people)
    .branch('try')
    .commit('try', { a: { activity: 'C' } })
    .open();
  const { api } = history;
  await api.branches.delete({ name: 'try' });
  const [deleted] = (await api.branches.list({ deleted: true })).items.filter(({ isActive }) => !isActive);
  expect(Date.parse(deleted?.restorableUntil ?? '') - Date.parse(deleted?.deletedAt ?? '')).toBe(30 * day);
  history.clock.advance(29 * day);
  expect(await api.branches.restore({ name: 'try' })).toMatchObject({ name: 'try', isActive: true, deletedAt: null });
  await api.branches.delete({ name: 'try' });
  history.clock.advance(31 * day);
  expect(await refusalOf(api.branches.restore({ name: 'try' }))).toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringMatching(/more than 30 days ago/),
  });
});

test('a branch that nobody goes on with is called stale, unless it was merged or put away', async () => {
  history = await buildHistory()
    .commit('main', people)
    .branch('try')
    .branch('empty')
    .commit('try', { a: { activity: 'ADM' } })
    .open();
  const { api } = history;
  const stale = async () => (await api.branches.list()).items.filter(({ isStale }) => isStale).map(({ name }) => name);
  expect(await stale()).toEqual([]);
  history.clock.advance(31 * day);
  expect(await stale()).toEqual(['try']);
  await api.branches.archive({ name: 'try' });
  expect(await stale()).toEqual([]);
});

test('roles: a viewer changes nothing, an editor no protected branch, an approver everything', async () => {
  history = await buildHistory()
    .commit('main', people)
    .branch('try')
    .commit('try', { a: { activity: 'ADM' } })
    .open();
  const { api } = history;
  expect(await api.session.get()).toMatchObject({ role: 'admin' });
  expect(await api.branches.protect({ name: 'main', protected: true })).toMatchObject({ isProtected: true });
  expect(await edit('main')).toMatchObject({ kind: 'committed' });
  await act('erin', 'editor');
  expect(await refusalOf(edit('main'))).toMatchObject({ code: 'PROTECTED', data: { what: 'branch', id: 'main' } });
  expect(await refusalOf(api.merges.start({ source: 'try', target: 'main' }))).toMatchObject({ code: 'PROTECTED' });
  expect(await refusalOf(api.branches.protect({ name: 'main', protected: false }))).toMatchObject({ code: 'FORBIDDEN' });
  expect(await refusalOf(api.changes.undo({ branch: 'main' }))).toMatchObject({ code: 'PROTECTED' });
  expect(await edit('try')).toMatchObject({ kind: 'committed' });
  await act('vera', 'viewer');
  expect(await refusalOf(edit('try'))).toMatchObject({ code: 'FORBIDDEN' });
  expect(await refusalOf(api.branches.create({ name: 'x' as never }))).toMatchObject({ code: 'FORBIDDEN' });
  expect(await api.merges.preview({ source: 'try', target: 'main' })).toMatchObject({ conflictCount: 1 });
  // The role stays when the same user comes back without one.
  expect(await api.session.use({ userId: 'vera' as never, name: 'Vera' })).toMatchObject({ role: 'viewer' });
  await act('paul', 'approver');
  expect(await api.merges.start({ source: 'try', target: 'main' })).toMatchObject({ kind: 'conflicts' });
  await api.branches.protect({ name: 'try', protected: true });
  expect(await refusalOf(api.branches.delete({ name: 'try' }))).toMatchObject({ code: 'PROTECTED' });
  expect(await api.branches.protect({ name: 'try', protected: false })).toMatchObject({ isProtected: false });
});

test('on a protected branch every new clash needs a reason', async () => {
  history = await buildHistory()
    .commit('main', { ...people, 'rotation:ward': { name: 'Ward', abbreviation: 'WARD', capacity: 1 } })
    .branch('try')
    .commit('main', { one: { personId: 'lima', rotationId: 'ward' } })
    .commit('try', { two: { personId: 'souza', rotationId: 'ward' } })
    .open();
  const { api } = history;
  const started = await api.merges.start({ source: 'try', target: 'main' });
  if (started.kind !== 'clashes') throw new Error('expected a clash');
  expect(started).toMatchObject({ clashes: [{ rule: 'capacity', severity: 'warning' }], count: 1 });
  const { merge } = started;
  expect(await api.merges.get({ merge })).toMatchObject({ needsReason: false });
  await api.branches.protect({ name: 'main', protected: true });
  expect(await api.merges.get({ merge })).toMatchObject({ needsReason: true });
  expect(await refusalOf(api.merges.conclude({ merge }))).toMatchObject({ code: 'CONFLICT_OPEN', data: { what: 'reason' } });
  expect(await api.merges.conclude({ merge, reason: 'the ward agreed' })).toMatchObject({ kind: 'merged' });
});

test('what a merge would find is promised for every branch, and is what the preview then finds', async () => {
  history = await buildHistory()
    .commit('main', { ...people, a: { activity: 'ADM' }, b: { activity: 'ADM', half: 'PM' } })
    .branch('try')
    .commit('try', { a: { activity: 'LEC' }, b: { activity: 'LEC' }, c: { personId: 'souza', activity: 'LEC' } })
    .commit('main', { a: { activity: 'SIM' }, 'absence:x': { personId: 'souza', startDate: '2026-08-05', endDate: '2026-08-05' } })
    .open();
  const { api } = history;
  const preview = await api.merges.preview({ source: 'try', target: 'main' });
  expect(preview.clashCount).toBeGreaterThan(0);
  const promised = { into: 'main', conflicts: preview.conflictCount, clean: preview.cleanCount, clashes: preview.clashCount };
  expect(await api.branches.info({ name: 'try' })).toMatchObject({ ifMerged: promised, mergeStatus: 'conflicts' });
  expect((await api.branches.list()).items.map(({ ifMerged }) => ifMerged)).toEqual([null, promised]);
  expect((await api.branches.list({ forecast: false })).items).toMatchObject([
    { ifMerged: null },
    { ifMerged: null, mergeStatus: 'conflicts' },
  ]);
  const started = await api.merges.start({ source: 'try', target: 'main' });
  expect(started).toMatchObject({ kind: 'conflicts', count: promised.conflicts, clashCount: promised.clashes });
});

test('two branches are compared from their newest common ancestor, not from where they parted', async () => {
  history = await buildHistory()
    .commit('main', { ...people, a: { activity: 'ADM' }, b: { activity: 'ADM', half: 'PM' } })
    .branch('try')
    .commit('try', { a: { activity: 'LEC' } })
    .open();
  const { api } = history;
  await api.merges.start({ source: 'try', target: 'main' });
  await history.commit('main', { a: { activity: 'SIM' }, b: { activity: 'SIM' } });
  await history.commit('try', { b: { activity: 'LEC' } });
  const compared = await api.branches.compare({ a: 'main', b: 'try' });
  expect(compared.modifiedInBoth.map(({ id }) => id)).toEqual(['b']);
  expect(compared.differences.map(({ id }) => id)).toEqual(['a', 'b']);
});

test('people: what going over to another branch means for each, and who must be told', async () => {
  history = await buildHistory()
    .commit('main', {
      ...people,
      'person:prado': { name: 'Prado, M' },
      a: { personId: 'lima', date: '2026-08-05', half: 'AM', activity: 'C' },
      b: { personId: 'lima', date: '2026-08-08', half: 'AM', activity: 'FMIT' },
      c: { personId: 'souza', date: '2026-08-05', half: 'PM', activity: 'C' },
      d: { personId: 'prado', date: '2026-08-05', half: 'AM', activity: 'LEC' },
    })
    .branch('try')
    .commit('try', {
      a: { activity: 'NF' },
      b: { activity: 'OFF' },
      c: { personId: 'lima' },
      d: { notes: 'bring the slides' },
    })
    .open();
  const answer = await history.api.branches.people({ a: 'main', b: 'try' });
  expect(answer).toMatchObject({ from: '2026-08-03', to: '2026-08-09', total: 2 });
  expect(answer.items).toMatchObject([
    {
      personId: 'lima',
      before: { halfDays: 2, hours: 11, nights: 0, weekends: 1, clinicHalfDays: 1, daysOff: 5 },
      after: { halfDays: 2, hours: 17, nights: 1, weekends: 0, clinicHalfDays: 1, daysOff: 6 },
      changes: 3,
      mustBeTold: true,
      lines: ['Wed 2026-08-05 AM: C → NF', 'Wed 2026-08-05 PM: now C', 'Sat 2026-08-08 AM: FMIT → OFF'],
    },
    { personId: 'souza', before: { halfDays: 1 }, after: { halfDays: 0, daysOff: 7 }, lines: ['Wed 2026-08-05 PM: no longer C'] },
  ]);
  expect(await history.api.branches.people({ a: 'main', b: 'main' })).toMatchObject({ total: 0, from: null });
  expect(await refusalOf(history.api.branches.people({ a: 'main', b: 'ghost' }))).toMatchObject({ code: 'NOT_FOUND' });
});

import { afterEach, expect, test } from 'vitest';
import { EntityId } from '../../../../shared/ids.ts';
import type { Json } from '../../../../shared/json.ts';
import { buildHistory, type BuiltHistory } from '../../../kit/build-history.ts';
import { refusalOf } from '../../../kit/refusal-of.ts';

let history: BuiltHistory;
afterEach(async () => {
  await history.close();
});

const between = { source: 'try', target: 'main' };
const people = { 'person:lima': { name: 'Lima, A' }, 'person:souza': { name: 'Souza, J' } };
/** The name of a field's conflict: by record and field. */
const about = (id: string, field: string | null = 'activity', type = 'assignment') => ({ entity: { type, id: EntityId.parse(id) }, field });
const take = (id: string, kind: 'source' | 'target' | 'base', reason?: string) => ({
  conflict: about(id),
  resolution: { kind },
  ...(reason === undefined ? {} : { reason }),
});

/** Three cells that both sides changed, one that only the branch changed. */
function threeConflicts() {
  return buildHistory()
    .commit('main', {
      ...people,
      a: { activity: 'C', date: '2026-08-03' },
      b: { activity: 'C', date: '2026-08-04' },
      c: { activity: 'C', date: '2026-08-05' },
      d: { activity: 'C', date: '2026-08-06' },
    })
    .branch('try')
    .commit('main', { a: { activity: 'LEC' }, b: { activity: 'LEC' }, c: { activity: 'LEC' } }, { by: 'bruno', reason: 'lectures' })
    .commit('try', { a: { activity: 'SIM' }, b: { activity: 'SIM' }, c: { activity: 'SIM' }, d: { activity: 'SIM' } }, { by: 'ana' });
}

async function opened(builder = threeConflicts()): Promise<string> {
  history = await builder.open();
  const started = await history.api.merges.start(between);
  if (!('merge' in started)) throw new Error(`nothing was opened: ${started.kind}`);
  return started.merge;
}

const activity = async (id: string, branch = 'main') => (await history.fieldsOf(id, branch))?.['activity'] ?? null;

test('decisions are saved as they are made, taken back one group at a time, and counted', async () => {
  const merge = await opened();
  const { api } = history;
  const left = async () => (await api.merges.get({ merge })).left;
  expect(await left()).toBe(3);
  await api.merges.resolve({ merge, resolutions: [take('a', 'source')] });
  await api.merges.resolve({ merge, resolutions: [take('b', 'target'), take('c', 'base')] });
  expect(await left()).toBe(0);
  expect((await api.merges.unresolve({ merge })).left).toBe(2);
  expect((await api.merges.unresolve({ merge })).left).toBe(3);
  expect(await refusalOf(api.merges.unresolve({ merge }))).toMatchObject({ code: 'NOT_FOUND' });
  await api.merges.resolve({ merge, resolutions: [take('a', 'source')] });
  // A decision that was changed goes back to the one before.
  await api.merges.resolve({ merge, resolutions: [take('a', 'target')] });
  const before = await api.merges.unresolve({ merge });
  expect(before.conflicts.find(({ entity }) => entity.id === 'a')?.decision?.resolution).toEqual({ kind: 'source' });
  expect((await api.merges.unresolve({ merge, conflicts: [about('a')] })).left).toBe(3);
});

test('all decisions of a call are saved, or none', async () => {
  const merge = await opened();
  const { api } = history;
  expect(await refusalOf(api.merges.resolve({ merge, resolutions: [take('a', 'source'), take('zebra', 'source')] }))).toMatchObject({
    code: 'NOT_A_CONFLICT',
    data: { what: 'conflict' },
  });
  // Only the branch changed it, but the field of the whole record is nobody's conflict.
  expect(await refusalOf(api.merges.resolve({ merge, resolutions: [take('d', 'source')] }))).toMatchObject({ code: 'NOT_A_CONFLICT' });
  const custom = (value: Json) => ({ merge, resolutions: [{ conflict: about('a'), resolution: { kind: 'custom' as const, value } }] });
  expect(await refusalOf(api.merges.resolve(custom(7)))).toMatchObject({
    code: 'INVALID',
    data: { fields: [{ field: 'activity', type: 'assignment', id: 'a', problem: expect.any(String) }] },
  });
  expect(
    await refusalOf(api.merges.resolve({ merge, resolutions: [{ conflict: about('a'), resolution: { kind: 'delete' } }] })),
  ).toMatchObject({
    code: 'INVALID',
  });
  expect((await api.merges.get({ merge })).left).toBe(3);
  // The text “source” is a value like any other.
  expect((await api.merges.resolve(custom('source'))).conflicts[0]?.decision?.resolution).toEqual({ kind: 'custom', value: 'source' });
});

test('an open merge refuses to be concluded, and says what is open', async () => {
  const merge = await opened();
  const { api } = history;
  const tip = await api.commits.at({ branch: 'main' });
  await api.merges.resolve({ merge, resolutions: [take('a', 'source')] });
  expect(await refusalOf(api.merges.conclude({ merge }))).toMatchObject({ code: 'CONFLICT_OPEN', data: { left: 2 } });
  expect(await api.commits.at({ branch: 'main' })).toEqual(tip);
  expect((await api.merges.get({ merge })).blockedReason).toBe('2 conflicts are still open.');
});

test('the target moves in the middle: decisions for the same three values are kept, the others are named', async () => {
  const merge = await opened();
  const { api } = history;
  await api.merges.resolve({ merge, resolutions: [take('a', 'source'), take('b', 'source'), take('c', 'target')] });
  await history.commit('main', { b: { activity: 'NF' }, d: { notes: 'moved on' } }, { by: 'bruno' });
  const moved = await api.merges.get({ merge });
  expect(moved).toMatchObject({ left: 1, dropped: [JSON.stringify(['assignment', 'b', 'activity'])] });
  expect(moved.conflicts.find(({ entity }) => entity.id === 'b')).toMatchObject({ target: 'NF', decision: null });
  expect(await refusalOf(api.merges.conclude({ merge }))).toMatchObject({ code: 'CONFLICT_OPEN', data: { dropped: [expect.any(String)] } });
  await api.merges.resolve({ merge, resolutions: [take('b', 'target')] });
  await api.merges.conclude({ merge });
  expect([await activity('a'), await activity('b'), await activity('c'), await activity('d')]).toEqual(['SIM', 'NF', 'LEC', 'SIM']);
  expect(await history.fieldsOf('d')).toMatchObject({ notes: 'moved on' });
});

test('both sides agree meanwhile: nothing is left to decide, and starting again merges', async () => {
  const merge = await opened();
  const { api } = history;
  await history.commit('main', { a: { activity: 'SIM' }, b: { activity: 'SIM' }, c: { activity: 'SIM' } });
  expect((await api.merges.get({ merge })).left).toBe(0);
  expect(await api.merges.start(between)).toMatchObject({ kind: 'merged' });
  expect((await api.merges.list({})).total).toBe(0);
});

test('the source is deleted in the middle: nothing more can be done but to bring it back or to abort', async () => {
  const merge = await opened();
  const { api } = history;
  await api.branches.delete({ name: 'try' });
  for (const call of [
    () => api.merges.resolve({ merge, resolutions: [take('a', 'source')] }),
    () => api.merges.unresolve({ merge }),
    () => api.merges.conclude({ merge }),
  ])
    expect(await refusalOf(call())).toMatchObject({ code: 'NOT_FOUND', data: { what: 'branch', id: 'try' } });
  expect((await api.merges.get({ merge })).blockedReason).toMatch(/was deleted/);
  await api.branches.restore({ name: 'try' });
  await api.merges.resolve({ merge, resolutions: [take('a', 'source')] });
  await api.branches.delete({ name: 'try' });
  expect(await api.merges.abort({ merge })).toEqual({ merge, aborted: true });
});

test('a renamed branch keeps its merge', async () => {
  const merge = await opened();
  const { api } = history;
  await api.branches.rename({ name: 'try', to: 'four weeks' });
  expect(await api.merges.get({ merge })).toMatchObject({ source: 'four weeks', left: 3 });
  expect(await api.merges.start({ source: 'four weeks', target: 'main' })).toMatchObject({ kind: 'conflicts', merge });
});

test('what was decided is remembered for the same three values, marked, and never taken by itself', async () => {
  const merge = await opened();
  const { api } = history;
  await api.merges.resolve({ merge, resolutions: [take('a', 'source', 'agreed with Souza'), take('b', 'target'), take('c', 'target')] });
  const { commit } = await api.merges.conclude({ merge });
  await api.commits.revert({ commit, reason: 'too early' });
  await api.branches.create({ name: 'again', parent: 'main', at: history.commits('main')[0] as never });
  await history.commit('again', { a: { activity: 'SIM' } });
  const preview = await api.merges.preview({ source: 'again', target: 'main' });
  expect(preview.conflicts).toMatchObject([
    {
      entity: { id: 'a' },
      decision: null,
      remembered: { by: 'memory', resolution: { kind: 'source' }, authorName: 'Ana Lima', reason: 'agreed with Souza', origin: commit },
    },
  ]);
});

test('a merge that was concluded can be looked at as it was, and changed no more', async () => {
  const merge = await opened();
  const { api } = history;
  await api.merges.resolve({ merge, resolutions: [take('a', 'source'), take('b', 'target'), take('c', 'base')] });
  const { commit } = await api.merges.conclude({ merge });
  await history.commit('main', { a: { activity: 'X' }, b: { activity: 'X' } });
  const session = await api.merges.get({ merge });
  expect(session).toMatchObject({ state: 'concluded', commit, conflictCount: 3, left: 0 });
  expect((await api.merges.list({ state: 'concluded' })).items).toMatchObject([{ merge, commit, conflictCount: 3 }]);
  for (const call of [
    () => api.merges.resolve({ merge, resolutions: [take('a', 'target')] }),
    () => api.merges.conclude({ merge }),
    () => api.merges.abort({ merge }),
  ])
    expect(await refusalOf(call())).toMatchObject({ code: 'STALE' });
  expect(await refusalOf(api.merges.get({ merge: 'none' }))).toMatchObject({ code: 'NOT_FOUND' });
});

test('each decision is told with the commit: both values, who chose what, when and why', async () => {
  const merge = await opened();
  const { api } = history;
  await api.merges.resolve({ merge, resolutions: [take('a', 'source', 'the course is paid'), take('b', 'target'), take('c', 'base')] });
  const { commit } = await api.merges.conclude({ merge, reason: 'agreed in the meeting' });
  const detail = await api.commits.get({ commit });
  expect(detail).toMatchObject({ isMerge: true, mergeSource: 'try', totalDecisions: 3, verified: true, reason: 'agreed in the meeting' });
  expect(detail.decisions[0]).toMatchObject({ chose: 'source', by: 'person', valueText: 'SIM' });
  expect(detail.decisions[0]?.text).toMatch(/^main: LEC, try: SIM; Ana Lima chose SIM on Mon 3 Aug 09:\d\d because the course is paid$/);
  const [newest] = (await api.versions.history({ type: 'assignment', id: EntityId.parse('a') })).items;
  expect(newest).toMatchObject({ isMerge: true, mergeSource: 'try', decisions: [{ chose: 'source' }] });
  const lineage = await api.versions.lineage({ type: 'assignment', id: EntityId.parse('a') });
  expect(lineage.versions.filter((entry) => entry.isMerge)).toHaveLength(1);
});

test('blame finds who set a value through the merge, and what was decided about it', async () => {
  const merge = await opened();
  const { api } = history;
  await api.merges.resolve({
    merge,
    resolutions: [take('a', 'source'), take('b', 'target'), { conflict: about('c'), resolution: { kind: 'custom', value: 'NF' } }],
  });
  const { commit } = await api.merges.conclude({ merge });
  const blamed = async (id: string) =>
    (await api.versions.blame({ type: 'assignment', id: EntityId.parse(id) })).fields.find(({ field }) => field === 'activity');
  const [made] = history.commits('try');
  expect(await blamed('a')).toMatchObject({
    value: 'SIM',
    commit: made,
    branch: 'try',
    through: [{ commit, side: 'source', decision: { chose: 'source' } }],
  });
  expect(await blamed('b')).toMatchObject({
    value: 'LEC',
    commit: history.commits('main')[1],
    authorName: 'Bruno Costa',
    through: [{ commit, side: 'target', decision: { chose: 'target' } }],
  });
  expect(await blamed('c')).toMatchObject({ value: 'NF', commit, through: [{ commit, side: 'neither', decision: { chose: 'custom' } }] });
  expect(await blamed('d')).toMatchObject({ value: 'SIM', commit: made, through: [{ commit, side: 'source', decision: null }] });
});

test('what merged by itself is listed, and can be wanted otherwise one by one', async () => {
  const merge = await opened();
  const { api } = history;
  const session = await api.merges.get({ merge });
  expect(session.automatic).toMatchObject([{ entity: { id: 'd' }, field: null, from: 'source', override: null }]);
  expect(session.cleanCount).toBe(1);
  const overridden = await api.merges.resolve({
    merge,
    resolutions: [
      take('a', 'source'),
      take('b', 'source'),
      take('c', 'source'),
      { conflict: about('d', null), resolution: { kind: 'target' }, reason: 'not yet' },
    ],
  });
  expect(overridden.automatic).toMatchObject([{ override: { resolution: { kind: 'target' }, reason: 'not yet' } }]);
  expect((await api.merges.result({ merge })).items.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  await api.merges.conclude({ merge });
  expect(await activity('d')).toBe('C');
  expect(await api.merges.start(between)).toMatchObject({ kind: 'up-to-date' });
  // What was refused here is not lost the other way round: the branch would take it over only if it is merged back.
  expect(await api.merges.preview({ source: 'main', target: 'try' })).toMatchObject({ conflictCount: 0 });
});

test('fields that only one side changed in a record that both touched are listed too', async () => {
  history = await buildHistory()
    .commit('main', { ...people, a: { activity: 'C' } })
    .branch('try')
    .commit('main', { a: { notes: 'from main' } })
    .commit('try', { a: { location: 'Clinic B' } })
    .open();
  const preview = await history.api.merges.preview(between);
  expect(preview).toMatchObject({ outcome: 'merged', cleanCount: 2, conflictCount: 0 });
});

test('house rules decide first, are listed as rules, and can be taken back', async () => {
  history = await threeConflicts().open();
  const { api } = history;
  await api.merges.setRules({
    rules: [
      { type: 'assignment', field: 'activity', prefer: 'newest' },
      { type: 'swap_record', field: 'status', prefer: 'furthest-status' },
    ],
  });
  expect((await api.merges.rules()).rules).toHaveLength(2);
  expect(await refusalOf(api.merges.setRules({ rules: [{ type: 'assignment', field: 'colour', prefer: 'target' }] }))).toMatchObject({
    code: 'INVALID',
  });
  expect(await refusalOf(api.merges.setRules({ rules: [{ type: 'zebra', field: null, prefer: 'target' }] }))).toMatchObject({
    code: 'UNKNOWN_TYPE',
  });
  const started = await api.merges.start(between);
  if (started.kind !== 'conflicts') throw new Error('expected conflicts');
  const { merge } = started;
  const session = await api.merges.get({ merge });
  expect(session).toMatchObject({ conflictCount: 3, left: 0, decidedByRule: 3, decidedByPerson: 0 });
  expect(session.conflicts[0]?.decision).toMatchObject({
    by: 'rule',
    resolution: { kind: 'source' },
    origin: 'Assignments, Activity: the newest',
  });
  expect(await api.merges.unresolve({ merge, conflicts: [about('a')] })).toMatchObject({ left: 1, decidedByRule: 2 });
  expect(await api.merges.resolve({ merge, resolutions: [take('a', 'target')] })).toMatchObject({
    left: 0,
    decidedByRule: 2,
    decidedByPerson: 1,
  });
  const { commit } = await api.merges.conclude({ merge });
  expect([await activity('a'), await activity('b')]).toEqual(['LEC', 'SIM']);
  const { decisions } = await api.commits.get({ commit });
  expect(decisions.map(({ by }) => by)).toEqual(['person', 'rule', 'rule']);
});

test('sets that were filled on both sides are joined where a rule says so, and statuses go to the furthest', async () => {
  const swap = { sourceFacultyId: 'lima', sourceWeek: '2026-08-03', targetFacultyId: 'souza', swapType: 'absorb' };
  history = await buildHistory()
    .commit('main', { ...people, 'swap_record:s': { ...swap, status: 'pending' } })
    .branch('try')
    .commit('main', { 'swap_record:s': { status: 'approved' }, 'person:new': { name: 'New', specialties: ['a', 'b'] } })
    .commit('try', { 'swap_record:s': { status: 'executed' }, 'person:new': { name: 'New', specialties: ['b', 'c'] } })
    .open();
  const { api } = history;
  await api.merges.setRules({
    rules: [
      { type: 'swap_record', field: 'status', prefer: 'furthest-status' },
      { type: 'person', field: 'specialties', prefer: 'union' },
    ],
  });
  const started = await api.merges.start(between);
  if (!('merge' in started)) throw new Error('nothing was opened');
  await api.merges.conclude({ merge: started.merge, reason: 'fine' });
  expect(await history.fieldsOf('swap_record:s')).toMatchObject({ status: 'executed' });
  expect(await history.fieldsOf('person:new')).toMatchObject({ specialties: ['a', 'b', 'c'] });
});

test('a record that one side deleted can be kept, deleted, or kept beside', async () => {
  const build = () =>
    buildHistory()
      .commit('main', { ...people, 'clinic:n': { name: 'Norte', cns: '0012345' }, 'absence:x': { notes: 'private' } })
      .branch('try')
      .commit('main', { 'absence:x': null }, { by: 'bruno' })
      .commit('try', { 'absence:x': { absenceType: 'sick' } }, { by: 'ana' });
  for (const [kind, expected] of [
    ['source', { absenceType: 'sick' }],
    ['target', null],
    ['base', { absenceType: 'vacation' }],
    ['delete', null],
  ] as const) {
    const merge = await opened(build());
    const { conflicts } = await history.api.merges.get({ merge });
    expect(conflicts).toMatchObject([
      { kind: 'modify-delete', field: null, targetText: 'deleted', offered: ['source', 'target', 'base', 'custom', 'delete', 'keep-both'] },
    ]);
    expect(conflicts[0]?.sentence).toMatch(/main deleted it \(Bruno Costa, .*\); try → sick/);
    await history.api.merges.resolve({ merge, resolutions: [{ conflict: about('x', null, 'absence'), resolution: { kind } }] });
    await history.api.merges.conclude({ merge, reason: 'so be it' });
    const fields = await history.fieldsOf('absence:x');
    if (expected === null) expect(fields).toBeNull();
    else expect(fields).toMatchObject(expected);
    await history.close();
  }
  const merge = await opened(build());
  const after = await history.api.merges.resolve({
    merge,
    resolutions: [{ conflict: about('x', null, 'absence'), resolution: { kind: 'keep-both' } }],
  });
  expect(after.changes).toEqual({ added: 1, changed: 0, removed: 0 });
  const { commit } = await history.api.merges.conclude({ merge });
  expect(await history.fieldsOf('absence:x')).toBeNull();
  const kept = await history.api.versions.allAt({ type: 'absence', branch: 'main' });
  expect(kept.items).toMatchObject([{ fields: { absenceType: 'sick' } }]);
  // What is personal is not repeated in the commit, where nothing could ever erase it.
  const [decision] = (await history.api.commits.get({ commit })).decisions;
  expect(decision).toMatchObject({ chose: 'keep-both', targetText: 'deleted', sourceText: expect.stringMatching(/sick/) });
});

test('several merge bases: what they disagree about is unknown, and asked unless both sides agree', async () => {
  history = await buildHistory()
    .commit('main', { ...people, a: { activity: 'C' }, b: { activity: 'C', half: 'PM' } })
    .branch('left')
    .branch('right')
    .commit('left', { a: { activity: 'SIM' } })
    .commit('right', { b: { activity: 'LEC' } })
    .open();
  const { api } = history;
  await api.branches.create({ name: 'left then', parent: 'left' });
  await api.branches.create({ name: 'right then', parent: 'right' });
  expect(await api.merges.start({ source: 'right then', target: 'left' })).toMatchObject({ kind: 'merged' });
  expect(await api.merges.start({ source: 'left then', target: 'right' })).toMatchObject({ kind: 'merged' });
  const preview = await api.merges.preview({ source: 'right', target: 'left' });
  expect(preview.bases).toHaveLength(2);
  expect(preview.conflicts).toEqual([]);
  await history.commit('left', { a: { activity: 'NF' } });
  const after = await api.merges.preview({ source: 'right', target: 'left' });
  expect(after.conflicts).toMatchObject([
    { entity: { id: 'a' }, baseUnknown: true, base: null, source: 'SIM', target: 'NF', offered: ['source', 'target', 'custom'] },
  ]);
});

test('a whole merge is taken back by one revert, and by undo', async () => {
  const merge = await opened();
  const { api } = history;
  const before = await Promise.all(['a', 'b', 'c', 'd'].map((id) => history.fieldsOf(id)));
  await api.merges.resolve({ merge, resolutions: [take('a', 'source'), take('b', 'source'), take('c', 'source')] });
  await api.merges.conclude({ merge });
  expect(await activity('d')).toBe('SIM');
  expect(await api.changes.undo({ branch: 'main' })).toMatchObject({ label: expect.stringMatching(/^Undo: Merge/) });
  expect(await Promise.all(['a', 'b', 'c', 'd'].map((id) => history.fieldsOf(id)))).toEqual(before);
  await api.changes.redo({ branch: 'main' });
  const tip = (await api.commits.line({ branch: 'main', limit: 10 })).items.find((item) => item.isMerge);
  expect(await api.commits.revert({ commit: tip?.commit as never, reason: 'too early' })).toMatchObject({ kind: 'committed' });
  expect(await Promise.all(['a', 'b', 'c', 'd'].map((id) => history.fieldsOf(id)))).toEqual(before);
  expect((await api.verify.run({ full: true })).faults).toEqual([]);
});

test('a commit with later work on top is taken back where nobody changed anything since; the rest is decided', async () => {
  history = await buildHistory()
    .commit('main', { ...people, a: { activity: 'C' }, b: { activity: 'C', half: 'PM' } })
    .commit('main', { a: { activity: 'SIM' }, b: { activity: 'SIM' } }, { message: 'Course' })
    .commit('main', { a: { activity: 'NF' }, b: { notes: 'later' } }, { by: 'bruno' })
    .open();
  const { api } = history;
  const commit = history.commits('main')[1] as never;
  const answer = await api.commits.revert({ commit, reason: 'the course is off' });
  expect(answer).toMatchObject({ kind: 'conflicts', count: 1 });
  if (answer.kind !== 'conflicts') throw new Error('unreachable');
  const { merge } = answer;
  expect(await api.commits.revert({ commit, reason: 'again' })).toEqual(answer);
  const session = await api.merges.get({ merge });
  expect(session).toMatchObject({ kind: 'revert', reverts: commit, target: 'main', left: 1 });
  expect(session.conflicts).toMatchObject([{ entity: { id: 'a' }, base: 'SIM', source: 'C', target: 'NF' }]);
  await api.merges.resolve({ merge, resolutions: [take('a', 'target')] });
  const done = await api.merges.conclude({ merge });
  expect(await api.commits.get({ commit: done.commit })).toMatchObject({
    kind: 'revert',
    isMerge: false,
    message: 'Revert: Course',
    reason: 'the course is off',
    totalDecisions: 1,
  });
  expect(await history.fieldsOf('b')).toMatchObject({ activity: 'C', notes: 'later' });
  expect(await activity('a')).toBe('NF');
  expect(await api.merges.get({ merge })).toMatchObject({ state: 'concluded', kind: 'revert' });
});

test('chosen records are brought over without the rest, and the rest can still be merged', async () => {
  history = await threeConflicts().open();
  const { api } = history;
  const pick = (ids: readonly string[]) => ({ ...between, entities: ids.map((id) => ({ type: 'assignment', id: EntityId.parse(id) })) });
  const picked = await api.merges.pick(pick(['d']));
  expect(picked).toMatchObject({ kind: 'merged', clean: 1 });
  expect([await activity('d'), await activity('a')]).toEqual(['SIM', 'LEC']);
  if (picked.kind !== 'merged') throw new Error('unreachable');
  expect(await api.commits.get({ commit: picked.commit })).toMatchObject({ isMerge: false, message: 'Pick 1 record from “try”' });
  expect(await api.merges.pick(pick(['d']))).toMatchObject({ kind: 'up-to-date' });
  expect(await refusalOf(api.merges.pick(pick(['nothing'])))).toMatchObject({ code: 'NOT_FOUND' });
  const open = await api.merges.pick(pick(['a', 'd']));
  if (open.kind !== 'conflicts') throw new Error('expected a conflict');
  expect(await api.merges.get({ merge: open.merge })).toMatchObject({ kind: 'pick', conflictCount: 1 });
  await api.merges.resolve({ merge: open.merge, resolutions: [take('a', 'source')] });
  await api.merges.conclude({ merge: open.merge });
  expect(await activity('a')).toBe('SIM');
  expect(await api.merges.preview(between)).toMatchObject({ conflictCount: 2 });
});

test('clashes that only the merge makes are shown before it is concluded, with a repair that clears them', async () => {
  const merge = await opened(
    buildHistory()
      .commit('main', { ...people, a: { activity: 'C' } })
      .branch('try')
      .commit('main', { 'absence:x': { personId: 'souza', startDate: '2026-08-10', endDate: '2026-08-10' } })
      .commit('try', { mine: { personId: 'souza', date: '2026-08-10', activity: 'ADM' } }),
  );
  const { api } = history;
  const session = await api.merges.get({ merge });
  expect(session).toMatchObject({ conflictCount: 0, canAutoMerge: true, outcome: 'clashes', left: 0, clashCount: 1 });
  const [clash] = session.clashes;
  expect(clash).toMatchObject({ rule: 'absence-overlap', sourceEntities: [{ id: 'mine' }], targetEntities: [{ id: 'x' }] });
  expect(clash?.repairs.length).toBeGreaterThan(0);
  const repair = clash?.repairs[0]?.id ?? '';
  expect(await refusalOf(api.merges.repair({ merge, clash: clash?.key ?? '', repair: 'none' }))).toMatchObject({ code: 'NOT_FOUND' });
  const repaired = await api.merges.repair({ merge, clash: clash?.key ?? '', repair });
  expect(repaired).toMatchObject({ clashCount: 0, appliedRepairs: [{ clash: clash?.key }] });
  expect((await api.merges.repair({ merge, clash: clash?.key ?? '', repair: null })).clashCount).toBe(1);
  await api.merges.repair({ merge, clash: clash?.key ?? '', repair });
  await history.restart();
  const { commit } = await api.merges.conclude({ merge });
  const window = await api.roster.window({ from: '2026-08-10', to: '2026-08-10' });
  expect(window.clashes.filter(({ rule }) => rule === 'absence-overlap')).toEqual([]);
  expect((await api.commits.get({ commit })).decisions).toMatchObject([{ chose: 'repair', by: 'repair' }]);
});

test('errors need a reason, and on a protected branch every new clash does', async () => {
  const build = () =>
    buildHistory()
      .commit('main', { ...people })
      .branch('try')
      .commit('main', { one: { personId: 'lima', activity: 'C' } })
      .commit('try', { two: { personId: 'lima', activity: 'SIM' } });
  const merge = await opened(build());
  const { api } = history;
  expect(await api.merges.get({ merge })).toMatchObject({ needsReason: true, clashes: [{ rule: 'double-booking', severity: 'error' }] });
  expect(await refusalOf(api.merges.conclude({ merge }))).toMatchObject({
    code: 'CONFLICT_OPEN',
    data: { clashes: [{ rule: 'double-booking' }] },
  });
  expect((await api.versions.allAt({ type: 'assignment', branch: 'main' })).total).toBe(1);
  await api.merges.conclude({ merge, reason: 'sorted out by hand' });
  expect((await api.versions.allAt({ type: 'assignment', branch: 'main' })).total).toBe(2);
});

test('merges that cannot be are refused, and change nothing', async () => {
  history = await threeConflicts().open();
  const { api } = history;
  for (const call of [api.merges.preview, api.merges.start]) {
    expect(await refusalOf(call({ source: 'ghost', target: 'main' }))).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringMatching(/^One or both branches not found/),
    });
    expect(await refusalOf(call({ source: 'try', target: 'ghost' }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusalOf(call({ source: 'main', target: 'main' }))).toMatchObject({ code: 'INVALID' });
  }
  expect((await api.merges.list({})).total).toBe(0);
  const only = await api.merges.preview({ ...between, types: ['person'] });
  expect(only).toMatchObject({ conflictCount: 0 });
  expect(await refusalOf(api.merges.preview({ ...between, types: ['zebra'] }))).toMatchObject({ code: 'UNKNOWN_TYPE' });
});

test('a commit that came in with a merge can be taken back where it arrived', async () => {
  history = await buildHistory()
    .commit('main', { ...people, a: { activity: 'ADM' }, b: { activity: 'ADM', half: 'PM' } })
    .branch('try')
    .commit('try', { a: { activity: 'SIM' } }, { message: 'Course' })
    .commit('try', { b: { activity: 'SIM' } })
    .open();
  const { api } = history;
  const commit = history.commits('try')[0] as never;
  expect(await refusalOf(api.commits.revert({ commit, reason: 'too early' }))).toMatchObject({ code: 'NOT_FOUND' });
  await api.merges.start(between);
  expect(await api.commits.revert({ commit, reason: 'the course is off' })).toMatchObject({ kind: 'committed' });
  expect([await activity('a'), await activity('b')]).toEqual(['ADM', 'SIM']);
});

test('an own value must make a record that could be written', async () => {
  const merge = await opened(
    buildHistory()
      .commit('main', { ...people, 'absence:x': { startDate: '2026-08-10', endDate: '2026-08-12' } })
      .branch('try')
      .commit('main', { 'absence:x': { endDate: '2026-08-14' } })
      .commit('try', { 'absence:x': { endDate: '2026-08-13' } }),
  );
  const { api } = history;
  const end = (value: string) => ({
    merge,
    resolutions: [{ conflict: about('x', 'endDate', 'absence'), resolution: { kind: 'custom' as const, value } }],
  });
  expect(await refusalOf(api.merges.resolve(end('2026-08-01')))).toMatchObject({
    code: 'INVALID',
    data: { fields: [{ field: 'endDate', id: 'x' }] },
  });
  expect(await refusalOf(api.merges.resolve(end('2026-02-30')))).toMatchObject({ code: 'INVALID' });
  expect((await api.merges.get({ merge })).left).toBe(1);
  await api.merges.resolve(end('2026-08-11'));
  await api.merges.conclude({ merge });
  expect(await history.fieldsOf('absence:x')).toMatchObject({ endDate: '2026-08-11' });
});

test('two clinics of one identifier are never written, whatever the reason', async () => {
  const merge = await opened(
    buildHistory()
      .commit('main', people)
      .branch('try')
      .commit('main', { 'clinic:n': { name: 'Norte', cns: '0012345' } })
      .commit('try', { 'clinic:s': { name: 'Sul', cns: '0012345' } }),
  );
  const { api } = history;
  expect((await api.merges.get({ merge })).clashes).toMatchObject([{ rule: 'unique', severity: 'error' }]);
  expect(await refusalOf(api.merges.conclude({ merge, reason: 'we know' }))).toMatchObject({ code: 'EXISTS' });
  await api.merges.resolve({ merge, resolutions: [{ conflict: about('s', null, 'clinic'), resolution: { kind: 'target' } }] });
  expect(await api.merges.conclude({ merge })).toMatchObject({ kind: 'merged' });
});

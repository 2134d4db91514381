import { afterEach, expect, test } from 'vitest';
import { buildHistory, type BuiltHistory } from '../../../kit/build-history.ts';
import { refusalOf } from '../../../kit/refusal-of.ts';

let open: BuiltHistory[] = [];
afterEach(async () => {
  for (const history of open) await history.close();
  open = [];
});

async function opened(history: Promise<BuiltHistory>): Promise<BuiltHistory> {
  const built = await history;
  open.push(built);
  return built;
}

/** Ana and Bruno both change what Lima does on one morning; each also changes something the other leaves alone. */
function disputed() {
  return buildHistory()
    .commit('main', {
      'person:lima': { name: 'Lima, A' },
      monday: { activity: 'C', location: 'Clinic A', date: '2026-08-03' },
      wednesday: { activity: 'C', location: 'Clinic A' },
    })
    .branch('try')
    .commit('main', { wednesday: { activity: 'ICU', notes: 'cover' } }, { by: 'bruno', reason: 'cover for Souza' })
    .commit('try', { wednesday: { activity: 'OFF', location: 'Clinic B' }, monday: { activity: 'SIM' } }, { by: 'ana' });
}

const between = { source: 'try', target: 'main' };

test('a clean merge is one commit with two parents, also where the target has nothing new', async () => {
  const history = await opened(
    buildHistory()
      .commit('main', { monday: { activity: 'C' } })
      .branch('try')
      .commit('try', { monday: { activity: 'SIM' } })
      .open(),
  );
  const { api } = history;
  const preview = await api.merges.preview(between);
  expect(preview).toMatchObject({
    outcome: 'merged',
    conflictCount: 0,
    canAutoMerge: true,
    cleanCount: 1,
    changes: { added: 0, changed: 1, removed: 0 },
  });
  const outcome = await api.merges.start(between);
  expect(outcome).toMatchObject({ kind: 'merged', position: 2, clean: 1 });
  const tip = await api.commits.at({ branch: 'main' });
  expect(tip).toMatchObject({ kind: 'merge', parents: [history.commits('main')[0], history.commits('try')[0]] });
  expect(await history.fieldsOf('monday')).toMatchObject({ activity: 'SIM' });
  expect(await api.merges.start(between)).toMatchObject({ kind: 'up-to-date' });
  expect((await api.verify.run({ full: true })).faults).toEqual([]);
});

test('asks only about the field that both changed, in a sentence with names, and merges the rest', async () => {
  const history = await opened(disputed().open());
  const { api } = history;
  const preview = await api.merges.preview(between);
  expect(preview.outcome).toBe('conflicts');
  expect(preview.conflicts).toHaveLength(1);
  expect(preview.conflicts[0]).toMatchObject({
    kind: 'modify-modify',
    field: 'activity',
    base: 'C',
    source: 'OFF',
    target: 'ICU',
    offered: ['source', 'target', 'base', 'custom'],
    sourceStory: { branch: 'try', authorName: 'Ana Lima' },
    targetStory: { branch: 'main', authorName: 'Bruno Costa', reason: 'cover for Souza' },
  });
  expect(preview.conflicts[0]?.sentence).toBe(
    'Lima, A, Wed 2026-08-05 AM: was C; main → ICU (Bruno Costa, Mon 3 Aug 09:03, cover for Souza); try → OFF (Ana Lima, Mon 3 Aug 09:04)',
  );
  const started = await api.merges.start(between);
  expect(started).toMatchObject({ kind: 'conflicts', count: 1 });
  if (started.kind !== 'conflicts') throw new Error('unreachable');
  const { merge } = started;
  const session = await api.merges.get({ merge });
  expect({ conflicts: session.conflicts, clashes: session.clashes, cleanCount: session.cleanCount }).toEqual({
    conflicts: preview.conflicts,
    clashes: preview.clashes,
    cleanCount: preview.cleanCount,
  });
  expect(await refusalOf(api.merges.conclude({ merge }))).toMatchObject({ code: 'CONFLICT_OPEN' });
  const decided = await api.merges.resolve({
    merge,
    resolutions: [
      {
        conflict: { entity: { type: 'assignment', id: 'wednesday' as never }, field: 'activity' },
        resolution: { kind: 'custom', value: 'NF' },
        reason: 'both are ill',
      },
    ],
  });
  expect(decided).toMatchObject({ left: 0, decidedByPerson: 1, blockedReason: null });
  const answer = await api.merges.conclude({ merge, reason: 'agreed' });
  expect(answer).toMatchObject({ kind: 'merged', decisions: 1 });
  expect(await history.fieldsOf('wednesday')).toMatchObject({ activity: 'NF', notes: 'cover', location: 'Clinic B' });
  expect(await history.fieldsOf('monday')).toMatchObject({ activity: 'SIM' });
  expect(await api.merges.start(between)).toMatchObject({ kind: 'up-to-date' });
  expect(await api.merges.preview({ source: 'main', target: 'try' })).toMatchObject({ conflictCount: 0, outcome: 'merged' });
  expect((await api.verify.run({ full: true })).faults).toEqual([]);
});

test('a merge in progress survives a restart and can be forgotten without a trace', async () => {
  const history = await opened(disputed().open());
  const { api } = history;
  const before = await api.commits.line({ branch: 'main' });
  const started = await api.merges.start(between);
  if (started.kind !== 'conflicts') throw new Error('expected conflicts');
  const { merge } = started;
  const conflict = (await api.merges.get({ merge })).conflicts[0]?.id ?? '';
  await api.merges.resolve({ merge, resolutions: [{ conflict, resolution: { kind: 'source' } }] });
  await history.restart();
  expect((await api.merges.get({ merge })).conflicts[0]?.decision).toMatchObject({ resolution: { kind: 'source' }, by: 'person' });
  expect(await api.merges.start(between)).toMatchObject({ kind: 'conflicts', merge });
  expect((await api.merges.unresolve({ merge })).left).toBe(1);
  expect((await api.merges.list({}))?.items.map((item) => item.merge)).toEqual([merge]);
  expect(await api.merges.abort({ merge })).toEqual({ merge, aborted: true });
  expect((await api.merges.list({})).total).toBe(0);
  expect(await api.commits.line({ branch: 'main' })).toEqual(before);
  expect(await refusalOf(api.merges.get({ merge }))).toMatchObject({ code: 'NOT_FOUND' });
});

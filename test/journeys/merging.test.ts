import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addPerson, commit, newId, openDesk, type Desk } from './api.ts';

/*
 * Branches come home: through the real host, as any other program would do it.
 */

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
}, 60_000);
afterAll(async () => {
  await desk.close();
});

const act = (userId: string, name: string, more: object = {}) => desk.ask('session/use', { userId, name, ...more });
const fieldsOf = async (id: string, branch = 'main', type = 'assignment') => (await desk.ask('versions/at', { type, id, branch })).fields;
let made = 0;
const newBranch = async (): Promise<string> => {
  const name = `plan ${(made += 1)}`;
  await desk.ask('branches/create', { name });
  return name;
};

/** `count` cells that main and a fresh branch changed differently, and one that only the branch changed. */
async function dispute(count: number): Promise<{ readonly branch: string; readonly cells: readonly string[]; readonly clean: string }> {
  const person = await addPerson(desk, 'Lima, A');
  const cells = Array.from({ length: count + 1 }, () => newId('cell'));
  const clean = cells[count] ?? '';
  const date = (index: number): string => new Date(Date.UTC(2026, 8, 1 + index)).toISOString().slice(0, 10);
  await commit(
    desk,
    cells.map((id, index) => ({
      op: 'create',
      type: 'assignment',
      id,
      fields: { personId: person, date: date(index), half: 'AM', activity: 'ADM' },
    })),
  );
  const branch = await newBranch();
  const update = (id: string, activity: string) => ({ op: 'update', type: 'assignment', id, fields: { activity } });
  await act('bruno', 'Bruno Costa');
  await commit(
    desk,
    cells.slice(0, count).map((id) => update(id, 'LEC')),
    { reason: 'lectures' },
  );
  await act('ana', 'Ana Lima');
  await commit(
    desk,
    cells.map((id) => update(id, 'SIM')),
    { branch },
  );
  return { branch, cells: cells.slice(0, count), clean };
}

const name = (id: string, field: string | null = 'activity') => ({ entity: { type: 'assignment', id }, field });

test('a preview of chosen records is what bringing them over does, and nothing else of the branch', async () => {
  const { branch, cells, clean } = await dispute(1);
  const of = (...ids: readonly string[]) => ({ entities: ids.map((id) => ({ type: 'assignment', id })) });
  const preview = (chosen: object) => desk.ask('merges/preview', { source: branch, target: 'main', ...chosen });
  expect(await preview(of(clean))).toMatchObject({ outcome: 'merged', conflictCount: 0, changes: { added: 0, changed: 1, removed: 0 } });
  expect(await preview(of(...cells))).toMatchObject({ outcome: 'conflicts', conflictCount: 1, cleanCount: 0 });
  expect(await preview({ types: ['person'], ...of(clean) })).toMatchObject({ changes: { added: 0, changed: 0, removed: 0 } });
  expect(await desk.ask('merges/pick', { source: branch, target: 'main', ...of(clean) })).toMatchObject({ kind: 'merged' });
  expect(await preview(of(clean))).toMatchObject({ outcome: 'up-to-date' });
  expect((await fieldsOf(clean)).activity).toBe('SIM');
  expect((await fieldsOf(cells[0] ?? '')).activity).toBe('LEC');
});

describe('a merge', () => {
  test('is promised, previewed, started, decided, and finished with one commit', async () => {
    const { branch, cells, clean } = await dispute(3);
    const promised = (await desk.ask('branches/info', { name: branch })).ifMerged;
    const preview = await desk.ask('merges/preview', { source: branch, target: 'main' });
    expect(promised).toEqual({ into: 'main', conflicts: 3, clean: 1, clashes: 0 });
    expect(preview).toMatchObject({ conflictCount: 3, canAutoMerge: false, cleanCount: 1, outcome: 'conflicts' });
    const started = await desk.ask('merges/start', { source: branch, target: 'main' });
    expect(started).toMatchObject({ kind: 'conflicts', count: 3 });
    const session = await desk.ask('merges/get', { merge: started.merge });
    expect(session.conflicts).toEqual(preview.conflicts);
    expect(session.conflicts[0].sentence).toMatch(
      /^Lima, A, .*: was ADM; main → LEC \(Bruno Costa, .*, lectures\); plan \d+ → SIM \(Ana Lima, /,
    );
    await desk.ask('merges/resolve', {
      merge: started.merge,
      resolutions: [
        { conflict: name(cells[0] ?? ''), resolution: { kind: 'source' }, reason: 'the course is paid' },
        { conflict: name(cells[1] ?? ''), resolution: { kind: 'target' } },
        { conflict: name(cells[2] ?? ''), resolution: { kind: 'custom', value: 'source' } },
      ],
    });
    const result = await desk.ask('merges/result', { merge: started.merge });
    const tipBefore = (await desk.ask('branches/info', { name: 'main' })).tip;
    const done = await desk.ask('merges/conclude', { merge: started.merge });
    expect(done).toMatchObject({ kind: 'merged', decisions: 3 });
    for (const item of result.items) expect(await fieldsOf(item.id)).toEqual(item.fields);
    expect((await fieldsOf(clean)).activity).toBe('SIM');
    const written = await desk.ask('commits/get', { commit: done.commit });
    const sourceTip = (await desk.ask('branches/info', { name: branch })).tip;
    expect(written).toMatchObject({ kind: 'merge', parents: [tipBefore, sourceTip], isMerge: true, mergeSource: branch, verified: true });
    expect(written.decisions.map((decision: any) => decision.chose).toSorted()).toEqual(['custom', 'source', 'target']);
    expect(await desk.ask('merges/start', { source: branch, target: 'main' })).toMatchObject({ kind: 'up-to-date' });
    expect((await desk.ask('branches/info', { name: branch })).mergeStatus).toBe('merged');
    // Before the merge main showed what main showed, whatever the branch did then.
    const line = await desk.ask('commits/line', { branch: 'main', limit: 2 });
    const before = line.items[1].at;
    expect((await desk.ask('versions/at', { type: 'assignment', id: clean, branch: 'main', at: before })).fields.activity).toBe('ADM');
    await desk.ask('branches/delete', { name: branch });
    expect((await fieldsOf(clean)).activity).toBe('SIM');
    expect(await desk.ask('commits/get', { commit: done.commit })).toMatchObject({ mergeSource: branch });
  });

  test('loses no choice when the process is killed at any point, and is not there before it was answered', async () => {
    const { branch, cells } = await dispute(6);
    const started = await desk.ask('merges/start', { source: branch, target: 'main' });
    await desk.restart('SIGKILL');
    const { merge } = started;
    const kinds = ['source', 'target', 'base'] as const;
    for (const [index, id] of cells.entries()) {
      await desk.ask('merges/resolve', { merge, resolutions: [{ conflict: name(id), resolution: { kind: kinds[index % 3] } }] });
      await desk.restart('SIGKILL');
      const session = await desk.ask('merges/get', { merge });
      expect(session.left).toBe(cells.length - index - 1);
      const decided = new Map(session.conflicts.map((conflict: any) => [conflict.entity.id, conflict.decision?.resolution.kind ?? null]));
      expect(cells.slice(0, index + 1).map((each) => decided.get(each))).toEqual(cells.slice(0, index + 1).map((_, at) => kinds[at % 3]));
    }
    expect((await desk.ask('merges/list', {})).items.map((item: any) => item.merge)).toContain(merge);
    const tip = (await desk.ask('branches/info', { name: 'main' })).tip;
    // Killed in the middle of finishing: either nothing was written, or the whole merge.
    const finishing = desk.raw('merges/conclude', { merge }).catch(() => null);
    await desk.restart('SIGKILL');
    await finishing;
    const session = await desk.ask('merges/get', { merge });
    const now = (await desk.ask('branches/info', { name: 'main' })).tip;
    if (session.state === 'open') {
      expect(now).toBe(tip);
      await desk.ask('merges/conclude', { merge });
    } else expect(session.commit).toBe(now);
    expect((await Promise.all(cells.map((id) => fieldsOf(id)))).map((fields) => fields.activity)).toEqual([
      'SIM',
      'LEC',
      'ADM',
      'SIM',
      'LEC',
      'ADM',
    ]);
    expect(await desk.ask('verify/run', { full: true })).toMatchObject({ ok: true });
  }, 120_000);

  test('is aborted without a trace', async () => {
    const { branch, cells } = await dispute(2);
    const counts = async () => {
      const info = await desk.ask('program/info', {});
      return [(await desk.ask('branches/info', { name: 'main' })).tip, info.counts, (await desk.ask('merges/list', {})).items];
    };
    const before = await counts();
    const { merge } = await desk.ask('merges/start', { source: branch, target: 'main' });
    await desk.ask('merges/resolve', { merge, resolutions: [{ conflict: name(cells[0] ?? ''), resolution: { kind: 'source' } }] });
    expect(await desk.ask('merges/abort', { merge })).toEqual({ merge, aborted: true });
    expect(await counts()).toEqual(before);
    expect(await desk.refusal('merges/get', { merge })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await desk.refusal('merges/abort', { merge })).toMatchObject({ code: 'NOT_FOUND' });
    const again = await desk.ask('merges/start', { source: branch, target: 'main' });
    expect((await desk.ask('merges/get', { merge: again.merge })).left).toBe(2);
    await desk.ask('merges/abort', { merge: again.merge });
  });

  test('of many changes a side takes seconds, whatever else the roster holds', async () => {
    const { branch, cells } = await dispute(300);
    const begun = performance.now();
    const { merge } = await desk.ask('merges/start', { source: branch, target: 'main' });
    await desk.ask('merges/resolve', { merge, resolutions: cells.map((id) => ({ conflict: name(id), resolution: { kind: 'source' } })) });
    const done = await desk.ask('merges/conclude', { merge, reason: 'all of it' });
    expect(done.decisions).toBe(300);
    expect(performance.now() - begun).toBeLessThan(60_000);
    expect(await desk.ask('commits/revert', { commit: done.commit, reason: 'not after all' })).toMatchObject({ kind: 'committed' });
    expect((await fieldsOf(cells[299] ?? '')).activity).toBe('LEC');
  }, 120_000);
});

describe('bad input', () => {
  test.each([
    ['merges/preview', { source: 'nowhere', target: 'main' }, 'NOT_FOUND', /One or both branches not found/],
    ['merges/start', { source: 'main', target: 'nowhere' }, 'NOT_FOUND', /One or both branches not found/],
    ['merges/start', { source: 'main', target: 'main' }, 'INVALID', /into itself/],
    ['merges/get', { merge: 'nothing' }, 'NOT_FOUND', /merge/],
    ['merges/resolve', { merge: 'nothing', resolutions: [{ conflict: 'x', resolution: { kind: 'source' } }] }, 'NOT_FOUND', /merge/],
    ['merges/resolve', { merge: 'nothing', resolutions: [] }, 'BAD_REQUEST', /resolutions/],
    ['merges/conclude', { merge: 'nothing' }, 'NOT_FOUND', /merge/],
    ['merges/setRules', { rules: [{ type: 'zebra', field: null, prefer: 'target' }] }, 'UNKNOWN_TYPE', /Unsupported entity type/],
    ['branches/protect', { name: 'nowhere', protected: true }, 'NOT_FOUND', /nowhere/],
    ['branches/rename', { name: 'main', to: 'other' }, 'PROTECTED', /main/],
    ['versions/blame', { type: 'zebra', id: 'x' }, 'UNKNOWN_TYPE', /Unsupported entity type/],
  ])('%s %j is refused with %s', async (path, body, code, words) => {
    const refusal = await desk.refusal(path, body);
    expect(refusal).toMatchObject({ code, defined: true });
    expect(`${refusal.message} ${JSON.stringify(refusal.data)}`).toMatch(words);
  });

  test('a decision about nothing, or a value the field cannot have, saves nothing', async () => {
    const { branch, cells } = await dispute(2);
    const { merge } = await desk.ask('merges/start', { source: branch, target: 'main' });
    const good = { conflict: name(cells[0] ?? ''), resolution: { kind: 'source' } };
    expect(
      await desk.refusal('merges/resolve', { merge, resolutions: [good, { conflict: 'nothing', resolution: { kind: 'source' } }] }),
    ).toMatchObject({
      code: 'NOT_A_CONFLICT',
    });
    const custom = (value: unknown) => ({
      merge,
      resolutions: [good, { conflict: name(cells[1] ?? ''), resolution: { kind: 'custom', value } }],
    });
    expect(await desk.refusal('merges/resolve', custom({ a: 1 }))).toMatchObject({
      code: 'INVALID',
      data: { fields: [{ field: 'activity' }] },
    });
    expect(await desk.refusal('merges/resolve', custom('x'.repeat(500)))).toMatchObject({ code: 'INVALID' });
    expect(await desk.refusal('merges/conclude', { merge })).toMatchObject({ code: 'CONFLICT_OPEN', data: { left: 2 } });
    expect((await desk.ask('merges/get', { merge })).left).toBe(2);
    await desk.ask('branches/delete', { name: branch });
    expect(await desk.refusal('merges/conclude', { merge })).toMatchObject({ code: 'NOT_FOUND', data: { what: 'branch', id: branch } });
    await desk.ask('merges/abort', { merge });
  });
});

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addPerson, commit, newId, openDesk, type Desk } from './api.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await desk.close();
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Canonical JSON for what these tests store: flat objects of texts, numbers and lists. */
const canonical = (value: any): string =>
  Array.isArray(value)
    ? `[${value.map(canonical).join(',')}]`
    : typeof value === 'object' && value !== null
      ? `{${Object.keys(value)
          .sort()
          .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
          .join(',')}}`
      : JSON.stringify(value);

async function cellWithHistory(): Promise<{ person: string; id: string; commits: any[] }> {
  const person = await addPerson(desk, newId('Souza'));
  const id = newId('cell');
  const commits = [
    await commit(
      desk,
      [{ op: 'create', type: 'assignment', id, fields: { personId: person, date: '2026-08-05', half: 'AM', activity: 'C' } }],
      { message: 'Plan', reason: 'first draft' },
    ),
  ];
  await desk.ask('session/use', { userId: 'bruno', name: 'Bruno Costa' });
  commits.push(
    await commit(desk, [{ op: 'update', type: 'assignment', id, fields: { activity: 'ICU', notes: 'cover' } }], {
      message: 'ICU',
      reason: 'cover for Souza',
    }),
  );
  await desk.ask('session/use', { userId: 'ana', name: 'Ana Lima' });
  commits.push(await commit(desk, [{ op: 'delete', type: 'assignment', id }], { message: 'Clear' }));
  return { person, id, commits };
}

describe('the history of one entity', () => {
  test('is newest first, honours the limit and keeps the delete as an entry', async () => {
    const { id } = await cellWithHistory();
    const all = await desk.ask('versions/history', { type: 'assignment', id });
    expect(all.items.map((entry: any) => entry.operation)).toEqual(['delete', 'update', 'create']);
    expect(all.total).toBe(3);
    const first = await desk.ask('versions/history', { type: 'assignment', id, limit: 2 });
    expect(first.items).toHaveLength(2);
    expect(first.total).toBe(3);
    const rest = await desk.ask('versions/history', { type: 'assignment', id, limit: 2, cursor: first.next });
    expect(rest.items.map((entry: any) => entry.operation)).toEqual(['create']);
    expect(rest.next).toBeNull();
  });

  test('says of every entry who, when, why, on which branch, after which version', async () => {
    const { id, commits } = await cellWithHistory();
    const { items } = await desk.ask('versions/history', { type: 'assignment', id });
    expect(items[1]).toMatchObject({
      operation: 'update',
      userId: 'bruno',
      commit: commits[1].commit,
      recordedAt: commits[1].recordedAt,
      branch: 'main',
      isMerge: false,
      mergeSource: null,
      tags: [],
      comments: [],
      label: null,
      reason: 'cover for Souza',
      parentVersion: items[2].version,
      number: 2,
    });
    expect(items[2].parentVersion).toBeNull();
  });

  test('anybody can recompute the version hash and the checksum', async () => {
    const { id, person } = await cellWithHistory();
    const { items } = await desk.ask('versions/history', { type: 'assignment', id });
    const fields = { personId: person, date: '2026-08-05', half: 'AM', activity: 'C' };
    expect(items[2].checksum).toBe(sha256(canonical(fields)));
    expect(items[2].version).toBe(sha256(canonical({ type: 'assignment', id, fields })));
    const got = await desk.ask('versions/get', { version: items[1].version });
    expect(got).toMatchObject({
      type: 'assignment',
      id,
      fields: { ...fields, activity: 'ICU', notes: 'cover' },
      checksum: items[1].checksum,
    });
    expect(await desk.ask('versions/get', { version: 'f'.repeat(64) })).toBeNull();
  });

  test('equal data has an equal checksum whatever the key order, other data another', async () => {
    const person = await addPerson(desk, newId('Prado'));
    const [a, b, c] = [newId('cell'), newId('cell'), newId('cell')];
    await commit(desk, [
      { op: 'create', type: 'assignment', id: a, fields: { personId: person, date: '2026-08-06', half: 'AM', activity: 'C' } },
      { op: 'create', type: 'assignment', id: b, fields: { activity: 'C', half: 'AM', date: '2026-08-06', personId: person } },
      { op: 'create', type: 'assignment', id: c, fields: { activity: 'c', half: 'AM', date: '2026-08-06', personId: person } },
    ]);
    const [one, two, three] = await Promise.all(
      [a, b, c].map(async (id) => (await desk.ask('versions/history', { type: 'assignment', id })).items[0]),
    );
    expect(one.checksum).toBe(two.checksum);
    expect(three.checksum).not.toBe(one.checksum);
    expect(one.version).not.toBe(two.version);
  });

  test('is empty for an entity nobody has heard of, and its lineage is nought', async () => {
    expect((await desk.ask('versions/history', { type: 'assignment', id: 'nobody' })).items).toEqual([]);
    expect(await desk.ask('versions/lineage', { type: 'assignment', id: 'nobody' })).toMatchObject({
      totalVersions: 0,
      createdAt: null,
      lastModified: null,
      versions: [],
      branches: [],
    });
  });

  test('lineage is complete over a hundred versions and names every branch that changed it', async () => {
    const person = await addPerson(desk, newId('Alves'));
    const id = newId('cell');
    const first = await commit(desk, [
      { op: 'create', type: 'assignment', id, fields: { personId: person, date: '2026-08-07', half: 'AM', activity: 'C0' } },
    ]);
    let last = first;
    for (let step = 1; step < 130; step++)
      last = await commit(desk, [{ op: 'update', type: 'assignment', id, fields: { activity: `C${step}` } }]);
    const branch = newId('branch');
    await desk.ask('branches/create', { name: branch });
    const side = await commit(desk, [{ op: 'update', type: 'assignment', id, fields: { activity: 'SIDE' } }], { branch });
    const lineage = await desk.ask('versions/lineage', { type: 'assignment', id });
    expect(lineage).toMatchObject({ totalVersions: 131, createdAt: first.at, lastModified: side.at });
    expect(lineage.versions).toHaveLength(131);
    expect(new Set(lineage.branches)).toEqual(new Set(['main', branch]));
    expect(side.at > last.at).toBe(true);
  });

  test('of a branch holds its own versions and the inherited ones, and nothing the parent did later', async () => {
    const person = await addPerson(desk, newId('Lima'));
    const id = newId('cell');
    const branch = newId('branch');
    await commit(desk, [
      { op: 'create', type: 'assignment', id, fields: { personId: person, date: '2026-08-05', half: 'PM', activity: 'C' } },
    ]);
    await desk.ask('branches/create', { name: branch });
    await commit(desk, [{ op: 'update', type: 'assignment', id, fields: { activity: 'MAIN' } }]);
    await commit(desk, [{ op: 'update', type: 'assignment', id, fields: { activity: 'SIDE' } }], { branch });
    const activities = async (on?: string): Promise<string[]> =>
      (await desk.ask('versions/history', { type: 'assignment', id, ...(on ? { branch: on } : {}) })).items.map(
        (entry: any) => entry.fields?.activity,
      );
    expect(await activities()).toEqual(['MAIN', 'C']);
    expect(await activities(branch)).toEqual(['SIDE', 'C']);
  });

  test('unsupported types are refused by every call', async () => {
    const type = 'spaceship';
    const version = 'a'.repeat(64);
    const calls: [string, object][] = [
      ['versions/history', { type, id: 'x' }],
      ['versions/at', { type, id: 'x', at: '2026-01-01T00:00:00Z' }],
      ['versions/allAt', { type, at: '2026-01-01T00:00:00Z' }],
      ['versions/compare', { type, id: 'x', from: version, to: version }],
      ['versions/rollback', { type, id: 'x', version, reason: 'because' }],
      ['versions/lineage', { type, id: 'x' }],
      ['notes/tag', { type, id: 'x', version, tag: 't' }],
      ['notes/comment', { type, id: 'x', version, text: 't' }],
      ['changes/commit', { message: 'm', changes: [{ op: 'create', type, fields: {} }] }],
      ['branches/compare', { a: 'main', b: 'main', types: [type] }],
      ['diff/commits', { from: 'main', to: 'main', types: [type] }],
    ];
    for (const [path, body] of calls)
      expect({ path, ...(await desk.refusal(path, body)) }).toMatchObject({
        path,
        code: 'UNKNOWN_TYPE',
        message: expect.stringContaining('Unsupported entity type'),
      });
  });
});

describe('how it was at a moment', () => {
  test('an instant shows the newest version at or before it, the instant included', async () => {
    const { id, commits } = await cellWithHistory();
    const at = (when: string): Promise<any> => desk.ask('versions/at', { type: 'assignment', id, at: when });
    const before = new Date(Date.parse(commits[0].at) - 1).toISOString();
    expect(await at(before)).toMatchObject({ existed: false, version: -1, fields: {} });
    expect(await at(commits[0].at)).toMatchObject({ existed: true, fields: { activity: 'C' } });
    expect(await at(new Date(Date.parse(commits[1].at) - 1).toISOString())).toMatchObject({ existed: true, fields: { activity: 'C' } });
    expect(await at(commits[1].at)).toMatchObject({ existed: true, fields: { activity: 'ICU' } });
    expect(await at(commits[2].at)).toMatchObject({ existed: false, version: -1, fields: {} });
    expect(await at('2099-01-01T00:00:00Z')).toMatchObject({ existed: false });
  });

  test('instants compare across offsets', async () => {
    const { id, commits } = await cellWithHistory();
    const shifted = new Date(Date.parse(commits[1].at) - 3 * 3_600_000).toISOString().replace('Z', '-03:00');
    expect((await desk.ask('versions/at', { type: 'assignment', id, at: shifted })).fields.activity).toBe('ICU');
  });

  test('a deleted entity exists again after it was restored', async () => {
    const { id, commits } = await cellWithHistory();
    const { items } = await desk.ask('versions/history', { type: 'assignment', id });
    const back = await desk.ask('versions/rollback', { type: 'assignment', id, version: items[2].version, reason: 'deleted by mistake' });
    expect(back).toMatchObject({
      success: true,
      type: 'assignment',
      id,
      targetVersion: items[2].version,
      rolledBackBy: 'ana',
      reason: 'deleted by mistake',
    });
    expect(await desk.ask('versions/at', { type: 'assignment', id, at: back.rolledBackAt })).toMatchObject({
      existed: true,
      fields: { activity: 'C' },
    });
    expect(await desk.ask('versions/at', { type: 'assignment', id, at: commits[2].at })).toMatchObject({ existed: false });
  });

  test('all entities of a type at a moment are exactly those that existed, narrowed by filters', async () => {
    const branch = newId('branch');
    await desk.ask('branches/create', { name: branch });
    const [a, b] = [newId('absence'), newId('absence')];
    const fields = { personId: 'p', startDate: '2026-08-01', endDate: '2026-08-05', absenceType: 'vacation' };
    const one = await commit(desk, [{ op: 'create', type: 'absence', id: a, fields }], { branch });
    const two = await commit(
      desk,
      [
        {
          op: 'create',
          type: 'absence',
          id: b,
          fields: { ...fields, absenceType: 'sick', startDate: '2026-09-01', endDate: '2026-09-02' },
        },
      ],
      { branch },
    );
    const three = await commit(desk, [{ op: 'delete', type: 'absence', id: a }], { branch });
    const ids = async (at: string, filters?: object): Promise<string[]> =>
      (await desk.ask('versions/allAt', { type: 'absence', branch, at, ...(filters ? { filters } : {}) })).items
        .map((item: any) => item.id)
        .sort();
    expect(await ids(one.at)).toEqual([a]);
    expect(await ids(two.at)).toEqual([a, b].sort());
    expect(await ids(three.at)).toEqual([b]);
    expect(await ids(two.at, { absenceType: 'sick' })).toEqual([b]);
    expect(await ids(two.at, { absenceType: { in: ['sick', 'vacation'] } })).toHaveLength(2);
    expect(await ids(two.at, { startDate: { from: '2026-08-15' } })).toEqual([b]);
    expect(await ids(two.at, { startDate: { to: '2026-08-01' }, absenceType: 'vacation' })).toEqual([a]);
    expect((await desk.refusal('versions/allAt', { type: 'absence', branch, filters: { colour: 'red' } })).code).toBe('INVALID');
    expect((await desk.ask('versions/allAt', { type: 'absence', branch, limit: 1 })).total).toBe(1);
  });
});

describe('comparing and going back', () => {
  test('a comparison names the fields, both values in words, both times, and swaps when reversed', async () => {
    const person = await addPerson(desk, 'Moraes, T');
    const other = await addPerson(desk, 'Duarte, V');
    const id = newId('cell');
    const one = await commit(desk, [
      { op: 'create', type: 'assignment', id, fields: { personId: person, date: '2026-08-05', half: 'AM', activity: 'C', notes: 'x' } },
    ]);
    const two = await commit(desk, [{ op: 'update', type: 'assignment', id, fields: { personId: other, notes: null, location: 'Main' } }]);
    const [to, from] = (await desk.ask('versions/history', { type: 'assignment', id })).items.map((entry: any) => entry.version);
    const there = await desk.ask('versions/compare', { type: 'assignment', id, from, to });
    expect(there).toMatchObject({
      fromAt: one.at,
      toAt: two.at,
      added: ['location'],
      removed: ['notes'],
      modified: ['personId'],
      summary: expect.stringContaining('3 field'),
    });
    const byField = Object.fromEntries(there.changes.map((change: any) => [change.field, change]));
    expect(byField.personId).toMatchObject({
      kind: 'modified',
      old: person,
      new: other,
      oldText: expect.stringContaining('Moraes'),
      newText: expect.stringContaining('Duarte'),
    });
    const back = await desk.ask('versions/compare', { type: 'assignment', id, from: to, to: from });
    expect(back).toMatchObject({ added: ['notes'], removed: ['location'], modified: ['personId'] });
    expect(await desk.ask('versions/compare', { type: 'assignment', id, from, to: from })).toMatchObject({
      changes: [],
      summary: 'No changes',
    });
    expect(await desk.refusal('versions/compare', { type: 'assignment', id, from, to: 'b'.repeat(64) })).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('One or both versions not found'),
    });
  });

  test('a rollback appends, twice in a row, loses no version, and leaves its reason as a comment', async () => {
    const person = await addPerson(desk, newId('Reis'));
    const id = newId('run');
    await commit(desk, [
      {
        op: 'create',
        type: 'schedule_run',
        id,
        fields: { startDate: '2026-08-01', endDate: '2026-08-28', algorithm: 'greedy', status: 'success' },
      },
    ]);
    await commit(desk, [{ op: 'update', type: 'schedule_run', id, fields: { status: 'failed' } }]);
    await commit(desk, [{ op: 'update', type: 'schedule_run', id, fields: { status: 'partial' } }]);
    const entries = async (): Promise<any[]> => (await desk.ask('versions/history', { type: 'schedule_run', id })).items;
    const before = await entries();
    const first = await desk.ask('versions/rollback', {
      type: 'schedule_run',
      id,
      version: before[2].version,
      reason: 'the first was right',
    });
    const second = await desk.ask('versions/rollback', { type: 'schedule_run', id, version: before[1].version, reason: 'no, the second' });
    const after = await entries();
    expect(after.map((entry) => entry.fields.status)).toEqual(['failed', 'success', 'partial', 'failed', 'success']);
    expect(after.slice(2).map((entry) => entry.checksum)).toEqual(before.map((entry) => entry.checksum));
    expect(after[1].comments.map((comment: any) => comment.text).join()).toContain('the first was right');
    expect(after[0].comments.map((comment: any) => comment.text).join()).toContain('no, the second');
    expect(after[4].comments).toEqual([]);
    expect([first.newVersion, second.newVersion]).toEqual([after[1].version, after[0].version]);
    expect(await desk.refusal('versions/rollback', { type: 'schedule_run', id, version: 'c'.repeat(64), reason: 'x' })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await desk.refusal('versions/rollback', { type: 'schedule_run', id, version: before[0].version })).toMatchObject({
      code: 'BAD_REQUEST',
    });
    expect(await entries()).toEqual(after);
    expect(person).toBeTruthy();
  });

  test('undo and redo follow the own gestures and survive a restart', async () => {
    const person = await addPerson(desk, newId('Sales'));
    const [a, b] = [newId('cell'), newId('cell')];
    const cell = (id: string, half: string): object => ({
      op: 'create',
      type: 'assignment',
      id,
      fields: { personId: person, date: '2026-08-11', half, activity: 'C' },
    });
    await commit(desk, [cell(a, 'AM')], { message: 'Type C' });
    await commit(desk, [cell(b, 'PM')], { message: 'Paste 14 cells' });
    const exists = async (id: string): Promise<boolean> => (await desk.ask('versions/at', { type: 'assignment', id })).existed;
    expect((await desk.ask('changes/undoable', {})).undo.label).toBe('Paste 14 cells');
    await desk.restart();
    expect(await desk.ask('changes/undo', {})).toMatchObject({ kind: 'committed', label: expect.stringMatching(/paste 14 cells/i) });
    expect([await exists(a), await exists(b)]).toEqual([true, false]);
    await desk.ask('changes/undo', {});
    expect([await exists(a), await exists(b)]).toEqual([false, false]);
    await desk.restart('SIGKILL');
    await desk.ask('changes/redo', {});
    await desk.ask('changes/redo', {});
    expect([await exists(a), await exists(b)]).toEqual([true, true]);
    expect((await desk.refusal('changes/redo', {})).code).toBe('NOT_FOUND');
  });

  test('undo refuses, and says who, when somebody else changed the same field since', async () => {
    const id = await addPerson(desk, newId('Telles'));
    await commit(desk, [{ op: 'update', type: 'person', id, fields: { pgyLevel: 3 } }], { message: 'Promote' });
    await desk.ask('session/use', { userId: 'bruno', name: 'Bruno Costa' });
    await commit(desk, [{ op: 'update', type: 'person', id, fields: { pgyLevel: 4 } }]);
    await desk.ask('session/use', { userId: 'ana', name: 'Ana Lima' });
    expect(await desk.refusal('changes/undo', {})).toMatchObject({ code: 'STALE', message: expect.stringContaining('Bruno') });
    expect((await desk.ask('versions/at', { type: 'person', id })).fields.pgyLevel).toBe(4);
  });

  test('a restore of a person’s days brings back cells and removes later ones, after a preview that said so', async () => {
    const person = await addPerson(desk, newId('Ueda'));
    const [kept, later] = [newId('cell'), newId('cell')];
    const then = await commit(desk, [
      { op: 'create', type: 'assignment', id: kept, fields: { personId: person, date: '2026-08-12', half: 'AM', activity: 'C' } },
    ]);
    await commit(desk, [
      { op: 'delete', type: 'assignment', id: kept },
      { op: 'create', type: 'assignment', id: later, fields: { personId: person, date: '2026-08-12', half: 'AM', activity: 'ICU' } },
    ]);
    const what = { at: then.at, scope: { kind: 'days', from: '2026-08-10', to: '2026-08-16', personId: person } };
    expect((await desk.ask('changes/previewRestore', what)).totals).toEqual({ added: 1, removed: 1, changed: 0 });
    expect(await desk.ask('changes/restore', { ...what, reason: 'as before' })).toMatchObject({ kind: 'committed' });
    const window = await desk.ask('roster/window', { from: '2026-08-12', to: '2026-08-12', people: [person] });
    expect(window.cells.map((cell: any) => [cell.half, cell.code])).toEqual([['AM', 'C']]);
    expect(await desk.ask('changes/restore', { ...what, reason: 'again' })).toMatchObject({ kind: 'unchanged' });
  });
});

describe('tags and comments', () => {
  test('stand on exactly that version with their author, and change no data', async () => {
    const { id } = await cellWithHistory();
    const [, version] = (await desk.ask('versions/history', { type: 'assignment', id })).items;
    const before = await desk.ask('versions/lineage', { type: 'assignment', id });
    const tag = { type: 'assignment', id, version: version.version, tag: 'pre-production' };
    const first = await desk.ask('notes/tag', tag);
    expect(first).toMatchObject({ author: 'ana', text: 'pre-production' });
    expect(await desk.ask('notes/tag', tag)).toMatchObject({ note: first.note });
    await desk.ask('notes/comment', { type: 'assignment', id, version: version.version, text: 'approved by the committee' });
    const after = (await desk.ask('versions/history', { type: 'assignment', id })).items;
    expect(after.map((entry: any) => entry.tags)).toEqual([[], ['pre-production'], []]);
    expect(after[1]).toMatchObject({
      label: 'pre-production',
      comments: [{ text: 'approved by the committee', author: 'ana' }],
      checksum: version.checksum,
    });
    expect(await desk.ask('versions/lineage', { type: 'assignment', id })).toMatchObject({ totalVersions: before.totalVersions });
    expect(await desk.refusal('notes/tag', { ...tag, version: 'd'.repeat(64) })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await desk.refusal('notes/comment', { commit: 'd'.repeat(64), text: 'x' })).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a tag on a commit is a name for it in comparisons', async () => {
    const person = await addPerson(desk, newId('Vidal'));
    const { commit: tip } = await commit(desk, [{ op: 'update', type: 'person', id: person, fields: { pgyLevel: 3 } }]);
    await desk.ask('notes/tag', { commit: tip, tag: 'Published Block 2' });
    await commit(desk, [{ op: 'update', type: 'person', id: person, fields: { pgyLevel: 4 } }]);
    const answer = await desk.ask('diff/commits', { from: 'Published Block 2', to: 'main' });
    expect(answer).toMatchObject({ total: 1, totals: { added: 0, removed: 0, changed: 1 } });
    expect(answer.items[0]).toMatchObject({ kind: 'changed', type: 'person', id: person, fields: [{ field: 'pgyLevel', old: 3, new: 4 }] });
  });
});

import Database from 'better-sqlite3';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EntityId } from '../../../../shared/ids.ts';
import { refusalOf } from '../../../kit/refusal-of.ts';
import { atFirst, cns, openThreeUsers, type ThreeUsers } from './three-users.ts';

let desk: ThreeUsers;
beforeEach(async () => {
  desk = await openThreeUsers();
});
afterEach(async () => {
  await desk.close();
});

const about = (field: string) => ({ entity: { type: 'clinic', id: EntityId.parse(desk.clinic.id) }, field });
const publish = (who: 'ana' | 'bruno' | 'carla', fields: string[], more: object = {}) =>
  desk.as(who, () => desk.api.views.publish({ ...desk.clinic, fields, ...more }));

/** Ana and Bruno both say something else about the telephone; Ana's is published first. */
async function bothMovedThePhone(): Promise<string> {
  await desk.save('bruno', { phone: '(11) 9999-0002', hours: 'nights only' });
  await desk.save('ana', { phone: '(11) 9999-0001' });
  await publish('ana', ['phone']);
  const answer = await publish('bruno', ['phone']);
  if (answer.kind !== 'conflicts') throw new Error(`nothing to decide: ${answer.kind}`);
  return answer.merge;
}

test('only the chosen fields reach the branch, as one commit by who publishes, and what is seen stays', async () => {
  const { api } = desk;
  await desk.save('ana', { phone: '(11) 9999-0001', hours: 'planted and private' });
  const before = await desk.sees('ana');
  const answer = await publish('ana', ['phone', 'city']);
  expect(answer).toMatchObject({ kind: 'published', fields: ['phone'] });
  expect(await desk.shared()).toEqual({ ...atFirst, cns, phone: '(11) 9999-0001' });
  expect(await desk.sees('ana')).toEqual(before);
  expect((await desk.as('ana', () => api.views.get(desk.clinic))).origins).toMatchObject({ phone: 'shared', hours: 'own' });
  expect(await desk.sees('bruno')).toMatchObject({ phone: '(11) 9999-0001' });
  expect((await api.commits.line({ limit: 1 })).items).toMatchObject([{ author: 'ana', message: 'Publish Telephone of a clinic' }]);
});

test('what the shared record moved to in other fields meanwhile stays', async () => {
  await desk.save('ana', { phone: '(11) 9999-0001' });
  await desk.save('bruno', { city: 'Campinas' });
  await publish('bruno', ['city']);
  await publish('ana', ['phone']);
  expect(await desk.shared()).toEqual({ ...atFirst, cns, phone: '(11) 9999-0001', city: 'Campinas' });
});

test('a field is emptied by publishing that it is empty', async () => {
  await desk.save('ana', { phone: null });
  expect(await publish('ana', ['phone'])).toMatchObject({ kind: 'published' });
  expect(await desk.shared()).toEqual({ name: atFirst.name, city: atFirst.city, cns });
});

test('nothing of one’s own in the chosen fields changes nothing', async () => {
  const { api } = desk;
  const tip = (await api.commits.at({}))?.commit;
  expect(await publish('ana', ['phone'])).toEqual({ kind: 'unchanged', tip });
  await desk.save('ana', { phone: '(11) 9999-0001' });
  expect(await publish('ana', ['city'])).toEqual({ kind: 'unchanged', tip });
  await publish('ana', ['phone']);
  expect(await publish('ana', ['phone'])).toMatchObject({ kind: 'unchanged' });
});

test('two different values open a merge that a person decides, over a restart', async () => {
  const { api } = desk;
  const merge = await bothMovedThePhone();
  expect(await publish('bruno', ['phone'])).toEqual({ kind: 'conflicts', merge, count: 1 });
  await desk.restart();
  const session = await desk.as('bruno', () => api.merges.get({ merge }));
  expect(session).toMatchObject({
    kind: 'pick',
    source: 'Bruno Costa’s version',
    target: 'main',
    left: 1,
    conflicts: [
      {
        field: 'phone',
        base: '(11) 3333-4444',
        source: '(11) 9999-0002',
        target: '(11) 9999-0001',
        targetStory: { branch: 'main', authorName: 'Ana Lima' },
      },
    ],
  });
  expect(JSON.stringify(session)).not.toMatch(/nights only/);
  expect(await refusalOf(api.merges.conclude({ merge }))).toMatchObject({ code: 'CONFLICT_OPEN' });
  await api.merges.resolve({ merge, resolutions: [{ conflict: about('phone'), resolution: { kind: 'source' } }] });
  await desk.restart();
  const concluded = await desk.as('bruno', () => api.merges.conclude({ merge }));
  expect(await desk.shared()).toEqual({ ...atFirst, cns, phone: '(11) 9999-0002' });
  const written = await api.commits.get({ commit: concluded.commit });
  expect(written).toMatchObject({ author: 'bruno', kind: 'edit', message: 'Publish Telephone of a clinic' });
  expect(written.parents).toHaveLength(1);
  expect(written.decisions).toMatchObject([{ source: 'Bruno Costa’s version', target: 'main', valueText: '(11) 9999-0002' }]);
  expect(await desk.as('bruno', () => api.merges.get({ merge }))).toMatchObject({ state: 'concluded', source: 'Bruno Costa’s version' });
  await api.commits.revert({ commit: concluded.commit, reason: 'not yet' });
  expect(await desk.shared()).toMatchObject({ phone: '(11) 9999-0001' });
});

test('the shared record moves while people decide: decisions about other values are asked again', async () => {
  const { api } = desk;
  const merge = await bothMovedThePhone();
  await api.merges.resolve({ merge, resolutions: [{ conflict: about('phone'), resolution: { kind: 'source' } }] });
  await desk.save('ana', { phone: '(11) 9999-0003' });
  await publish('ana', ['phone']);
  expect(await desk.as('bruno', () => api.merges.get({ merge }))).toMatchObject({ left: 1, conflicts: [{ target: '(11) 9999-0003' }] });
  expect(await refusalOf(api.merges.conclude({ merge }))).toMatchObject({ code: 'CONFLICT_OPEN' });
});

test('the own version is changed while people decide: what was asked for is what is published', async () => {
  const { api } = desk;
  const merge = await bothMovedThePhone();
  await desk.save('bruno', { phone: '(11) 7777-7777' });
  await api.merges.resolve({ merge, resolutions: [{ conflict: about('phone'), resolution: { kind: 'source' } }] });
  await api.merges.conclude({ merge });
  expect(await desk.shared()).toMatchObject({ phone: '(11) 9999-0002' });
  expect(await desk.sees('bruno')).toMatchObject({ phone: '(11) 7777-7777' });
});

test('only who publishes sees the open merge, and a value that was not taken is told nowhere', async () => {
  const { api } = desk;
  const merge = await bothMovedThePhone();
  for (const who of ['ana', 'carla'] as const) {
    expect((await desk.as(who, () => api.merges.list({}))).total).toBe(0);
    const there = await refusalOf(api.merges.get({ merge }));
    const nowhere = await refusalOf(api.merges.get({ merge: merge.replace(/.$/, (last) => (last === '0' ? '1' : '0')) }));
    expect({ ...there, message: '', data: { ...there.data, id: '' } }).toEqual({
      ...nowhere,
      message: '',
      data: { ...nowhere.data, id: '' },
    });
    for (const call of [
      api.merges.conclude({ merge }),
      api.merges.abort({ merge }),
      api.merges.result({ merge }),
      api.merges.resolve({ merge, resolutions: [{ conflict: about('phone'), resolution: { kind: 'source' } }] }),
    ])
      expect(await refusalOf(call)).toMatchObject({ code: 'NOT_FOUND' });
  }
  expect((await desk.as('bruno', () => api.merges.list({}))).items).toMatchObject([{ merge, source: 'Bruno Costa’s version', left: 1 }]);
  await api.merges.resolve({ merge, resolutions: [{ conflict: about('phone'), resolution: { kind: 'target' } }] });
  const { commit } = await api.merges.conclude({ merge });
  await desk.act('ana');
  const told = [
    await api.commits.get({ commit }),
    await api.merges.list({ state: 'concluded' }),
    await api.versions.history(desk.clinic),
    await api.versions.blame(desk.clinic),
    await api.commits.line({}),
  ];
  expect(JSON.stringify(told)).not.toMatch(/9999-0002/);
  expect(await refusalOf(api.merges.get({ merge }))).toMatchObject({ code: 'NOT_FOUND' });
});

test('an aborted publish leaves nothing, and can be begun again', async () => {
  const { api } = desk;
  const merge = await bothMovedThePhone();
  const tip = await api.commits.at({});
  await api.merges.abort({ merge });
  expect((await api.merges.list({})).total).toBe(0);
  expect(await refusalOf(api.merges.get({ merge }))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await api.commits.at({})).toEqual(tip);
  expect(await publish('bruno', ['phone'])).toMatchObject({ kind: 'conflicts' });
});

test('what was not taken stands in no working table and in no commit of the branch', async () => {
  const { api } = desk;
  const aborted = await bothMovedThePhone();
  await api.merges.abort({ merge: aborted });
  const kept = await publish('bruno', ['phone']);
  if (kept.kind !== 'conflicts') throw new Error(kept.kind);
  await api.merges.resolve({ merge: kept.merge, resolutions: [{ conflict: about('phone'), resolution: { kind: 'target' } }] });
  expect(storedTexts(desk, ['merge_sessions', 'merge_steps']).filter((text) => text.includes('9999-0002'))).toHaveLength(1);
  const { commit } = await api.merges.conclude({ merge: kept.merge });
  expect(await api.commits.get({ commit })).toMatchObject({ changes: [], message: 'Keep the shared record of a clinic' });
  expect(storedTexts(desk, ['commits', 'decision_memory', 'merge_steps', 'properties']).join(' ')).not.toMatch(/9999-0002|nights only/);
});

test('a value that was the shared one and is not any more is asked about, though it never changed', async () => {
  const { api } = desk;
  await desk.save('bruno', { phone: '(11) 5555-5555', hours: 'nights' });
  await desk.save('ana', { phone: '(11) 5555-5555' });
  await publish('ana', ['phone']);
  await desk.as('ana', () => api.views.save({ ...desk.clinic, fields: { city: 'Bauru' } }));
  await publish('ana', ['city']);
  await desk.as('bruno', () => api.views.settle({ ...desk.clinic, choices: {} }));
  await desk.save('ana', { phone: '(11) 6666-6666' });
  await publish('ana', ['phone']);
  expect(await desk.sees('bruno')).toMatchObject({ phone: '(11) 5555-5555' });
  const answer = await publish('bruno', ['phone']);
  if (answer.kind !== 'conflicts') throw new Error(answer.kind);
  await api.merges.resolve({ merge: answer.merge, resolutions: [{ conflict: about('phone'), resolution: { kind: 'source' } }] });
  await api.merges.conclude({ merge: answer.merge });
  expect(await desk.shared()).toEqual({ ...atFirst, cns, city: 'Bauru', phone: '(11) 5555-5555' });
});

test('what is personal stands in no commit’s decisions, and is told from the record', async () => {
  const { api } = desk;
  const cpf = '12345678909';
  await desk.act('ana');
  const { id } = await api.views.register({ type: 'patient', identifier: cpf, fields: { name: 'Maria', city: 'Santos' } });
  const patient = { type: 'patient', id };
  await desk.act('bruno');
  await api.views.register({ type: 'patient', identifier: cpf, fields: { city: 'Bauru', motherName: 'kept private' } });
  await desk.act('ana');
  await api.views.save({ ...patient, fields: { city: 'Campinas' } });
  await api.views.publish({ ...patient, fields: ['city'] });
  const answer = await desk.as('bruno', () => api.views.publish({ ...patient, fields: ['city'] }));
  if (answer.kind !== 'conflicts') throw new Error(answer.kind);
  const resolution = { kind: 'source' as const };
  await api.merges.resolve({ merge: answer.merge, resolutions: [{ conflict: { entity: patient, field: 'city' }, resolution }] });
  const { commit } = await api.merges.conclude({ merge: answer.merge });
  const written = await desk.as('ana', () => api.commits.get({ commit }));
  expect(written.decisions).toMatchObject([{ baseText: 'Santos', sourceText: 'Bauru', targetText: 'Campinas', valueText: 'Bauru' }]);
  expect(JSON.stringify(written)).not.toMatch(/kept private/);
  expect(storedTexts(desk, ['commits']).join(' ')).not.toMatch(/Bauru|Campinas/);
  expect(await desk.as('carla', () => api.commits.get({ commit }))).toMatchObject({ changes: [], decisions: [] });
});

test('a publish is the last gesture of who published: it is undone and redone', async () => {
  const { api } = desk;
  await desk.save('ana', { phone: '(11) 9999-0001' });
  await publish('ana', ['phone']);
  await api.changes.undo({});
  expect(await desk.shared()).toEqual({ ...atFirst, cns });
  expect(await desk.sees('ana')).toMatchObject({ phone: '(11) 9999-0001' });
  await desk.act('ana');
  await api.changes.redo({});
  expect(await desk.shared()).toMatchObject({ phone: '(11) 9999-0001' });
});

test('the shared record is deleted while people decide: that is a decision too', async () => {
  const { api } = desk;
  const merge = await bothMovedThePhone();
  // Nobody else works with it any more: then it may go.
  await desk.as('ana', () => api.views.unlink(desk.clinic));
  await desk.act('bruno');
  await api.changes.commit({ message: 'Close', changes: [{ op: 'delete', ...desk.clinic }] });
  const session = await desk.as('bruno', () => api.merges.get({ merge }));
  expect(session).toMatchObject({
    left: 1,
    conflicts: [{ field: null, kind: 'modify-delete', offered: expect.arrayContaining(['delete']) }],
  });
  expect(JSON.stringify(session)).not.toMatch(/nights only/);
  const conflict = { entity: { type: 'clinic', id: EntityId.parse(desk.clinic.id) }, field: null };
  await api.merges.resolve({ merge, resolutions: [{ conflict, resolution: { kind: 'source' } }] });
  await api.merges.conclude({ merge });
  const { shared } = await desk.as('bruno', () => api.views.get(desk.clinic));
  expect(shared.fields).toEqual({ ...atFirst, cns, phone: '(11) 9999-0002' });
});

test('who takes the record off the list leaves the merge, and finds it again when registered', async () => {
  const { api } = desk;
  const merge = await bothMovedThePhone();
  await api.views.unlink(desk.clinic);
  expect(await refusalOf(api.merges.get({ merge }))).toMatchObject({ code: 'NOT_FOUND' });
  expect((await api.merges.list({})).total).toBe(0);
  await api.views.register({ type: 'clinic', identifier: cns });
  expect(await api.merges.get({ merge })).toMatchObject({ left: 1 });
});

test('nobody who is not linked publishes, and a viewer and an editor of a protected branch do not', async () => {
  const { api } = desk;
  const nobody = await refusalOf(publish('carla', ['phone']));
  const unknown = await refusalOf(api.views.publish({ type: 'clinic', id: 'no-such-clinic', fields: ['phone'] }));
  expect(nobody).toMatchObject({ code: 'NOT_FOUND' });
  expect(nobody.message.replace(desk.clinic.id, '')).toBe(unknown.message.replace('no-such-clinic', ''));
  await desk.save('bruno', { phone: '(11) 9999-0002' });
  await api.branches.protect({ name: 'main', protected: true });
  await api.session.use({ userId: 'bruno', name: 'Bruno Costa', role: 'editor' });
  expect(await refusalOf(api.views.publish({ ...desk.clinic, fields: ['phone'] }))).toMatchObject({ code: 'PROTECTED' });
  await api.session.use({ userId: 'bruno', name: 'Bruno Costa', role: 'viewer' });
  expect(await refusalOf(api.views.publish({ ...desk.clinic, fields: ['phone'] }))).toMatchObject({ code: 'FORBIDDEN' });
  expect(await desk.shared()).toEqual({ ...atFirst, cns });
});

test('fields and branches that are not there are refused by name', async () => {
  const { api } = desk;
  await desk.save('ana', { phone: '(11) 9999-0001' });
  expect(await refusalOf(publish('ana', ['phone', 'fax']))).toMatchObject({ code: 'INVALID', data: { fields: [{ field: 'fax' }] } });
  expect(await refusalOf(publish('ana', ['phone'], { branch: 'nowhere' }))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await refusalOf(api.views.publish({ ...desk.clinic, type: 'person', fields: ['phone'] }))).toMatchObject({ code: 'INVALID' });
  expect(await desk.shared()).toEqual({ ...atFirst, cns });
});

test('where the shared record was deleted nothing shows, and publishing there is refused', async () => {
  const { api } = desk;
  await desk.save('ana', { phone: '(11) 9999-0001' });
  await api.branches.create({ name: 'without' });
  await api.changes.commit({ branch: 'without', message: 'Close', changes: [{ op: 'delete', ...desk.clinic }] });
  expect(await desk.sees('ana', 'without')).toBeNull();
  expect(await refusalOf(publish('ana', ['phone'], { branch: 'without' }))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await desk.sees('ana')).toMatchObject({ phone: '(11) 9999-0001' });
});

test('an own version that was made over another branch is compared with the shared record it came from', async () => {
  const { api } = desk;
  await desk.act('ana');
  await api.branches.create({ name: 'plan' });
  await api.changes.commit({ branch: 'plan', message: 'Plan', changes: [{ op: 'update', ...desk.clinic, fields: { city: 'Campinas' } }] });
  await api.views.save({ ...desk.clinic, branch: 'plan', fields: { city: 'Bauru', hours: '8 to 12' } });
  // On main the city is not what the own version came from: somebody decides. The hours were empty on both.
  expect(await publish('ana', ['hours'])).toMatchObject({ kind: 'published', fields: ['hours'] });
  expect(await desk.shared()).toEqual({ ...atFirst, cns, hours: '8 to 12' });
  expect(await publish('ana', ['city'])).toMatchObject({ kind: 'conflicts', count: 1 });
  expect(await publish('ana', ['city'], { branch: 'plan' })).toMatchObject({ kind: 'published' });
  expect(await desk.shared('plan')).toMatchObject({ city: 'Bauru' });
});

test('a message and a reason of one’s own stand in the commit', async () => {
  const { api } = desk;
  await desk.save('ana', { phone: '(11) 9999-0001', city: 'Bauru' });
  await publish('ana', ['phone'], { message: 'The new number', reason: 'They moved' });
  await publish('ana', ['city', 'name']);
  expect((await api.commits.line({ limit: 2 })).items).toMatchObject([
    { message: 'Publish City of a clinic' },
    { message: 'The new number', reason: 'They moved', author: 'ana' },
  ]);
});

/** Every text in some tables of the programme's file. */
function storedTexts({ dataDir }: ThreeUsers, tables: readonly string[]): string[] {
  const folder = join(dataDir, 'programmes');
  const file = readdirSync(folder).find((name) => name.endsWith('.rosterline')) ?? '';
  const db = new Database(join(folder, file), { readonly: true });
  try {
    return tables.flatMap((table) =>
      db
        .prepare<[], object>(`SELECT * FROM ${table}`)
        .all()
        .map((row) => JSON.stringify(row)),
    );
  } finally {
    db.close();
  }
}

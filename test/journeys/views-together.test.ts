import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addPerson, commit, newId } from './api.ts';
import { clinicFields, newCns, openViewsDesk, patientFields, punctuated, type ViewsDesk } from './views-desk.ts';

let desk: ViewsDesk;
beforeAll(async () => {
  desk = await openViewsDesk();
});
afterAll(async () => {
  await desk.close();
});

const as: ViewsDesk['as'] = (user, more) => desk.as(user, more);
const see: ViewsDesk['see'] = (type, id, more) => desk.see(type, id, more);
const upload = (name: string, text: string): object => ({ name, base64: Buffer.from(text).toString('base64') });

describe('the examples of the document', () => {
  test('create or update a patient, get it as seen by a user, and the name alone', async () => {
    const { id, identifier } = await desk.register('ana', 'patient', { ...patientFields, name: 'João Pereira' });
    await desk.attach('bruno', 'patient', identifier, { name: 'João P.', phone1: '(81) 3333-1234' });
    expect((await see('patient', id)).title).toBe('João P.');
    await as('ana');
    expect((await see('patient', id)).title).toBe('João Pereira');
    expect((await see('patient', id)).fields).toMatchObject({ name: 'João Pereira', phone1: patientFields.phone1 });
  });

  test('search “joao” and “joão” find “João”', async () => {
    const { id } = await desk.register('ana', 'patient', { ...patientFields, name: 'João Cavalcanti' });
    for (const text of ['joao', 'joão', 'JOÃO', 'Joao Caval', 'cavalcanti joao']) {
      const { items } = await desk.ask('views/search', { type: 'patient', text });
      expect(
        items.map((item: any) => item.id),
        text,
      ).toContain(id);
      expect(items.find((item: any) => item.id === id).title).toBe('João Cavalcanti');
    }
  });

  test('a form is saved without asking whether the identifier is known: it sends eleven fields, and the others stay', async () => {
    const whole = { ...patientFields, age: '61', sex: 'M', stateId: '1', weight: '70', height: '1,70m', ethnicity: 'x', healthCard: '8' };
    const { id, identifier } = await desk.register('ana', 'patient', whole);
    const form = { name: 'João da Silva', motherName: 'Rita', phone1: '(11) 3333-4444', address: 'Rua A, 1' };
    expect(await desk.ask('views/register', { type: 'patient', identifier: punctuated(identifier), fields: form })).toMatchObject({
      id,
      wasCreated: false,
      fields: { ...whole, ...form },
    });
  });

  test('the name of a place is the one the user knows it by, in the roster too, at every moment', async () => {
    const { id, identifier: cns } = await desk.register('ana', 'clinic', { ...clinicFields, name: 'Posto Central' });
    const person = await addPerson(desk, 'Rita');
    const cell = (half: string, location: string): object => ({
      op: 'create',
      type: 'assignment',
      id: newId('cell'),
      fields: { personId: person, date: '2026-10-05', half, activity: 'C', location },
    });
    await commit(desk, [cell('AM', 'posto CENTRAL'), cell('PM', cns)]);
    const rotation = newId('rotation');
    await commit(desk, [{ op: 'create', type: 'rotation', id: rotation, fields: { name: 'Ward', abbreviation: 'W', clinicLocation: id } }]);
    const { at } = await desk.ask('views/save', { type: 'clinic', id, fields: { name: 'Postão' } });
    const window = { from: '2026-10-05', to: '2026-10-05' };
    const named = { clinic: id, name: 'Postão', origin: 'own' };
    expect((await desk.ask('roster/window', { ...window, view: 'ana' })).locations).toEqual({
      'posto CENTRAL': named,
      [cns]: named,
      [id]: named,
    });
    const before = new Date(Date.parse(at) - 1).toISOString();
    const then = await desk.ask('roster/window', { ...window, view: 'ana', at: before });
    expect(then.locations[cns]).toEqual({ clinic: id, name: 'Posto Central', origin: 'shared' });
    await as('bruno');
    expect((await desk.ask('roster/window', { ...window, view: 'bruno' })).locations).toEqual({});
    expect(await desk.refusal('roster/window', { ...window, view: 'ana' })).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('sharing on purpose', () => {
  test('an offer shows one version, can be adopted in part, and is gone when it is withdrawn', async () => {
    const { id, identifier } = await desk.register('ana', 'clinic');
    await desk.ask('views/save', { type: 'clinic', id, fields: { hours: '7 to 19', phone: '(81) 3333-1111' } });
    const offer = await desk.ask('views/offer', { type: 'clinic', id, to: 'bruno', note: 'New hours' });
    expect(offer).toMatchObject({ from: 'ana', to: 'bruno', number: 2, note: 'New hours', fields: { hours: '7 to 19' } });
    await desk.ask('views/save', { type: 'clinic', id, fields: { hours: 'private now' } });
    await as('carla');
    expect(await desk.refusal('views/get', { type: 'clinic', id, view: 'ana' })).toMatchObject({ code: 'FORBIDDEN' });
    await as('bruno');
    expect(await desk.ask('views/offers', { type: 'clinic', id })).toMatchObject({ total: 1, items: [{ offer: offer.offer, number: 2 }] });
    expect(await see('clinic', id, { view: 'ana' })).toMatchObject({ source: 'offered', version: 2, fields: { hours: '7 to 19' } });
    expect(await desk.ask('views/adopt', { offer: offer.offer, fields: ['hours'] })).toMatchObject({
      kind: 'adopted',
      fields: { hours: '7 to 19', phone: clinicFields.phone },
      origins: { hours: 'own', phone: 'shared' },
    });
    expect(await see('clinic', id)).toMatchObject({ source: 'own', identifier });
    const matrix = await desk.ask('views/matrix', { type: 'clinic', id });
    expect(matrix.columns.map((column: any) => column.kind)).toEqual(['shared', 'mine', 'offered']);
    await as('ana');
    expect(await desk.ask('views/withdraw', { offer: offer.offer })).toMatchObject({ withdrawn: true });
    await as('bruno');
    expect(await desk.refusal('views/get', { type: 'clinic', id, view: 'ana' })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await desk.refusal('views/adopt', { offer: offer.offer })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await see('clinic', id)).toMatchObject({ fields: { hours: '7 to 19' } });
  });

  test('chosen fields are published into the shared record, and others see them unless they say otherwise', async () => {
    const { id, identifier } = await desk.register('ana', 'clinic');
    await desk.attach('bruno', 'clinic', identifier, { hours: 'Bruno’s hours' });
    await as('ana');
    await desk.ask('views/save', { type: 'clinic', id, fields: { hours: '7 to 19', phone: '(81) 3333-1111', name: 'Lucas' } });
    const published = await desk.ask('views/publish', { type: 'clinic', id, fields: ['hours', 'phone'], reason: 'They told me' });
    expect(published).toMatchObject({ kind: 'published', fields: ['hours', 'phone'] });
    expect(await desk.ask('versions/at', { type: 'clinic', id })).toMatchObject({
      fields: { hours: '7 to 19', phone: '(81) 3333-1111', name: clinicFields.name },
    });
    expect(await see('clinic', id)).toMatchObject({ origins: { hours: 'shared', phone: 'shared', name: 'own' }, title: 'Lucas' });
    await as('bruno');
    expect(await see('clinic', id)).toMatchObject({ fields: { hours: 'Bruno’s hours', phone: '(81) 3333-1111' }, drifted: true });
    const drift = await desk.ask('views/drift', { type: 'clinic' });
    expect(drift.items).toMatchObject([
      {
        id,
        sharedAuthorName: 'Ana Lima',
        fields: expect.arrayContaining([
          expect.objectContaining({ field: 'hours', kind: 'apart', base: clinicFields.hours, shared: '7 to 19', mine: 'Bruno’s hours' }),
        ]),
      },
    ]);
    await desk.ask('views/settle', { type: 'clinic', id, choices: { hours: 'shared' } });
    expect(await see('clinic', id)).toMatchObject({ fields: { hours: '7 to 19' }, drifted: false });
    expect(await desk.ask('views/drift', { type: 'clinic' })).toMatchObject({ total: 0 });
  });

  test('where the shared record says something else by now, publishing asks in a merge, and both sides have names', async () => {
    const { id, identifier } = await desk.register('ana', 'clinic');
    await desk.attach('bruno', 'clinic', identifier, { hours: 'Bruno’s hours' });
    await as('ana');
    await desk.ask('views/save', { type: 'clinic', id, fields: { hours: 'Ana’s hours' } });
    await desk.ask('views/publish', { type: 'clinic', id, fields: ['hours'] });
    await as('bruno');
    const asked = await desk.ask('views/publish', { type: 'clinic', id, fields: ['hours'] });
    expect(asked).toMatchObject({ kind: 'conflicts', count: 1 });
    const session = await desk.ask('merges/get', { merge: asked.merge });
    expect(session.conflicts).toMatchObject([{ base: clinicFields.hours, source: 'Bruno’s hours', target: 'Ana’s hours', field: 'hours' }]);
    expect(JSON.stringify(session)).not.toMatch(/\b(ours|theirs)\b/i);
    await as('ana');
    expect(await desk.refusal('merges/get', { merge: asked.merge })).toMatchObject({ code: 'NOT_FOUND' });
    await as('bruno');
    await desk.ask('merges/resolve', {
      merge: asked.merge,
      resolutions: [{ conflict: session.conflicts[0].id, resolution: { kind: 'source' } }],
    });
    await desk.ask('merges/conclude', { merge: asked.merge });
    expect(await desk.ask('versions/at', { type: 'clinic', id })).toMatchObject({ fields: { hours: 'Bruno’s hours' } });
  });

  test('B76: the versions of a removed user stay, and the author is shown as removed', async () => {
    const { id, identifier } = await desk.register('ana', 'clinic');
    await desk.attach('dora', 'clinic', identifier, { hours: 'Dora’s hours' });
    await desk.ask('views/offer', { type: 'clinic', id, to: 'ana' });
    await as('ana');
    await desk.ask('session/remove', { userId: 'dora' });
    expect((await desk.ask('views/offers', { type: 'clinic', id })).items).toMatchObject([
      { from: null, fromName: 'Removed user', fields: { hours: 'Dora’s hours' } },
    ]);
    const [offer] = (await desk.ask('views/offers', { type: 'clinic', id })).items;
    expect(await desk.ask('views/adopt', { offer: offer.offer })).toMatchObject({ kind: 'adopted', fields: { hours: 'Dora’s hours' } });
    await as('dora');
    expect(await see('clinic', id)).toMatchObject({ fields: { hours: 'Dora’s hours' }, version: 2 });
  });
});

describe('housekeeping', () => {
  test('B75: cleanup is listed before it happens, changes nothing that anybody sees, and removes nothing in use', async () => {
    const { id } = await desk.register('ana', 'clinic');
    for (const hours of ['a', 'b', 'c', 'd']) await desk.ask('views/save', { type: 'clinic', id, fields: { hours } });
    await desk.ask('views/offer', { type: 'clinic', id, to: 'bruno', version: 3 });
    await desk.ask('views/save', { type: 'clinic', id, fields: { hours: 'draft' }, status: 'draft' });
    const before = await see('clinic', id);
    const listed = await desk.ask('views/previewCleanup', { type: 'clinic', id });
    expect(listed.items.map((item: any) => item.number).toSorted()).toEqual([2, 4, 6]);
    expect(await desk.refusal('views/cleanup', { type: 'clinic', id, expected: 2 })).toMatchObject({ code: 'STALE' });
    expect(await desk.ask('views/cleanup', { type: 'clinic', id, expected: listed.total })).toMatchObject({ removed: 3 });
    expect(await see('clinic', id)).toEqual({ ...before, basis: expect.anything() });
    const { items } = await desk.ask('views/versions', { type: 'clinic', id });
    expect(items.map((item: any) => item.number).filter((number: number) => number > 1)).toEqual([5, 3]);
    await as('bruno');
    expect(await see('clinic', id, { view: 'ana' })).toMatchObject({ fields: { hours: 'b' } });
  });

  test('B73, B74: a list is taken over once, rows without user or record are skipped, and going back removes only what it made', async () => {
    const known = await desk.register('ana', 'clinic', { ...clinicFields, name: 'Known before' });
    await desk.ask('views/save', { type: 'clinic', id: known.id, fields: { hours: 'kept' } });
    const fresh = newCns();
    const file = upload(
      'clinics.csv',
      `user,cns,name,city\nbruno,${fresh},New clinic,Recife\nana,${fresh},New clinic,Recife\n,${fresh},New clinic,Recife\nbruno,,No id,Recife\nbruno,${known.identifier},Known before,Recife\n`,
    );
    await as('ana');
    const preview = await desk.ask('views/previewMigration', { type: 'clinic', file });
    expect(preview).toMatchObject({ rows: 5, masters: { created: 1, existing: 1 }, links: { created: 3 }, skipped: 2 });
    expect(await desk.ask('views/search', { type: 'clinic', text: fresh })).toMatchObject({ total: 0 });
    const done = await desk.ask('views/migrate', { type: 'clinic', file });
    expect(done).toMatchObject({ kind: 'migrated', report: { masters: { created: 1 }, links: { created: 3 }, skipped: 2 } });
    expect(await desk.ask('views/migrate', { type: 'clinic', file })).toMatchObject({ kind: 'unchanged' });
    const [found] = (await desk.ask('views/search', { type: 'clinic', text: fresh })).items;
    expect(found).toMatchObject({ title: 'New clinic', version: 1 });
    expect(await see('clinic', known.id)).toMatchObject({ fields: { hours: 'kept' } });
    await as('bruno');
    expect(await see('clinic', known.id)).toMatchObject({ title: 'Known before', source: 'shared' });
    await desk.ask('views/save', { type: 'clinic', id: known.id, fields: { hours: 'Bruno works here' } });
    await as('ana');
    await desk.ask('views/previewReversal', { migration: done.migration });
    await desk.ask('views/reverseMigration', { migration: done.migration, reason: 'The wrong list' });
    expect(await desk.ask('views/search', { type: 'clinic', text: fresh })).toMatchObject({ total: 0 });
    expect(await see('clinic', known.id)).toMatchObject({ fields: { hours: 'kept' } });
    await as('bruno');
    expect(await see('clinic', known.id)).toMatchObject({ fields: { hours: 'Bruno works here' } });
  });

  test('a patient’s identifier is masked until it is asked for, and the asking is kept', async () => {
    const { id, identifier } = await desk.register('ana', 'patient');
    const seen = await see('patient', id, { mask: true });
    expect(seen).toMatchObject({ masked: true, identifier: `***.${identifier.slice(3, 6)}.${identifier.slice(6, 9)}-**` });
    expect(JSON.stringify(seen)).not.toContain(identifier);
    expect(JSON.stringify(await desk.ask('views/search', { type: 'patient', mask: true, limit: 500 }))).not.toContain(identifier);
    expect(await desk.ask('views/reveal', { type: 'patient', id, reason: 'At the desk' })).toMatchObject({ identifier });
    expect((await desk.ask('views/reveals')).items[0]).toMatchObject({ type: 'patient', id, user: 'ana', what: 'identifier' });
    await as('bruno', { role: 'editor' });
    expect((await desk.ask('views/reveals')).items.map((item: any) => item.id)).not.toContain(id);
    await as('bruno', { role: 'admin' });
    expect((await desk.ask('views/reveals')).items.map((item: any) => item.id)).toContain(id);
  });
});

describe('in time and on branches', () => {
  test('B81: one call says what a user sees on a branch at a moment', async () => {
    const { id } = await desk.register('ana', 'clinic');
    const branch = newId('plan');
    await desk.ask('branches/create', { name: branch });
    const saved = await desk.ask('views/save', { type: 'clinic', id, fields: { hours: 'mine' } });
    const moved = await commit(desk, [{ op: 'update', type: 'clinic', id, fields: { phone: '(81) 3333-7777' } }], { branch });
    const cleared = await desk.ask('views/clear', { type: 'clinic', id });
    const at = (moment: string | undefined, more: object = {}): Promise<any> =>
      desk.ask('versions/at', { type: 'clinic', id, view: 'ana', ...(moment === undefined ? {} : { at: moment }), ...more });
    expect(await at(saved.at)).toMatchObject({ existed: true, fields: { ...clinicFields, hours: 'mine' } });
    expect(await at(saved.at, { branch })).toMatchObject({ fields: { ...clinicFields, hours: 'mine' } });
    expect(await at(moved.at, { branch })).toMatchObject({ fields: { hours: 'mine', phone: '(81) 3333-7777' } });
    expect(await at(moved.at)).toMatchObject({ fields: { hours: 'mine', phone: clinicFields.phone } });
    expect(await at(cleared.at, { branch })).toMatchObject({ fields: { hours: clinicFields.hours, phone: '(81) 3333-7777' } });
    expect(await at(undefined)).toMatchObject({ fields: clinicFields });
    expect(await at('2020-01-01T00:00:00.000Z')).toMatchObject({ existed: false, version: -1, fields: {} });
    for (const moment of [saved.at, moved.at, cleared.at])
      for (const name of ['main', branch]) {
        const one = await at(moment, { branch: name });
        const all = await desk.ask('versions/allAt', { type: 'clinic', branch: name, at: moment, view: 'ana', limit: 500 });
        expect(all.items.find((item: any) => item.id === id)?.fields).toEqual(one.fields);
        expect((await see('clinic', id, { branch: name, at: moment })).fields).toEqual(one.fields);
      }
    await as('carla');
    expect(await desk.ask('versions/at', { type: 'clinic', id, view: 'carla', at: saved.at })).toMatchObject({ existed: false });
    expect(await desk.refusal('versions/at', { type: 'clinic', id, view: 'ana', at: saved.at })).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('lineage names the view lines it may show to the asker', async () => {
    const { id, identifier } = await desk.register('ana', 'clinic');
    await desk.ask('views/save', { type: 'clinic', id, fields: { hours: 'mine' } });
    await desk.ask('views/offer', { type: 'clinic', id, to: 'bruno' });
    expect(await desk.ask('versions/lineage', { type: 'clinic', id })).toMatchObject({
      totalVersions: 1,
      branches: ['main', 'your view'],
      views: [{ user: 'ana', isMine: true, number: 2 }],
    });
    await desk.attach('bruno', 'clinic', identifier);
    expect(await desk.ask('versions/lineage', { type: 'clinic', id })).toMatchObject({
      branches: ['main', 'your view', 'Ana Lima’s offer'],
      views: [
        { user: 'bruno', isMine: true, number: null },
        { user: 'ana', name: 'Ana Lima', isMine: false, number: 2 },
      ],
    });
    await as('carla');
    expect(await desk.ask('versions/lineage', { type: 'clinic', id })).toMatchObject({ totalVersions: 0, branches: [], views: [] });
  });

  test('B82: all of it lasts over a restart', async () => {
    const { id, identifier } = await desk.register('ana', 'patient');
    await desk.ask('views/save', { type: 'patient', id, fields: { name: 'Jota' } });
    await desk.ask('views/offer', { type: 'patient', id, to: 'bruno' });
    await desk.attach('carla', 'patient', identifier, { city: 'Natal' });
    const ask = async (): Promise<unknown[]> => {
      const answers: unknown[] = [];
      for (const user of ['ana', 'bruno', 'carla']) {
        await as(user);
        for (const path of ['views/get', 'views/versions'])
          answers.push(
            (await desk.raw(path, { type: 'patient', id, ...(path === 'views/get' && user === 'bruno' ? { view: 'ana' } : {}) })).body,
          );
        answers.push(await desk.ask('views/search', { type: 'patient', limit: 500 }), (await desk.ask('program/info')).counts);
      }
      return answers;
    };
    const before = await ask();
    await desk.restart('SIGKILL');
    expect(await ask()).toEqual(before);
    expect((await desk.ask('verify/run')).ok).toBe(true);
  });
});

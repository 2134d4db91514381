import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commit, newId } from './api.ts';
import { clinicFields, newCns, newCpf, openViewsDesk, patientFields, punctuated, type ViewsDesk } from './views-desk.ts';

let desk: ViewsDesk;
beforeAll(async () => {
  desk = await openViewsDesk();
});
afterAll(async () => {
  await desk.close();
});

const as: ViewsDesk['as'] = (user, more) => desk.as(user, more);
const see: ViewsDesk['see'] = (type, id, more) => desk.see(type, id, more);
const patientOfAna = (fields?: object) => desk.register('ana', 'patient', fields);
const clinicOfAna = (fields?: object) => desk.register('ana', 'clinic', fields);
const counts = async (): Promise<any> => (await desk.ask('program/info')).counts;

describe('registering', () => {
  test('B52: the first save makes the shared record, version 1 and the link, and says so', async () => {
    await as('ana');
    const cpf = newCpf();
    const answer = await desk.ask('views/register', { type: 'patient', identifier: punctuated(cpf), fields: patientFields });
    expect(answer).toMatchObject({ type: 'patient', wasCreated: true, version: 1, fields: { ...patientFields, cpf } });
    expect(await see('patient', answer.id)).toMatchObject({ identifier: cpf, version: 1, title: 'João Souza', masked: false });
    expect(await desk.ask('versions/at', { type: 'patient', id: answer.id })).toMatchObject({ existed: true, fields: { cpf } });
  });

  test('B53: a second user with the same identifier gets the same record and the next number', async () => {
    const { id, identifier: cpf } = await patientOfAna();
    await as('bruno');
    const answer = await desk.ask('views/register', {
      type: 'patient',
      identifier: cpf,
      fields: { ...patientFields, phone1: '(11) 9999-8888' },
    });
    expect(answer).toMatchObject({ id, wasCreated: false, version: 2, fields: { phone1: '(11) 9999-8888', name: 'João Souza' } });
  });

  test('B71: a known identifier is no double: registering it again just succeeds', async () => {
    const { id, identifier: cpf } = await patientOfAna();
    const before = await counts();
    for (const identifier of [cpf, punctuated(cpf)])
      expect(await desk.ask('views/register', { type: 'patient', identifier, fields: patientFields })).toMatchObject({
        id,
        wasCreated: false,
      });
    expect(await counts()).toEqual(before);
    await as('bruno');
    expect(await desk.ask('views/register', { type: 'patient', identifier: cpf, fields: patientFields })).toMatchObject({
      id,
      wasCreated: false,
    });
  });

  test('B77: a CPF is checked by its two check digits', async () => {
    await as('ana');
    const cpf = newCpf();
    const wrong = `${cpf.slice(0, 10)}${(Number(cpf[10]) + 1) % 10}`;
    for (const identifier of [wrong, '11111111111', '123', 'abc11144477735', '1114447773', ''])
      expect(await desk.refusal('views/register', { type: 'patient', identifier, fields: patientFields }), identifier).toMatchObject({
        code: 'INVALID',
      });
    expect(await desk.ask('views/register', { type: 'patient', identifier: cpf, fields: patientFields })).toMatchObject({
      wasCreated: true,
    });
  });

  test('B78: punctuation does not make another person', async () => {
    const { id, identifier: cpf } = await patientOfAna();
    await as('bruno');
    for (const identifier of [punctuated(cpf), ` ${cpf} `, `${cpf.slice(0, 9)}-${cpf.slice(9)}`])
      expect(await desk.ask('views/register', { type: 'patient', identifier, fields: {} })).toMatchObject({ id, wasCreated: false });
  });

  test('B79: a clinic id is exactly seven digits, and its zeros in front stay', async () => {
    await as('ana');
    for (const identifier of ['123456', '12345678', 'abcdefg', '12 34', ''])
      expect(await desk.refusal('views/register', { type: 'clinic', identifier, fields: clinicFields }), identifier).toMatchObject({
        code: 'INVALID',
      });
    const { id, identifier: cns } = await clinicOfAna();
    expect(cns.startsWith('0000')).toBe(true);
    expect(await see('clinic', id)).toMatchObject({ identifier: cns, fields: { cns } });
  });

  test('B55: the identifier never changes, and is in no own version', async () => {
    const { id, identifier: cpf } = await patientOfAna();
    expect(await desk.refusal('views/save', { type: 'patient', id, fields: { cpf: newCpf() } })).toMatchObject({ code: 'INVALID' });
    expect(
      await desk.refusal('changes/commit', { message: 'x', changes: [{ op: 'update', type: 'patient', id, fields: { cpf: newCpf() } }] }),
    ).toMatchObject({ code: 'INVALID' });
    await desk.ask('views/save', { type: 'patient', id, fields: { name: 'João S.', cpf } });
    const { items } = await desk.ask('views/versions', { type: 'patient', id });
    for (const { fields } of items) expect(Object.keys(fields)).not.toContain('cpf');
    expect(await see('patient', id)).toMatchObject({ identifier: cpf });
  });

  test('B56: the shared record stays as it was registered first', async () => {
    const { id, identifier: cns } = await clinicOfAna();
    await desk.ask('views/save', { type: 'clinic', id, fields: { name: 'Ana calls it so' } });
    await as('bruno');
    await desk.ask('views/register', { type: 'clinic', identifier: cns, fields: { ...clinicFields, name: 'Bruno calls it so' } });
    expect(await desk.ask('versions/at', { type: 'clinic', id })).toMatchObject({ fields: { ...clinicFields, cns } });
    expect((await see('clinic', id)).shared.fields).toMatchObject(clinicFields);
    expect(await desk.ask('versions/history', { type: 'clinic', id })).toMatchObject({ total: 1 });
  });

  test('B57: an identifier is one record’s alone, and numbers grow and are never given twice', async () => {
    const { id, identifier: cns } = await clinicOfAna();
    expect(
      await desk.refusal('changes/commit', { message: 'x', changes: [{ op: 'create', type: 'clinic', fields: { ...clinicFields, cns } }] }),
    ).toMatchObject({ code: 'EXISTS' });
    const save = async (hours: string): Promise<number> =>
      (await desk.ask('views/save', { type: 'clinic', id, fields: { hours } })).version;
    expect([await save('9 to 12'), await save('9 to 13'), await save('9 to 14')]).toEqual([2, 3, 4]);
    expect(await desk.ask('views/remove', { type: 'clinic', id, version: 3 })).toMatchObject({ removed: true });
    await as('bruno');
    expect(await desk.ask('views/register', { type: 'clinic', identifier: cns, fields: { hours: '10 to 11' } })).toMatchObject({
      version: 5,
    });
    await as('ana');
    expect(await save('9 to 15')).toBe(6);
    const { items } = await desk.ask('views/versions', { type: 'clinic', id });
    expect(items.map((item: any) => item.number)).toEqual([6, 4, 2, 1]);
  });
});

describe('everybody sees an own version', () => {
  test('B54: each user keeps seeing the own one, whatever others do', async () => {
    const { id, identifier: cpf } = await patientOfAna();
    await as('bruno');
    await desk.ask('views/register', { type: 'patient', identifier: cpf, fields: { name: 'J. Souza' } });
    await as('ana');
    await desk.ask('views/save', { type: 'patient', id, fields: { name: 'Joãozinho', city: 'Olinda' } });
    await as('bruno');
    expect(await see('patient', id)).toMatchObject({ title: 'J. Souza', fields: { city: 'Recife' }, source: 'own' });
    await desk.ask('views/save', { type: 'patient', id, fields: { phone1: '(81) 3333-1111' } });
    await as('ana');
    expect(await see('patient', id)).toMatchObject({ title: 'Joãozinho', fields: { city: 'Olinda', phone1: '(11) 3333-4444' } });
  });

  test('B58: saving equal data makes no version', async () => {
    const { id } = await patientOfAna();
    await desk.ask('views/save', { type: 'patient', id, fields: { age: '61' } });
    const before = await counts();
    for (const fields of [{ age: '61' }, { age: '61', name: 'João Souza' }, {}, { weight: null }])
      expect(await desk.ask('views/save', { type: 'patient', id, fields }), JSON.stringify(fields)).toMatchObject({
        kind: 'unchanged',
        version: 2,
      });
    expect(await counts()).toEqual(before);
    expect(await desk.ask('views/versions', { type: 'patient', id })).toMatchObject({ total: 2 });
  });

  test('B59: every version has its number, author, time and summary, of clinics too', async () => {
    for (const [type, { id }] of [
      ['patient', await patientOfAna()],
      ['clinic', await clinicOfAna()],
    ] as const) {
      const saved = await desk.ask('views/save', { type, id, fields: { city: 'Natal' }, summary: 'They moved' });
      const { items } = await desk.ask('views/versions', { type, id });
      expect(items[0]).toMatchObject({
        number: 2,
        author: 'ana',
        authorName: 'Ana Lima',
        at: saved.at,
        summary: 'They moved',
        status: 'active',
        inUse: true,
        fields: { city: 'Natal' },
      });
    }
  });

  test('B60: a field that is not sent keeps the value the user saw', async () => {
    const { id } = await patientOfAna({
      ...patientFields,
      age: '61',
      sex: 'M',
      stateId: '12.345',
      healthCard: '898',
      postcode: '50000-000',
    });
    await desk.ask('views/save', { type: 'patient', id, fields: { phone1: '(81) 3333-2222' } });
    await desk.ask('views/save', { type: 'patient', id, fields: { name: 'João de Souza' } });
    expect((await see('patient', id)).fields).toMatchObject({
      name: 'João de Souza',
      phone1: '(81) 3333-2222',
      age: '61',
      sex: 'M',
      stateId: '12.345',
      healthCard: '898',
      city: 'Recife',
      postcode: '50000-000',
    });
    await desk.ask('views/save', { type: 'patient', id, fields: { age: null } });
    expect(Object.keys((await see('patient', id)).fields)).not.toContain('age');
  });

  test('B61: linked without an own version, one sees the shared record', async () => {
    const { id, identifier: cns } = await clinicOfAna();
    await as('bruno');
    expect(await desk.ask('views/register', { type: 'clinic', identifier: cns })).toMatchObject({ id, wasCreated: false, version: null });
    expect(await see('clinic', id)).toMatchObject({ source: 'shared', version: null, fields: { ...clinicFields, cns }, drifted: false });
  });

  test('B62: not linked, one sees nothing, in the same words as for what never was', async () => {
    const { id, identifier: cns } = await clinicOfAna({ ...clinicFields, name: 'Unseen clinic' });
    await as('bruno');
    const nobody = newId('nobody');
    for (const [path, input] of [
      ['views/get', {}],
      ['views/save', { fields: { name: 'x' } }],
      ['views/versions', {}],
      ['views/matrix', {}],
      ['views/clear', {}],
      ['views/useVersion', { version: 1 }],
      ['views/offer', { to: 'carla' }],
      ['views/publish', { fields: ['name'] }],
      ['views/reveal', {}],
      ['views/remove', { version: 1 }],
      ['views/archive', { version: 1 }],
    ] as const) {
      const refused = await desk.refusal(path, { type: 'clinic', id, ...input });
      const never = await desk.refusal(path, { type: 'clinic', id: nobody, ...input });
      expect(refused.code, path).toBe('NOT_FOUND');
      expect(JSON.parse(JSON.stringify(refused).replaceAll(id, nobody)), path).toEqual(never);
    }
    expect(await desk.ask('views/search', { type: 'clinic', text: 'Unseen' })).toMatchObject({ items: [], total: 0 });
    expect(await desk.ask('views/search', { type: 'clinic', text: cns })).toMatchObject({ items: [], total: 0 });
    expect(await desk.ask('versions/at', { type: 'clinic', id })).toMatchObject({ existed: false, version: -1, fields: {} });
    expect(await desk.ask('versions/history', { type: 'clinic', id })).toMatchObject({ items: [], total: 0 });
    expect((await desk.ask('versions/allAt', { type: 'clinic' })).items.map((item: any) => item.id)).not.toContain(id);
  });

  test('B63: another user’s version never shows, also when it is the only one', async () => {
    const { id, identifier: cns } = await clinicOfAna();
    await as('bruno');
    await desk.ask('views/register', { type: 'clinic', identifier: cns, fields: { name: 'Bruno’s name' } });
    await as('carla');
    await desk.ask('views/register', { type: 'clinic', identifier: cns });
    expect(await see('clinic', id)).toMatchObject({ title: clinicFields.name, source: 'shared' });
    await as('ana');
    await desk.ask('views/save', { type: 'clinic', id, fields: { name: 'Ana’s name' } });
    await desk.ask('views/clear', { type: 'clinic', id });
    expect(await see('clinic', id)).toMatchObject({ title: clinicFields.name, source: 'shared', version: 1 });
    expect(await desk.refusal('views/useVersion', { type: 'clinic', id, version: 2 })).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('B64: a version in use cannot be removed', async () => {
    const { id } = await clinicOfAna();
    await desk.ask('views/save', { type: 'clinic', id, fields: { hours: '7 to 9' } });
    for (const path of ['views/remove', 'views/archive'])
      expect(await desk.refusal(path, { type: 'clinic', id, version: 2 })).toMatchObject({ code: 'PROTECTED' });
    expect(await see('clinic', id)).toMatchObject({ version: 2, fields: { hours: '7 to 9' } });
  });

  test('B72: a user goes back to an earlier own version, and nobody else notices', async () => {
    const { id, identifier: cns } = await clinicOfAna();
    await as('bruno');
    await desk.ask('views/register', { type: 'clinic', identifier: cns, fields: { hours: 'Bruno’s hours' } });
    await as('ana');
    await desk.ask('views/save', { type: 'clinic', id, fields: { hours: '7 to 9' } });
    await desk.ask('views/save', { type: 'clinic', id, fields: { hours: '7 to 10', name: 'Lucas' } });
    expect(await desk.ask('views/useVersion', { type: 'clinic', id, version: 3 })).toMatchObject({
      version: 3,
      fields: { hours: '7 to 9', name: clinicFields.name },
    });
    expect(await see('clinic', id)).toMatchObject({ version: 3, fields: { hours: '7 to 9' } });
    expect(await desk.ask('views/useVersion', { type: 'clinic', id, version: 1 })).toMatchObject({ version: 1, fields: clinicFields });
    expect(await desk.ask('views/useVersion', { type: 'clinic', id, version: 4 })).toMatchObject({ version: 4, fields: { name: 'Lucas' } });
    await as('bruno');
    expect(await see('clinic', id)).toMatchObject({ version: 2, fields: { hours: 'Bruno’s hours', name: clinicFields.name } });
  });

  test('B80: a version is a draft, active or archived', async () => {
    const { id } = await clinicOfAna();
    const draft = await desk.ask('views/save', { type: 'clinic', id, fields: { hours: 'maybe' }, status: 'draft' });
    expect(await see('clinic', id)).toMatchObject({ version: 1, fields: { hours: clinicFields.hours } });
    await desk.ask('views/save', { type: 'clinic', id, fields: { hours: 'now' } });
    await desk.ask('views/save', { type: 'clinic', id, fields: { hours: 'later' } });
    const { items } = await desk.ask('views/versions', { type: 'clinic', id });
    expect(items.map((item: any) => [item.number, item.status, item.inUse])).toEqual([
      [4, 'active', true],
      [3, 'archived', false],
      [2, 'draft', false],
      [1, 'archived', false],
    ]);
    expect(draft.kind).toBe('saved');
    await desk.ask('views/useVersion', { type: 'clinic', id, version: 2 });
    expect(await see('clinic', id)).toMatchObject({ version: 2, fields: { hours: 'maybe' } });
    expect(await desk.ask('views/archive', { type: 'clinic', id, version: 4 })).toMatchObject({ number: 4, status: 'archived' });
  });
});

describe('finding', () => {
  test('B67: search looks at what one sees of the name, in any case, and at the identifier; without a text everything of one’s own', async () => {
    const { id, identifier: cpf } = await patientOfAna({ ...patientFields, name: 'Benedita Quixabá' });
    await as('bruno');
    await desk.ask('views/register', { type: 'patient', identifier: cpf, fields: { name: 'Zoraide Bruno-Only' } });
    const found = async (text?: string): Promise<string[]> =>
      (await desk.ask('views/search', { type: 'patient', ...(text === undefined ? {} : { text }), limit: 500 })).items.map(
        (item: any) => item.id,
      );
    expect(await found('zoraide')).toEqual([id]);
    expect(await found('quixaba')).toEqual([]);
    await as('ana');
    for (const text of ['benedita', 'BENEDITA', 'Quixaba', 'quixabá', cpf, punctuated(cpf), cpf.slice(2, 9)])
      expect(await found(text), text).toContain(id);
    expect(await found('zoraide')).toEqual([]);
    const all = await desk.ask('views/search', { type: 'patient', limit: 500 });
    expect(all.total).toBe(all.items.length);
    expect(all.items.map((item: any) => item.id)).toContain(id);
    await as('carla');
    expect(await found(cpf)).toEqual([]);
  });

  test('B68: a result shows the own version, else the shared record', async () => {
    const { identifier: cns } = await clinicOfAna({ ...clinicFields, name: 'Mandacaru' });
    await as('bruno');
    await desk.ask('views/register', { type: 'clinic', identifier: cns });
    expect((await desk.ask('views/search', { type: 'clinic', text: 'mandacaru' })).items).toMatchObject([
      { title: 'Mandacaru', source: 'shared', version: null },
    ]);
    const { items } = await desk.ask('views/search', { type: 'clinic', text: cns });
    await desk.ask('views/save', { type: 'clinic', id: items[0].id, fields: { name: 'Xique-Xique' } });
    expect((await desk.ask('views/search', { type: 'clinic', text: 'xique' })).items).toMatchObject([
      { title: 'Xique-Xique', source: 'own' },
    ]);
    expect((await desk.ask('views/search', { type: 'clinic', text: 'mandacaru' })).total).toBe(0);
  });

  test('B69, B70: where no patient or clinic is named there is no name, and no failure either', async () => {
    await as('ana');
    const person = newId('person');
    await commit(desk, [
      { op: 'create', type: 'person', id: person, fields: { name: 'Rita', type: 'resident', pgyLevel: 1 } },
      { op: 'create', type: 'assignment', id: newId('cell'), fields: { personId: person, date: '2026-09-01', half: 'AM', activity: 'C' } },
      {
        op: 'create',
        type: 'assignment',
        id: newId('cell'),
        fields: { personId: person, date: '2026-09-01', half: 'PM', activity: 'C', location: 'nowhere we know' },
      },
    ]);
    const window = { from: '2026-09-01', to: '2026-09-02' };
    expect((await desk.ask('roster/window', { ...window, view: 'ana' })).locations).toEqual({});
    expect((await desk.ask('roster/window', window)).locations).toBeUndefined();
    for (const type of ['patient', 'clinic'])
      expect(await desk.ask('views/search', { type, text: 'nobody is called like this' })).toMatchObject({ items: [], total: 0 });
    // The original answered the name of a record to a user who was not linked with a text of its own; here it is not there.
    const { id } = await clinicOfAna();
    await as('carla');
    expect(await desk.refusal('views/get', { type: 'clinic', id })).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('what goes wrong leaves nothing', () => {
  test('B65: a missing user, identifier, field or record is refused, and nothing is stored', async () => {
    const { id } = await clinicOfAna();
    const before = await counts();
    const cns = newCns();
    for (const [path, input, code] of [
      ['session/use', { name: 'Nobody' }, 'BAD_REQUEST'],
      ['views/register', { type: 'clinic', fields: clinicFields }, 'BAD_REQUEST'],
      ['views/register', { identifier: cns, fields: clinicFields }, 'BAD_REQUEST'],
      ['views/register', { type: 'clinic', identifier: cns }, 'INVALID'],
      ['views/register', { type: 'clinic', identifier: cns, fields: {} }, 'INVALID'],
      ['views/register', { type: 'clinic', identifier: cns, fields: { city: 'Recife' } }, 'INVALID'],
      ['views/register', { type: 'clinic', identifier: cns, fields: { ...clinicFields, colour: 'red' } }, 'INVALID'],
      ['views/register', { type: 'clinic', identifier: cns, fields: { ...clinicFields, cns: newCns() } }, 'INVALID'],
      ['views/register', { type: 'person', identifier: cns, fields: {} }, 'INVALID'],
      ['views/register', { type: 'hospital', identifier: cns, fields: {} }, 'UNKNOWN_TYPE'],
      ['views/register', { type: 'clinic', identifier: newCns(), fields: clinicFields, branch: 'nowhere' }, 'NOT_FOUND'],
      ['views/save', { type: 'clinic', id: newId('unknown'), fields: { name: 'x' } }, 'NOT_FOUND'],
      ['views/save', { type: 'clinic', id }, 'BAD_REQUEST'],
      ['views/save', { type: 'clinic', id, fields: { name: null } }, 'INVALID'],
      ['views/useVersion', { type: 'clinic', id, version: 99 }, 'NOT_FOUND'],
      ['views/useVersion', { type: 'clinic', id, version: 0 }, 'BAD_REQUEST'],
      ['views/offer', { type: 'clinic', id, to: 'nobody-here' }, 'NOT_FOUND'],
      ['views/offer', { type: 'clinic', id, to: 'ana' }, 'INVALID'],
      ['views/offer', { type: 'clinic', id, to: 'bruno' }, 'INVALID'],
      ['views/adopt', { offer: newId('offer') }, 'NOT_FOUND'],
      ['views/withdraw', { offer: newId('offer') }, 'NOT_FOUND'],
      ['views/publish', { type: 'clinic', id, fields: [] }, 'BAD_REQUEST'],
      ['views/get', { type: 'clinic', id, view: 'bruno' }, 'FORBIDDEN'],
      ['views/get', { type: 'clinic', id, view: 'nobody-here' }, 'FORBIDDEN'],
    ] as const) {
      const answer = await desk.raw(path, input);
      expect([answer.body?.code, answer.status < 500], `${path} ${JSON.stringify(input)}`).toEqual([code, true]);
    }
    expect(await counts()).toEqual(before);
    expect((await desk.refusal('views/register', { type: 'clinic', identifier: cns })).data.fields).toMatchObject([{ field: 'name' }]);
  });

  test('B66: a save that fails leaves no version', async () => {
    const { id } = await clinicOfAna();
    await desk.ask('views/save', { type: 'clinic', id, fields: { hours: '7 to 9' } });
    for (const fields of [{ phone: 'none', name: 'Lucas' }, { name: 7 }, { name: 'x'.repeat(300) }, { unknown: 'x' }])
      expect(await desk.refusal('views/save', { type: 'clinic', id, fields })).toMatchObject({ code: 'INVALID' });
    expect(await desk.ask('views/versions', { type: 'clinic', id })).toMatchObject({ total: 2 });
    expect(await desk.ask('views/save', { type: 'clinic', id, fields: { name: 'Lucas' } })).toMatchObject({ version: 3 });
  });

  test('what was seen when a form was opened is asked for: another version by now is stale, and nothing is saved', async () => {
    const { id } = await clinicOfAna();
    await desk.ask('views/save', { type: 'clinic', id, fields: { hours: '7 to 9' }, expectedVersion: 1 });
    expect(await desk.ask('views/save', { type: 'clinic', id, fields: { hours: '8 to 9' }, expectedVersion: 1 })).toMatchObject({
      kind: 'stale',
      version: 2,
      fields: { hours: '7 to 9' },
    });
    expect(await desk.ask('views/versions', { type: 'clinic', id })).toMatchObject({ total: 2 });
  });
});

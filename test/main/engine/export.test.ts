import { afterEach, describe, expect, test } from 'vitest';
import { readWorkbook } from '../../../main/exchange/read-workbook.ts';
import type { Sheet } from '../../../main/exchange/sheet.ts';
import type { Change } from '../../../shared/contract/app/changes.ts';
import type { ExportedFile } from '../../../shared/contract/app/exchange.ts';
import { EntityId } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import { openEngine, type OpenedEngine } from '../../kit/open-engine.ts';
import { refusalOf } from '../../kit/refusal-of.ts';

let desk: OpenedEngine;
afterEach(() => desk.close());

const create = (type: string, id: string, fields: Fields): Change => ({ op: 'create', type, id: EntityId.parse(id), fields });
const cell = (personId: string, date: string, half: 'AM' | 'PM', more: Fields): Change => ({
  op: 'create',
  type: 'assignment',
  fields: { personId, date, half, ...more },
});

async function fillSmall(): Promise<void> {
  await desk.api.changes.commit({
    message: 'Set up',
    changes: [
      create('person', 'lima', { name: 'Lima, A', type: 'resident', pgyLevel: 1 }),
      create('person', 'souza', { name: 'Souza, J', type: 'resident', pgyLevel: 2, role: 'Chief', template: 'R2' }),
      create('person', 'prado', { name: 'Prado, M', type: 'faculty' }),
      create('person', 'idle', { name: 'Idle, N', type: 'med_student' }),
      create('rotation', 'icu', { name: 'Intensive Care', displayAbbreviation: 'ICU', backgroundColor: '#b3261e' }),
      cell('lima', '2026-08-03', 'AM', { activity: 'C' }),
      cell('lima', '2026-08-03', 'PM', { rotationId: 'icu', notes: 'kept' }),
      cell('souza', '2026-08-04', 'PM', { activity: 'LEC', rotationId: 'icu' }),
      cell('prado', '2026-08-05', 'AM', { activity: 'AT' }),
      create('absence', 'leave', {
        personId: 'prado',
        startDate: '2026-08-06',
        endDate: '2026-08-07',
        absenceType: 'vacation',
        notes: 'a secret illness',
      }),
    ],
  });
}

const days = { from: '2026-08-03', to: '2026-08-07' };
const upload = ({ name, base64 }: ExportedFile) => ({ name, base64 });
const sheetsOf = ({ name, base64 }: ExportedFile) => readWorkbook({ name, bytes: Buffer.from(base64, 'base64') }).sheets;
const textsOf = (sheet: Sheet | undefined): readonly (readonly string[])[] =>
  Array.from({ length: sheet?.rows ?? 0 }, (_, row) =>
    Array.from({ length: sheet?.columns ?? 0 }, (__, column) => sheet?.ownCell(row + 1, column + 1)?.text ?? ''),
  );

describe('an exported roster', () => {
  test.each(['xlsx', 'csv'] as const)('comes back as %s with nothing to change', async (format) => {
    desk = await openEngine();
    await fillSmall();
    const file = await desk.api.exchange.export({ what: 'roster', format, ...days });
    expect(file).toMatchObject({ rows: 4, halfDays: 10, branch: 'main', position: 1, from: days.from, to: days.to });
    expect(file.name).toBe(`Roster 2026-08-03 to 2026-08-07, main 1 ${file.commit?.slice(0, 8)}.${format}`);
    const preview = await desk.api.exchange.previewImport({ file: upload(file) });
    expect([preview.total, preview.questions, preview.people.map(({ match }) => match)]).toEqual([
      0,
      [],
      ['existing', 'existing', 'existing', 'existing'],
    ]);
    expect(await desk.api.exchange.import({ file: upload(file) })).toMatchObject({ kind: 'unchanged' });
  });
});

/** What importing the file would change, or would ask; nothing for an export that comes back to where it was made. */
const broughtBack = async (file: ExportedFile, branch = 'main'): Promise<readonly string[]> => {
  const preview = await desk.api.exchange.previewImport({ file: upload(file), branch });
  return [...preview.items.map(({ title, text }) => `${title}: ${text}`), ...preview.questions];
};

test('says which roster it shows: the branch, the position, the commit and the moment', async () => {
  desk = await openEngine();
  await fillSmall();
  const file = await desk.api.exchange.export({ what: 'roster', format: 'xlsx', ...days });
  const [roster, , about] = sheetsOf(file);
  expect(roster?.ownCell(1, 2)?.text).toBe(
    `Family Medicine: main, change 1 (${file.commit?.slice(0, 8)}), as of ${file.at?.slice(0, 16).replace('T', ' ')} UTC`,
  );
  expect(textsOf(about)).toEqual(
    expect.arrayContaining([
      ['Branch', 'main'],
      ['Position', '1'],
      ['Commit', file.commit ?? ''],
    ]),
  );
  expect(file.size).toBe(Buffer.from(file.base64, 'base64').length);
});

test('names, ids and codes that look like formulas, numbers, dates or headings come back as they are', async () => {
  desk = await openEngine();
  const names = [
    '=1+1',
    '@SUM(A1)',
    '0012345',
    '-x',
    'Residents',
    'Total',
    'Staff Call',
    'Name',
    'Smith (PGY-2)',
    '  two  blanks ',
    'constructor',
    '1/2',
  ];
  await desk.api.changes.commit({
    message: 'Hostile names',
    changes: names.flatMap((name, index) => [
      create('person', `00${index}`, {
        name,
        ...(index % 3 === 0 ? { role: '=role' } : {}),
        ...(index % 4 === 0 ? { template: '+R1' } : {}),
      }),
      cell(`00${index}`, '2026-08-03', 'AM', { activity: ['=1+1', '-2', '1/2', '0012', 'AM', 'Mon', '3/4', 'TRUE'][index % 8] ?? 'C' }),
      cell(`00${index}`, '2026-08-04', 'PM', { activity: ['2/3', '4', '"C"', "'=x"][index % 4] ?? 'C' }),
    ]),
  });
  for (const format of ['xlsx', 'csv'] as const) {
    const file = await desk.api.exchange.export({ what: 'roster', format, ...days });
    expect(file.rows).toBe(names.length);
    expect(await broughtBack(file)).toEqual([]);
    const read = await desk.api.exchange.previewImport({ file: upload(file) });
    expect(read.people.map(({ id }) => id).toSorted()).toEqual(names.map((_, index) => `00${index}`).toSorted());
  }
});

test('what no rota can say comes back untouched: several assignments in a half day, none of a known code, codes that are long', async () => {
  desk = await openEngine();
  await desk.api.changes.commit({
    message: 'Odd cells',
    changes: [
      create('person', 'lima', { name: 'Lima, A', role: 'PGY 2', type: 'resident', pgyLevel: 3 }),
      create('person', 'other', { name: 'Lima, A', role: 'PGY 2', type: 'resident', pgyLevel: 3 }),
      cell('lima', '2026-08-03', 'AM', { activity: 'LEC' }),
      cell('lima', '2026-08-03', 'AM', { activity: 'C', notes: 'both' }),
      cell('lima', '2026-08-03', 'PM', {}),
      cell('lima', '2026-08-04', 'AM', { activity: ' C ' }),
      cell('lima', '2026-08-04', 'PM', { activity: 'x'.repeat(150) }),
      cell('lima', '2026-08-05', 'AM', { activity: 'two\nlines' }),
    ],
  });
  for (const format of ['xlsx', 'csv'] as const)
    expect(await broughtBack(await desk.api.exchange.export({ what: 'roster', format, ...days }))).toEqual([]);
});

test('an edit in the file is the only change that comes back, and a copied row is somebody new', async () => {
  desk = await openEngine();
  await fillSmall();
  const file = await desk.api.exchange.export({ what: 'roster', format: 'csv', ...days });
  const lines = Buffer.from(file.base64, 'base64').toString('utf8').split('\r\n');
  const edited = [
    ...lines.map((line) =>
      line.includes('Souza') ? line.replace('LEC', 'C').replace('Chief', 'Deputy') : line.replace('Prado, M', 'Prado-Reis, M'),
    ),
    ...lines.filter((line) => line.includes('Lima')).map((line) => line.replace('Lima, A', 'Nova, B')),
  ].filter((line) => line !== '');
  const preview = await desk.api.exchange.previewImport({
    file: { name: file.name, base64: Buffer.from(edited.join('\r\n')).toString('base64') },
  });
  const told = preview.items.map(
    ({ kind, title, fields }) =>
      `${kind} ${title}: ${fields
        .map(({ field }) => field)
        .toSorted()
        .join(' ')}`,
  );
  expect(told.toSorted()).toEqual([
    'added Nova, B, Mon 2026-08-03 AM: activity date half personId source',
    'added Nova, B, Mon 2026-08-03 PM: activity date half personId source',
    'added Nova, B: name pgyLevel role type',
    'changed Prado-Reis, M: name',
    'changed Souza, J, Tue 2026-08-04 PM: activity source',
    'changed Souza, J: role',
  ]);
});

test('a name that was corrected keeps the person, and is pointed out; names that were swapped or moved are taken by name', async () => {
  desk = await openEngine();
  await fillSmall();
  const file = await desk.api.exchange.export({ what: 'roster', format: 'csv', separator: ';', ...days });
  const text = Buffer.from(file.base64, 'base64').toString('utf8');
  const planned = async (edited: string) =>
    desk.api.exchange.previewImport({ file: { name: file.name, base64: Buffer.from(edited).toString('base64') } });
  const renamed = await planned(text.replace('Lima, A', 'Lima Reis, A'));
  expect(renamed.items.map(({ kind, id, toFields }) => [kind, id, toFields?.['name']])).toEqual([['changed', 'lima', 'Lima Reis, A']]);
  expect(renamed.issues.map(({ kind, where }) => [kind, where])).toEqual([['renamed', 'row 2']]);
  // Somebody sorted the visible columns and left the hidden one behind: the keys are those of others now.
  const swapped = text.replace('\r\nlima;', '\r\nKEY;').replace('\r\nprado;', '\r\nlima;').replace('\r\nKEY;', '\r\nprado;');
  expect((await planned(swapped)).items).toEqual([]);
});

test('the past exports as it was, and is what a branch from that moment holds', async () => {
  desk = await openEngine();
  await fillSmall();
  const then = (await desk.api.commits.line({})).items[0];
  await desk.api.changes.commit({
    message: 'Later',
    changes: [
      { op: 'update', type: 'person', id: EntityId.parse('lima'), fields: { name: 'Lima Reis, A' } },
      cell('lima', '2026-08-07', 'PM', { activity: 'C' }),
    ],
  });
  const file = await desk.api.exchange.export({ what: 'roster', format: 'xlsx', ...days, at: then?.commit });
  expect([file.position, file.commit]).toEqual([1, then?.commit]);
  await desk.api.branches.create({ name: 'then', at: then?.commit });
  expect(await broughtBack(file, 'then')).toEqual([]);
  const back = await desk.api.exchange.previewImport({ file: upload(file) });
  expect(back.totals).toEqual({ added: 0, removed: 1, changed: 1 });
  const now = await desk.api.exchange.export({ what: 'roster', format: 'xlsx', ...days, since: then?.commit });
  const changes = textsOf(sheetsOf(now).find(({ name }) => name === 'Changes since'));
  expect(changes[0]?.[0]).toMatch(/^Changes since change 1 \(.*UTC\): 2\.$/);
  expect(changes.slice(2).map((row) => row.slice(0, 5))).toEqual([
    ['changed', 'person', 'Lima Reis, A', 'Lima, A, PGY-1 → Lima Reis, A, PGY-1', 'Ana Lima'],
    ['added', 'assignment', 'Lima Reis, A, Fri 2026-08-07 PM', 'Clinic (C)', 'Ana Lima'],
  ]);
  // Nothing existed before the first commit: a file of that moment has headings and nobody.
  const before = await desk.api.exchange.export({ what: 'roster', format: 'csv', ...days, at: '2000-01-01T00:00:00Z' });
  expect([before.rows, before.commit, before.position]).toEqual([0, null, 0]);
});

test('a branch exports as it is, and its people keep their identity when the file is imported elsewhere', async () => {
  desk = await openEngine();
  await fillSmall();
  await desk.api.branches.create({ name: 'try/4 week' });
  await desk.api.changes.commit({
    branch: 'try/4 week',
    message: 'Somebody new',
    changes: [create('person', 'nova', { name: 'Nova, B', role: 'PGY 1' }), cell('nova', '2026-08-03', 'AM', { activity: 'C' })],
  });
  const file = await desk.api.exchange.export({ branch: 'try/4 week', what: 'roster', format: 'xlsx', ...days });
  expect(file.name).toMatch(/^Roster 2026-08-03 to 2026-08-07, try-4 week 2 [0-9a-f]{8}\.xlsx$/);
  expect(await broughtBack(file, 'try/4 week')).toEqual([]);
  expect(await desk.api.exchange.import({ file: upload(file) })).toMatchObject({ kind: 'committed', totals: { added: 2 } });
  expect((await desk.api.roster.window(days)).people.map(({ id }) => id)).toContain('nova');
});

test('lists leave personal fields out unless they are asked for with a reason, which is kept without a value', async () => {
  desk = await openEngine();
  await fillSmall();
  const plain = await desk.api.exchange.export({ what: 'absences', format: 'xlsx' });
  expect(plain.withheld.map(({ field }) => field)).toEqual(['tdyLocation', 'notes', 'reviewNotes']);
  expect(JSON.stringify(sheetsOf(plain).map(textsOf))).not.toContain('a secret illness');
  const [list] = sheetsOf(plain);
  expect(textsOf(list)[0]?.slice(0, 5)).toEqual(['Rosterline id', 'Person', 'Person (id)', 'First day', 'Last day']);
  expect(textsOf(list)[1]?.slice(0, 5)).toEqual(['leave', 'Prado, M', 'prado', '2026-08-06', '2026-08-07']);
  expect(await refusalOf(desk.api.exchange.export({ what: 'absences', format: 'csv', includePersonal: true }))).toMatchObject({
    code: 'INVALID',
    data: { fields: [{ field: 'reason' }] },
  });
  const whole = await desk.api.exchange.export({ what: 'absences', format: 'csv', includePersonal: true, reason: 'For the board' });
  expect(Buffer.from(whole.base64, 'base64').toString('utf8')).toContain('a secret illness');
  expect(whole.withheld).toEqual([]);
});

test('each user exports clinics as that user sees them, and nothing of what others keep', async () => {
  desk = await openEngine();
  await desk.api.views.register({ type: 'clinic', identifier: '0012345', fields: { name: '=1+1', city: 'Recife' } });
  await desk.api.views.register({ type: 'patient', identifier: '52998224725', fields: { name: 'Rosa Silva' } });
  await desk.api.session.use({ userId: 'bea', name: 'Bea Costa' });
  const nothing = await desk.api.exchange.export({ what: 'clinics', format: 'csv' });
  expect([nothing.rows, (await desk.api.exchange.export({ what: 'patients', format: 'csv' })).rows]).toEqual([0, 0]);
  await desk.api.views.register({ type: 'clinic', identifier: '0012345', fields: { name: 'Bea’s own name', city: 'Olinda' } });
  const ofBea = textsOf(sheetsOf(await desk.api.exchange.export({ what: 'clinics', format: 'xlsx' }))[0]);
  expect(ofBea[1]).toContain('Bea’s own name');
  expect(JSON.stringify(ofBea)).not.toContain('Recife');
  await desk.api.session.use({ userId: 'ana', name: 'Ana Lima' });
  const file = await desk.api.exchange.export({ what: 'clinics', format: 'xlsx' });
  const ofAna = textsOf(sheetsOf(file)[0]);
  expect(ofAna[1]).toEqual(expect.arrayContaining(['=1+1', '0012345', 'Recife']));
  expect(JSON.stringify(ofAna)).not.toContain('Olinda');
  const patients = await desk.api.exchange.export({ what: 'patients', format: 'csv' });
  expect(Buffer.from(patients.base64, 'base64').toString('utf8')).toMatch(
    /^\ufeffRosterline id,CPF,Seen as\r\n[^,]+,\*\*\*\.982\.247-\*\*,shared\r\n$/,
  );
  const asked = await desk.api.exchange.export({ what: 'patients', format: 'csv', includePersonal: true, reason: 'Referral' });
  expect(Buffer.from(asked.base64, 'base64').toString('utf8')).toContain('52998224725,Rosa Silva');
  const kept = await desk.api.views.reveals({});
  expect(kept.items.map(({ type, user, what }) => [type, user, what])).toEqual([['patient', 'ana', 'export']]);
});

test('what contradicts itself, is not there, or is too much is refused, and nothing is made', async () => {
  desk = await openEngine();
  await fillSmall();
  const refused = (input: object) => refusalOf(desk.api.exchange.export({ what: 'roster', format: 'xlsx', ...input }));
  const field = (name: string) => ({ code: 'INVALID', data: { fields: [{ field: name }] } });
  expect(await refused({ from: '2026-08-07', to: '2026-08-03' })).toMatchObject(field('to'));
  expect(await refused({ from: '2020-01-01', to: '2026-08-03' })).toMatchObject(field('to'));
  expect(await refused({ people: [EntityId.parse('nobody')] })).toMatchObject({
    code: 'NOT_FOUND',
    data: { what: 'person', id: 'nobody' },
  });
  expect(await refused({ branch: 'nowhere' })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await refused({ at: 'a'.repeat(64) })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await refused({ format: 'pdf' })).toMatchObject({ code: 'BAD_REQUEST' });
  expect(await refused({ what: 'secrets' })).toMatchObject({ code: 'BAD_REQUEST' });
  expect(await refused({ format: 'csv', since: '2026-01-01T00:00:00Z' })).toMatchObject(field('since'));
  expect(await refused({ what: 'rotations', from: '2026-08-03' })).toMatchObject(field('from'));
  expect(await refused({ what: 'clinics', people: [EntityId.parse('lima')] })).toMatchObject(field('people'));
  expect((await desk.api.commits.line({})).total).toBe(1);
});

test('only the chosen people, and the block of the day where no days are named', async () => {
  desk = await openEngine();
  await fillSmall();
  const file = await desk.api.exchange.export({ what: 'roster', format: 'xlsx', from: '2026-08-03', people: [EntityId.parse('lima')] });
  expect([file.rows, file.from, file.to]).toEqual([1, '2026-08-03', '2026-08-26']);
  expect(await broughtBack(file)).toEqual([]);
  const people = await desk.api.exchange.previewExport({ what: 'people', format: 'csv' });
  expect([people.rows, people.name]).toEqual([4, `People, main 1 ${people.commit?.slice(0, 8)}.csv`]);
});

test('an export is a job that tells how far it is and can be stopped; a stopped one leaves nothing behind', async () => {
  desk = await openEngine();
  await fillSmall();
  await desk.api.exchange.export({ what: 'roster', format: 'xlsx', ...days });
  const told = desk.events().flatMap((event) => (event.kind === 'job' && event.job.kind === 'export' ? [event.job] : []));
  expect([told[0]?.state, told.at(-1)?.state]).toEqual(['running', 'done']);
  const stopped = refusalOf(desk.api.exchange.export({ what: 'absences', format: 'xlsx', includePersonal: true, reason: 'For the board' }));
  const { items } = await desk.api.jobs.list({});
  await desk.api.jobs.cancel({ job: items[0]?.job ?? '' });
  expect(await stopped).toMatchObject({ code: 'CANCELLED' });
});

test('the changes since a moment say what became of each record, and that a personal field changed but not to what', async () => {
  desk = await openEngine();
  await fillSmall();
  await desk.api.changes.commit({
    message: 'Later',
    reason: 'a swap',
    changes: [{ op: 'update', type: 'absence', id: EntityId.parse('leave'), fields: { notes: 'another illness', isBlocking: true } }],
  });
  const file = await desk.api.exchange.export({ what: 'absences', format: 'xlsx', since: '2000-01-01T00:00:00Z' });
  expect(sheetsOf(file).map(({ name }) => name)).toEqual(['Absences', 'Changes since', 'About']);
  const then = (await desk.api.commits.line({})).items[1]?.commit;
  const changed = await desk.api.exchange.export({ what: 'absences', format: 'xlsx', ...(then === undefined ? {} : { since: then }) });
  const changes = textsOf(sheetsOf(changed).find(({ name }) => name === 'Changes since'));
  expect([changes[2]?.[3], changes[2]?.[6]]).toEqual(['Blocks assignments: nothing → yes; Notes: changed', 'Later: a swap']);
  expect(JSON.stringify([file, changed].map((each) => sheetsOf(each).map(textsOf)))).not.toContain('illness');
});

test('what is logged of an export are ids and the names of fields, never a value', async () => {
  const lines: string[] = [];
  desk = await openEngine({ log: (level, message, details) => lines.push(`${level} ${message} ${JSON.stringify(details)}`) });
  await fillSmall();
  await desk.api.exchange.export({ what: 'absences', format: 'csv', includePersonal: true, reason: 'For the board of Recife' });
  const [line, ...others] = lines.filter((each) => each.includes('exported'));
  expect([others, line]).toEqual([
    [],
    expect.stringMatching(
      /^info exported \{"what":"absences","format":"csv","commit":"[0-9a-f]{64}","position":1,"rows":1,"fields":"absence\.personId .*","personal":true\}$/,
    ),
  ]);
  expect(lines.join('\n')).not.toMatch(/secret|Recife|Prado/);
});

test('a block of a generated programme comes back unchanged from both formats, as of now and on a branch from the middle of its history', async () => {
  desk = await openEngine();
  await desk.api.program.createSample({ seed: 7, people: 12, years: 1 });
  const info = await desk.api.program.info({});
  expect(info).toMatchObject({ state: 'ready', sample: true });
  const line = await desk.api.commits.line({ limit: 10_000 });
  const middle = line.items[Math.floor(line.items.length / 2)]?.commit;
  await desk.api.branches.create({ name: 'middle', ...(middle === undefined ? {} : { at: middle }) });
  const from = info.days?.from ?? '';
  for (const format of ['xlsx', 'csv'] as const) {
    const now = await desk.api.exchange.export({ what: 'roster', format, from });
    expect([now.rows > 5, now.commit, await broughtBack(now)]).toEqual([true, line.items[0]?.commit, []]);
    const then = await desk.api.exchange.export({ what: 'roster', format, from, ...(middle === undefined ? {} : { at: middle }) });
    expect([then.commit, await broughtBack(then, 'middle')]).toEqual([middle, []]);
  }
}, 60_000);

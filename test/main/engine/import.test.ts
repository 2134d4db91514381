import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openEngine, type OpenedEngine } from '../../kit/open-engine.ts';
import { refusalOf } from '../../kit/refusal-of.ts';

let desk: OpenedEngine;
afterEach(() => desk.close());

const workbook = resolve(import.meta.dirname, '../../../../shared/data/block-9-rota.xlsx');

const csv = [
  'Name,Role,2026-03-12 AM,2026-03-12 PM,2026-03-13 AM,2026-03-13 PM',
  '"Lima, A",PGY 2,C,C,FMIT,QQQ',
  '"Souza, J",FAC,AT,GME,,AT',
].join('\n');
const file = (name: string, contents: string | Buffer) => ({ name, base64: Buffer.from(contents).toString('base64') });

test('an import waits for unknown codes, is one commit named for the file, and changes nothing the second time', async () => {
  desk = await openEngine();
  const rota = file('march.csv', csv);
  const preview = await desk.api.exchange.previewImport({ file: rota });
  expect([preview.questions, preview.from, preview.to, preview.people.map((person) => person.name)]).toEqual([
    ['QQQ'],
    '2026-03-12',
    '2026-03-13',
    ['Lima, A', 'Souza, J'],
  ]);
  expect([preview.total, preview.items.length, preview.totals, preview.tip]).toEqual([9, 9, { added: 9, removed: 0, changed: 0 }, null]);
  expect(preview.items.some((item) => item.title === 'Lima, A, Thu 2026-03-12 AM' && item.text === 'Clinic (C)')).toBe(true);
  expect(await refusalOf(desk.api.exchange.import({ file: rota }))).toMatchObject({
    code: 'CONFLICT_OPEN',
    status: 409,
    data: { questions: ['QQQ'] },
  });
  expect((await desk.api.commits.line({})).total).toBe(0);
  const done = await desk.api.exchange.import({ file: rota, decisions: { codes: { QQQ: { use: 'keep' } } } });
  expect(done).toMatchObject({
    kind: 'committed',
    position: 1,
    totals: { added: 9 },
    people: 2,
    halfDays: 7,
    from: '2026-03-12',
    to: '2026-03-13',
  });
  const [entry] = (await desk.api.commits.line({})).items;
  expect([entry?.kind, entry?.message, entry?.marks]).toEqual(['import', 'Import Block 10 from march.csv', ['import']]);
  expect(await desk.api.exchange.import({ file: rota })).toMatchObject({ kind: 'unchanged', tip: entry?.commit });
  const window = await desk.api.roster.window({ from: '2026-03-12', to: '2026-03-13' });
  expect(window.cells.map((cell) => cell.code)).toEqual(['C', 'C', 'FMIT', 'QQQ', 'AT', 'GME', 'AT']);
  expect(await desk.api.changes.undo()).toMatchObject({ label: 'Undo: Import Block 10 from march.csv' });
  expect((await desk.api.roster.window({ from: '2026-03-12', to: '2026-03-13' })).cells).toEqual([]);
});

test('a file that is no rota, broken contents, and an outdated tip change nothing', async () => {
  desk = await openEngine();
  const { exchange } = desk.api;
  expect(await refusalOf(exchange.previewImport({ file: file('holiday.xlsx', 'not a workbook') }))).toMatchObject({
    code: 'INVALID',
    message: expect.stringContaining('holiday.xlsx'),
  });
  expect(await refusalOf(exchange.import({ file: { name: 'x.csv', base64: '%%%' } }))).toMatchObject({
    code: 'INVALID',
    data: { what: 'file' },
  });
  expect(await refusalOf(exchange.import({ file: file('x.csv', csv), branch: 'nowhere' }))).toMatchObject({ code: 'NOT_FOUND' });
  const answer = await exchange.import({ file: file('x.csv', csv), decisions: { keepAllCodes: true }, expectedTip: 'a'.repeat(64) });
  expect(answer).toEqual({ kind: 'stale', tip: null });
  expect((await desk.api.commits.line({})).total).toBe(0);
});

test.skipIf(!existsSync(workbook))(
  'the coordinator’s workbook gives one person per named row and 56 half days each, in one commit',
  async () => {
    desk = await openEngine();
    const rota = file('block-9-rota.xlsx', readFileSync(workbook));
    const decisions = { year: 'correct' as const, keepAllCodes: true };
    const preview = await desk.api.exchange.previewImport({ file: rota, decisions, limit: 10 });
    expect(preview.people.every((person) => person.halfDays === 56)).toBe(true);
    const done = await desk.api.exchange.import({ file: rota, decisions });
    expect(done).toMatchObject({ kind: 'committed', people: preview.people.length });
    expect(await desk.api.exchange.import({ file: rota, decisions })).toMatchObject({ kind: 'unchanged' });
    const window = await desk.api.roster.window({ from: preview.from, to: preview.to });
    expect(window.people.length).toBe(preview.people.length);
    await desk.api.changes.undo();
    expect((await desk.api.versions.allAt({ type: 'assignment' })).total).toBe(0);
    expect(await desk.api.exchange.import({ file: rota, decisions })).toMatchObject({ kind: 'committed' });
  },
);

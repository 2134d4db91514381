import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openEngine, type OpenedEngine } from '../../kit/open-engine.ts';

const path = resolve(import.meta.dirname, '../../../../shared/data/block-9-rota.xlsx');
const present = existsSync(path);
if (!present) console.log(`skipped: the coordinator's workbook is not there (${path})`);

describe.skipIf(!present)('a coordinator’s block imported into an empty programme', () => {
  let desk: OpenedEngine;
  const request = () => ({
    file: { name: 'block-9-rota.xlsx', base64: readFileSync(path).toString('base64') },
    decisions: { year: 'correct' as const, keepAllCodes: true },
  });
  const window = () => desk.api.roster.window({ from: '2026-02-12', to: '2026-03-11' });

  beforeEach(async () => {
    desk = await openEngine();
  });
  afterEach(() => desk.close());

  test('waits for the unknown codes, is one commit, shows every cell, and changes nothing when imported again', async () => {
    const { file } = request();
    const preview = await desk.api.exchange.previewImport({ file, decisions: { year: 'correct' }, limit: 40 });
    expect([preview.items.length, preview.total, preview.totals.added, preview.questions.length > 0]).toEqual([
      40,
      preview.total,
      preview.total,
      true,
    ]);
    expect(preview.items[35]?.title).toBe('Resident A, Thu 2026-02-12 PM');
    await expect(desk.api.exchange.import({ file, decisions: { year: 'correct' } })).rejects.toMatchObject({ code: 'CONFLICT_OPEN' });

    const done = await desk.api.exchange.import(request());
    expect(done).toMatchObject({
      kind: 'committed',
      position: 1,
      people: 34,
      from: '2026-02-12',
      to: '2026-03-11',
      totals: preview.totals,
    });
    const roster = await window();
    const filled = preview.people.reduce((sum, person) => sum + person.filled, 0);
    expect([roster.people.length, roster.halfDays.length, roster.cells.length]).toEqual([34, 56, filled]);
    expect(await desk.api.exchange.import(request())).toMatchObject({ kind: 'unchanged', unchanged: 34 + filled });
  });

  test('is taken back in one step', async () => {
    await desk.api.exchange.import(request());
    await desk.api.changes.undo({});
    const roster = await window();
    expect([roster.people.length, roster.cells.length]).toEqual([0, 0]);
    expect((await desk.api.commits.line({})).total).toBe(2);
  });

  test('leaves everything as it is when the file is none', async () => {
    const file = { name: 'holiday.xlsx', base64: Buffer.from('%PDF-1.7').toString('base64') };
    await expect(desk.api.exchange.import({ file })).rejects.toMatchObject({ code: 'INVALID', data: { what: 'file', id: 'holiday.xlsx' } });
    expect((await desk.api.commits.line({})).total).toBe(0);
  });
});

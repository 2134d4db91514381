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

test('what contradicts itself is refused', async () => {
  desk = await openEngine();
  await fillSmall();
  const refused = (input: object) => refusalOf(desk.api.exchange.export({ what: 'roster', format: 'xlsx', ...input }));
  expect(await refused({ from: '2026-08-07', to: '2026-08-03' })).toMatchObject({ code: 'INVALID' });
  void sheetsOf;
  void textsOf;
});

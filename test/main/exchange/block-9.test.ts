import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import readXlsxFile from 'read-excel-file/node';
import { beforeAll, describe, expect, test } from 'vitest';
import { planImport } from '../../../main/exchange/plan-import.ts';
import { readRota } from '../../../main/exchange/read-rota.ts';
import type { ImportPlan, ImportState, RotaDecisions, RotaReading } from '../../../main/exchange/rota.ts';
import { applyPlan, countingIds, emptyState } from './branch-kit.ts';

const path = resolve(import.meta.dirname, '../../../../shared/data/block-9-rota.xlsx');
const present = existsSync(path);
if (!present) console.log(`skipped: the coordinator's workbook is not there (${path})`);

const named = [...range(9, 25), ...range(31, 45), 67, 68];
const firstDay = 6;

describe.skipIf(!present)('the coordinator’s workbook of block 9', () => {
  let file: { name: string; bytes: Uint8Array };
  let reading: RotaReading;
  /** The same sheet through another reader than ours: rows and columns from 0. */
  let independent: readonly (readonly unknown[])[];

  beforeAll(async () => {
    file = { name: 'block-9-rota.xlsx', bytes: readFileSync(path) };
    reading = readRota(file);
    const [sheet] = await readXlsxFile(path);
    independent = sheet?.data ?? [];
  });

  const codeAt = (row: number, column: number): string => {
    const value = independent[row - 1]?.[column - 1];
    return typeof value === 'string' ? value.replaceAll('\u00a0', ' ').trim() : '';
  };

  test('gives exactly one person for each row that names one, and none for the others', () => {
    expect(reading.people.map(({ row, name }) => [row, name])).toEqual(named.map((row) => [row, codeAt(row, 5)]));
    const nameless = reading.issues.filter(({ kind, text }) => kind === 'row-without-person' && text.includes('names no person'));
    expect(nameless.map(({ where }) => where)).toEqual([...range(26, 28), ...range(46, 66), 95, 144].map((row) => `row ${row}`));
  });

  test('gives each of them 56 half days with every code as in the file', () => {
    for (const person of reading.people) {
      expect(person.cells.map(({ half }) => half)).toEqual(range(1, 28).flatMap(() => ['AM', 'PM']));
      expect(person.cells.map((cell) => (cell.kind === 'code' ? cell.code : ''))).toEqual(
        range(firstDay, firstDay + 55).map((column) => codeAt(person.row, column)),
      );
    }
  });

  test('tells the residents from the faculty who share their short names', () => {
    expect(reading.people.filter(({ name }) => name === 'F').map(({ row, group, role, fields }) => ({ row, group, role, fields }))).toEqual(
      [
        { row: 14, group: 'resident', role: 'PGY 2', fields: { type: 'resident', pgyLevel: 2, role: 'PGY 2', template: 'R2' } },
        { row: 36, group: 'faculty', role: 'FAC', fields: { type: 'faculty', role: 'FAC', template: 'C19' } },
      ],
    );
    expect(reading.issues.filter(({ kind }) => kind === 'duplicate-name')).toHaveLength(10);
  });

  test('shows that the year contradicts the weekdays, keeps it unless asked, and corrects it on request', () => {
    const spanOf = (decisions: RotaDecisions) => {
      const { from, to, years, issues } = readRota(file, decisions);
      return { from, to, ...years, issue: issues.find(({ kind }) => kind === 'year')?.severity };
    };
    const seen = { stated: 2025, suggested: 2026 };
    expect(spanOf({})).toEqual({ from: '2025-02-12', to: '2025-03-11', ...seen, used: 2025, issue: 'warning' });
    expect(spanOf({ year: 'keep' })).toEqual({ from: '2025-02-12', to: '2025-03-11', ...seen, used: 2025, issue: 'warning' });
    expect(spanOf({ year: 'correct' })).toEqual({ from: '2026-02-12', to: '2026-03-11', ...seen, used: 2026, issue: 'info' });
    expect(spanOf({ year: 2026 })).toEqual({ from: '2026-02-12', to: '2026-03-11', ...seen, used: 2026, issue: 'info' });
    expect(readRota(file, { year: 'correct' }).issues.filter(({ kind }) => kind === 'weekday')).toEqual([]);
  });

  test('reports the call rows, the sums and the columns behind the days instead of dropping them', () => {
    expect(reading.callRows.map(({ row, label, entries }) => [row, label, entries.length])).toEqual([
      [4, 'Staff Call', 28],
      [5, 'Resident Call', 13],
    ]);
    const sums = reading.issues.filter(({ text }) => text.includes('row of sums'));
    expect(sums.map(({ where }) => where)).toEqual(range(72, 82).map((row) => `row ${row}`));
    expect(reading.issues.filter(({ kind }) => kind === 'ignored-column').map(({ where }) => where)).toEqual([
      'column BJ to BR',
      'column A to B',
    ]);
  });

  test('asks about the codes nobody knows and changes nothing when it is imported again', () => {
    const plan = (state: ImportState, decisions: RotaDecisions): ImportPlan => planImport(reading, state, decisions, countingIds());
    const asked = plan(emptyState, {});
    expect(asked.preview.questions).toContain('PedSP');
    expect(asked.preview.questions).not.toContain('aSM');
    expect(asked.preview.issues.find(({ data }) => data?.['code'] === 'Uro')?.data?.['suggestion']).toBe('URO');

    const first = plan(emptyState, { keepAllCodes: true });
    const cells = reading.people.flatMap(({ cells }) => cells).filter(({ kind }) => kind === 'code').length;
    expect({ ...first.preview.totals, questions: first.preview.questions, people: first.people, halfDays: first.halfDays }).toEqual({
      added: 34 + cells,
      removed: 0,
      changed: 0,
      questions: [],
      people: 34,
      halfDays: cells,
    });
    const again = plan(applyPlan(emptyState, first), {});
    expect({ changes: again.changes, questions: again.preview.questions, unchanged: again.preview.unchanged }).toEqual({
      changes: [],
      questions: [],
      unchanged: 34 + cells,
    });
  });

  test('marks the calls of whom the row names when asked, and lists those it cannot place', () => {
    const decisions = { keepAllCodes: true, callRows: true };
    const plan = planImport(reading, emptyState, decisions, countingIds());
    const tagged = plan.planned.filter(({ after }) => Array.isArray(after?.['tags']));
    const staff = plan.preview.issues.find(({ kind, where }) => kind === 'call-row' && where === 'row 4');
    // A to J, and I on two days; the others on the list are of another programme or have no afternoon in the file.
    expect(tagged).toHaveLength(11);
    expect(staff?.text).toContain('AL4 “P” names nobody of this rota');
    expect(planImport(reading, applyPlan(emptyState, plan), decisions, countingIds()).changes).toEqual([]);
  });
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

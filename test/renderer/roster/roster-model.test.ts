import { expect, test } from 'vitest';
import type { ModelPerson, RosterModel } from '../../../renderer/features/roster/roster-model.ts';
import { buildChunkedWindow } from '../../../renderer/features/roster/window-chunks.ts';
import { buildWindow } from '../../../shared/roster/window.ts';
import { applyWindowChanges } from '../../../shared/roster/window-changes.ts';
import { dayToDate, dateToDay } from '../../../shared/roster/slot.ts';
import { assignmentOf, modelOf, recordOf, smallRecords } from './sample.ts';

function lineOf(model: RosterModel, personId: string): ModelPerson {
  const row = model.rows[model.rowOf(personId)];
  if (row?.kind !== 'row') throw new Error(`no line of ${personId}`);
  return row;
}

test('groups people, stacks what is booked twice, and marks every cell of a clash', () => {
  const model = modelOf(smallRecords());
  expect(model.rows.map((row) => (row.kind === 'group' ? row.label : row.person.name))).toEqual([
    'PGY-1',
    'Lima, A',
    'PGY-2',
    'Souza, J',
    'Faculty',
    'Prado, M',
  ]);
  const souza = lineOf(model, 'souza');
  expect(souza.depth).toBe(2);
  expect(souza.cells(2).map((cell) => [cell.code, cell.clash?.severity])).toEqual([
    ['C', 'error'],
    ['LEC', 'error'],
  ]);
  expect(lineOf(model, 'lima').cells(0)[0]?.clash).toBeNull();
  expect(lineOf(model, 'prado').cells(0)[0]?.assignment).toBeNull();
});

test('keeps the lines and cells that an edit did not touch, so that they are not drawn again', () => {
  const records = smallRecords();
  const before = modelOf(records);
  const touched = records.assignments[0];
  if (!touched) throw new Error('no assignment');
  const kept = lineOf(before, 'lima').cells(1);
  const after = { ...assignmentOf('l1', 'lima', '2026-08-03', 'AM', 'C') };
  const next = modelOf(applyWindowChanges(records, [{ op: 'update', type: 'assignment', id: touched.id, before: touched, after }]), before);
  expect(lineOf(next, 'souza')).toBe(lineOf(before, 'souza'));
  expect(lineOf(next, 'lima')).not.toBe(lineOf(before, 'lima'));
  expect(lineOf(next, 'lima').cells(1)).toBe(kept);
  expect(lineOf(next, 'lima').cells(0)[0]?.code).toBe('C');
});

test('counts coverage beside what is wanted', () => {
  const line = modelOf(smallRecords()).coverage.find(({ code }) => code === 'ICU');
  expect(line?.wanted).toBe(true);
  expect([line?.at(0)?.count, line?.at(0)?.minimum, line?.at(0)?.short]).toEqual([1, 1, false]);
});

test('covers the days of an absence, but not one that was refused', () => {
  const absence = (id: string, personId: string, status: string) =>
    recordOf('absence', id, { personId, startDate: '2026-08-04', endDate: '2026-08-05', absenceType: 'vacation', status });
  const model = modelOf(smallRecords({ absences: [absence('a1', 'lima', 'approved'), absence('a2', 'prado', 'rejected')] }));
  const absentColumns = (personId: string) =>
    Array.from({ length: 14 }, (_, column) => column).filter((column) => lineOf(model, personId).cells(column)[0]?.absence !== null);
  expect(absentColumns('lima')).toEqual([2, 3, 4, 5]);
  expect(absentColumns('prado')).toEqual([]);
});

// A long window is computed in stretches of a week. What comes out must be what the whole would give: nobody would notice a clash that
// is missing at the seam of two stretches.
test('computes a long window in stretches to what the whole of it is', () => {
  const assignments = Array.from({ length: 120 }, (_, day) => dayToDate(dateToDay('2026-07-01') + day)).flatMap((date, day) => [
    assignmentOf(`l${day}`, 'lima', date, 'AM', 'ICU'),
    ...(day % 9 === 0 ? [assignmentOf(`d${day}`, 'lima', date, 'AM', 'C')] : []),
  ]);
  const absences = [
    recordOf('absence', 'long', {
      personId: 'lima',
      startDate: '2026-07-20',
      endDate: '2026-08-10',
      absenceType: 'vacation',
      status: 'approved',
    }),
  ];
  const records = smallRecords({ from: '2026-07-01', to: '2026-10-28', assignments, absences });
  const whole = buildWindow(records);
  const chunked = buildChunkedWindow(records, null);
  expect(chunked.chunks.length).toBeGreaterThan(3);
  expect(chunked.halfDays).toEqual(whole.halfDays);
  expect(chunked.people).toEqual(whole.people);
  expect(chunked.chunks.flatMap((chunk) => chunk.parts.cells.map((cell) => cell.id)).toSorted()).toEqual(
    whole.cells.map((cell) => cell.id).toSorted(),
  );
  expect(chunked.clashes.map((clash) => clash.key).toSorted()).toEqual(whole.clashes.map((clash) => clash.key).toSorted());
});

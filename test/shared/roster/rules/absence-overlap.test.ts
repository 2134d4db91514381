import { expect, test } from 'vitest';
import { absenceOverlap } from '../../../../shared/roster/rules/absence-overlap.ts';
import { absence, cell, find, person, rotation, texts } from '../records.ts';

const people = [person('lima', { name: 'Lima, A' })];
const week = absence('week', 'lima', '2026-01-19', '2026-01-21', { status: 'approved' });

test('counts the first and the last day of an absence, and not the days beside it', () => {
  const assignments = ['2026-01-18 PM', '2026-01-19 AM', '2026-01-20 PM', '2026-01-21 PM', '2026-01-22 AM'].map((at) =>
    cell('lima', at, 'C'),
  );
  const clashes = find(absenceOverlap, { people, assignments, absences: [week] });
  expect(clashes.map((clash) => clash.slots[0])).toEqual([
    { personId: 'lima', date: '2026-01-19', half: 'AM' },
    { personId: 'lima', date: '2026-01-20', half: 'PM' },
    { personId: 'lima', date: '2026-01-21', half: 'PM' },
  ]);
  expect(clashes[0]).toMatchObject({
    key: 'absence-overlap|week|lima-2026-01-19-AM',
    severity: 'error',
    text: 'Lima, A is away (vacation Mon 2026-01-19 to Wed 2026-01-21) but has Clinic (C) on Mon 2026-01-19 AM.',
    entities: [
      { type: 'absence', id: 'week' },
      { type: 'assignment', id: 'lima-2026-01-19-AM' },
    ],
  });
});

test.each(['LV', 'OFF', 'W', 'HOL', 'FED', 'TDY', 'lv'])('lets the code %s stand beside an absence', (code) => {
  expect(find(absenceOverlap, { people, assignments: [cell('lima', '2026-01-20 AM', code)], absences: [week] })).toEqual([]);
});

test.each([{ rotationType: 'off' }, { rotationType: 'absence' }, { templateCategory: 'time_off' }, { templateCategory: 'absence' }])(
  'lets a rotation with %o stand beside an absence',
  (fields) => {
    const assignments = [cell('lima', '2026-01-20 AM', null, { rotationId: 'r' })];
    expect(find(absenceOverlap, { people, rotations: [rotation('r', fields)], assignments, absences: [week] })).toEqual([]);
  },
);

test('sees work where the code LV belongs to a working rotation of the programme', () => {
  const rotations = [rotation('lv', { name: 'Labor ward', abbreviation: 'LV', rotationType: 'inpatient' })];
  const assignments = [cell('lima', '2026-01-20 AM', null, { rotationId: 'lv' })];
  expect(texts(find(absenceOverlap, { people, rotations, assignments, absences: [week] }))).toEqual([
    'Lima, A is away (vacation Mon 2026-01-19 to Wed 2026-01-21) but has Labor ward (LV) on Tue 2026-01-20 AM.',
  ]);
});

test('lets an empty assignment and the replacement activity stand beside an absence', () => {
  const assignments = [cell('lima', '2026-01-20 AM', null), cell('lima', '2026-01-20 PM', 'SIM')];
  const absences = [absence('week', 'lima', '2026-01-19', '2026-01-21', { replacementActivity: 'SIM' })];
  expect(find(absenceOverlap, { people, assignments, absences })).toEqual([]);
});

test.each(['cancelled', 'rejected', 'denied'])('ignores an absence that is %s', (status) => {
  const absences = [absence('week', 'lima', '2026-01-19', '2026-01-21', { status })];
  expect(find(absenceOverlap, { people, assignments: [cell('lima', '2026-01-20 AM', 'C')], absences })).toEqual([]);
});

test('ignores an absence that is marked as not blocking', () => {
  const absences = [absence('week', 'lima', '2026-01-19', '2026-01-21', { isBlocking: false })];
  expect(find(absenceOverlap, { people, assignments: [cell('lima', '2026-01-20 AM', 'C')], absences })).toEqual([]);
});

test.each(['pending', 'anticipated'])('only warns while an absence is %s', (status) => {
  const absences = [absence('week', 'lima', '2026-01-19', '2026-01-21', { status })];
  const clashes = find(absenceOverlap, { people, assignments: [cell('lima', '2026-01-20 AM', 'C')], absences });
  expect(clashes).toMatchObject([{ severity: 'warning' }]);
  expect(clashes[0]?.text).toContain(status);
});

test('sees an absence that began before the window and leaves other people alone', () => {
  const absences = [absence('long', 'lima', '2025-12-01', '2026-03-01')];
  const assignments = [cell('lima', '2026-01-14 PM', 'C'), cell('lima', '2026-01-15 AM', 'C'), cell('souza', '2026-01-15 AM', 'C')];
  expect(find(absenceOverlap, { people: [...people, person('souza')], assignments, absences })).toHaveLength(1);
});

import { expect, test } from 'vitest';
import { doubleBooking } from '../../../../shared/roster/rules/double-booking.ts';
import { cell, find, person, rotation } from '../records.ts';

const clinic = rotation('clinic', { name: 'Clinic', abbreviation: 'C' });

test('names a person who stands at two places in one half day, with both records and both cells', () => {
  const clashes = find(doubleBooking, {
    people: [person('lima', { name: 'Lima, A' })],
    rotations: [clinic],
    assignments: [
      cell('lima', '2026-01-15 AM', null, { rotationId: 'clinic' }),
      cell('lima', '2026-01-15 AM', 'FMIT', {}, '-b'),
      cell('lima', '2026-01-15 PM', 'FMIT'),
    ],
  });
  expect(clashes).toEqual([
    {
      key: 'double-booking|lima|2026-01-15 AM|lima-2026-01-15-AM|lima-2026-01-15-AM-b',
      rule: 'double-booking',
      severity: 'error',
      text: 'Lima, A is booked twice on Thu 2026-01-15 AM: Clinic (C) and Family medicine inpatient team (FMIT).',
      entities: [
        { type: 'assignment', id: 'lima-2026-01-15-AM' },
        { type: 'assignment', id: 'lima-2026-01-15-AM-b' },
      ],
      slots: [
        { personId: 'lima', date: '2026-01-15', half: 'AM' },
        { personId: 'lima', date: '2026-01-15', half: 'AM' },
      ],
      halfDays: [{ date: '2026-01-15', half: 'AM' }],
    },
  ]);
});

test('reports every record when three collide, as one clash', () => {
  const clashes = find(doubleBooking, {
    people: [person('lima')],
    assignments: ['c', 'a', 'b'].map((twin) => cell('lima', '2026-01-15 AM', 'C', {}, twin)),
  });
  expect(clashes.map((clash) => clash.key)).toEqual([
    'double-booking|lima|2026-01-15 AM|lima-2026-01-15-AMa|lima-2026-01-15-AMb|lima-2026-01-15-AMc',
  ]);
  expect(clashes[0]?.text).toContain('booked 3 times');
});

test('finds nothing where two people share a half day, or one person has both halves', () => {
  const assignments = [cell('lima', '2026-01-15 AM', 'C'), cell('lima', '2026-01-15 PM', 'C'), cell('souza', '2026-01-15 AM', 'C')];
  expect(find(doubleBooking, { people: [person('lima'), person('souza')], assignments })).toEqual([]);
});

test('leaves neighbours outside the window alone', () => {
  const assignments = [cell('lima', '2026-01-14 PM', 'C'), cell('lima', '2026-01-14 PM', 'C', {}, '-b')];
  expect(find(doubleBooking, { people: [person('lima')], assignments })).toEqual([]);
});

test('also sees a person who is gone', () => {
  const assignments = [cell('ghost', '2026-01-15 AM', 'C'), cell('ghost', '2026-01-15 AM', 'LV', {}, '-b')];
  expect(find(doubleBooking, { assignments })).toHaveLength(1);
});

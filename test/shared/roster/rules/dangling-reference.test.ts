import { expect, test } from 'vitest';
import { danglingReference } from '../../../../shared/roster/rules/dangling-reference.ts';
import { absence, cell, find, person, rotation } from '../records.ts';

test('gathers what still belongs to a person who is gone, as one error', () => {
  const clashes = find(danglingReference, {
    people: [person('lima')],
    assignments: [cell('gone', '2026-01-15 PM', 'C'), cell('gone', '2026-01-16 AM', 'C'), cell('lima', '2026-01-15 AM', 'C')],
    absences: [absence('leave', 'gone', '2026-01-20', '2026-01-21')],
  });
  expect(clashes).toMatchObject([
    {
      key: 'dangling-reference|person|gone',
      severity: 'error',
      text: '2 assignments and 1 absence from Thu 2026-01-15 PM on belong to a person who is no longer in the roster.',
      entities: [{ id: 'leave' }, { id: 'gone-2026-01-15-PM' }, { id: 'gone-2026-01-16-AM' }],
    },
  ]);
});

test('warns of assignments whose rotation is gone', () => {
  const clashes = find(danglingReference, {
    people: [person('lima')],
    rotations: [rotation('here')],
    assignments: [cell('lima', '2026-01-15 AM', null, { rotationId: 'gone' }), cell('lima', '2026-01-15 PM', null, { rotationId: 'here' })],
  });
  expect(clashes).toMatchObject([
    {
      key: 'dangling-reference|rotation|gone',
      severity: 'warning',
      text: '1 assignment from Thu 2026-01-15 AM on points to a rotation that no longer exists.',
    },
  ]);
});

test('leaves what lies outside the window alone', () => {
  expect(
    find(danglingReference, {
      assignments: [cell('gone', '2026-01-14 AM', 'C')],
      absences: [absence('old', 'gone', '2026-01-01', '2026-01-14')],
    }),
  ).toEqual([]);
});

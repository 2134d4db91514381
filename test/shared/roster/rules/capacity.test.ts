import { expect, test } from 'vitest';
import { capacity } from '../../../../shared/roster/rules/capacity.ts';
import { cell, find, person, rotation } from '../records.ts';

const people = ['a', 'b', 'c'].map((id) => person(id, { name: `Name ${id}` }));
const rotations = [rotation('pr', { name: 'Procedures', abbreviation: 'PR', capacity: 2 })];

test('warns when more people stand there than there is room for', () => {
  const assignments = [
    ...people.map(({ id }) => cell(id, '2026-01-17 AM', 'PR')),
    ...people.slice(1).map(({ id }) => cell(id, '2026-01-17 PM', 'PR')),
  ];
  expect(find(capacity, { people, rotations, assignments })).toMatchObject([
    {
      key: 'capacity|pr|2026-01-17 AM',
      severity: 'warning',
      text: 'Procedures has 3 people on Sat 2026-01-17 AM and room for 2: Name a; Name b; Name c.',
      slots: people.map(({ id }) => ({ personId: id, date: '2026-01-17', half: 'AM' })),
    },
  ]);
});

test('counts a person who is booked there twice once, and nobody who does something else', () => {
  const assignments = [
    cell('a', '2026-01-15 AM', 'PR'),
    cell('a', '2026-01-15 AM', null, { rotationId: 'pr' }, '-b'),
    cell('b', '2026-01-15 AM', null, { rotationId: 'pr' }),
    cell('c', '2026-01-15 AM', 'LV', { rotationId: 'pr' }),
  ];
  expect(find(capacity, { people, rotations, assignments })).toEqual([]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { supervisionRatio, supervisorsNeeded } from '../../../../shared/roster/rules/supervision-ratio.ts';
import { cell, faculty, find, person, rotation, texts } from '../records.ts';

const at = '2026-01-15 AM';

/** How many supervisors are asked for when so many residents are in clinic and one fewer supervises; 0 when none is asked for at all. */
function needed(firstYears: number, above: number, code = 'C'): number {
  const residents = [
    ...Array.from({ length: firstYears }, (_, index) => person(`first${index}`, { pgyLevel: 1 })),
    ...Array.from({ length: above }, (_, index) => person(`above${index}`, { pgyLevel: 3 })),
  ];
  for (let supervisors = 0; ; supervisors++) {
    const attendings = Array.from({ length: supervisors }, (_, index) => faculty(`attending${index}`));
    const assignments = [...residents.map(({ id }) => cell(id, at, code)), ...attendings.map(({ id }) => cell(id, at, 'AT'))];
    if (find(supervisionRatio, { people: [...residents, ...attendings], assignments }).length === 0) return supervisors;
  }
}

test('asks for one supervisor for two in their first year, or for four above it', () => {
  expect([needed(1, 0), needed(2, 0), needed(3, 0), needed(0, 1), needed(0, 4), needed(0, 5)]).toEqual([1, 1, 2, 1, 1, 2]);
});

// The units are summed before they are rounded: one first-year and two others fill exactly one supervisor, and rounding each level by
// itself would ask for two. The mistake is silent, since it only ever asks for too many.
test('sums what all take up before it rounds up', () => {
  expect([needed(1, 2), needed(1, 3), needed(3, 2), needed(2, 4)]).toEqual([1, 2, 2, 2]);
});

test('asks for one whole supervisor per procedure', () => {
  expect([needed(1, 0, 'PR'), needed(0, 2, 'VAS')]).toEqual([1, 2]);
});

test('asks for nobody where nobody is in a supervised clinic', () => {
  expect([needed(2, 2, 'FMIT'), needed(2, 2, 'LEC'), needed(2, 2, 'LV')]).toEqual([0, 0, 0]);
});

test('says who is in clinic and who supervises, as a warning on their cells', () => {
  const people = [
    person('lima', { name: 'Lima, A', pgyLevel: 1 }),
    person('souza', { name: 'Souza, B', pgyLevel: 1 }),
    person('prado', { name: 'Prado, C', pgyLevel: 1 }),
    faculty('mori', { name: 'Mori, D' }),
  ];
  const assignments = [
    cell('lima', at, 'C'),
    cell('souza', at, 'CC'),
    cell('prado', at, 'CV'),
    cell('mori', at, 'PCAT'),
    cell('mori', '2026-01-15 PM', 'AT'),
  ];
  expect(find(supervisionRatio, { people, assignments })).toMatchObject([
    {
      key: 'supervision-ratio|2026-01-15 AM',
      severity: 'warning',
      text: 'On Thu 2026-01-15 AM clinic needs 2 supervisors for Lima, A; Prado, C; Souza, B; only Mori, D supervises.',
      halfDays: [{ date: '2026-01-15', half: 'AM' }],
    },
  ]);
  expect(texts(find(supervisionRatio, { people, assignments: [cell('lima', at, 'C')] }))).toEqual([
    'On Thu 2026-01-15 AM clinic needs 1 supervisor for Lima, A; nobody supervises.',
  ]);
});

test('takes anybody whose assignment says so for a supervisor, and no resident for the code alone', () => {
  const people = [person('lima'), person('chief', { pgyLevel: 3 }), faculty('mori')];
  const clinic = cell('lima', at, 'C');
  expect(find(supervisionRatio, { people, assignments: [clinic, cell('chief', at, 'C', { role: 'supervising' })] })).toEqual([]);
  expect(find(supervisionRatio, { people, assignments: [clinic, cell('mori', at, 'C', { role: 'supervising' })] })).toEqual([]);
  expect(find(supervisionRatio, { people, assignments: [clinic, cell('chief', at, 'AT')] })).toHaveLength(1);
  expect(find(supervisionRatio, { people, assignments: [clinic, cell('mori', at, 'C')] })).toHaveLength(1);
});

test('follows a rotation that says how its residents are supervised', () => {
  const people = [person('a', { pgyLevel: 3 }), person('b', { pgyLevel: 3 }), faculty('mori')];
  const onWard = people.slice(0, 2).map(({ id }) => cell(id, at, null, { rotationId: 'ward' }));
  const attending = cell('mori', at, 'AT');
  const ward = (fields: object) => [rotation('ward', { name: 'Ward', ...fields })];
  expect(find(supervisionRatio, { people, rotations: ward({}), assignments: onWard })).toEqual([]);
  expect(find(supervisionRatio, { people, rotations: ward({ requiresSupervision: true }), assignments: onWard })).toHaveLength(1);
  expect(find(supervisionRatio, { people, rotations: ward({ requiresSupervision: true }), assignments: [...onWard, attending] })).toEqual(
    [],
  );
  expect(
    find(supervisionRatio, {
      people,
      rotations: ward({ requiresSupervision: true, maxSupervisionRatio: 1 }),
      assignments: [...onWard, attending],
    }),
  ).toHaveLength(1);
});

test('takes a resident of unknown level for one in the first year', () => {
  const people = ['a', 'b', 'c'].map((id) => person(id, { pgyLevel: null }));
  const assignments = [...people.map(({ id }) => cell(id, at, 'C')), cell('mori', at, 'AT')];
  expect(find(supervisionRatio, { people: [...people, faculty('mori')], assignments })).toHaveLength(1);
});

test('counts somebody who is booked twice once', () => {
  const people = [person('lima', { pgyLevel: 1 }), person('souza', { pgyLevel: 1 }), faculty('mori')];
  const assignments = [
    cell('lima', at, 'C'),
    cell('lima', at, 'CC', {}, '-b'),
    cell('souza', at, 'C'),
    cell('mori', at, 'AT'),
    cell('mori', at, 'AT', {}, '-b'),
  ];
  expect(find(supervisionRatio, { people, assignments })).toEqual([]);
});

test('never asks for fewer when somebody joins, and always has room for what it asked for', () => {
  const people = fc.nat({ max: 12 });
  fc.assert(
    fc.property(people, people, (firstYears, above) => {
      const load = firstYears / 2 + above / 4;
      const asked = supervisorsNeeded(load);
      expect(asked).toBeGreaterThanOrEqual(load);
      expect(asked - 1).toBeLessThan(load === 0 ? 1 : load);
      expect(supervisorsNeeded(load + 1 / 4)).toBeGreaterThanOrEqual(asked);
    }),
  );
});

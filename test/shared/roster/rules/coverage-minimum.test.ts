import { expect, test } from 'vitest';
import { coverageMinimum } from '../../../../shared/roster/rules/coverage-minimum.ts';
import { cell, find, makeRecord, person, rotation, texts } from '../records.ts';

const people = [person('lima', { name: 'Lima, A' }), person('souza', { name: 'Souza, B' })];
const oneDay = { from: '2026-01-15', to: '2026-01-15', people };

test('warns of every half day with fewer people than wanted, and says who is there', () => {
  const rotations = [rotation('ward', { name: 'Ward', abbreviation: 'W1', coverageMinimum: 2 })];
  const clashes = find(coverageMinimum, {
    ...oneDay,
    rotations,
    assignments: [cell('lima', '2026-01-15 AM', 'W1'), cell('lima', '2026-01-15 PM', 'LEC')],
  });
  expect(clashes).toEqual([
    {
      key: 'coverage-minimum|ward|2026-01-15 AM',
      rule: 'coverage-minimum',
      severity: 'warning',
      text: 'Ward has 1 of 2 on Thu 2026-01-15 AM: Lima, A.',
      entities: [{ type: 'rotation', id: 'ward' }],
      slots: [],
      halfDays: [{ date: '2026-01-15', half: 'AM' }],
    },
    expect.objectContaining({ text: 'Ward has nobody on Thu 2026-01-15 PM and wants 2.', halfDays: [{ date: '2026-01-15', half: 'PM' }] }),
  ]);
});

test('is content when enough people are there, and with rotations that want nobody', () => {
  const rotations = [rotation('ward', { coverageMinimum: 2 }), rotation('elective')];
  const assignments = ['AM', 'PM'].flatMap((half) => people.map(({ id }) => cell(id, `2026-01-15 ${half}`, null, { rotationId: 'ward' })));
  expect(find(coverageMinimum, { ...oneDay, rotations, assignments })).toEqual([]);
});

test('asks for nobody on weekends and holidays, unless the rotation works then too', () => {
  const days = {
    from: '2026-01-17',
    to: '2026-01-19',
    people,
    assignments: ['2026-01-17', '2026-01-18', '2026-01-19'].flatMap((date) => [
      cell('lima', `${date} AM`, 'W'),
      cell('lima', `${date} PM`, 'W'),
    ]),
    holidays: [makeRecord('holiday', 'mlk', { date: '2026-01-19', dayType: 'FEDERAL_HOLIDAY' })],
  };
  expect(find(coverageMinimum, { ...days, rotations: [rotation('clinic', { coverageMinimum: 1 })] })).toEqual([]);
  expect(find(coverageMinimum, { ...days, rotations: [rotation('ward', { coverageMinimum: 1, includesWeekend: true })] })).toHaveLength(6);
});

test('asks for a quarter, rounded up, on days of reduced capacity', () => {
  const holidays = [makeRecord('holiday', 'day', { date: '2026-01-15', dayType: 'TRAINING_HOLIDAY' })];
  const rotations = [rotation('clinic', { coverageMinimum: 4 })];
  const assignments = ['AM', 'PM'].map((half) => cell('lima', `2026-01-15 ${half}`, null, { rotationId: 'clinic' }));
  expect(find(coverageMinimum, { ...oneDay, holidays, rotations, assignments })).toEqual([]);
  const elsewhere = ['AM', 'PM'].map((half) => cell('lima', `2026-01-15 ${half}`, 'LEC'));
  expect(find(coverageMinimum, { ...oneDay, holidays, rotations, assignments: elsewhere })).toHaveLength(2);
});

test('asks for nobody on an archived rotation', () => {
  const assignments = [cell('lima', '2026-01-15 AM', 'LEC')];
  const rotations = [rotation('ward', { coverageMinimum: 2, isArchived: true })];
  expect(find(coverageMinimum, { ...oneDay, rotations, assignments })).toEqual([]);
});

// An empty page of the coming block would otherwise be red all over before anybody has begun to plan it.
test('asks for nobody in a half day that nobody has a cell in yet', () => {
  const rotations = [rotation('ward', { name: 'Ward', coverageMinimum: 1 })];
  expect(find(coverageMinimum, { ...oneDay, rotations })).toEqual([]);
  const onlyNeighbours = [cell('lima', '2026-01-14 PM', 'LEC'), cell('lima', '2026-01-16 AM', 'LEC')];
  expect(find(coverageMinimum, { ...oneDay, rotations, assignments: onlyNeighbours })).toEqual([]);
  expect(texts(find(coverageMinimum, { ...oneDay, rotations, assignments: [cell('lima', '2026-01-15 PM', 'LV')] }))).toEqual([
    'Ward has nobody on Thu 2026-01-15 PM and wants 1.',
  ]);
});

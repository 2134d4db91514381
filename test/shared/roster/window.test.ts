import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RosterWindow } from '../../../shared/contract/app/roster.ts';
import type { z } from 'zod';
import { applyWindowChanges, invertWindowChanges, readWindowRecords, type WindowChange } from '../../../shared/roster/window-changes.ts';
import { buildWindow } from '../../../shared/roster/window.ts';
import type { EntityRecord, WindowRecords } from '../../../shared/roster/entity-record.ts';
import { absence, cell, faculty, makeRecord, person, roster, rotation } from './records.ts';

const parts = RosterWindow.pick({
  people: true,
  otherPeople: true,
  halfDays: true,
  cells: true,
  absences: true,
  rotations: true,
  holidays: true,
  coverage: true,
  clashes: true,
});

const full = roster({
  to: '2026-01-19',
  people: [
    faculty('mori', { name: 'Mori, D' }),
    person('z', { name: 'Zé, Z', pgyLevel: 1 }),
    person('lima', { name: 'Lima, A' }),
    person('alves', { name: 'álves, E' }),
    person('chan', { name: 'Chan, G', type: null, pgyLevel: null, role: 'CP' }),
    person('ms', { name: 'Yu, H', type: 'med_student', pgyLevel: null }),
  ],
  rotations: [rotation('clinic', { name: 'Clinic', abbreviation: 'C', coverageMinimum: 2, capacity: 3 })],
  assignments: [
    cell('lima', '2026-01-15 PM', 'C'),
    cell('lima', '2026-01-15 AM', null, { rotationId: 'clinic' }),
    cell('mori', '2026-01-15 AM', 'AT'),
    cell('z', '2026-01-15 AM', null),
    cell('lima', '2026-01-14 AM', 'C'),
    cell('gone', '2026-01-16 AM', 'LEC'),
  ],
  absences: [absence('leave', 'lima', '2026-01-10', '2026-01-15'), absence('past', 'lima', '2026-01-01', '2026-01-02')],
  holidays: [makeRecord('holiday', 'mlk', { date: '2026-01-19', name: 'Martin Luther King Day', dayType: 'FEDERAL_HOLIDAY' })],
});

test('answers exactly the parts of the contract’s roster window', () => {
  const model = buildWindow(full);
  const assignable: z.infer<typeof parts> = model;
  expect(parts.parse(model)).toEqual(assignable);
});

test('puts residents first by level, then faculty, learners and others, each group by name', () => {
  expect(buildWindow(full).people.map(({ name, level, group }) => [name, level, group])).toEqual([
    ['Zé, Z', 'PGY-1', 'PGY-1'],
    ['álves, E', 'PGY-2', 'PGY-2'],
    ['Lima, A', 'PGY-2', 'PGY-2'],
    ['Mori, D', 'Faculty', 'Faculty'],
    ['Yu, H', 'Medical student', 'Learners'],
    ['Chan, G', 'CP', 'Others'],
  ]);
});

test('gives no row to people who left before the days or come after them, unless something of theirs stands there', () => {
  const stay = (id: string, fields: object) => person(id, { ...fields });
  const records = roster({
    people: [
      stay('gone', { endDate: '2026-01-14' }),
      stay('last-day', { endDate: '2026-01-15' }),
      stay('first-day', { startDate: '2026-02-04' }),
      stay('coming', { startDate: '2026-02-05', endDate: '2027-06-30' }),
      stay('left-with-cell', { endDate: '2025-06-30' }),
      stay('left-with-leave', { endDate: '2025-06-30' }),
      stay('left-with-old-cell', { endDate: '2025-06-30' }),
    ],
    assignments: [cell('left-with-cell', '2026-01-20 AM', 'C'), cell('left-with-old-cell', '2026-01-14 PM', 'C')],
    absences: [absence('leave', 'left-with-leave', '2026-01-01', '2026-01-15')],
  });
  const model = buildWindow(records);
  expect(model.people.map(({ id }) => id)).toEqual(['first-day', 'last-day', 'left-with-cell', 'left-with-leave']);
  expect(model.otherPeople.map(({ id }) => id)).toEqual(['coming', 'gone', 'left-with-old-cell']);
  expect(model.clashes.filter((clash) => clash.rule === 'dangling-reference')).toEqual([]);
  const again = readWindowRecords({ from: records.from, to: records.to, ...model });
  const next = cell('gone', '2026-01-20 PM', 'C');
  const stepped = buildWindow(applyWindowChanges(again, [{ op: 'create', type: 'assignment', id: next.id, before: null, after: next }]));
  expect(stepped.people.map(({ id }) => id)).toContain('gone');
  expect(stepped.clashes.filter((clash) => clash.rule === 'dangling-reference')).toEqual([]);
});

test('gives every half day with its block, weekend and holiday', () => {
  const { halfDays } = buildWindow(full);
  expect(halfDays).toHaveLength(10);
  expect(halfDays[0]).toEqual({
    date: '2026-01-15',
    half: 'AM',
    label: '2026-01-15 AM',
    academicYear: 2025,
    block: 8,
    weekend: false,
    dayType: 'NORMAL',
    holiday: null,
  });
  expect(halfDays.filter((each) => each.weekend).map((each) => each.label)).toEqual([
    '2026-01-17 AM',
    '2026-01-17 PM',
    '2026-01-18 AM',
    '2026-01-18 PM',
  ]);
  expect(halfDays.at(-1)).toMatchObject({ date: '2026-01-19', dayType: 'FEDERAL_HOLIDAY', holiday: 'Martin Luther King Day' });
});

test('gives the cells of the window row by row, with code and text, also those of people who are gone', () => {
  expect(buildWindow(full).cells.map(({ personId, date, half, code, text }) => [personId, date, half, code, text])).toEqual([
    ['z', '2026-01-15', 'AM', '', 'Unassigned'],
    ['lima', '2026-01-15', 'AM', 'C', 'Clinic'],
    ['lima', '2026-01-15', 'PM', 'C', 'C'],
    ['mori', '2026-01-15', 'AM', 'AT', 'AT'],
    ['gone', '2026-01-16', 'AM', 'LEC', 'LEC'],
  ]);
});

test('gives absences that touch the window, and takes those without a status for approved', () => {
  expect(buildWindow(full).absences.map(({ id, status, startDate, endDate }) => [id, status, startDate, endDate])).toEqual([
    ['leave', 'approved', '2026-01-10', '2026-01-15'],
  ]);
});

test('counts coverage by rotation and by code, and wants nobody on days off', () => {
  const { coverage } = buildWindow(full);
  expect(coverage).toHaveLength(10);
  expect(coverage[0]).toEqual({
    code: 'C',
    name: 'Clinic',
    date: '2026-01-15',
    half: 'AM',
    count: 1,
    minimum: 2,
    capacity: 3,
    short: true,
  });
  expect(coverage[1]).toMatchObject({ half: 'PM', count: 1 });
  expect(coverage.filter((each) => each.date >= '2026-01-17').every((each) => each.minimum === null && !each.short)).toBe(true);
});

test('covers a rotation with a person whose cell shows it, and not with one whose cell shows something else', () => {
  const countOf = (fields: { activity?: string; rotationId?: string }) =>
    buildWindow(
      roster({
        to: '2026-01-15',
        people: [person('lima')],
        rotations: [
          rotation('ward', { name: 'Ward', abbreviation: 'ICU', coverageMinimum: 1 }),
          rotation('clinic', { abbreviation: 'CL-A' }),
        ],
        assignments: [cell('lima', '2026-01-15 AM', null, fields)],
      }),
    ).coverage[0]?.count;
  expect([
    countOf({ rotationId: 'ward' }),
    countOf({ activity: 'ICU' }),
    countOf({ activity: 'icu' }),
    countOf({ rotationId: 'ward', activity: 'late shift' }),
  ]).toEqual([1, 1, 1, 1]);
  expect([countOf({}), countOf({ rotationId: 'ward', activity: 'LEC' }), countOf({ rotationId: 'ward', activity: 'CL-A' })]).toEqual([
    0, 0, 0,
  ]);
});

test('answers the same objects for cells that did not change, so that a page redraws only the others', () => {
  const before = buildWindow(full);
  const edited = cell('lima', '2026-01-15 PM', 'LV');
  const change: WindowChange = {
    op: 'update',
    type: 'assignment',
    id: edited.id,
    before: cell('lima', '2026-01-15 PM', 'C'),
    after: { ...edited, version: makeRecord('x', 'x', {}, 2).version },
  };
  const after = buildWindow(applyWindowChanges(full, [change]));
  const kept = after.cells.filter((each) => before.cells.includes(each));
  expect([after.cells.length, kept.length]).toEqual([5, 4]);
  expect(after.cells.find((each) => each.id === edited.id)?.code).toBe('LV');
});

test('goes on from an answer as from the records it was built of', () => {
  const model = buildWindow(full);
  const again = buildWindow(readWindowRecords({ from: full.from, to: full.to, ...model }));
  expect(again).toEqual(model);
});

test('leaves out changes of other types and records that move out of the window', () => {
  const moved = {
    ...cell('lima', '2026-03-01 AM', 'C'),
    id: cell('lima', '2026-01-15 PM', 'C').id,
    version: makeRecord('x', 'x', {}, 2).version,
  };
  const next = applyWindowChanges(full, [
    { op: 'create', type: 'clinic', id: makeRecord('clinic', 'c', {}).id, before: null, after: makeRecord('clinic', 'c', {}) },
    { op: 'update', type: 'assignment', id: moved.id, before: cell('lima', '2026-01-15 PM', 'C'), after: moved },
  ]);
  expect(next.assignments.map((record) => record.id)).toEqual(full.assignments.map((record) => record.id).filter((id) => id !== moved.id));
  expect(next.people).toBe(full.people);
});

// Scrubbing applies steps forwards and backwards for minutes; a step that does not cancel out leaves a grid that no moment ever had.
test('comes back to the same window when changes are applied and taken back', () => {
  const ids = ['a', 'b', 'c', 'd'];
  const anyList = fc.uniqueArray(fc.record({ id: fc.constantFrom(...ids), version: fc.integer({ min: 1, max: 3 }) }), {
    selector: ({ id }) => id,
  });
  const toRoster = (list: readonly { id: string; version: number }[]): WindowRecords =>
    roster({
      people: [person('lima')],
      assignments: list.map(({ id, version }) =>
        makeRecord('assignment', id, { personId: 'lima', date: '2026-01-15', half: 'AM', activity: `v${version}` }, version),
      ),
    });
  fc.assert(
    fc.property(anyList, anyList, (before, after) => {
      const source = toRoster(before);
      const target = toRoster(after);
      const changes = diff(source.assignments, target.assignments);
      const there = applyWindowChanges(source, changes);
      expect(buildWindow(there)).toEqual(buildWindow(target));
      expect(buildWindow(applyWindowChanges(there, invertWindowChanges(changes)))).toEqual(buildWindow(source));
      expect(applyWindowChanges(there, changes)).toEqual(there);
    }),
  );
});

function diff(from: readonly EntityRecord[], to: readonly EntityRecord[]): readonly WindowChange[] {
  const before = new Map(from.map((record) => [record.id, record]));
  const after = new Map(to.map((record) => [record.id, record]));
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((id) => before.get(id)?.version !== after.get(id)?.version)
    .map((id) => {
      const old = before.get(id) ?? null;
      const now = after.get(id) ?? null;
      return { op: old === null ? 'create' : now === null ? 'delete' : 'update', type: 'assignment', id, before: old, after: now };
    });
}

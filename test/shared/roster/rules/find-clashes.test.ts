import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRosterState } from '../../../../shared/roster/roster-state.ts';
import { findClashes, rules } from '../../../../shared/roster/rules/index.ts';
import { absence, cell, faculty, person, roster, rotation } from '../records.ts';

const people = [person('lima', { pgyLevel: 1 }), person('souza'), faculty('mori')];
const rotations = [
  rotation('ward', { name: 'Ward', abbreviation: 'FMIT', coverageMinimum: 1, capacity: 1 }),
  rotation('clinic', { abbreviation: 'C' }),
];
const anyCell = fc.record({
  personId: fc.constantFrom('lima', 'souza', 'mori', 'gone'),
  at: fc.constantFrom('2026-01-14 PM', '2026-01-15 AM', '2026-01-15 PM', '2026-01-16 AM', '2026-01-17 AM'),
  code: fc.constantFrom('C', 'AT', 'FMIT', 'LV', null),
  fields: fc.constantFrom({}, { rotationId: 'ward' }, { rotationId: 'missing' }, { role: 'supervising' }),
  twin: fc.constantFrom('', '-b'),
});
const anyRoster = fc
  .tuple(
    fc.uniqueArray(anyCell, { selector: ({ personId, at, twin }) => `${personId} ${at} ${twin}`, maxLength: 25 }),
    fc.subarray([
      absence('x', 'lima', '2026-01-14', '2026-01-16'),
      absence('y', 'gone', '2026-01-15', '2026-01-15', { status: 'pending' }),
    ]),
  )
  .map(([cells, absences]) =>
    roster({
      to: '2026-01-18',
      people,
      rotations,
      absences,
      assignments: cells.map(({ personId, at, code, fields, twin }) => cell(personId, at, code, fields, twin)),
    }),
  );

test('knows each rule by a name of its own', () => {
  expect(new Set(rules.map((rule) => rule.rule)).size).toBe(rules.length);
});

test('finds the same clashes whatever the order of the records', () => {
  fc.assert(
    fc.property(anyRoster, fc.infiniteStream(fc.nat()), (records, random) => {
      const expected = findClashes(readRosterState(records));
      const keyOf = new Map(records.assignments.map((record) => [record, random.next().value]));
      const shuffled = records.assignments.toSorted((a, b) => (keyOf.get(a) ?? 0) - (keyOf.get(b) ?? 0));
      const again = findClashes(
        readRosterState({
          ...records,
          assignments: shuffled,
          people: people.toReversed(),
          rotations: rotations.toReversed(),
          absences: records.absences.toReversed(),
        }),
      );
      expect(again).toEqual(expected);
    }),
  );
});

test('gives every clash a key of its own, a sentence, and half days inside the window', () => {
  fc.assert(
    fc.property(anyRoster, (records) => {
      const clashes = findClashes(readRosterState(records));
      expect(new Set(clashes.map((clash) => clash.key)).size).toBe(clashes.length);
      for (const clash of clashes) {
        expect(clash.text).toMatch(/^.+\.$/);
        expect(clash.halfDays.length).toBeGreaterThan(0);
        for (const { date } of [...clash.halfDays, ...clash.slots]) expect(date >= records.from && date <= records.to).toBe(true);
      }
    }),
  );
});

// A clash found in a day must be found under the same key in any longer stretch that holds the day; otherwise scrolling would look like editing.
test('gives a clash the same key in a wider window', () => {
  fc.assert(
    fc.property(anyRoster, (records) => {
      const narrow = findClashes(readRosterState({ ...records, from: '2026-01-15', to: '2026-01-15' })).map((clash) => clash.key);
      const wide = new Set(findClashes(readRosterState(records)).map((clash) => clash.key));
      expect(narrow.filter((key) => !wide.has(key))).toEqual([]);
    }),
  );
});

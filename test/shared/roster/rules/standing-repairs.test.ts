import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EntityRecord } from '../../../../shared/roster/entity-record.ts';
import { readerOf } from '../../../../shared/roster/record-reader.ts';
import { readRosterState } from '../../../../shared/roster/roster-state.ts';
import type { Clash } from '../../../../shared/roster/rules/clash.ts';
import type { Repair } from '../../../../shared/roster/rules/merge-clashes.ts';
import { findClashes } from '../../../../shared/roster/rules/index.ts';
import { findStanding, repairStanding } from '../../../../shared/roster/rules/standing-repairs.ts';
import { absence, cell, faculty, makeRecord, person, rotation } from '../records.ts';

const ward = rotation('ward', { name: 'Ward', abbreviation: 'W1', coverageMinimum: 2, capacity: 2 });
const people = [
  person('lima', { name: 'Lima, A' }),
  person('souza', { name: 'Souza, B' }),
  person('prado', { name: 'Prado, C' }),
  faculty('mori', { name: 'Mori, D' }),
];
const am = '2026-01-15 AM';
const pm = '2026-01-15 PM';
const day = { from: '2026-01-15', to: '2026-01-15' };

/** Every clash of these records, as a window of the day shows them. */
function clashesOf(records: readonly EntityRecord[]): readonly Clash[] {
  const of = (type: string) => records.filter((record) => record.type === type);
  return findClashes(
    readRosterState({
      ...day,
      people: of('person'),
      assignments: of('assignment'),
      absences: of('absence'),
      rotations: of('rotation'),
      holidays: [],
    }),
  );
}

/** Whether a clash stood before, or is what is left of one that did: three bookings become two. */
function isLeftOf(clash: Clash, known: Clash): boolean {
  if (clash.key === known.key) return true;
  return (
    clash.rule === known.rule &&
    clash.entities.some(({ type }) => type === 'assignment') &&
    clash.entities.every(({ id }) => known.entities.some((each) => each.id === id))
  );
}

function carryOut(records: readonly EntityRecord[], { changes }: Repair): readonly EntityRecord[] {
  const changed = new Set(changes.map(({ type, id }) => `${type} ${id}`));
  return [
    ...records.filter(({ type, id }) => !changed.has(`${type} ${id}`)),
    ...changes.flatMap(({ type, id, fields }) => (fields === null ? [] : [makeRecord(type, id, fields, 2)])),
  ];
}

/** The proposals for the first clash of a rule, each seen to clear it and to bring none. */
function proposals(records: readonly EntityRecord[], rule: string): readonly string[] {
  const all = [...people, ward, ...records];
  const reader = readerOf(all);
  const before = clashesOf(all);
  const clash = before.find((each) => each.rule === rule);
  const finding = clash && findStanding(reader, { key: clash.key, ...day });
  if (!clash || !finding) throw new Error(`no clash of ${rule} in ${before.map(({ key }) => key).join(', ')}`);
  return repairStanding(reader, finding).map((repair) => {
    const after = clashesOf(carryOut(all, repair));
    expect({
      text: repair.text,
      cleared: after.every(({ key }) => key !== clash.key),
      added: after.filter((each) => !before.some((known) => isLeftOf(each, known))),
    }).toEqual({
      text: repair.text,
      cleared: true,
      added: [],
    });
    return repair.text;
  });
}

describe('a clash that stands outside of a merge', () => {
  test('is cleared by moving or removing one of two bookings', () => {
    // Somebody works in the afternoon already: else the first who comes would make the ward short there.
    const found = proposals(
      [cell('lima', am, 'LEC', {}, '-a'), cell('lima', am, 'SIM', {}, '-b'), cell('mori', pm, 'AT')],
      'double-booking',
    );
    expect(found[0]).toMatch(/^Move .* of Lima, A/);
    expect(found.filter((text) => text.startsWith('Remove'))).toHaveLength(2);
  });

  test('is cleared by giving the work of somebody absent to somebody free', () => {
    const found = proposals([absence('away', 'lima', day.from, day.to), cell('lima', am, 'LEC')], 'absence-overlap');
    expect(found.some((text) => /^Give Lecture \(LEC\) of Lima, A, .* to (Souza, B|Prado, C)$/.test(text))).toBe(true);
  });

  test('is cleared by somebody free where a rotation is short of people', () => {
    const found = proposals([cell('lima', am, null, { rotationId: 'ward' })], 'coverage-minimum');
    expect(found).not.toEqual([]);
    for (const text of found) expect(text).toMatch(/^Give .*W1.* on Thu 2026-01-15 AM to /);
  });

  test('is not found by the key of a clash that is gone', () => {
    const reader = readerOf([...people, ward]);
    expect(findStanding(reader, { key: 'double-booking|a|b', ...day })).toBeNull();
    expect(findStanding(reader, { key: 'no such rule', ...day })).toBeNull();
  });
});

// A proposal is chosen without another look at the roster: one that brings a clash, or leaves the one it was for, would be a promise that was
// broken without anybody seeing it.
test('whatever stands, every proposal clears its clash and brings none', () => {
  const anyCell = fc.record({
    who: fc.constantFrom('lima', 'souza', 'prado', 'mori'),
    when: fc.constantFrom(am, pm),
    what: fc.constantFrom('LEC', 'SIM', 'W1'),
  });
  const anyRoster = fc.tuple(fc.array(anyCell, { maxLength: 7 }), fc.subarray(['lima', 'souza', 'mori']));
  fc.assert(
    fc.property(anyRoster, ([cells, absent]) => {
      const records = [
        ...cells.map(({ who, when, what }, index) => cell(who, when, what, {}, `-${index}`)),
        ...absent.map((who) => absence(`away-${who}`, who, day.from, day.to)),
      ];
      const rules = new Set(clashesOf([...people, ward, ...records]).map((clash) => clash.rule));
      for (const rule of rules) expect(proposals(records, rule).length).toBeLessThanOrEqual(4);
    }),
    { numRuns: 60 },
  );
});

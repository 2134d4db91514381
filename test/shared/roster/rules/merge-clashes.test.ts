import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { MergeClash } from '../../../../shared/contract/app/merges.ts';
import type { EntityRecord } from '../../../../shared/roster/entity-record.ts';
import { readRosterState } from '../../../../shared/roster/roster-state.ts';
import { newClashes } from '../../../../shared/roster/rules/merge-clashes.ts';
import { dateToDay, dayToDate } from '../../../../shared/roster/slot.ts';
import { clashesOf, edit, mergeRosters, patch, type ThreeRosters } from '../merge-kit.ts';
import { absence, cell, faculty, makeRecord, person, roster, rotation } from '../records.ts';

const ward = rotation('ward', { name: 'Ward', abbreviation: 'W1', coverageMinimum: 1, capacity: 2 });
const lima = person('lima', { name: 'Lima, A', pgyLevel: 1 });
const souza = person('souza', { name: 'Souza, B', pgyLevel: 1 });
const prado = person('prado', { name: 'Prado, C' });
const mori = faculty('mori', { name: 'Mori, D' });
const people = [lima, souza, prado, mori];
const am = '2026-01-15 AM';
const pm = '2026-01-15 PM';

/** The sides as edits of a base of these people and the ward. */
function sides(
  base: readonly EntityRecord[],
  source: readonly EntityRecord[],
  target: readonly EntityRecord[],
  removed: { source?: string[]; target?: string[] } = {},
): ThreeRosters {
  const start = [...people, ward, ...base];
  return { base: start, source: edit(start, source, removed.source), target: edit(start, target, removed.target) };
}

function swapSides({ base, source, target }: ThreeRosters): ThreeRosters {
  return { base, source: target, target: source };
}

const brief = (rosters: ThreeRosters, options = {}) =>
  clashesOf(rosters, options).map(({ rule, text, sourceEntities, targetEntities }) => ({
    rule,
    text,
    source: sourceEntities.map(({ id }) => id),
    target: targetEntities.map(({ id }) => id),
  }));

describe('what only the merged roster breaks', () => {
  test('two assignments of one person in one half day, one from each side', () => {
    const rosters = sides([], [cell('lima', am, 'C', {}, '-s'), cell('mori', am, 'AT')], [cell('lima', am, 'LEC', {}, '-t')]);
    const clashes = clashesOf(rosters);
    expect(clashes).toMatchObject([
      {
        rule: 'double-booking',
        severity: 'error',
        text: 'Lima, A is booked twice on Thu 2026-01-15 AM: Clinic (C) and Lecture (LEC).',
        sourceEntities: [{ type: 'assignment', id: 'lima-2026-01-15-AM-s' }],
        targetEntities: [{ type: 'assignment', id: 'lima-2026-01-15-AM-t' }],
        repairs: [],
      },
    ]);
    const contract: readonly z.infer<typeof MergeClash>[] = clashes;
    expect(contract.map((clash) => MergeClash.parse(clash))).toEqual(contract);
  });

  test('an assignment that is moved to where the other side put one', () => {
    const moved = cell('lima', am, 'C', {}, '-moved');
    const rosters = sides([moved], [patch(moved, { half: 'PM' })], [cell('lima', pm, 'LEC')]);
    expect(brief(rosters).map(({ rule, source, target }) => ({ rule, source, target }))).toContainEqual({
      rule: 'double-booking',
      source: ['lima-2026-01-15-AM-moved'],
      target: ['lima-2026-01-15-PM'],
    });
  });

  test('an absence that is extended here over what is moved there', () => {
    const leave = absence('leave', 'lima', '2026-01-12', '2026-01-14');
    const shift = cell('lima', '2026-01-19 AM', 'LEC');
    const rosters = sides([leave, shift], [patch(leave, { endDate: '2026-01-16' })], [patch(shift, { date: '2026-01-16' })]);
    expect(brief(rosters)).toEqual([
      {
        rule: 'absence-overlap',
        text: 'Lima, A is away (vacation Mon 2026-01-12 to Fri 2026-01-16) but has Lecture (LEC) on Fri 2026-01-16 AM.',
        source: ['leave'],
        target: ['lima-2026-01-19-AM'],
      },
    ]);
  });

  test('the last of a ward gone: each side takes one of two away', () => {
    const [a, b] = [cell('lima', am, 'W1'), cell('souza', am, 'W1')];
    const other = cell('prado', am, 'LEC');
    const taken = sides([a, b, other], [patch(a, { activity: 'LEC' })], [patch(b, { activity: 'LEC' })]);
    expect(brief(taken)).toEqual([
      { rule: 'coverage-minimum', text: 'Ward has nobody on Thu 2026-01-15 AM and wants 1.', source: [a.id], target: [b.id] },
    ]);
    const removed = sides([a, b], [], [], { source: [a.id], target: [b.id] });
    expect(brief(removed).map(({ rule }) => rule)).toEqual(['coverage-minimum']);
  });

  test('one more person than there is room for, also when the room is made smaller on one side', () => {
    const [a, b, c] = [cell('lima', am, 'W1'), cell('souza', am, 'W1'), cell('prado', am, 'W1')];
    expect(brief(sides([a], [b], [c]))).toMatchObject([{ rule: 'capacity', source: [b.id], target: [c.id] }]);
    expect(brief(sides([a], [patch(ward, { capacity: 1 })], [b]))).toMatchObject([{ rule: 'capacity', source: ['ward'], target: [b.id] }]);
    expect(brief(sides([a], [b], [patch(ward, { capacity: 1 })]))).toMatchObject([{ rule: 'capacity', source: [b.id], target: ['ward'] }]);
    // Merged field by field: the day from one side, the rotation from the other.
    const d = cell('mori', '2026-01-16 AM', 'LEC');
    const byField = sides([a, b, d], [patch(d, { date: '2026-01-15' })], [patch(d, { activity: 'W1' })]);
    expect(brief(byField).map(({ rule }) => rule)).toEqual(['capacity', 'coverage-minimum']);
  });

  test('too few supervisors: residents from both sides, a supervisor who leaves, a level that changes', () => {
    const attending = cell('mori', am, 'AT');
    const [a, b, c] = [cell('lima', am, 'C'), cell('souza', am, 'C'), cell('prado', am, 'C')];
    expect(brief(sides([attending, a], [b], [c]))).toMatchObject([{ rule: 'supervision-ratio', source: [b.id], target: [c.id] }]);
    expect(brief(sides([attending], [a], [patch(attending, { activity: 'LEC' })]))).toMatchObject([
      { rule: 'supervision-ratio', source: [a.id], target: [attending.id] },
    ]);
    const level = sides([patch(lima, { pgyLevel: 3 }), attending, a, b], [patch(lima, { pgyLevel: 1 })], [c]);
    expect(brief(level)).toMatchObject([{ rule: 'supervision-ratio', source: ['lima'], target: [c.id] }]);
    expect(brief(swapSides(level))).toMatchObject([{ rule: 'supervision-ratio', source: [c.id], target: ['lima'] }]);
  });

  test('80 hours and the day off: each side gives a resident two of the four weeks', () => {
    const week = (from: number, count: number): readonly EntityRecord[] =>
      Array.from({ length: count }, (_, index) => dayToDate(dateToDay('2026-01-15') + from + index)).flatMap((date) =>
        ['AM', 'PM'].map((half) => cell('lima', `${date} ${half}`, 'FMIT')),
      );
    const found = brief(sides([], week(0, 14), week(14, 14)));
    expect(found.map(({ rule, text }) => `${rule}: ${text}`)).toEqual([
      'hours-week: Lima, A works 84 hours a week on average from Thu 2026-01-15 to Wed 2026-02-11; the limit is 80.',
      'day-off: Lima, A has no day off from Thu 2026-01-15 to Wed 2026-02-11 and needs 4.',
    ]);
    expect([found[0]?.source.length, found[0]?.target.length]).toEqual([28, 28]);
    expect(brief(sides([], week(0, 12), week(14, 12)))).toEqual([]);
  });

  test('what points to a record that the other side deleted, as the direct child only', () => {
    const onWard = cell('lima', am, null, { rotationId: 'ward' });
    const swap = makeRecord('swap_record', 'swap', {
      sourceFacultyId: 'mori',
      sourceWeek: '2026-02-02',
      targetFacultyId: 'prado',
      swapType: 'absorb',
    });
    expect(brief(sides([], [onWard], [], { target: ['ward'] }))).toEqual([
      {
        rule: 'dangling-reference',
        text: '1 assignment from Thu 2026-01-15 AM on points to a rotation that no longer exists.',
        source: [onWard.id],
        target: ['ward'],
      },
    ]);
    expect(brief(sides([onWard], [], [cell('souza', am, null, { rotationId: 'ward' })], { source: ['ward'] }))[0]?.text).toContain(
      '2 assignments',
    );
    expect(brief(sides([], [swap], [], { target: ['mori', 'prado'] })).map(({ text }) => text)).toEqual([
      '1 swap points to a person who is no longer in the roster.',
      '1 swap points to a person who is no longer in the roster.',
    ]);
    const run = makeRecord('schedule_run', 'run', { startDate: '2026-01-15', endDate: '2026-02-11' });
    const made = cell('lima', am, 'LEC', { scheduleRunId: 'run' });
    expect(clashesOf(sides([run], [made], [], { target: ['run'] }))).toMatchObject([{ rule: 'dangling-reference', severity: 'info' }]);
    expect(clashesOf(sides([made], [], [], { source: ['lima'], target: [made.id] }))).toEqual([]);
    expect(clashesOf(sides([made], [], [], { source: ['lima', made.id], target: ['lima', made.id] }))).toEqual([]);
  });

  test('what points to somebody neither side ever had is told, and holds nothing up', () => {
    expect(clashesOf(sides([], [cell('stranger', am, 'C')], []))).toMatchObject([{ rule: 'dangling-reference', severity: 'info' }]);
    expect(clashesOf(sides([], [cell('lima', am, 'C')], [], { target: ['lima'] }))).toMatchObject([
      { rule: 'dangling-reference', severity: 'error' },
    ]);
  });

  test('the same e-mail, clinic id or CPF twice, naming every record, whichever way it came', () => {
    const third = person('third', { name: 'Reis, E' });
    const mail = (record: EntityRecord) => patch(record, { email: 'Ana@example.org' });
    expect(brief(sides([], [mail(lima)], [patch(souza, { email: 'ana@example.org ' })]))).toEqual([
      { rule: 'unique', text: '2 people have the same e-mail: Lima, A; Souza, B.', source: ['lima'], target: ['souza'] },
    ]);
    expect(brief(sides([], [mail(third)], [mail(lima), mail(souza)]))[0]?.text).toBe(
      '3 people have the same e-mail: Lima, A; Souza, B; Reis, E.',
    );
    expect(brief(sides([mail(lima)], [mail(souza)], [patch(lima, { email: null })]))).toEqual([]);
    const clinic = (id: string) => makeRecord('clinic', id, { name: id, cns: '0012345' });
    expect(brief(sides([], [clinic('north')], [clinic('south')])).map(({ text }) => text)).toEqual([
      '2 clinics have the same clinic id: north; south.',
    ]);
    const patient = (id: string) => makeRecord('patient', id, { name: id, cpf: '52998224725' });
    expect(clashesOf(sides([], [patient('a')], [patient('b')]))[0]?.key).toBe('unique|patient|cpf|a|b');
  });

  test('a record that each side left right and that is wrong together', () => {
    const leave = absence('leave', 'lima', '2026-01-12', '2026-01-16');
    const rosters = sides([leave], [patch(leave, { startDate: '2026-01-15' })], [patch(leave, { endDate: '2026-01-13' })]);
    expect(clashesOf(rosters)).toMatchObject([
      {
        rule: 'check-record',
        severity: 'error',
        key: 'check-record|absence|leave',
        sourceEntities: [{ id: 'leave' }],
        targetEntities: [{ id: 'leave' }],
      },
    ]);
    expect(clashesOf(rosters)[0]?.text).toContain('Last day 2026-01-13 lies before the first day 2026-01-15.');
  });

  test('a person changed here and the half day there', () => {
    const shift = cell('lima', am, 'LEC');
    const rosters = sides([shift], [patch(shift, { personId: 'souza' })], [patch(shift, { half: 'PM' })]);
    expect(clashesOf(rosters)).toMatchObject([
      { rule: 'entangled-edit', severity: 'warning', key: `entangled-edit|assignment|${shift.id}` },
    ]);
    expect(clashesOf(rosters)[0]?.text).toBe(
      'One side gave “Lima, A, Thu 2026-01-15 AM” to Souza, B and the other changed its half day; together they make “Souza, B, Thu 2026-01-15 PM”, which neither meant.',
    );
    expect(clashesOf(swapSides(rosters)).map(({ rule }) => rule)).toEqual(['entangled-edit']);
    const leave = absence('leave', 'lima', '2026-01-12', '2026-01-16');
    expect(brief(sides([leave], [patch(leave, { personId: 'souza' })], [patch(leave, { endDate: '2026-01-17' })]))[0]?.rule).toBe(
      'entangled-edit',
    );
    expect(brief(sides([shift], [patch(shift, { personId: 'souza', half: 'PM' })], [patch(shift, { notes: 'x' })]))).toEqual([]);
  });

  test('a swap agreed here on half days that changed there', () => {
    const swap = makeRecord('swap_record', 'swap', {
      sourceFacultyId: 'mori',
      sourceWeek: '2026-01-19',
      targetFacultyId: 'prado',
      targetWeek: '2026-01-26',
      swapType: 'one_to_one',
      status: 'pending',
    });
    const given = cell('mori', '2026-01-21 AM', 'LEC');
    const taken = cell('prado', '2026-01-27 AM', 'LEC');
    const start = [swap, given, taken, cell('mori', '2026-01-26 AM', 'LEC')];
    const approved = patch(swap, { status: 'approved' });
    const executed = [patch(swap, { status: 'executed' }), patch(given, { personId: 'prado' }), patch(taken, { personId: 'mori' })];
    expect(clashesOf(sides(start, [approved], [patch(given, { half: 'PM' })]))).toMatchObject([
      { rule: 'swap-stale', severity: 'warning', sourceEntities: [{ id: 'swap' }], targetEntities: [{ id: given.id }] },
    ]);
    expect(clashesOf(sides(start, [patch(taken, { activity: 'SIM' })], executed))).toMatchObject([
      {
        rule: 'swap-stale',
        severity: 'error',
        text: 'Swap of Mori, D and Prado, C (week of Mon 2026-01-19 and Mon 2026-01-26) is executed, but a half day of it changed meanwhile: Prado, C, Tue 2026-01-27 AM.',
      },
    ]);
    expect(clashesOf(sides(start, [approved], [], { target: [given.id] }))).toMatchObject([{ rule: 'swap-stale' }]);
    expect(clashesOf(sides(start, executed, executed))).toEqual([]);
    expect(clashesOf(sides(start, [approved], [patch(given, { notes: 'x' })]))).toEqual([]);
    expect(clashesOf(sides(start, [patch(swap, { status: 'rejected' })], [patch(given, { half: 'PM' })]))).toEqual([]);
  });

  test('one week of a person in two swaps', () => {
    const swap = (id: string, targetFacultyId: string, status: string) =>
      makeRecord('swap_record', id, { sourceFacultyId: 'mori', sourceWeek: '2026-01-19', targetFacultyId, swapType: 'absorb', status });
    expect(clashesOf(sides([], [swap('a', 'prado', 'approved')], [swap('b', 'souza', 'executed')]))).toMatchObject([
      {
        rule: 'swap-twice',
        severity: 'error',
        text: 'The week of Mon 2026-01-19 of Mori, D is in 2 swaps at once: approved and executed.',
        sourceEntities: [{ id: 'a' }],
        targetEntities: [{ id: 'b' }],
      },
    ]);
    expect(clashesOf(sides([], [swap('a', 'prado', 'pending')], [swap('b', 'souza', 'approved')]))).toMatchObject([
      { severity: 'warning' },
    ]);
    expect(clashesOf(sides([], [swap('a', 'prado', 'cancelled')], [swap('b', 'souza', 'approved')]))).toEqual([]);
  });

  test('what changes within the frozen days, by person, and nothing where no days are frozen', () => {
    const shift = cell('lima', am, 'LEC');
    const rosters = sides(
      [shift],
      [patch(shift, { activity: 'SIM' }), cell('lima', '2026-01-25 AM', 'LEC'), cell('souza', '2026-01-16 PM', 'LEC')],
      [],
    );
    expect(clashesOf(rosters, { today: '2026-01-14', lockDays: 3 })).toMatchObject([
      {
        rule: 'lock-window',
        severity: 'warning',
        text: 'Lima, A has 1 change before Sat 2026-01-17, when the days are frozen: Lima, A, Thu 2026-01-15 AM.',
      },
      { rule: 'lock-window', entities: [{ id: 'souza-2026-01-16-PM' }] },
    ]);
    expect(clashesOf(rosters, { today: '2026-01-14', lockDays: 1 })).toEqual([]);
    expect(clashesOf(rosters, { today: '2026-01-14' })).toEqual([]);
    expect(clashesOf(rosters, { lockDays: 30 })).toEqual([]);
    expect(clashesOf(sides([shift], [], [patch(shift, { activity: 'SIM' })]), { today: '2026-01-14', lockDays: 3 })).toEqual([]);
  });
});

describe('what is carried and not charged', () => {
  const [a, b] = [cell('lima', am, 'C', {}, '-a'), cell('lima', am, 'LEC', {}, '-b')];

  test('a clash that the target had already', () => {
    expect(clashesOf(sides([a, cell('mori', am, 'AT')], [cell('souza', pm, 'LEC')], [b]))).toEqual([]);
    expect(clashesOf(sides([a, b], [patch(a, { notes: 'call first' })], []))).toEqual([]);
    expect(clashesOf(sides([], [], [a, b]))).toEqual([]);
  });

  test('a clash that the merge makes smaller, but not one that it makes worse', () => {
    const c = cell('lima', am, 'SIM', {}, '-c');
    const attending = cell('mori', am, 'AT');
    expect(clashesOf(sides([attending], [], [a, b, c], {}))).toEqual([]);
    expect(clashesOf(sides([attending, a, b, c], [], [patch(b, { notes: 'x' })], { source: [c.id] }))).toEqual([]);
    expect(brief(sides([attending, a, b], [c], []))).toMatchObject([{ rule: 'double-booking', source: [c.id] }]);
  });

  test('another record in the same half day as one that the target had doubled', () => {
    const c = cell('lima', am, 'SIM', {}, '-c');
    const rosters = sides([cell('mori', am, 'AT'), a, b], [c], [], { source: [b.id] });
    expect(brief(rosters)).toMatchObject([{ rule: 'double-booking', source: [c.id] }]);
  });

  test('a warning that becomes an error is charged', () => {
    const leave = absence('leave', 'lima', '2026-01-15', '2026-01-15', { status: 'pending' });
    const rosters = sides([leave, cell('lima', am, 'LEC')], [patch(leave, { status: 'approved' })], []);
    expect(brief(rosters)).toMatchObject([{ rule: 'absence-overlap' }]);
    expect(clashesOf(sides([leave, cell('lima', am, 'LEC')], [patch(leave, { notes: 'x' })], []))).toEqual([]);
  });
});

test('leaves records that somebody has yet to decide as the target has them', () => {
  const leave = absence('leave', 'lima', '2026-01-12', '2026-01-16');
  const rosters = sides(
    [leave],
    [patch(leave, { startDate: '2026-01-14', endDate: '2026-01-15' })],
    [patch(leave, { endDate: '2026-01-13' })],
  );
  expect(mergeRosters(rosters).merges).toMatchObject([{ undecided: true }]);
  expect(clashesOf(rosters)).toEqual([]);
});

test('passes records of types that are unknown here through', () => {
  const ghost = makeRecord('ghost', 'g', { personId: 'nobody', date: '2026-01-15' });
  expect(clashesOf(sides([], [ghost], [patch(ghost, { date: '2026-01-16' })]))).toEqual([]);
});

// Who merges into whom must not decide what is found: a clash that both sides make together is the same one from either side, only with the
// records of the sides exchanged. Clashes of one side alone are charged only where the other side had not got them.
test('finds the same clashes from either side, with the sides exchanged', () => {
  const anyCell = fc.record({
    personId: fc.constantFrom('lima', 'souza', 'prado', 'mori'),
    at: fc.constantFrom(am, pm, '2026-01-16 AM'),
    activity: fc.constantFrom('C', 'AT', 'W1', 'LEC', 'LV'),
  });
  const anyEdits = fc.array(fc.record({ place: fc.nat({ max: 5 }), cell: anyCell, remove: fc.boolean() }), { maxLength: 4 });
  const anyLeave = fc.option(fc.constantFrom('lima', 'souza'), { nil: null });
  fc.assert(
    fc.property(
      fc.array(anyCell, { maxLength: 6 }),
      anyEdits,
      anyEdits,
      anyLeave,
      anyLeave,
      (cells, sourceEdits, targetEdits, sourceLeave, targetLeave) => {
        const start = [...people, ward, ...cells.map((each, index) => shiftOf(each, index))];
        const side = (edits: typeof sourceEdits, leave: string | null, name: string): readonly EntityRecord[] =>
          edit(
            start,
            [
              ...edits.filter(({ remove }) => !remove).map(({ place, cell: each }) => shiftOf(each, place)),
              ...(leave === null ? [] : [absence(`leave-${name}`, leave, '2026-01-15', '2026-01-15')]),
            ],
            edits.filter(({ remove }) => remove).map(({ place }) => `shift-${place}`),
          );
        const rosters = { base: start, source: side(sourceEdits, sourceLeave, 's'), target: side(targetEdits, targetLeave, 't') };
        fc.pre(mergeRosters(rosters).merges.every((merge) => !merge.undecided));
        const there = clashesOf(rosters);
        const back = clashesOf(swapSides(rosters));
        const together = (clashes: typeof there, others: typeof there) =>
          clashes
            .filter(({ key }) => others.some((other) => other.key === key))
            .map(({ key, severity, text }) => ({ key, severity, text }));
        expect(together(there, back)).toEqual(together(back, there));
        for (const clash of there) {
          const mirrored = back.find(({ key }) => key === clash.key);
          if (!mirrored) continue;
          expect([mirrored.sourceEntities, mirrored.targetEntities]).toEqual([clash.targetEntities, clash.sourceEntities]);
        }
      },
    ),
    { numRuns: 300 },
  );
});

function shiftOf({ personId, at, activity }: { personId: string; at: string; activity: string }, place: number): EntityRecord {
  return { ...cell(personId, at, activity), id: makeRecord('assignment', `shift-${place}`, {}).id };
}

test('compares two whole windows just as well as parts of a roster', () => {
  const rosters = sides([], [cell('lima', am, 'LEC', {}, '-s')], [cell('lima', am, 'SIM', {}, '-t')]);
  const windowOf = (records: readonly EntityRecord[]) =>
    readRosterState(roster({ people, rotations: [ward], assignments: records.filter(({ type }) => type === 'assignment') }));
  const { merges } = mergeRosters(rosters);
  const after = windowOf([...rosters.target, ...rosters.source]);
  const found = newClashes({ before: windowOf(rosters.target), after, merges });
  expect(found.map(({ key, rule }) => ({ key, rule }))).toEqual(clashesOf(rosters).map(({ key, rule }) => ({ key, rule })));
  expect(newClashes({ before: after, after, merges })).toEqual([]);
});

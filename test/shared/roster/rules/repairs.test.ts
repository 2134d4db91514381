import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { Repair as ContractRepair } from '../../../../shared/contract/app/merges.ts';
import type { EntityRecord } from '../../../../shared/roster/entity-record.ts';
import { analyseMerge, applyRepair } from '../../../../shared/roster/rules/repairs.ts';
import { findMergeClashes, type MergeClash, type MergeInput, type Repair } from '../../../../shared/roster/rules/merge-clashes.ts';
import { dateToDay, dayToDate } from '../../../../shared/roster/slot.ts';
import { edit, mergeRosters, patch, type ThreeRosters } from '../merge-kit.ts';
import { absence, cell, faculty, makeRecord, person, rotation } from '../records.ts';

const ward = rotation('ward', { name: 'Ward', abbreviation: 'W1', coverageMinimum: 1, capacity: 2 });
const lima = person('lima', { name: 'Lima, A' });
const souza = person('souza', { name: 'Souza, B' });
const prado = person('prado', { name: 'Prado, C', pgyLevel: 1 });
const mori = faculty('mori', { name: 'Mori, D' });
const sato = faculty('sato', { name: 'Sato, E' });
const people = [lima, souza, prado, mori, sato];
const am = '2026-01-15 AM';
const sideNames = { source: 'try-4-week', target: 'main' };

function sides(
  base: readonly EntityRecord[],
  source: readonly EntityRecord[],
  target: readonly EntityRecord[],
  removed: { source?: string[]; target?: string[] } = {},
): ThreeRosters {
  const start = edit([...people, ward], base);
  return { base: start, source: edit(start, source, removed.source), target: edit(start, target, removed.target) };
}

/** The repairs of the first clash of a rule, each seen to clear it and to add nothing. */
function repairsOf(rosters: ThreeRosters, rule: string, options: Partial<MergeInput> = {}): readonly string[] {
  const input = { ...mergeRosters(rosters), ...options };
  const analysis = analyseMerge({ ...input, sideNames });
  const clash = analysis.clashes.find((each) => each.rule === rule);
  if (!clash) throw new Error(`no clash of ${rule} in ${analysis.clashes.map(({ key }) => key).join(', ')}`);
  const repairs = analysis.repairsOf(clash.key);
  const contract: readonly z.infer<typeof ContractRepair>[] = repairs;
  expect(contract.map((repair) => ContractRepair.parse(repair))).toEqual(contract);
  for (const repair of repairs) expectToHold(input, analysis.clashes, clash, repair);
  return repairs.map(({ text }) => text);
}

/** Whether a clash is what is left of another one, or that one itself. */
function isPartOf(clash: MergeClash, known: MergeClash): boolean {
  if (clash.rule !== known.rule) return false;
  // These two are about half days and not about the records in them.
  if (['coverage-minimum', 'supervision-ratio'].includes(clash.rule)) return clash.key === known.key;
  return clash.entities.every(({ type, id }) => known.entities.some((each) => each.type === type && each.id === id));
}

/** Applies a repair to the whole merge and judges everything again. */
function expectToHold(input: MergeInput, clashes: readonly MergeClash[], clash: MergeClash, repair: Repair): void {
  const merges = applyRepair(input.merges, repair, (type, id) => input.target.record(type, id)?.fields ?? null);
  const after = findMergeClashes({ ...input, merges });
  const added = after.filter((each) => !clashes.some((known) => isPartOf(each, known)));
  expect({ repair: repair.text, added: added.map(({ text }) => text), cleared: !after.some(({ key }) => key === clash.key) }).toEqual({
    repair: repair.text,
    added: [],
    cleared: true,
  });
}

describe('offers', () => {
  test('to move or to take back one of two bookings', () => {
    expect(repairsOf(sides([], [cell('lima', am, 'LEC', {}, '-s')], [cell('lima', am, 'SIM', {}, '-t')]), 'double-booking')).toEqual([
      'Move Lecture (LEC) of Lima, A, Thu 2026-01-15 AM to Thu 2026-01-15 PM',
      'As on “main”: without Lima, A, Thu 2026-01-15 AM',
      'As on “try-4-week”: without Lima, A, Thu 2026-01-15 AM',
    ]);
  });

  test('to give work during an absence to somebody of the same level who is free', () => {
    const rosters = sides([], [cell('lima', am, 'LEC')], [absence('leave', 'lima', '2026-01-15', '2026-01-16')]);
    expect(repairsOf(rosters, 'absence-overlap')).toEqual([
      'Give Lecture (LEC) of Lima, A, Thu 2026-01-15 AM to Souza, B',
      'Move Lecture (LEC) of Lima, A, Thu 2026-01-15 AM to Wed 2026-01-14 PM',
      'As on “main”: without Lima, A, Thu 2026-01-15 AM',
    ]);
    const busy = [cell('souza', am, 'SIM'), absence('other', 'prado', '2026-01-15', '2026-01-15')];
    expect(
      repairsOf(sides(busy, [cell('lima', am, 'LEC')], [absence('leave', 'lima', '2026-01-15', '2026-01-16')]), 'absence-overlap')[0],
    ).toContain('Move');
  });

  test('to fill a place that became empty with somebody free, of the level of one who left, or to leave one there', () => {
    const [a, b] = [cell('lima', am, 'W1'), cell('prado', am, 'W1')];
    const flexible = cell('souza', am, 'FLX');
    const rosters = sides([a, b, flexible], [patch(a, { activity: 'LEC' })], [patch(b, { activity: 'LEC' })]);
    expect(repairsOf(rosters, 'coverage-minimum')).toEqual([
      'Give Ward (W1) on Thu 2026-01-15 AM to Souza, B',
      'As on “main”: Lima, A, Thu 2026-01-15 AM: W1',
      'As on “try-4-week”: Prado, C, Thu 2026-01-15 AM: W1',
    ]);
  });

  test('a free member of the faculty to supervise', () => {
    const attending = cell('mori', am, 'AT');
    const rosters = sides([attending], [cell('lima', am, 'C')], [patch(attending, { activity: 'LEC' })]);
    expect(repairsOf(rosters, 'supervision-ratio')).toEqual([
      'Give Attending (AT) on Thu 2026-01-15 AM to Sato, E',
      'As on “main”: without Lima, A, Thu 2026-01-15 AM',
      'As on “try-4-week”: Mori, D, Thu 2026-01-15 AM: Attending (AT)',
    ]);
  });

  test('room for one who is too many', () => {
    const rosters = sides([cell('lima', am, 'W1')], [cell('souza', am, 'W1')], [cell('prado', am, 'W1')]);
    expect(repairsOf(rosters, 'capacity')).toEqual([
      'Move Ward (W1) of Prado, C, Thu 2026-01-15 AM to Thu 2026-01-15 PM',
      'As on “main”: without Souza, B, Thu 2026-01-15 AM',
      'As on “try-4-week”: without Prado, C, Thu 2026-01-15 AM',
    ]);
  });

  test('a free day for a resident who has none left', () => {
    const days = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => dayToDate(dateToDay('2026-01-15') + from + index));
    const work = (dates: readonly string[]) => dates.flatMap((date) => ['AM', 'PM'].map((half) => cell('lima', `${date} ${half}`, 'C30')));
    const supervisors = days(0, 28).flatMap((date) => ['AM', 'PM'].map((half) => cell('mori', `${date} ${half}`, 'AT')));
    const texts = repairsOf(sides(supervisors, work(days(0, 13)), work(days(14, 12))), 'day-off');
    expect(texts).toEqual([
      'Give Clinic, 30-minute visits (C30) of Lima, A, Mon 2026-02-09 AM to Souza, B; Give Clinic, 30-minute visits (C30) of Lima, A, Mon 2026-02-09 PM to Souza, B',
      'Free Mon 2026-02-09 of Lima, A',
      'Free Sun 2026-02-08 of Lima, A',
    ]);
  });

  test('to keep what others still point to, or to clear what points to it', () => {
    const onWard = cell('lima', am, null, { rotationId: 'ward', activity: 'LEC' });
    expect(repairsOf(sides([], [onWard], [cell('souza', am, 'W1')], { target: ['ward'] }), 'dangling-reference')).toEqual([
      'Keep Ward',
      'Clear what points to it',
      'As on “main”: without Lima, A, Thu 2026-01-15 AM',
    ]);
    expect(repairsOf(sides([], [cell('lima', am, 'LEC')], [], { target: ['lima'] }), 'dangling-reference')).toEqual([
      'Keep Lima, A',
      'Remove what points to it',
    ]);
  });

  test('to leave out the one e-mail or the other', () => {
    const mail = (record: EntityRecord) => patch(record, { email: 'ana@example.org' });
    expect(repairsOf(sides([], [mail(lima)], [mail(souza)]), 'unique')).toEqual([
      'Leave out the e-mail of Lima, A',
      'As on “main”: Lima, A: Lima, A, PGY-2',
      'As on “try-4-week”: Souza, B: Souza, B, PGY-2',
    ]);
  });

  test('an end that fits a start, or one side’s days', () => {
    const leave = absence('leave', 'lima', '2026-01-12', '2026-01-16');
    const rosters = sides([leave], [patch(leave, { startDate: '2026-01-15' })], [patch(leave, { endDate: '2026-01-13' })]);
    expect(repairsOf(rosters, 'check-record')).toEqual([
      'Let it be Lima, A, vacation Thu 2026-01-15',
      'As on “main”: Lima, A, vacation Mon 2026-01-12 to Tue 2026-01-13: vacation Mon 2026-01-12 to Tue 2026-01-13',
      'As on “try-4-week”: Lima, A, vacation Thu 2026-01-15 to Fri 2026-01-16: vacation Thu 2026-01-15 to Fri 2026-01-16',
    ]);
  });

  test('one meaning of an edit that both sides took a part in', () => {
    const shift = cell('lima', am, 'LEC');
    expect(repairsOf(sides([shift], [patch(shift, { personId: 'souza' })], [patch(shift, { half: 'PM' })]), 'entangled-edit')).toEqual([
      'As on “main”: Lima, A, Thu 2026-01-15 PM: Lecture (LEC)',
      'As on “try-4-week”: Souza, B, Thu 2026-01-15 AM: Lecture (LEC)',
    ]);
  });

  test('to take back a swap, the edit it did not know of, or one of two swaps', () => {
    const swap = makeRecord('swap_record', 'swap', {
      sourceFacultyId: 'mori',
      sourceWeek: '2026-01-19',
      targetFacultyId: 'sato',
      swapType: 'absorb',
      status: 'pending',
    });
    const given = cell('mori', '2026-01-21 AM', 'LEC');
    expect(repairsOf(sides([swap, given], [patch(swap, { status: 'approved' })], [patch(given, { half: 'PM' })]), 'swap-stale')).toEqual(
      [
        'As on “try-4-week”: Mori, D, Wed 2026-01-21 AM: Lecture (LEC)',
        'As on “main”: Swap of Mori, D and Sato, E: Mori, D gives the week of Mon 2026-01-19 to Sato, E, pending',
      ]
        .toReversed()
        .toReversed(),
    );
    const other = patch({ ...swap, id: makeRecord('swap_record', 'other', {}).id }, { targetFacultyId: 'lima' });
    expect(repairsOf(sides([], [swap], [other]), 'swap-twice')).toEqual([
      'Cancel Swap of Mori, D and Lima, A',
      'Cancel Swap of Mori, D and Sato, E',
      'As on “main”: without Swap of Mori, D and Sato, E',
    ]);
  });

  test('to leave frozen days alone', () => {
    const shift = cell('lima', am, 'LEC');
    expect(
      repairsOf(sides([shift], [patch(shift, { activity: 'SIM' }), cell('lima', '2026-01-16 AM', 'SIM')], []), 'lock-window', {
        today: '2026-01-14',
        lockDays: 7,
      }),
    ).toEqual(['All 2 as on “main”']);
  });
});

test('offers nothing that would only exchange one clash for another', () => {
  // Souza is the only one free, and is away that day; the afternoon is taken; both sides want the half day.
  const start = [cell('lima', '2026-01-15 PM', 'SIM'), absence('leave', 'souza', '2026-01-15', '2026-01-15')];
  const texts = repairsOf(sides(start, [cell('lima', am, 'W1', {}, '-s')], [cell('lima', am, 'LEC', {}, '-t')]), 'double-booking');
  expect(texts.some((text) => text.includes('15 PM') || text.includes('Souza'))).toBe(false);
  expect(texts.length).toBeGreaterThan(0);
});

test('does not touch what somebody has yet to decide', () => {
  const shift = cell('lima', '2026-01-20 AM', 'LEC');
  const rosters = sides(
    [shift],
    [patch(shift, { date: '2026-01-15', half: 'PM', activity: 'SIM' })],
    [patch(shift, { date: '2026-01-15', half: 'AM', activity: 'GME' }), cell('lima', am, 'C30')],
  );
  const analysis = analyseMerge({ ...mergeRosters(rosters), sideNames });
  for (const clash of analysis.clashes)
    for (const repair of analysis.repairsOf(clash.key)) expect(repair.changes.map(({ id }) => id)).not.toContain(shift.id);
});

// A repair that is offered and does not hold is worse than none: somebody believes the merge is clean. So every one that is offered for random
// merges is applied, and the whole roster is judged again by itself.
test('never offers a repair that does not clear its clash or that adds another', () => {
  const anyCell = fc.record({
    personId: fc.constantFrom('lima', 'souza', 'prado', 'mori', 'sato'),
    at: fc.constantFrom(am, '2026-01-15 PM', '2026-01-16 AM', '2026-01-17 AM'),
    activity: fc.constantFrom('C', 'AT', 'W1', 'LEC', 'FLX', 'LV'),
  });
  const anyEdits = fc.array(fc.record({ place: fc.nat({ max: 6 }), cell: anyCell, remove: fc.boolean() }), { minLength: 1, maxLength: 5 });
  const anyOther = fc.subarray([
    absence('leave', 'lima', '2026-01-15', '2026-01-15'),
    absence('leave', 'lima', '2026-01-16', '2026-01-16'),
    patch(souza, { email: 'ana@example.org' }),
    patch(prado, { email: 'ana@example.org' }),
    patch(prado, { pgyLevel: 3 }),
    patch(ward, { capacity: 1 }),
    makeRecord('swap_record', 'swap', {
      sourceFacultyId: 'mori',
      sourceWeek: '2026-01-12',
      targetFacultyId: 'sato',
      swapType: 'absorb',
      status: 'executed',
    }),
  ]);
  const anyRemoved = fc.subarray(['lima', 'ward', 'mori'], { maxLength: 1 });
  let offered = 0;
  let clashing = 0;
  fc.assert(
    fc.property(
      fc.array(anyCell, { maxLength: 7 }),
      anyEdits,
      anyEdits,
      anyOther,
      anyOther,
      anyRemoved,
      (cells, sourceEdits, targetEdits, sourceOther, targetOther, removed) => {
        const start = [...people, ward, ...cells.map(shiftOf)];
        const side = (edits: typeof sourceEdits, others: readonly EntityRecord[], gone: readonly string[]) =>
          edit(
            start,
            [...edits.filter(({ remove }) => !remove).map(({ place, cell: each }) => shiftOf(each, place)), ...others],
            [...edits.filter(({ remove }) => remove).map(({ place }) => `shift-${place}`), ...gone],
          );
        const input = {
          ...mergeRosters({ base: start, source: side(sourceEdits, sourceOther, removed), target: side(targetEdits, targetOther, []) }),
          today: '2026-01-14',
          lockDays: 2,
        };
        const analysis = analyseMerge({ ...input, sideNames });
        for (const clash of analysis.clashes) {
          const repairs = analysis.repairsOf(clash.key);
          clashing++;
          offered += repairs.length > 0 ? 1 : 0;
          expect(repairs.length).toBeLessThanOrEqual(3);
          for (const repair of repairs) expectToHold(input, analysis.clashes, clash, repair);
        }
      },
    ),
    { numRuns: 150 },
  );
  // Most clashes have a way out; a rule whose candidates never hold would show here.
  expect(offered / clashing).toBeGreaterThan(0.7);
});

function shiftOf({ personId, at, activity }: { personId: string; at: string; activity: string }, place: number): EntityRecord {
  return { ...cell(personId, at, activity), id: makeRecord('assignment', `shift-${place}`, {}).id };
}

import { describe, expect, test } from 'vitest';
import { readRosterState } from '../../../../shared/roster/roster-state.ts';
import { dayOff } from '../../../../shared/roster/rules/day-off.ts';
import { hoursWeek } from '../../../../shared/roster/rules/hours-week.ts';
import { dateToDay, dayToDate } from '../../../../shared/roster/slot.ts';
import type { EntityRecord } from '../../../../shared/roster/entity-record.ts';
import type { WindowRecords } from '../../../../shared/roster/window.ts';
import { absence, cell, faculty, find, person, roster, rotation, texts } from '../records.ts';

const first = '2026-01-15';
const fourWeeks = { to: '2026-02-11', people: [person('lima', { name: 'Lima, A' })] };

/** Cells of a person on some days, counted from the first: both halves, or what `codes` says. */
function work(
  personId: string,
  days: readonly number[],
  codes: string | readonly [string | null, string | null] = 'FMIT',
): readonly EntityRecord[] {
  const [morning, afternoon] = typeof codes === 'string' ? [codes, codes] : codes;
  return days.flatMap((day) => {
    const date = dayToDate(dateToDay(first) + day);
    return [
      ...(morning === null ? [] : [cell(personId, `${date} AM`, morning)]),
      ...(afternoon === null ? [] : [cell(personId, `${date} PM`, afternoon)]),
    ];
  });
}

const days = (count: number, from = 0): readonly number[] => Array.from({ length: count }, (_, index) => from + index);
/** Days 0 to 27 without the seventh of each week. */
const sixOfSeven = days(28).filter((day) => day % 7 !== 6);

describe('80 hours a week', () => {
  const hours = (parts: Partial<WindowRecords>) => texts(find(hoursWeek, { ...fourWeeks, ...parts }));

  test('counts ward days as twelve hours and clinic days as ten', () => {
    expect(hours({ assignments: work('lima', days(28)) })).toEqual([
      'Lima, A works 84 hours a week on average from Thu 2026-01-15 to Wed 2026-02-11; the limit is 80.',
    ]);
    expect(hours({ assignments: work('lima', days(28), 'C') })).toEqual([]);
    expect(hours({ assignments: work('lima', sixOfSeven) })).toEqual([]);
  });

  test('keeps quiet at exactly 80 hours, and speaks at one half day more', () => {
    const rotations = [rotation('long', { abbreviation: 'LONG', hoursPerHalfDay: 8 })];
    const fiveOfSeven = days(28).filter((day) => day % 7 < 5);
    const assignments = work('lima', fiveOfSeven, 'LONG');
    expect(hours({ rotations, assignments })).toEqual([]);
    expect(hours({ rotations, assignments: [...assignments, cell('lima', '2026-01-20 AM', 'LEC')] })).toEqual([
      'Lima, A works 81.3 hours a week on average from Thu 2026-01-15 to Wed 2026-02-11; the limit is 80.',
    ]);
  });

  test('counts a night once, whichever halves of the day show it', () => {
    expect(hours({ assignments: work('lima', days(28), 'NF') })).toHaveLength(1);
    expect(hours({ assignments: work('lima', days(28), ['PC', 'NF']) })).toEqual(hours({ assignments: work('lima', days(28), 'NF') }));
  });

  test('averages over four weeks: two hard weeks and two easy ones are within the rule', () => {
    expect(hours({ assignments: [...work('lima', days(14)), ...work('lima', days(14, 14), 'C')] })).toEqual([]);
  });

  test('takes weeks of leave out of the average', () => {
    const hard = work('lima', days(21));
    const away = absence('leave', 'lima', '2026-02-05', '2026-02-11');
    expect(hours({ assignments: hard })).toEqual([]);
    expect(hours({ assignments: hard, absences: [away] })).toHaveLength(1);
    expect(hours({ assignments: [...hard, ...work('lima', days(5, 21), 'LV')] })).toHaveLength(1);
    expect(hours({ assignments: hard, absences: [absence('leave', 'lima', '2026-02-05', '2026-02-11', { status: 'denied' })] })).toEqual(
      [],
    );
  });

  test('judges residents alone, and counts neither a backup nor a second booking', () => {
    const assignments = work('lima', days(28));
    expect(hours({ people: [faculty('lima')], assignments })).toEqual([]);
    const doubled = sixOfSeven.map((day) => cell('lima', `${dayToDate(dateToDay(first) + day)} AM`, 'C', {}, '-b'));
    expect(hours({ assignments: [...work('lima', sixOfSeven), ...doubled] })).toEqual([]);
    const backups = assignments.map((record) => ({ ...record, fields: { ...record.fields, role: 'backup' } }));
    expect(hours({ assignments: backups })).toEqual([]);
  });

  test('says nothing of four weeks that it does not know whole', () => {
    const assignments = work('lima', days(28));
    expect(find(hoursWeek, { ...fourWeeks, to: '2026-02-10', assignments })).toEqual([]);
  });

  test('finds four weeks that begin on any day, and speaks once of those that overlap', () => {
    const clashes = find(hoursWeek, { ...fourWeeks, to: '2026-04-30', assignments: work('lima', days(35, 10)) });
    expect(texts(clashes)).toEqual(['Lima, A works 84 hours a week on average from Sun 2026-01-25 to Sat 2026-02-21; the limit is 80.']);
    expect(clashes[0]?.entities).toEqual([{ type: 'person', id: 'lima' }]);
  });

  test('adds nothing where a stretch was as bad before, and everything where it got worse', () => {
    const state = (assignments: readonly EntityRecord[]) => readRosterState(roster({ ...fourWeeks, assignments }));
    const full = work('lima', days(28));
    const night = full.map((record) => (record.id === 'lima-2026-01-20-PM' ? cell('lima', '2026-01-20 PM', 'NF') : record));
    expect(hoursWeek.findAdded?.(state(full), state(full))).toEqual([]);
    expect(hoursWeek.findAdded?.(state(full), state(full.slice(1)))).toEqual([]);
    expect(hoursWeek.findAdded?.(state(full), state(night))).toHaveLength(1);
    expect(hoursWeek.findAdded?.(state(work('lima', sixOfSeven)), state(full))).toHaveLength(1);
  });
});

describe('one day off in seven', () => {
  const off = (parts: Partial<WindowRecords>) => texts(find(dayOff, { ...fourWeeks, ...parts }));

  test('asks for four free days in four weeks, wherever they lie', () => {
    expect(off({ assignments: work('lima', sixOfSeven) })).toEqual([]);
    expect(off({ assignments: work('lima', days(24)) })).toEqual([]);
    expect(off({ assignments: work('lima', days(25)) })).toEqual([
      'Lima, A has 3 days off from Thu 2026-01-15 to Wed 2026-02-11 and needs 4.',
    ]);
    expect(off({ assignments: work('lima', days(28)) })[0]).toContain('has no day off');
  });

  test('takes a day for free when neither half is worked', () => {
    const quiet = days(28).filter((day) => day % 7 === 6);
    const worked = work('lima', sixOfSeven);
    expect(off({ assignments: [...worked, ...work('lima', quiet, ['W', 'PC'])] })).toEqual([]);
    expect(off({ assignments: [...worked, ...work('lima', quiet, [null, 'LEC'])] })).toHaveLength(1);
    expect(
      off({
        assignments: [
          ...worked,
          ...work('lima', quiet, [null, 'C']).map((record) => ({ ...record, fields: { ...record.fields, role: 'backup' } })),
        ],
      }),
    ).toHaveLength(1);
  });

  test('asks for three when one of the weeks is leave', () => {
    const leave = work('lima', days(7, 21), 'LV');
    expect(off({ assignments: [...work('lima', days(18)), ...leave] })).toEqual([]);
    expect(off({ assignments: [...work('lima', days(19)), ...leave] })[0]).toContain('has 2 days off');
    expect(off({ assignments: work('lima', days(28), 'LV') })).toEqual([]);
  });
});

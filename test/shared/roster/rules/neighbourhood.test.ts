import { describe, expect, test } from 'vitest';
import type { EntityRecord } from '../../../../shared/roster/entity-record.ts';
import { readerOf, type RecordReader } from '../../../../shared/roster/record-reader.ts';
import { findMergeClashes } from '../../../../shared/roster/rules/merge-clashes.ts';
import { neighbourhoodOf, type NeighbourhoodOptions } from '../../../../shared/roster/rules/neighbourhood.ts';
import { analyseMerge } from '../../../../shared/roster/rules/repairs.ts';
import { dateToDay, dayToDate, slotOf } from '../../../../shared/roster/slot.ts';
import { edit, mergeRosters, patch } from '../merge-kit.ts';
import { absence, cell, faculty, makeRecord, person, rotation } from '../records.ts';

const ward = rotation('ward', { abbreviation: 'W1', coverageMinimum: 1 });
const am = '2026-01-15 AM';
const at = (text: string) => slotOf(text.slice(0, 10), text.endsWith('PM') ? 'PM' : 'AM');

/** What merging a side into an untouched base needs. */
function needed(
  base: readonly EntityRecord[],
  source: readonly EntityRecord[],
  removed: readonly string[] = [],
  options: NeighbourhoodOptions = { rotations: { target: [ward], merged: [ward] } },
) {
  return neighbourhoodOf(mergeRosters({ base, source: edit(base, source, removed), target: base }).merges, options);
}

describe('asks for', () => {
  test('four weeks of the person around work that is added, and the half day where others are concerned', () => {
    expect(needed([], [cell('lima', am, 'C')])).toMatchObject({
      personIds: ['lima'],
      rows: [{ personId: 'lima', from: at('2025-12-19 AM'), to: at('2026-02-11 PM') }],
      columns: [{ from: at(am), to: at(am) }],
      lookups: [{ type: 'person', id: 'lima' }],
    });
    expect(needed([], [cell('lima', am, 'LEC')]).columns).toEqual([]);
    expect(needed([], [cell('lima', am, 'LEC')], [], {}).columns).toHaveLength(1);
  });

  test('one half day where work only becomes lighter, and both ends of a move', () => {
    const shift = cell('lima', am, 'W1');
    expect(needed([shift], [patch(shift, { activity: 'LEC' })])).toMatchObject({
      rows: [{ personId: 'lima', from: at(am), to: at('2026-01-15 PM') }],
      columns: [{ from: at(am), to: at(am) }],
    });
    const moved = needed([shift], [patch(shift, { date: '2026-03-02', personId: 'souza' })]);
    expect(moved.personIds).toEqual(['lima', 'souza']);
    expect(moved.columns).toEqual([am, '2026-03-02 AM'].map((each) => ({ from: at(each), to: at(each) })));
  });

  test('nothing of the grid where only words change', () => {
    const shift = cell('lima', am, 'C');
    expect(needed([shift], [patch(shift, { notes: 'call first', tags: ['late'] })])).toMatchObject({ rows: [], columns: [], hull: null });
    expect(needed([person('lima')], [person('lima', { name: 'Lima, Ana' })])).toMatchObject({ rows: [], columns: [] });
  });

  test('the days of an absence, the whole row of somebody who is gone, and who else has an identifier', () => {
    expect(needed([], [absence('leave', 'lima', '2026-01-15', '2026-01-16')]).rows).toEqual([
      { personId: 'lima', from: at(am), to: at('2026-01-16 PM') },
    ]);
    const gone = needed([person('lima')], [], ['lima']);
    expect(gone).toMatchObject({
      gone: [{ type: 'person', id: 'lima' }],
      rows: [{ personId: 'lima', from: at('1900-01-01 AM'), to: at('2199-12-31 PM') }],
    });
    expect(needed([person('lima')], [person('lima', { email: 'Ana@example.org' })]).identifiers).toEqual([
      { type: 'person', field: 'email', values: ['ana@example.org'] },
    ]);
    expect(needed([person('lima', { email: 'a@b' })], [person('lima', { email: 'a@b', name: 'x' })]).identifiers).toEqual([]);
  });

  test('all that changed, and the four weeks from today on, where a level or a rotation changed', () => {
    const wide = { rotations: { target: [ward], merged: [ward] }, today: '2026-03-02' };
    const found = needed(
      [person('lima')],
      [person('lima', { pgyLevel: 1 }), cell('lima', am, 'LEC'), cell('lima', '2026-01-16 AM', 'LEC')],
      [],
      wide,
    );
    expect(found.columns).toEqual([
      { from: at(am), to: at('2026-01-16 AM') },
      { from: at('2026-03-02 AM'), to: at('2026-03-29 PM') },
    ]);
    const far = needed([ward], [rotation('ward', { capacity: 1 }), cell('lima', am, 'LEC'), cell('lima', '2027-01-15 AM', 'LEC')]);
    expect(far.columns).toEqual([am, '2027-01-15 AM'].map((each) => ({ from: at(each), to: at(each) })));
  });
});

/** A reader that counts what it gives out. */
function counting(reader: RecordReader): RecordReader & { readonly given: () => number; readonly asked: readonly string[] } {
  let given = 0;
  const asked: string[] = [];
  return {
    given: () => given,
    asked,
    record: (type, id) => {
      given++;
      return reader.record(type, id);
    },
    touching: (type, span) => {
      const records = reader.touching(type, span);
      given += records.length;
      return records;
    },
    all: (type) => {
      asked.push(type);
      return reader.all(type);
    },
  };
}

/** A roster of some people who have a cell in every half day of some days; every third is in clinic. */
function fullRoster(days: number): readonly EntityRecord[] {
  const staff = [...Array.from({ length: 10 }, (_, index) => person(`p${index}`)), faculty('mori')];
  const first = dateToDay('2024-07-01');
  const cells = staff.flatMap(({ id }, row) =>
    Array.from({ length: days }, (_, index) => dayToDate(first + index)).flatMap((date, day) =>
      ['AM', 'PM'].map((half) =>
        cell(id, `${date} ${half}`, id === 'mori' ? 'AT' : (row + day) % 7 < 2 ? 'W' : (row + day) % 3 === 0 ? 'C' : 'LEC'),
      ),
    ),
  );
  return [...staff, ward, ...cells, makeRecord('patient', 'someone', { name: 'x', cpf: '52998224725' })];
}

// The promise of a branch's heading is computed again after every edit, on rosters of many years: what it reads must not grow with them.
test('reads as much from a long roster as from a short one, and never a list of what stands in the grid', () => {
  const costOf = (days: number): { readonly given: number; readonly asked: readonly string[]; readonly clashes: readonly string[] } => {
    const base = fullRoster(days);
    const shift = (index: number): EntityRecord => {
      const date = dayToDate(dateToDay('2024-08-15') + (index % 20));
      return cell(`p${index % 10}`, `${date} ${index % 2 === 0 ? 'AM' : 'PM'}`, index % 4 === 0 ? 'C' : 'SIM', { notes: String(index) });
    };
    const source = edit(
      base,
      Array.from({ length: 100 }, (_, index) => shift(index)),
    );
    const target = edit(
      base,
      Array.from({ length: 100 }, (_, index) => patch(shift(index + 3), { location: 'North' })),
    );
    const { merges } = mergeRosters({ base, source, target });
    const reader = counting(readerOf(target));
    const clashes = findMergeClashes({ target: reader, merges }).map(({ key }) => key);
    return { given: reader.given(), asked: reader.asked, clashes };
  };
  const short = costOf(90);
  const long = costOf(900);
  expect(long).toEqual(short);
  expect(new Set(long.asked)).toEqual(new Set(['rotation']));
});

test('proves a repair with small reads, however much the merge touched', () => {
  const costOf = (changes: number): number => {
    const base = fullRoster(400);
    const first = dateToDay('2024-08-15');
    const many = Array.from({ length: changes }, (_, index) =>
      cell(`p${index % 10}`, `${dayToDate(first + 30 + Math.floor(index / 10))} AM`, 'SIM'),
    );
    const source = edit(base, [...many, cell('p1', '2024-08-15 AM', 'SIM', {}, '-twin')]);
    const { merges } = mergeRosters({ base, source, target: base });
    const reader = counting(readerOf(base));
    const analysis = analyseMerge({ target: reader, merges, sideNames: { source: 'try', target: 'main' } });
    const before = reader.given();
    const twin = analysis.clashes.find(({ rule }) => rule === 'double-booking');
    expect(analysis.repairsOf(twin?.key ?? '').length).toBeGreaterThan(0);
    return reader.given() - before;
  };
  // Four weeks of one person are some 60 cells; the roster has 8,800.
  expect(costOf(10)).toBeLessThan(300);
  expect(costOf(500)).toBeLessThan(300);
});

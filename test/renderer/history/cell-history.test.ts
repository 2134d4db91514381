import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HistoryEntry } from '../../../shared/contract/app/base.ts';
import { CommitHash, EntityId, VersionHash } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import type { Names } from '../../../shared/roster/entity-type.ts';
import {
  cellHistoryOf,
  entityHistoryOf,
  fieldWords,
  otherBranches,
  planUse,
  rowAt,
} from '../../../renderer/features/history/cell-history.ts';
import { sittingsOf } from '../../../renderer/features/history/sittings.ts';

const icu = { name: 'Intensive care', displayAbbreviation: 'ICU' };
const names: Names = { person: () => ({ name: 'Lima, A' }), rotation: (id) => (id === 'icu' ? icu : undefined) };
const cell = { personId: 'lima', date: '2026-08-05', half: 'AM' } as const;
const first = EntityId.parse('first');
const second = EntityId.parse('second');
const hash = (position: number): string => position.toString(16).padStart(64, '0');
const timeOf = (position: number): string => new Date(Date.UTC(2026, 0, position)).toISOString();

function entry(number: number, position: number, fields: Fields | null, more: Partial<HistoryEntry> = {}): HistoryEntry {
  return HistoryEntry.parse({
    version: hash(position + 1_000),
    number,
    commit: hash(position),
    position,
    recordedAt: timeOf(position),
    officialAt: timeOf(position),
    userId: 'ana',
    userName: 'Ana Lima',
    operation: fields === null ? 'delete' : number === 1 ? 'create' : 'update',
    checksum: null,
    fields,
    text: fields === null ? 'deleted' : 'some text',
    message: 'Edit',
    reason: null,
    tags: [],
    label: null,
    comments: [],
    branch: 'main',
    parentVersion: null,
    isMerge: false,
    mergeSource: null,
    decisions: [],
    ...more,
  });
}

test('tells one story of a cell from everything that stood there, newest first', () => {
  const rows = cellHistoryOf(
    [
      {
        id: second,
        entries: [entry(2, 40, { ...cell, rotationId: 'icu', notes: 'call Friday' }), entry(1, 30, { ...cell, rotationId: 'icu' })],
      },
      { id: first, entries: [entry(2, 20, null), entry(1, 10, { ...cell, activity: 'C' })] },
    ],
    cell,
    names,
  );
  expect(rows.map((row) => [row.entry.position, row.code, row.stands, row.changed])).toEqual([
    [40, 'ICU', true, [{ label: 'Notes', before: '', after: 'call Friday' }]],
    [30, 'ICU', true, []],
    [20, '', false, []],
    [10, 'C', true, []],
  ]);
});

test('leaves out what an assignment was elsewhere, and says when it moved away', () => {
  const elsewhere = { ...cell, half: 'PM', activity: 'C' };
  const rows = cellHistoryOf(
    [
      {
        id: first,
        entries: [
          entry(4, 40, { ...elsewhere, activity: 'LEC' }),
          entry(3, 30, elsewhere),
          entry(2, 20, { ...cell, activity: 'C' }),
          entry(1, 10, { ...elsewhere, date: '2026-08-01' }),
        ],
      },
    ],
    cell,
    names,
  );
  expect(rows.map((row) => [row.entry.position, row.stands])).toEqual([
    [30, false],
    [20, true],
  ]);
});

test('the version in force is the newest one that is not later than the moment shown', () => {
  const rows = cellHistoryOf([{ id: first, entries: [entry(2, 20, { ...cell }), entry(1, 10, { ...cell })] }], cell, names);
  expect([5, 10, 19, 20, 99].map((position) => rowAt(rows, position)?.entry.position ?? null)).toEqual([null, 10, 10, 20, 20]);
});

test('using an own older version brings exactly that version back', () => {
  const [, old] = cellHistoryOf(
    [{ id: first, entries: [entry(2, 20, { ...cell, activity: 'LEC' }), entry(1, 10, { ...cell, activity: 'C' })] }],
    cell,
    names,
  );
  expect(old && planUse(old, [{ id: first, fields: { ...cell, activity: 'LEC' } }])).toEqual({
    kind: 'rollback',
    id: first,
    version: VersionHash.parse(hash(1_010)),
  });
});

test('using the value of an assignment that is gone does not put two into one cell', () => {
  const [, gone] = cellHistoryOf(
    [{ id: first, entries: [entry(2, 20, null), entry(1, 10, { ...cell, activity: 'C', location: 'North' })] }],
    cell,
    names,
  );
  const standing = [{ id: second, fields: { ...cell, rotationId: 'icu', location: 'North' } }];
  expect(gone && planUse(gone, standing)).toEqual({
    kind: 'commit',
    changes: [{ op: 'update', type: 'assignment', id: second, fields: { rotationId: null, activity: 'C' } }],
  });
  expect(gone && planUse(gone, [])).toEqual({ kind: 'rollback', id: first, version: hash(1_010) });
});

test('using an emptied cell empties it again, and what is so already changes nothing', () => {
  const [emptied, set] = cellHistoryOf(
    [{ id: first, entries: [entry(2, 20, null), entry(1, 10, { ...cell, activity: 'C' })] }],
    cell,
    names,
  );
  expect([
    emptied && planUse(emptied, [{ id: second, fields: { ...cell } }]),
    emptied && planUse(emptied, []),
    set && planUse(set, [{ id: first, fields: { ...cell, activity: 'C' } }]),
  ]).toEqual([{ kind: 'commit', changes: [{ op: 'delete', type: 'assignment', id: second }] }, { kind: 'same' }, { kind: 'same' }]);
});

// If the plan for another assignment missed a field, “Use this value” would show the old code with the new notes, which nobody would see.
test('giving an old value to another assignment makes them equal in everything but their place', () => {
  const fields = fc.record(
    {
      activity: fc.constantFrom('C', 'LEC'),
      notes: fc.string(),
      role: fc.constant('primary'),
      location: fc.constantFrom('North', 'South'),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fields, fields, (old, current) => {
      const [row] = cellHistoryOf([{ id: first, entries: [entry(1, 10, { ...cell, ...old })] }], cell, names);
      const plan = row ? planUse(row, [{ id: second, fields: { ...cell, ...current } }]) : null;
      const patch = plan?.kind === 'commit' ? (plan.changes[0]?.fields ?? {}) : {};
      const after = Object.fromEntries(Object.entries({ ...current, ...patch }).filter(([, value]) => value !== null));
      expect(after).toEqual(old);
    }),
  );
});

test('other branches tell their newest value, and only where it is theirs alone', () => {
  const own = [entry(1, 10, { ...cell })];
  const lineage = [
    entry(4, 14, { ...cell, activity: 'OFF' }, { branch: 'try-4-week', commit: CommitHash.parse(hash(99)) }),
    entry(3, 12, { ...cell, activity: 'LEC' }, { branch: 'try-4-week', commit: CommitHash.parse(hash(98)) }),
    entry(2, 12, { ...cell }, { branch: 'main' }),
    ...own,
  ];
  expect(otherBranches(lineage, own, 'main').map((each) => [each.branch, each.fields?.['activity']])).toEqual([['try-4-week', 'OFF']]);
});

test('a person’s history says in words what each version changed', () => {
  const rows = entityHistoryOf(
    'person',
    {
      id: first,
      entries: [
        entry(2, 20, { name: 'Lima, A', type: 'resident', pgyLevel: 2 }),
        entry(1, 10, { name: 'Lima, A', type: 'resident', pgyLevel: 1 }),
      ],
    },
    names,
  );
  expect(rows.map((row) => row.changed)).toEqual([[{ label: expect.stringMatching(/PGY/), before: '1', after: '2' }], []]);
});

test('fields are told in words, without those the heading says already', () => {
  expect(
    fieldWords('assignment', { ...cell, rotationId: 'icu', notes: 'call' }, names, ['personId', 'date', 'half', 'rotationId']),
  ).toEqual([{ label: 'Notes', text: 'call' }]);
});

test('a pause of more than ten minutes or another author begins a new sitting', () => {
  const step = (position: number, author: string, minute: number) => ({
    ...entry(1, position, null),
    at: new Date(minute * 60_000).toISOString(),
    author,
    authorName: author,
    device: '',
    kind: 'edit' as const,
    parents: [],
    counts: [],
    summary: '',
    marks: [],
  });
  const sittings = sittingsOf([step(5, 'ana', 60), step(4, 'ana', 50), step(3, 'ana', 39), step(2, 'bea', 38), step(1, 'ana', 37)]);
  expect(sittings.map((sitting) => [sitting.author, sitting.steps.map(({ position }) => position)])).toEqual([
    ['ana', [5, 4]],
    ['ana', [3]],
    ['bea', [2]],
    ['ana', [1]],
  ]);
});

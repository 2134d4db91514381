import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Conflict, type MergeSession } from '../../../../shared/contract/app/merges.ts';
import { layOutBranches } from '../../../../renderer/features/branches/branch-graph.ts';
import { nextConflict } from '../../../../renderer/features/merge/choose-next.ts';
import { scopesOf, type StandsByRecord } from '../../../../renderer/features/merge/merge-places.ts';
import { datesInWords } from '../../../../renderer/ui/format.ts';
import { inReadingOrder, useText } from '../../../../renderer/features/merge/merge-words.ts';
import { frameOf } from '../../../../renderer/features/merge/result-model.ts';
import { foresee } from '../../../../renderer/features/merge/useMergeSession.ts';
import { controlOf, problemOfValue } from '../../../../renderer/features/merge/value-control.ts';

const decided = {
  resolution: { kind: 'target' },
  by: 'person',
  author: 'ana',
  authorName: 'Ana',
  at: '2026-08-05T09:12:00.000Z',
  reason: null,
  origin: null,
};

function conflictOf(id: string, { person = 'lima', field = 'activity', open = true } = {}): Conflict {
  return Conflict.parse({
    id,
    entity: { type: 'assignment', id: `${person}-${id}` },
    field,
    kind: 'modify-modify',
    base: 'CL-A',
    source: 'OFF',
    target: 'ICU',
    baseUnknown: false,
    title: `${person}, Wed 2026-08-05 AM`,
    typeLabel: 'assignment',
    label: 'Activity',
    sentence: '',
    baseText: 'CL-A',
    sourceText: 'OFF',
    targetText: 'ICU',
    sourceStory: null,
    targetStory: null,
    baseToSource: [],
    baseToTarget: [],
    offered: ['source', 'target', 'base', 'custom'],
    decision: open ? null : decided,
    remembered: null,
  });
}

const standsOf = (conflicts: readonly Conflict[]): StandsByRecord =>
  new Map(
    conflicts.map(({ entity }) => {
      const fields = { personId: entity.id.split('-')[0] ?? '', date: '2026-08-05', half: 'AM' };
      return [`${entity.type} ${entity.id}`, { source: fields, target: fields }];
    }),
  );

test('going on finds every open conflict once, whatever was decided, and ends when nothing is open', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), (opens) => {
      const conflicts = opens.map((open, index) => conflictOf(String(index), { open }));
      const seen = new Set<string>();
      let at = nextConflict(conflicts, null, 1, { open: true });
      while (at !== null && !seen.has(at)) {
        seen.add(at);
        at = nextConflict(conflicts, at, 1, { open: true, without: seen });
      }
      expect(seen.size).toBe(opens.filter(Boolean).length);
    }),
  );
});

test('a choice for many holds the open ones of a person or field and the one on screen, and leaves decided ones alone', () => {
  const conflicts = [
    conflictOf('1'),
    conflictOf('2'),
    conflictOf('3', { open: false }),
    conflictOf('4', { person: 'alves' }),
    conflictOf('5', { person: 'alves', field: 'notes' }),
  ];
  const [first] = conflicts;
  const scopes = scopesOf(first ?? conflictOf('1'), { conflicts }, standsOf(conflicts));
  expect(scopes.map(({ kind, conflicts: held, decided: stay }) => [kind, held.map(({ id }) => id).join(' '), stay])).toEqual([
    ['one', '1', 0],
    ['person', '1 2', 1],
    ['field', '1 2 4', 1],
    ['all', '1 2 4 5', 1],
  ]);
});

test('a choice shows before it is saved, with exact counts', () => {
  const conflicts = [conflictOf('1'), conflictOf('2'), conflictOf('3', { open: false })];
  const session = { conflicts, left: 2, decidedByPerson: 1, decidedByRule: 0, conflictCount: 3 } as unknown as MergeSession;
  const next = foresee(session, [{ conflict: '1', resolution: { kind: 'source' } }]);
  expect([next.left, next.decidedByPerson, next.conflicts.map(({ decision }) => decision?.resolution.kind ?? null)]).toEqual([
    1,
    2,
    ['source', null, 'target'],
  ]);
});

test('titles say dates as people do, and sort by person and day', () => {
  expect(datesInWords('Lima, A, Wed 2026-08-05 AM')).toBe('Lima, A, Wed 5 Aug AM');
  const titles = ['Lima, A, Wed 2026-08-05 AM', 'Alves, R, Thu 2026-08-06 PM', 'Lima, A, Thu 2026-07-30 AM'];
  expect(inReadingOrder(titles.map((title) => ({ title, typeLabel: 'assignment', label: 'Activity' }))).map(({ title }) => title)).toEqual([
    'Alves, R, Thu 2026-08-06 PM',
    'Lima, A, Thu 2026-07-30 AM',
    'Lima, A, Wed 2026-08-05 AM',
  ]);
  expect(useText('main', null)).toBe('Use main');
});

test('the result shows all days that lie close together, and otherwise the four weeks round the one that is looked at', () => {
  expect(frameOf([], null)).toBeNull();
  expect(frameOf(['2026-08-03', '2026-08-20'], null)).toEqual({ from: '2026-08-03', to: '2026-08-20' });
  const far = ['2026-08-03', '2026-09-10', '2027-01-04'];
  expect(frameOf(far, '2026-09-10')).toEqual({ from: '2026-08-31', to: '2026-09-27' });
  expect(frameOf(far, '2026-09-11')).toEqual(frameOf(far, '2026-09-10'));
});

test('a value is set with the control that fits its field, and checked as anywhere else', () => {
  const controls = (['activity', 'date', 'half', 'personId', 'rotationId', 'tags', 'notes', 'score', 'explain'] as const).map((field) =>
    controlOf('assignment', field),
  );
  expect(controls).toEqual(['code', 'date', 'choice', 'person', 'rotation', 'set', 'long-text', 'number', 'json']);
  expect(controlOf('rotation', 'includesWeekend')).toBe('yes-no');
  // Digits and dashes are a telephone number before they are a date.
  expect(controlOf('clinic', 'phone')).toBe('text');
  expect(controlOf('patient', 'postcode')).toBe('text');
  expect(problemOfValue('assignment', 'date', null)).toMatch(/required/);
  expect(problemOfValue('assignment', 'date', '2026-13-01')).not.toBeNull();
  expect(problemOfValue('assignment', 'activity', 'ICU')).toBeNull();
});

test('lanes leave out stretches without work, fork where a branch began and join where it was merged', () => {
  const bucket = (hour: number, commits = 1) => ({
    from: `2026-08-05T${String(hour).padStart(2, '0')}:00:00.000Z`,
    to: `2026-08-05T${String(hour).padStart(2, '0')}:59:59.999Z`,
    commits,
  });
  const graph = layOutBranches([
    {
      name: 'main',
      parent: null,
      createdAt: '2026-08-05T01:00:00.000Z',
      buckets: [bucket(1), bucket(9), bucket(20)],
      marks: [{ kind: 'merge', at: '2026-08-05T20:10:00.000Z', label: 'Merge “aug-surge” into “main”' }],
    },
    { name: 'aug', parent: 'main', createdAt: '2026-08-05T09:30:00.000Z', buckets: [], marks: [] },
    { name: 'aug-surge', parent: 'main', createdAt: '2026-08-05T09:30:00.000Z', buckets: [bucket(12, 5)], marks: [] },
  ]);
  expect(graph.columns).toBe(4);
  expect(graph.lanes.map(({ from, to }) => [from, to])).toEqual([
    [0, 3],
    [1, 1],
    [2, 2],
  ]);
  expect(graph.links.filter(({ kind }) => kind === 'merge')).toEqual([{ kind: 'merge', fromRow: 2, fromColumn: 2, toRow: 0, toColumn: 3 }]);
  expect(graph.links.filter(({ kind }) => kind === 'fork').map(({ toRow, fromColumn }) => [toRow, fromColumn])).toEqual([
    [1, 1],
    [2, 1],
  ]);
});

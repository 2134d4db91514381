import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fields } from '../../../shared/json.ts';
import { describeDifferences, diffFields, sameFields } from '../../../shared/versioning/diff.ts';
import { invertChanges, type RecordChange } from '../../../shared/versioning/inverse.ts';

const fields: fc.Arbitrary<Fields> = fc.dictionary(
  fc.constantFrom('code', 'note', 'slot', 'who'),
  fc.oneof(fc.constantFrom('ICU', 'ED', ''), fc.integer({ min: 0, max: 2 }), fc.constant(null), fc.constant({ b: 1, a: [0] })),
);
const record = fc.option(fields, { nil: null });

describe('differences of fields', () => {
  test('lead from one record to the other, and only they', () => {
    fc.assert(
      fc.property(record, record, (from, to) => {
        const next: Record<string, unknown> = { ...from };
        for (const difference of diffFields(from, to)) {
          expect(difference.old === null && difference.new === null).toBe(false);
          next[difference.field] = difference.new;
        }
        expect(sameFields(next as Fields, to ?? {})).toBe(true);
      }),
    );
  });

  test('are the same backwards, turned round', () => {
    fc.assert(
      fc.property(record, record, (from, to) => {
        const turned = diffFields(to, from).map(({ field, old, new: next }) => ({ field, old: next, new: old }));
        expect(diffFields(from, to).map(({ field, old, new: next }) => ({ field, old, new: next }))).toEqual(turned);
      }),
    );
  });

  test('say added, removed or modified; absent and null are one, empty text and zero are values', () => {
    expect(diffFields({ a: null, b: '', c: 1, d: [1], e: 5 }, { a: 0, b: null, c: 1.0, d: [1, 2] })).toEqual([
      { field: 'a', kind: 'added', old: null, new: 0 },
      { field: 'b', kind: 'removed', old: '', new: null },
      { field: 'd', kind: 'modified', old: [1], new: [1, 2] },
      { field: 'e', kind: 'removed', old: 5, new: null },
    ]);
  });

  test('do not see the order of keys inside a value', () => {
    expect(diffFields({ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } })).toEqual([]);
  });

  test('take their words from whoever knows them', () => {
    const words = {
      label: (field: string) => field.toUpperCase(),
      text: (_: string, value: unknown) => (value === null ? 'none' : `“${JSON.stringify(value)}”`),
    };
    expect(describeDifferences(diffFields({ code: 'ED' }, { code: 'ICU' }), words)).toEqual([
      { field: 'code', kind: 'modified', old: 'ED', new: 'ICU', label: 'CODE', oldText: '“"ED"”', newText: '“"ICU"”' },
    ]);
  });
});

describe('the inverse of a commit', () => {
  /** Plays the inverse onto the state that it was computed for. */
  function apply(state: ReadonlyMap<string, Fields>, changes: ReturnType<typeof invertChanges>['changes']): Map<string, Fields> {
    const next = new Map(state);
    for (const { id, op, fields: record } of changes) {
      expect(op).toBe(record === null ? 'delete' : next.has(id) ? 'update' : 'create');
      if (record === null) next.delete(id);
      else next.set(id, record);
    }
    return next;
  }

  const changeList = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.tuple(record, record));

  function recordChanges(list: Record<string, [Fields | null, Fields | null]>): RecordChange[] {
    return Object.entries(list)
      .filter(([, [before, after]]) => !sameFields(before, after))
      .map(([id, [before, after]]) => ({ type: 't', id, before, after }));
  }

  function stateOf(changes: readonly RecordChange[], side: 'before' | 'after'): Map<string, Fields> {
    return new Map(changes.flatMap((change): [string, Fields][] => (change[side] === null ? [] : [[change.id, change[side]]])));
  }

  test('right after the commit brings back exactly what was before, without asking', () => {
    fc.assert(
      fc.property(changeList, (list) => {
        const changes = recordChanges(list);
        const now = stateOf(changes, 'after');
        const { changes: inverse, conflicts } = invertChanges(changes, (_, id) => now.get(id) ?? null);
        expect(conflicts).toEqual([]);
        const back = apply(now, inverse);
        const before = stateOf(changes, 'before');
        for (const id of ['a', 'b', 'c']) expect(sameFields(back.get(id) ?? null, before.get(id) ?? null)).toBe(true);
      }),
    );
  });

  test('of what is back already is nothing', () => {
    fc.assert(
      fc.property(changeList, (list) => {
        const changes = recordChanges(list);
        const now = stateOf(changes, 'before');
        expect(invertChanges(changes, (_, id) => now.get(id) ?? null)).toEqual({ changes: [], conflicts: [] });
      }),
    );
  });

  test('keeps what others changed since in other fields', () => {
    const changes = [{ type: 't', id: 'a', before: { code: 'ICU', who: 'p1' }, after: { code: 'ED', who: 'p1' } }];
    expect(invertChanges(changes, () => ({ code: 'ED', who: 'p2', note: 'call' }))).toEqual({
      changes: [{ type: 't', id: 'a', op: 'update', fields: { code: 'ICU', who: 'p2', note: 'call' } }],
      conflicts: [],
    });
  });

  test('names each field that was changed since', () => {
    const changes = [{ type: 't', id: 'a', before: { code: 'ICU', who: 'p1' }, after: { code: 'ED', who: 'p2' } }];
    expect(invertChanges(changes, () => ({ code: 'Ward', who: 'p2' })).conflicts).toEqual([
      { type: 't', id: 'a', field: 'code', committed: 'ED', now: 'Ward' },
    ]);
  });

  test.each([
    [
      'a record that was made and has changed since',
      null,
      { code: 'ED' },
      { code: 'Ward' },
      [{ field: 'code', committed: 'ED', now: 'Ward' }],
    ],
    ['a record that was deleted and made anew', { code: 'ED' }, null, { code: 'Ward' }, [{ field: 'code', committed: 'ED', now: 'Ward' }]],
    [
      'a record that was changed and is gone',
      { code: 'ED' },
      { code: 'ICU' },
      null,
      [{ field: null, committed: { code: 'ICU' }, now: null }],
    ],
  ])('asks about %s', (_, before, after, now, conflicts) => {
    expect(invertChanges([{ type: 't', id: 'a', before, after }], () => now)).toEqual({
      changes: [],
      conflicts: conflicts.map((conflict) => ({ type: 't', id: 'a', ...conflict })),
    });
  });
});

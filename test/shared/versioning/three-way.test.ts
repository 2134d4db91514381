import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fields, Json } from '../../../shared/json.ts';
import { conflictKey, type Resolution } from '../../../shared/versioning/conflict.ts';
import { mergeRecord, resolveRecord, type FieldKind } from '../../../shared/versioning/three-way.ts';
import { referenceMerge } from './reference-merge.ts';

const entity = { type: 'thing', id: 'x' };
const kinds: Record<string, FieldKind> = { tags: 'set', config: 'object' };
const kindOf = (_type: string, field: string): FieldKind => kinds[field] ?? 'scalar';
const merge = (base: Fields | null, source: Fields | null, target: Fields | null) => mergeRecord(entity, [base], source, target, kindOf);
const outcome = (base: Fields | null, source: Fields | null, target: Fields | null): unknown => {
  const { fields, conflicts } = merge(base, source, target);
  return conflicts.length === 0 ? fields : conflicts.map(({ field, kind }) => [field, kind]);
};
const r = { name: 'Lima', phone: '1' };

describe('a record as a whole', () => {
  test.each<[string, Fields | null, Fields | null, Fields | null, unknown]>([
    ['1 unchanged', r, r, r, r],
    ['2 changed by the source', r, { ...r, phone: '2' }, r, { ...r, phone: '2' }],
    ['3 changed by the target', r, r, { ...r, phone: '2' }, { ...r, phone: '2' }],
    ['4 changed alike', r, { ...r, phone: '2' }, { ...r, phone: '2' }, { ...r, phone: '2' }],
    ['5 different fields', r, { ...r, phone: '2' }, { ...r, name: 'Souza' }, { name: 'Souza', phone: '2' }],
    ['5 the same field', r, { ...r, phone: '2' }, { ...r, phone: '3' }, [['phone', 'modify-modify']]],
    ['6 deleted by the source', r, null, r, null],
    ['7 deleted by the target', r, r, null, null],
    ['8 deleted by both', r, null, null, null],
    ['9 deleted by the source, changed by the target', r, null, { ...r, phone: '2' }, [[null, 'delete-modify']]],
    ['10 changed by the source, deleted by the target', r, { ...r, phone: '2' }, null, [[null, 'modify-delete']]],
    ['10 changed in form only, deleted by the target', { ...r, extra: null }, r, null, null],
    ['9 all fields emptied is a change', r, null, {}, [[null, 'delete-modify']]],
    ['11 added by the source', null, r, null, r],
    ['12 added by the target', null, null, r, r],
    ['13 added alike', null, r, r, r],
    ['14 added differently', null, r, { ...r, phone: '2' }, [['phone', 'add-add']]],
    ['14 added, one with a field more', null, r, { name: 'Lima' }, [['phone', 'add-add']]],
  ])('%s', (_case, base, source, target, expected) => {
    expect(outcome(base, source, target)).toEqual(expected);
  });
});

describe('one value', () => {
  const value = (base: Json, source: Json, target: Json, field = 'f'): unknown => {
    const wrap = (v: Json): Fields => (v === null ? { id: 1 } : { id: 1, [field]: v });
    const { fields, conflicts } = merge(wrap(base), wrap(source), wrap(target));
    return conflicts.length > 0 ? 'conflict' : (fields?.[field] ?? null);
  };
  test.each<[string, Json, Json, Json, unknown]>([
    ['emptied by one side', 5, null, 5, null],
    ['emptied against changed', 5, null, 7, 'conflict'],
    ['emptied by both', 5, null, null, null],
    ['empty, filled differently', null, 1, 2, 'conflict'],
    ['empty text is not empty', null, '', null, ''],
    ['empty text against nothing', 'a', '', null, 'conflict'],
    ['zero and false are values', 1, 0, 1, 0],
    ['one is one point nought', 1, 1.0, 2, 2],
    ['order of keys means nothing', { a: 1, b: 2 }, { b: 2, a: 1 }, 3, 3],
    ['texts are exact', 'a', 'A', 'a', 'A'],
    ['lists are whole', [1], [1, 2], [1, 3], 'conflict'],
    ['objects are whole where the kind does not say otherwise', { a: 1 }, { a: 2 }, { a: 1, b: 1 }, 'conflict'],
  ])('%s', (_case, base, source, target, expected) => {
    expect(value(base, source, target)).toEqual(expected);
  });

  test.each<[string, Json, Json, Json, unknown]>([
    ['both add', ['a'], ['a', 'b'], ['a', 'c'], ['a', 'b', 'c']],
    ['one adds, one removes', ['a', 'b'], ['a'], ['a', 'b', 'c'], ['a', 'c']],
    ['both remove', ['a', 'b'], ['b'], ['a'], []],
    ['absent is empty', null, ['a'], ['b'], ['a', 'b']],
    ['cleared against added', ['a'], null, ['a', 'b'], ['b']],
  ])('a set by element: %s', (_case, base, source, target, expected) => {
    expect(value(base, source, target, 'tags')).toEqual(expected);
  });

  test.each<[string, Json, Json, Json, unknown]>([
    ['different keys', { a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 2 }, { a: 2, b: 2 }],
    ['added and deleted keys', { a: 1 }, { a: 1, b: 1 }, {}, { b: 1 }],
    ['the same key', { a: 1 }, { a: 2 }, { a: 3 }, 'conflict'],
    ['a key changed against deleted', { a: 1 }, { a: 2 }, {}, 'conflict'],
    ['deep', { a: { b: 1, c: 1 } }, { a: { b: 2, c: 1 } }, { a: { b: 1, c: 2 } }, { a: { b: 2, c: 2 } }],
    ['lists within are whole', { a: [1] }, { a: [1, 2] }, { a: [1, 3] }, 'conflict'],
    ['an object against a text', { a: 1 }, 'x', { a: 2 }, 'conflict'],
    ['nothing on any side', { a: 1 }, null, { a: 2 }, 'conflict'],
    ['a null within is a value', { a: 1 }, { a: null }, { a: 1, b: 1 }, { a: null, b: 1 }],
  ])('an object by key: %s', (_case, base, source, target, expected) => {
    expect(value(base, source, target, 'config')).toEqual(expected);
  });
});

describe('several bases', () => {
  const both = (bases: (Fields | null)[], source: Fields | null, target: Fields | null) =>
    mergeRecord(entity, bases, source, target, kindOf);
  test('a field on which they disagree is asked about, unless both sides agree', () => {
    const asked = both(
      [
        { a: 1, b: 1 },
        { a: 2, b: 1 },
      ],
      { a: 1, b: 2 },
      { a: 2, b: 1 },
    );
    expect(asked.conflicts).toMatchObject([{ field: 'a', base: null, baseUnknown: true, source: 1, target: 2 }]);
    expect(asked.fields).toEqual({ a: 2, b: 2 });
    expect(both([{ a: 1 }, { a: 2 }], { a: 3 }, { a: 3 }).conflicts).toEqual([]);
  });
  test('bases that disagree on whether it existed make a deletion a question', () => {
    expect(both([null, { a: 1 }], null, { a: 1 }).conflicts).toMatchObject([{ field: null, kind: 'delete-modify', baseUnknown: true }]);
  });
});

const json: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, 0, 1, '', 'a', 'b', false),
  fc.array(fc.constantFrom<Json>('a', 'b', 'c'), { maxLength: 3 }),
);
const plain = { noNullPrototype: true };
const config = fc.dictionary(
  fc.constantFrom('k', 'l'),
  fc.oneof(fc.constantFrom<Json>(1, 2, null), fc.dictionary(fc.constantFrom('m', 'n'), fc.constantFrom<Json>(1, 2), plain)),
  plain,
);
const record = fc.option(
  fc.record(
    {
      name: json,
      phone: json,
      tags: fc.option(fc.uniqueArray(fc.constantFrom('a', 'b', 'c'))),
      config: fc.oneof(config, fc.constantFrom<Json>(null, 'x')),
    },
    { requiredKeys: [] },
  ),
  { freq: 6 },
);
const triple = fc.tuple(record, record, record) as fc.Arbitrary<[Fields | null, Fields | null, Fields | null]>;

describe('laws', () => {
  test('what both sides hold is the result, and what only one side changed is taken', () => {
    fc.assert(
      fc.property(record, record, (b, x) => {
        const base = b as Fields | null;
        const side = x as Fields | null;
        expect(merge(base, side, side).conflicts).toEqual([]);
        for (const merged of [merge(base, side, side), merge(base, base, side), merge(base, side, base)]) {
          expect(merged.conflicts).toEqual([]);
          expect(withoutNulls(merged.fields)).toEqual(withoutNulls(side));
        }
      }),
      { numRuns: 5_000 },
    );
  });

  test('the result is the same from whichever side it is computed', () => {
    fc.assert(
      fc.property(triple, ([base, source, target]) => {
        const there = merge(base, source, target);
        const back = merge(base, target, source);
        expect(back.conflicts.map(conflictKey)).toEqual(there.conflicts.map(conflictKey));
        const asked = new Set(there.conflicts.map(({ field }) => field));
        if (asked.has(null)) return;
        for (const field of Object.keys({ ...there.fields, ...back.fields }))
          if (!asked.has(field)) expect(back.fields?.[field]).toEqual(there.fields?.[field]);
      }),
      { numRuns: 20_000 },
    );
  });

  test('agrees with a reference written apart from it on 100,000 random triples', () => {
    fc.assert(
      fc.property(triple, ([base, source, target]) => {
        const { fields, conflicts } = merge(base, source, target);
        const reference = referenceMerge(base, source, target, { tags: 'set', config: 'object' });
        expect(conflicts.map(({ field, kind }) => [field, kind])).toEqual(reference.conflicts);
        if (reference.conflicts.length === 0) expect(withoutNulls(fields)).toEqual(withoutNulls(reference.fields as Fields | null));
      }),
      { numRuns: 100_000 },
    );
  }, 120_000);

  test('with every conflict decided nothing is open, and taking one side everywhere holds that side’s words', () => {
    fc.assert(
      fc.property(triple, fc.constantFrom('source' as const, 'target' as const), ([base, source, target], kind) => {
        const merged = merge(base, source, target);
        const resolutions = new Map<string, Resolution>(merged.conflicts.map((conflict) => [conflictKey(conflict), { kind }]));
        const resolved = resolveRecord(merged, resolutions, kindOf);
        expect(resolved.open).toEqual([]);
        const side = kind === 'source' ? source : target;
        for (const { field } of merged.conflicts) {
          if (field === null) expect(withoutNulls(resolved.fields)).toEqual(withoutNulls(side));
          else if (field !== 'config') expect(resolved.fields?.[field] ?? null).toEqual(side?.[field] ?? null);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});

test('a text that says “source” can be a value', () => {
  const merged = merge({ a: '1' }, { a: '2' }, { a: '3' });
  const [conflict] = merged.conflicts;
  if (!conflict) throw new Error('no conflict');
  expect(resolveRecord(merged, new Map([[conflictKey(conflict), { kind: 'custom', value: 'source' }]]), kindOf).fields).toEqual({
    a: 'source',
  });
});

test('taking one side of an object’s key keeps what the other side changed at other keys', () => {
  const merged = merge({ config: { k: 1, l: 1 } }, { config: { k: 2, l: 1 } }, { config: { k: 3, l: 2 } });
  const [conflict] = merged.conflicts;
  if (!conflict) throw new Error('no conflict');
  expect(resolveRecord(merged, new Map([[conflictKey(conflict), { kind: 'source' }]]), kindOf).fields).toEqual({ config: { k: 2, l: 2 } });
});

function withoutNulls(fields: Fields | null): unknown {
  return fields === null
    ? null
    : Object.fromEntries(
        Object.entries(fields)
          .filter(([, value]) => value !== null)
          .map(([key, value]) => [key, key === 'tags' && Array.isArray(value) ? [...value].sort() : value]),
      );
}

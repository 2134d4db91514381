import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fields, Json } from '../../../shared/json.ts';
import { sameJson } from '../../../shared/versioning/canonical.ts';
import { diffFields, sameFields } from '../../../shared/versioning/diff.ts';
import {
  amend,
  differences,
  driftOf,
  nothingOwn,
  originOf,
  overlay,
  ownFieldNames,
  sameOwn,
  withoutFields,
} from '../../../shared/versioning/overlay.ts';

/*
 * What an own version shows over the shared record. Views rest on these laws alone: that what one wanted to see is what one sees, that nothing
 * else is one's own, and that the shared record shows through everywhere else.
 */

const names = ['name', 'phone', 'hours', 'city', '__proto__', 'constructor', 'toString'] as const;
const value: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>('', 'a', 'b', 0, -0, 1, true, false),
  fc.constantFrom<Json>([], ['a'], ['a', 'b'], {}, { x: 1 }, { x: 1, y: null }),
);
const record: fc.Arbitrary<Fields> = fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 6 }).map(toFields);

test('what was wanted is what shows, and only what differs is one’s own', () => {
  fc.assert(
    fc.property(record, record, (shared, wanted) => {
      const own = differences(shared, wanted);
      expect(sameFields(overlay(shared, own), wanted)).toBe(true);
      expect(ownFieldNames(own)).toEqual(diffFields(shared, wanted).map(({ field }) => field));
      expect(sameOwn(differences(shared, overlay(shared, own)), own)).toBe(true);
    }),
  );
});

test('an own version that differs in nothing shows the shared record itself', () => {
  fc.assert(
    fc.property(record, (shared) => {
      expect(overlay(shared, nothingOwn)).toBe(shared);
      expect(sameOwn(differences(shared, shared), nothingOwn)).toBe(true);
    }),
  );
});

test('over another shared record, own values stay and all the others show through', () => {
  fc.assert(
    fc.property(record, record, record, (before, wanted, after) => {
      const own = differences(before, wanted);
      const seen = overlay(after, own);
      const spoken = new Set(ownFieldNames(own));
      for (const field of names) {
        const expected = spoken.has(field) ? valueOf(wanted, field) : valueOf(after, field);
        expect([field, sameJson(valueOf(seen, field), expected)]).toEqual([field, true]);
        const isOwn = spoken.has(field) && !sameJson(expected, valueOf(after, field));
        expect([field, originOf(after, own, field)]).toEqual([field, isOwn ? 'own' : 'shared']);
      }
    }),
  );
});

test('fields that are taken back show the shared record again, and the others stay', () => {
  fc.assert(
    fc.property(record, record, fc.subarray([...names]), (shared, wanted, dropped) => {
      const own = differences(shared, wanted);
      const seen = overlay(shared, withoutFields(own, dropped));
      for (const field of names)
        expect([field, sameJson(valueOf(seen, field), valueOf(dropped.includes(field) ? shared : wanted, field))]).toEqual([field, true]);
      expect(sameOwn(withoutFields(own, ownFieldNames(own)), nothingOwn)).toBe(true);
    }),
  );
});

test('drift names each field that the shared record moved in, with what shows now', () => {
  fc.assert(
    fc.property(record, record, record, (base, wanted, now) => {
      const own = differences(base, wanted);
      expect(driftOf(base, base, own)).toEqual([]);
      const drift = driftOf(base, now, own);
      expect(drift.map(({ field }) => field)).toEqual(diffFields(base, now).map(({ field }) => field));
      const seen = overlay(now, own);
      for (const { field, shared, mine, kind } of drift) {
        expect(sameJson(mine, valueOf(seen, field))).toBe(true);
        expect(kind).toBe(sameJson(mine, shared) ? 'followed' : 'apart');
        // A field that the own version does not speak of can only have followed.
        if (!ownFieldNames(own).includes(field)) expect(kind).toBe('followed');
      }
    }),
  );
});

test('nothing that was given is changed', () => {
  fc.assert(
    fc.property(record, record, (shared, wanted) => {
      const before = [JSON.stringify(shared), JSON.stringify(wanted)];
      overlay(freeze(shared), differences(shared, freeze(wanted)));
      expect([JSON.stringify(shared), JSON.stringify(wanted)]).toEqual(before);
    }),
  );
});

function toFields(entries: readonly (readonly [string, Json])[]): Fields {
  const fields: Record<string, Json> = {};
  for (const [name, one] of entries)
    Object.defineProperty(fields, name, { value: one, enumerable: true, configurable: true, writable: true });
  return fields;
}

function valueOf(fields: Fields, field: string): Json {
  return Object.hasOwn(fields, field) ? (fields[field] ?? null) : null;
}

function freeze(fields: Fields): Fields {
  return Object.freeze(fields);
}

test('amending shows what is wanted here, and elsewhere the same as before in every field that nobody spoke of', () => {
  fc.assert(
    fc.property(record, record, record, record, fc.subarray([...names]), (shared, elsewhere, first, patch, spoken) => {
      const before = differences(elsewhere, first);
      const seen = overlay(shared, before);
      const kept = Object.keys(seen).filter((name) => !spoken.some((one) => one === name));
      const said = Object.keys(patch).filter((name) => spoken.some((one) => one === name));
      const wanted = toFields([
        ...kept.map((name): [string, Json] => [name, seen[name] ?? null]),
        ...said.map((name): [string, Json] => [name, patch[name] ?? null]),
      ]);
      const own = amend(before, { shared, elsewhere, wanted, spoken });
      expect(sameFields(overlay(shared, own), wanted)).toBe(true);
      const [then, now] = [overlay(elsewhere, before), overlay(elsewhere, own)];
      const changed = diffFields(then, now).map(({ field }) => field);
      expect(changed.filter((field) => !spoken.some((one) => one === field))).toEqual([]);
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RefusedError } from '../../../shared/errors.ts';
import { Json } from '../../../shared/json.ts';
import { canonicalJson, sameJson } from '../../../shared/versioning/canonical.ts';

/** Any JSON value whose texts are whole characters. */
const json = fc
  .jsonValue({ maxDepth: 4, noUnicodeString: false })
  .map((value) => Json.parse(value))
  .filter((value) => JSON.stringify(value).isWellFormed());

/** The same value with every object's keys in another order. */
function shuffled(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(shuffled);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, shuffled(each)]),
  );
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

describe('canonical JSON', () => {
  test('reads back as the value it was made of', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('is its own canonical form', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });

  test('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
      }),
    );
  });

  test('tells different values apart', () => {
    fc.assert(
      fc.property(json, json, (left, right) => {
        expect(sameJson(left, right)).toBe(canonicalJson(left) === canonicalJson(right));
      }),
    );
  });

  test('writes numbers as ECMAScript does, and minus zero as zero', () => {
    const written = [
      -0,
      1e21,
      1e-7,
      0.1 + 0.2,
      333_333_333.333_333_3,
      1e30,
      4.5,
      2e-3,
      0.000_000_000_000_000_000_000_000_001,
      Number.MAX_VALUE,
      5e-324,
    ];
    expect(written.map(canonicalJson)).toEqual([
      '0',
      '1e+21',
      '1e-7',
      '0.30000000000000004',
      '333333333.3333333',
      '1e+30',
      '4.5',
      '0.002',
      '1e-27',
      '1.7976931348623157e+308',
      '5e-324',
    ]);
  });

  test('orders keys by UTF-16 code units, as the RFC shows', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  test('escapes only what must be escaped', () => {
    expect(canonicalJson('\u0000\b\t\n\f\r\u001f"\\/\u007f\u2028é')).toBe('"\\u0000\\b\\t\\n\\f\\r\\u001f\\"\\\\/\u007f\u2028é"');
  });

  test('keeps a key named __proto__ as a key', () => {
    expect(canonicalJson(JSON.parse('{"__proto__":{"a":1},"b":2}'))).toBe('{"__proto__":{"a":1},"b":2}');
  });

  test.each([
    ['not a number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['half a character', 'a\ud800'],
    ['half a character in a key', { '\udc00': 1 }],
    ['nothing', undefined],
    ['nothing in a list', [undefined]],
    ['a function', () => 1],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value as never)).toThrow(RefusedError);
  });
});

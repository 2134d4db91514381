import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CommitHash, VersionHash } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import { compareEntities, makeChange } from '../../../shared/versioning/change.ts';
import { canonicalCommit, hashCommit, makeCommit, type CommitContent } from '../../../shared/versioning/commit.ts';
import { hashRefMove } from '../../../shared/versioning/ref-log.ts';
import { canonicalVersion, checksumOf, cleanFields, hashVersion } from '../../../shared/versioning/version.ts';

const sha = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const hash = (digit: string): CommitHash => CommitHash.parse(digit.repeat(64));
const version = (digit: string): VersionHash => VersionHash.parse(digit.repeat(64));

const fields: fc.Arbitrary<Fields> = fc.dictionary(
  fc.string({ maxLength: 8, unit: 'grapheme' }),
  fc.oneof(fc.integer(), fc.string({ unit: 'grapheme' }), fc.boolean(), fc.constant(null), fc.array(fc.integer(), { maxLength: 3 })),
  { maxKeys: 6 },
);

describe('a version', () => {
  test('is named by the canonical JSON that anybody can compute again', () => {
    const text = '{"fields":{"code":"ICU","slot":3},"id":"a-1","type":"assignment"}';
    expect(canonicalVersion({ type: 'assignment', id: 'a-1', fields: { slot: 3, code: 'ICU', note: null } })).toBe(text);
    expect(hashVersion({ type: 'assignment', id: 'a-1', fields: { slot: 3, code: 'ICU' } })).toBe(sha(text));
  });

  test('with a salt has another name, and the same checksum', () => {
    const plain = { type: 'person', id: 'p', fields: { name: 'Ana' } };
    const salted = { ...plain, salt: '00112233445566778899aabbccddeeff' };
    expect(canonicalVersion(salted)).toBe('{"fields":{"name":"Ana"},"id":"p","salt":"00112233445566778899aabbccddeeff","type":"person"}');
    expect(hashVersion(salted)).not.toBe(hashVersion(plain));
    expect(checksumOf(plain.fields)).toBe(sha('{"name":"Ana"}'));
  });

  test('does not depend on absent or null fields, nor on the order of fields', () => {
    fc.assert(
      fc.property(fields, (each) => {
        const turned = Object.fromEntries(Object.entries(each).reverse());
        expect(hashVersion({ type: 't', id: 'i', fields: { ...turned, ghost: null } })).toBe(
          hashVersion({ type: 't', id: 'i', fields: cleanFields(each) }),
        );
      }),
    );
  });

  test('cleaned fields are frozen, keep a key named __proto__, and hold no null', () => {
    const clean = cleanFields(JSON.parse('{"__proto__":1,"b":null,"a":2}'));
    expect([Object.keys(clean), Object.isFrozen(clean), Object.getPrototypeOf(clean)]).toEqual([
      ['__proto__', 'a'],
      true,
      Object.prototype,
    ]);
  });
});

describe('a commit', () => {
  const content: CommitContent = {
    parents: [hash('a'), hash('b')],
    author: 'ana',
    authorName: 'Ana Ito',
    device: 'desk-1',
    recordedAt: '2026-01-05T08:00:00.000Z',
    message: 'Swap "ICU"',
    kind: 'merge',
    changes: [
      { op: 'delete', type: 'b', id: '1', before: version('1') },
      { op: 'create', type: 'a', id: '2', after: version('2') },
      { op: 'update', type: 'a', id: '10', before: version('3'), after: version('4') },
    ],
  };

  test('is named by its canonical JSON, its changes in the order of type and id', () => {
    const commit = makeCommit(content);
    expect(commit.changes.map(({ type, id }) => `${type}/${id}`)).toEqual(['a/10', 'a/2', 'b/1']);
    expect(canonicalCommit(commit)).toBe(JSON.stringify(sorted(JSON.parse(canonicalCommit(commit)))));
    expect(commit.hash).toBe(sha(canonicalCommit(commit)));
    expect(JSON.parse(canonicalCommit(commit))).toEqual({ ...content, changes: commit.changes });
  });

  test('has the same name whatever order its changes come in', () => {
    expect(makeCommit({ ...content, changes: [...content.changes].reverse() }).hash).toBe(makeCommit(content).hash);
  });

  test('has another name when anything about it differs', () => {
    const names = [
      content,
      { ...content, parents: [hash('b'), hash('a')] },
      { ...content, author: 'ben' },
      { ...content, authorName: 'Ana' },
      { ...content, device: 'desk-2' },
      { ...content, recordedAt: '2026-01-05T08:00:00.001Z' },
      { ...content, message: 'Swap' },
      { ...content, reason: 'asked' },
      { ...content, kind: 'edit' as const },
      { ...content, undoes: hash('c') },
      { ...content, redoes: hash('c') },
      { ...content, changes: content.changes.slice(1) },
    ].map((each) => makeCommit(each).hash);
    expect(new Set(names).size).toBe(names.length);
  });

  test('leaves out what is null, so that absent and null are the same', () => {
    expect(hashCommit({ ...content, reason: null, undoes: null, redoes: null })).toBe(hashCommit(content));
  });
});

test('a change is what leads from one version to another', () => {
  const entity = { type: 't', id: 'i' };
  expect([
    makeChange(entity, null, version('1')),
    makeChange(entity, version('1'), version('2')),
    makeChange(entity, version('1'), null),
    makeChange(entity, version('1'), version('1')),
    makeChange(entity, null, null),
  ]).toEqual([
    { ...entity, op: 'create', after: version('1') },
    { ...entity, op: 'update', before: version('1'), after: version('2') },
    { ...entity, op: 'delete', before: version('1') },
    null,
    null,
  ]);
});

test('the order of entities is total, and by code units', () => {
  const entity = fc.record({ type: fc.constantFrom('a', 'b', 'ä'), id: fc.string({ maxLength: 3 }) });
  fc.assert(
    fc.property(entity, entity, (left, right) => {
      expect(Math.sign(compareEntities(left, right))).toBe(-Math.sign(compareEntities(right, left)) || 0);
      expect(compareEntities(left, right) === 0).toBe(left.type === right.type && left.id === right.id);
    }),
  );
  expect(
    [
      { type: 'a', id: 'Z' },
      { type: 'a', id: 'a' },
      { type: 'a', id: 'B' },
    ]
      .sort(compareEntities)
      .map(({ id }) => id),
  ).toEqual(['B', 'Z', 'a']);
});

test('an entry of the ref log is chained to the one before it', () => {
  const entry = { seq: 2, ref: 1, old: null, new: hash('a'), at: 5, author: 'ana', device: 'd', cause: null, previous: 'f'.repeat(64) };
  const names = [
    entry,
    { ...entry, seq: 3 },
    { ...entry, ref: 2 },
    { ...entry, old: hash('b') },
    { ...entry, new: null },
    { ...entry, at: 6 },
    { ...entry, author: 'ben' },
    { ...entry, device: 'e' },
    { ...entry, cause: '{}' },
    { ...entry, previous: null },
  ].map(hashRefMove);
  expect(new Set(names).size).toBe(names.length);
});

/** A value with its keys sorted all the way down. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

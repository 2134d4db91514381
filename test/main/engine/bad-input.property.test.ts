import fc from 'fast-check';
import { ORPCError } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildHistory, type BuiltHistory } from '../../kit/build-history.ts';
import { replaceAt } from '../../kit/replace-at.ts';

/*
 * Whatever is sent, a call is answered or refused by a declared code; it never fails inside. One unforeseen text in a name, an id or a time
 * would otherwise end as “something went wrong”, or worse, be stored and break every later call.
 */

let history: BuiltHistory;
let version = '';
let merge = '';
beforeAll(async () => {
  history = await buildHistory()
    .commit('main', { 'person:lima': {}, cell: { activity: 'A' } })
    .commit('main', { cell: { activity: 'B' }, 'absence:leave': {} })
    .branch('side')
    .commit('side', { cell: { activity: 'SIDE' } })
    .branch('disputed')
    .commit('disputed', { cell: { activity: 'OTHER', tags: ['b'] } })
    .commit('side', { cell: { activity: 'AGAIN' }, 'absence:leave': null })
    .tag('Published')
    .open({ expectErrors: true });
  const started = await history.api.merges.start({ source: 'disputed', target: 'side' });
  merge = 'merge' in started ? started.merge : '';
  version = (await history.api.versions.history({ type: 'assignment', id: 'cell' })).items[0]?.version ?? '';
});
afterAll(() => history.close());

const nasty = fc.constantFrom<unknown>(
  '',
  ' ',
  'x',
  '\ud800',
  'a\ud800b',
  '\u0000',
  'a\u0000b',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  "'; drop table versions; --",
  '👩‍⚕️',
  '‮evil',
  '0',
  '-1',
  '1e999',
  '2026-02-30',
  '2026-08-05',
  '0000-01-01',
  '9999-12-31',
  '2026-08-05T10:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999+14:00',
  'A'.repeat(64),
  'a'.repeat(64),
  'a'.repeat(5_000),
  0,
  -1,
  1.5,
  Number.MAX_SAFE_INTEGER,
  -0,
  true,
  null,
  [],
  [null],
  {},
  { from: 'x' },
  { in: [] },
  { branch: 'main' },
  JSON.parse('{"__proto__":{"x":1}}'),
);
const real = (): fc.Arbitrary<unknown> =>
  fc.constantFrom<unknown>(
    'main',
    'side',
    'Published',
    'assignment',
    'person',
    'absence',
    'note',
    'cell',
    'lima',
    'leave',
    version,
    ...history.commits(),
    ...history.commits('side'),
    'create',
    'update',
    'delete',
    'AM',
    'Edit',
    1,
    100,
    false,
  );

/** A good input of every call; the law spoils one or two places of it. */
function goodInputs(): Readonly<Record<string, object>> {
  const [first = '', second = ''] = history.commits();
  const cell = { type: 'assignment', id: 'cell' };
  const days = { from: '2026-08-01', to: '2026-08-10' };
  const fields = { personId: 'lima', date: '2026-08-06', half: 'PM', activity: 'C', notes: 'x', tags: ['a'] };
  const restore = { branch: 'main', at: first, scope: { kind: 'entities', entities: [cell] } };
  const file = { name: 'rota.csv', base64: 'TmFtZSwyMDI2LTAzLTEyIEFNCkxpbWEsQwo=' };
  const named = { message: 'Edit', reason: 'because', kind: 'edit' };
  return {
    'session/use': { userId: 'ana', name: 'Ana Lima' },
    'program/rename': { name: 'Family Medicine' },
    'jobs/cancel': { job: 'x' },
    'changes/commit': { branch: 'main', ...named, expectedTip: null, changes: [{ op: 'create', ...cell, fields }] },
    'changes/commit ': {
      branch: 'side',
      ...named,
      changes: [
        { op: 'update', ...cell, fields },
        { op: 'delete', type: 'person', id: 'lima' },
      ],
    },
    'changes/commit  ': {
      ...named,
      changes: [
        {
          op: 'create',
          type: 'absence',
          fields: { personId: 'lima', startDate: '2026-08-05', endDate: '2026-08-06', absenceType: 'sick' },
        },
      ],
    },
    'changes/undo': { branch: 'main' },
    'changes/redo': { branch: 'main' },
    'changes/undoable': { branch: 'main' },
    'changes/previewRestore': restore,
    'changes/restore': { ...restore, reason: 'as before', expectedTip: second },
    'changes/previewRestore ': { at: first, scope: { kind: 'days', ...days, personId: 'lima' } },
    'changes/previewRestore  ': { at: '2026-08-03T09:01:30Z', scope: { kind: 'cell', personId: 'lima', date: '2026-08-05', half: 'AM' } },
    'commits/line': { branch: 'main', from: first, to: second, limit: 2, cursor: '1', author: 'ana', type: 'assignment', entity: cell },
    'commits/get': { commit: first, limit: 10 },
    'commits/at': { branch: 'main', position: 1, at: first },
    'commits/revert': { commit: second, branch: 'main', reason: 'x' },
    'commits/density': { branch: 'main', buckets: 3, from: first, to: '2030-01-01T00:00:00Z' },
    'versions/history': { ...cell, branch: 'main', limit: 1, cursor: '1' },
    'versions/get': { version },
    'versions/at': { ...cell, branch: 'side', at: first },
    'versions/allAt': {
      type: 'assignment',
      branch: 'main',
      at: first,
      filters: { activity: 'A', date: { from: '2026-01-01' }, half: { in: ['AM'] } },
      limit: 1,
      cursor: 'c',
    },
    'versions/compare': { ...cell, from: version, to: version },
    'versions/rollback': { ...cell, version, reason: 'x', branch: 'main' },
    'versions/lineage': cell,
    'notes/tag': { ...cell, version, commit: first, tag: 't' },
    'notes/tag ': { commit: first, tag: 't' },
    'notes/untag': { commit: first, tag: 't' },
    'notes/comment': { commit: first, text: 'hm' },
    'notes/remove': { note: 'x' },
    'notes/list': { commit: first, ...cell, version, kind: 'tag', limit: 1, cursor: 'x' },
    'branches/create': { name: 'new one', parent: 'main', at: first, description: 'why' },
    'branches/list': { deleted: true, limit: 1, cursor: 'main' },
    'branches/info': { name: 'side' },
    'branches/delete': { name: 'side' },
    'branches/restore': { name: 'side' },
    'branches/compare': { a: 'main', b: 'side', types: ['assignment'] },
    'branches/rename': { name: 'side', to: 'aside' },
    'branches/describe': { name: 'side', description: 'why' },
    'branches/protect': { name: 'side', protected: false },
    'branches/archive': { name: 'side' },
    'branches/unarchive': { name: 'side' },
    'branches/people': { a: 'main', b: 'side' },
    'versions/blame': { ...cell, branch: 'side', at: first },
    'merges/preview': { source: 'side', target: 'main', types: ['assignment'] },
    'merges/start': { source: 'side', target: 'main', message: 'm', reason: 'r' },
    'merges/get': { merge },
    'merges/list': { state: 'open', limit: 1, cursor: 'x' },
    'merges/resolve': {
      merge,
      resolutions: [
        { conflict: { entity: cell, field: 'activity' }, resolution: { kind: 'custom', value: { a: [1, null] } }, reason: 'r' },
        { conflict: '["assignment","cell","activity"]', resolution: { kind: 'source' } },
      ],
    },
    'merges/resolve ': {
      merge,
      resolutions: [{ conflict: { entity: cell, field: 'activity' }, resolution: { kind: 'custom', value: 'NF' }, reason: 'r' }],
    },
    'merges/unresolve': { merge, conflicts: [{ entity: cell, field: 'activity' }] },
    'merges/unresolve ': { merge },
    'merges/repair': { merge, clash: 'y', repair: 'z' },
    'merges/result': { merge },
    'merges/conclude': { merge: 'x', message: 'm', reason: 'r' },
    'merges/abort': { merge: 'x' },
    'merges/setRules': { rules: [{ type: 'assignment', field: 'activity', prefer: 'newest' }] },
    'merges/pick': { source: 'side', target: 'main', entities: [cell], message: 'm' },
    'roster/window': { branch: 'main', at: first, ...days, people: ['lima'] },
    'roster/step': { branch: 'main', from: first, to: second, window: { ...days, people: ['lima'] } },
    'roster/cell': { branch: 'main', personId: 'lima', date: '2026-08-05', half: 'AM', limit: 1, cursor: 'x' },
    'roster/codes': { branch: 'main', at: first },
    'diff/commits': {
      from: first,
      to: { branch: 'main', at: second },
      types: ['assignment'],
      kinds: ['added'],
      person: 'lima',
      author: 'ana',
      days,
      filters: { activity: 'A' },
      limit: 1,
      cursor: 'x',
    },
    'verify/run': { full: false },
    'exchange/previewImport': {
      branch: 'main',
      file,
      decisions: { sheet: 'x', year: 2026, codes: { C: { use: 'map', code: 'D' } }, keepAllCodes: true, callRows: true },
      limit: 1,
    },
    'exchange/import': { branch: 'side', file, decisions: { keepAllCodes: true }, expectedTip: second, message: 'Import' },
  };
}

test('no input makes a call fail inside, and nothing that was taken breaks what comes after', async () => {
  const inputs = Object.entries(goodInputs());
  const spoil = fc.record({ place: fc.nat(1_000), value: fc.oneof({ weight: 3, arbitrary: nasty }, { weight: 2, arbitrary: real() }) });
  const failures: unknown[] = [];
  const law = fc.assert(
    fc.asyncProperty(fc.constantFrom(...inputs), fc.array(spoil, { minLength: 1, maxLength: 2 }), async ([call, good], spoils) => {
      const given = spoils.reduce((input, { place, value }) => replaceAt(input, place, value), good);
      const [group = '', method = ''] = call.trim().split('/');
      try {
        await Reflect.get(Reflect.get(history.api, group), method)(given);
      } catch (error) {
        if (!(error instanceof ORPCError) || error.status >= 500 || !error.defined) failures.push([call, given, String(error)]);
      }
    }),
    { numRuns: 5_000, seed: Number(process.env['RL_SEED'] ?? 11) },
  );
  await expect(law).resolves.toBeUndefined();
  expect([failures.slice(0, 5), history.errors().slice(0, 5)]).toEqual([[], []]);
  expect(await history.commit('main', { fresh: { activity: 'Z' } })).toMatch(/^[0-9a-f]{64}$/);
  expect((await history.api.roster.window({ from: '2026-08-01', to: '2026-08-10' })).cells.map((cell) => cell.id)).toContain('fresh');
  expect((await history.api.verify.run()).ok).toBe(true);
}, 120_000);

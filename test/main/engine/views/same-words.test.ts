import Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildLeakWorld, openLeakDesk, type LeakWorld } from './leak-world.ts';

/*
 * What is not there for somebody must be answered as what never was: an answer that differs says that there is something. So a stranger asks for
 * hidden things and for names that nobody has ever given, and every pair of answers must be the same but for the name that was asked for.
 */

const stranger = 'user-12';
const nobodysHash = 'f'.repeat(64);
const nobodysId = '0198f3a1-6c1e-7b32-9d44-5a0c2f7e1b99';
const days = { from: '2026-08-03', to: '2026-08-09' };
const all = { kind: 'all' };

let world: LeakWorld;
let hidden: { readonly commits: readonly string[]; readonly versions: readonly string[] };
beforeAll(async () => {
  world = await buildLeakWorld(await openLeakDesk());
  const { file } = await world.desk.must('user-01', 'program/info', {});
  hidden = readHidden(file);
}, 120_000);
afterAll(async () => {
  await world.desk.close();
  rmSync(world.desk.dataDir, { recursive: true, force: true });
});

/** Commits on the lines on which users keep what is their own, and what stands in them, read past the engine. */
function readHidden(file: string): typeof hidden {
  const raw = new Database(file, { readonly: true });
  const column = (sql: string): string[] => raw.prepare<[], string>(sql).pluck().all();
  const own = `FROM refs r JOIN commits c ON c.line_id = r.line_id WHERE r.name LIKE 'views/%' OR r.name = 'access'`;
  try {
    return {
      commits: column(`SELECT lower(hex(c.hash)) ${own}`),
      versions: column(
        `SELECT lower(hex(v.hash)) FROM versions v JOIN entities e USING (entity_id) JOIN types t USING (type_id)
         WHERE v.hash IS NOT NULL AND t.name IN ('own_version', 'view_link', 'view_offer', 'view_access', 'clinic', 'patient')`,
      ),
    };
  } finally {
    raw.close();
  }
}

type Asking = readonly [path: string, input: (name: string) => object];

const byCommit: readonly Asking[] = [
  ['commits/get', (commit) => ({ commit })],
  ['commits/line', (from) => ({ from })],
  ['commits/line', (to) => ({ to })],
  ['commits/at', (at) => ({ at })],
  ['commits/density', (from) => ({ from, buckets: 3 })],
  ['commits/density', (to) => ({ to, buckets: 3 })],
  ['commits/revert', (commit) => ({ commit, branch: 'main', reason: 'x' })],
  ['diff/commits', (from) => ({ from, to: 'main' })],
  ['diff/commits', (to) => ({ from: 'main', to })],
  ['diff/commits', (at) => ({ from: 'main', to: { branch: 'main', at } })],
  ['versions/at', (at) => ({ type: 'person', id: nobodysId, at })],
  ['versions/at', (at) => ({ type: 'clinic', id: nobodysId, at, view: stranger })],
  ['versions/allAt', (at) => ({ type: 'clinic', at })],
  ['versions/allAt', (at) => ({ type: 'clinic', at, view: stranger })],
  ['versions/blame', (at) => ({ type: 'person', id: nobodysId, at })],
  ['roster/window', (at) => ({ ...days, at })],
  ['roster/window', (at) => ({ ...days, at, view: stranger })],
  ['roster/step', (to) => ({ from: null, to, window: days })],
  ['roster/codes', (at) => ({ at })],
  ['changes/previewRestore', (at) => ({ branch: 'main', at, scope: all })],
  ['changes/restore', (at) => ({ branch: 'main', at, scope: all, reason: 'x' })],
  ['notes/list', (commit) => ({ commit })],
  ['notes/tag', (commit) => ({ commit, tag: 'x' })],
  ['notes/comment', (commit) => ({ commit, text: 'x' })],
  ['branches/create', (at) => ({ name: 'new', at })],
  ['exchange/previewExport', (at) => ({ what: 'people', format: 'csv', at })],
  ['views/get', (at) => ({ type: 'clinic', id: nobodysId, at })],
  ['views/search', (at) => ({ type: 'clinic', at })],
  ['views/matrix', (at) => ({ type: 'clinic', id: nobodysId, at })],
  ['views/compare', (at) => ({ type: 'clinic', id: nobodysId, a: 'shared', b: {}, at })],
];

const byVersion: readonly Asking[] = [
  ['versions/get', (version) => ({ version })],
  ['versions/compare', (from) => ({ type: 'clinic', id: nobodysId, from, to: 'e'.repeat(64) })],
  ['versions/rollback', (version) => ({ type: 'clinic', id: nobodysId, version, reason: 'x' })],
  ['notes/list', (version) => ({ version })],
  ['notes/tag', (version) => ({ type: 'clinic', id: nobodysId, version, tag: 'x' })],
];

const byMerge: readonly Asking[] = [
  ['merges/get', (merge) => ({ merge })],
  ['merges/result', (merge) => ({ merge })],
  ['merges/resolve', (merge) => ({ merge, resolutions: [{ conflict: 'x', resolution: { kind: 'source' } }] })],
  ['merges/unresolve', (merge) => ({ merge })],
  ['merges/conclude', (merge) => ({ merge, reason: 'x' })],
  ['merges/repair', (merge) => ({ merge, clash: 'x', repair: null })],
  ['merges/abort', (merge) => ({ merge })],
];

/** Of each type with views. */
function byRecord(type: string): readonly Asking[] {
  const one =
    (more: object = {}) =>
    (id: string) => ({ type, id, ...more });
  return [
    ['versions/history', one()],
    ['versions/at', one()],
    ['versions/at', one({ view: stranger })],
    ['versions/blame', one()],
    ['versions/lineage', one()],
    ['versions/compare', one({ from: nobodysHash, to: nobodysHash })],
    ['versions/rollback', one({ version: nobodysHash, reason: 'x' })],
    ['commits/line', (id) => ({ entity: { type, id } })],
    ['notes/list', one()],
    ['changes/commit', (id) => ({ message: 'x', changes: [{ op: 'update', type, id, fields: { city: 'x' } }] })],
    ['changes/commit', (id) => ({ message: 'x', changes: [{ op: 'delete', type, id }] })],
    [
      'changes/previewRestore',
      (id) => ({ branch: 'main', at: '2026-08-03T09:00:00.000Z', scope: { kind: 'entities', entities: [{ type, id }] } }),
    ],
    ['merges/pick', (id) => ({ source: 'plan-0', target: 'main', entities: [{ type, id }] })],
    ['views/get', one()],
    ['views/save', one({ fields: { city: 'x' } })],
    ['views/clear', one()],
    ['views/unlink', one()],
    ['views/versions', one()],
    ['views/useVersion', one({ version: 2 })],
    ['views/archive', one({ version: 2 })],
    ['views/remove', one({ version: 2 })],
    ['views/previewCleanup', one()],
    ['views/cleanup', one()],
    ['views/offer', one({ to: 'user-11' })],
    ['views/offers', one()],
    ['views/publish', one({ fields: ['city'] })],
    ['views/compare', one({ a: 'shared', b: {} })],
    ['views/compare', one({ a: 'shared', b: { user: 'user-01' } })],
    ['views/matrix', one()],
    ['views/settle', one({ choices: { city: 'shared' } })],
    ['views/reveal', one()],
  ];
}

/** Every call that answers otherwise than for a name that nobody has. */
async function differences(askings: readonly Asking[], names: readonly string[], nobodys: string): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const [path, input] of askings) {
    const never = stripped(await world.desk.ask(stranger, path, input(nobodys)), nobodys);
    for (const name of names) {
      const told = stripped(await world.desk.ask(stranger, path, input(name)), name);
      if (told !== never) found.add(`${path} ${JSON.stringify(input('…'))}: ${told.slice(0, 300)} instead of ${never.slice(0, 300)}`);
    }
  }
  return [...found];
}

/** An answer without the name it was asked by, and without the moment at which it was given. */
function stripped(answer: unknown, name: string): string {
  return JSON.stringify(answer)
    .replaceAll(name, '…')
    .replaceAll(/"at":"[^"]+"/g, '"at":"…"');
}

test('a commit on somebody’s own line is asked for like one that never was', { timeout: 120_000 }, async () => {
  const names = hidden.commits.filter((_, place) => place % 9 === 0);
  expect(names.length).toBeGreaterThan(10);
  expect(await differences(byCommit, names, nobodysHash)).toEqual([]);
});

test('so is a version that is hidden', { timeout: 120_000 }, async () => {
  const names = hidden.versions.filter((_, place) => place % 5 === 0);
  expect(names.length).toBeGreaterThan(20);
  expect(await differences(byVersion, names, nobodysHash)).toEqual([]);
});

test('so is a record that one is not linked to', { timeout: 120_000 }, async () => {
  for (const type of ['clinic', 'patient']) {
    const names = world.records.filter((record) => record.type === type).map(({ id }) => id);
    expect(await differences(byRecord(type), names, nobodysId)).toEqual([]);
  }
});

test('so is a merge in which somebody else publishes, an offer and a migration', { timeout: 120_000 }, async () => {
  const open: string[] = [];
  for (const merge of world.merges) if ((await world.desk.ask(stranger, 'merges/get', { merge })).refused !== undefined) open.push(merge);
  expect(open.length).toBeGreaterThan(0);
  expect(await differences(byMerge, open, nobodysId)).toEqual([]);
  const { items } = await world.desk.must('user-04', 'views/offers', {});
  const offers = items.map((item: any) => item.offer);
  expect(offers.length).toBeGreaterThan(0);
  expect(
    await differences(
      [
        ['views/adopt', (offer) => ({ offer })],
        ['views/withdraw', (offer) => ({ offer })],
      ],
      offers,
      nobodysId,
    ),
  ).toEqual([]);
});

test('so is the view of somebody who offered nothing, and of nobody', async () => {
  const of = { type: 'clinic', id: world.records[0]?.id };
  for (const [path, input] of [
    ['views/get', of],
    ['views/search', { type: 'clinic' }],
    ['versions/at', of],
    ['versions/allAt', { type: 'clinic' }],
    ['roster/window', days],
  ] as const) {
    const [never, ...others] = await Promise.all(
      ['nobody', 'user-01', 'user-05', 'user-11'].map(async (view) =>
        stripped(await world.desk.ask(stranger, path, { ...input, view }), view),
      ),
    );
    expect(others, path).toEqual(others.map(() => never));
    expect(never).toContain('FORBIDDEN');
  }
});

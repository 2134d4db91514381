import type { LeakPool } from './leak-pool.ts';

/** How a call is covered: the inputs a stranger would try, or why there is nothing to try. */
export type Covered = ((pool: LeakPool) => Iterable<unknown>) | { readonly notAsked: string };

const types = ['clinic', 'patient'];
const once = (): unknown[] => [{}];
const few = <Item>(items: readonly Item[], most: number): Item[] =>
  items.filter((_, place) => place % Math.max(1, Math.ceil(items.length / most)) === 0);
const ofRecords = (more: object = {}) =>
  function* ({ records }: LeakPool): Generator<object> {
    for (const { type, id } of records) yield { type, id, ...more };
  };
const ofCommits = (field: string, more: object = {}) =>
  function* ({ commits }: LeakPool): Generator<object> {
    for (const commit of commits) yield { [field]: commit, ...more };
  };
const ofBranches = (more: object = {}) =>
  function* ({ branches }: LeakPool): Generator<object> {
    for (const branch of branches) yield { branch, ...more };
  };
const named = ({ branches }: LeakPool): object[] => branches.map((name) => ({ name }));
const ofMerges = ({ merges }: LeakPool): object[] => merges.map((merge) => ({ merge }));

/** Records at branches and moments, and as everybody. */
function* everywhere({ records, branches, moments, users, commits, otherIds }: LeakPool): Generator<object> {
  for (const { type, id } of records) {
    for (const branch of branches) yield { type, id, branch };
    for (const at of few(moments, 25)) yield { type, id, at };
    for (const at of few(commits, 25)) yield { type, id, at };
    for (const view of users) yield { type, id, view };
    for (const view of users) for (const at of few(moments, 4)) yield { type, id, view, at };
  }
  for (const id of otherIds) for (const type of types) yield { type, id };
}

function* lists({ branches, moments, users }: LeakPool): Generator<object> {
  for (const type of types) {
    for (const branch of branches) yield { type, branch, limit: 500 };
    for (const at of few(moments, 12)) yield { type, at, limit: 500 };
    for (const view of users) yield { type, view, limit: 500 };
    for (const view of users) for (const at of few(moments, 4)) yield { type, view, at, limit: 500 };
  }
}

function* pairsOfBranches({ branches }: LeakPool): Generator<{ readonly a: string; readonly b: string }> {
  for (const branch of branches) {
    yield { a: 'main', b: branch };
    yield { a: branch, b: 'main' };
  }
}

/** Calls that change nothing, asked of one file by everybody. */
export const readingCalls: Readonly<Record<string, Covered>> = {
  'session/get': once,
  'program/info': once,
  'program/list': once,
  'program/watch': { notAsked: 'What it tells is listened to, and holds no planted value of anybody.' },
  'jobs/list': once,
  'changes/undoable': ofBranches(),
  'changes/previewRestore': function* ({ moments, records }) {
    for (const at of few(moments, 15)) {
      yield { branch: 'main', at, scope: { kind: 'all' } };
      yield { branch: 'main', at, scope: { kind: 'entities', entities: records } };
    }
  },
  'commits/line': function* (pool) {
    yield* ofBranches({ limit: 500 })(pool);
    yield* ofCommits('from')(pool);
    for (const type of types) for (const branch of pool.branches) yield { type, branch, limit: 500 };
    for (const author of pool.users) yield { author, limit: 500 };
    for (const entity of pool.records) yield { entity };
  },
  'commits/get': ofCommits('commit'),
  'commits/at': function* (pool) {
    for (const at of pool.moments) yield { at };
    for (const at of few(pool.commits, 60)) yield { at };
  },
  'commits/density': function* (pool) {
    yield* ofBranches({ buckets: 50 })(pool);
    yield* few([...ofCommits('from', { buckets: 3 })(pool)], 40);
  },
  'versions/history': ofRecords({ limit: 500 }),
  'versions/get': ({ versions }) => versions.map((version) => ({ version })),
  'versions/at': everywhere,
  'versions/allAt': lists,
  'versions/compare': function* ({ records, versions }) {
    for (const { type, id } of records) for (const from of few(versions, 20)) yield { type, id, from, to: versions.at(-1) };
  },
  'versions/blame': ofRecords(),
  'versions/lineage': function* (pool) {
    yield* ofRecords()(pool);
    for (const id of few(pool.otherIds, 40)) yield { type: 'clinic', id };
  },
  'notes/list': function* (pool) {
    yield { limit: 500 };
    yield* ofRecords({ limit: 500 })(pool);
    yield* ofCommits('commit')(pool);
    for (const version of few(pool.versions, 60)) yield { version };
  },
  'branches/list': once,
  'branches/info': named,
  'branches/people': pairsOfBranches,
  'branches/compare': pairsOfBranches,
  'roster/window': function* ({ users, moments, days }) {
    for (const view of users) yield { ...days, view };
    for (const view of users) for (const at of few(moments, 4)) yield { ...days, view, at };
  },
  'roster/step': ({ commits, days }) => few(commits, 40).map((to) => ({ from: null, to, window: days })),
  'roster/cell': () => [{ personId: 'nobody', date: '2026-08-03', half: 'AM' }],
  'roster/codes': once,
  'roster/repairs': { notAsked: 'It is about what stands in cells, which are everybody’s.' },
  'diff/commits': function* ({ commits, branches, moments }) {
    for (const to of commits) yield { from: { branch: 'main', at: moments[0] }, to, limit: 500 };
    for (const branch of branches) yield { from: 'main', to: branch, types, limit: 500 };
  },
  'verify/run': once,
  'exchange/previewExport': () => ['clinics', 'patients'].map((what) => ({ what, format: 'csv' })),
  'exchange/previewImport': { notAsked: 'It reads a roster, and compares it with cells, people and rotations, which are everybody’s.' },
  'merges/preview': function* (pool) {
    for (const { a, b } of pairsOfBranches(pool)) yield { source: a, target: b };
  },
  'merges/get': ofMerges,
  'merges/list': () => [{ state: 'open' }, { state: 'concluded' }, { state: 'aborted' }],
  'merges/result': ofMerges,
  'merges/rules': once,
  'views/get': everywhere,
  'views/search': function* (pool) {
    yield* lists(pool);
    for (const type of types) yield { type, mask: true, limit: 500 };
  },
  'views/versions': function* (pool) {
    yield* ofRecords({ limit: 500 })(pool);
    for (const id of pool.otherIds) yield { type: 'clinic', id };
  },
  'views/previewCleanup': function* (pool) {
    yield {};
    yield* ofRecords()(pool);
  },
  'views/offers': () => ['received', 'given'].map((direction) => ({ direction, limit: 500 })),
  'views/compare': function* ({ records, users, moments }) {
    for (const { type, id } of records)
      for (const user of users) {
        yield { type, id, a: 'shared', b: { user } };
        for (const version of [1, 2, 3, 4, 5, 6, 7, 8]) yield { type, id, a: {}, b: { user, version } };
        yield { type, id, a: 'shared', b: { user }, at: moments.at(-1) };
      }
  },
  'views/matrix': everywhere2,
  'views/drift': () => [{ limit: 500 }, ...types.map((type) => ({ type, limit: 500 }))],
  'views/reveals': function* (pool) {
    yield { limit: 500 };
    yield { gathered: true, limit: 500 };
    yield* ofBranches({ limit: 500 })(pool);
    yield* ofRecords()(pool);
    for (const id of few(pool.otherIds, 40)) yield { id };
  },
  'views/list': once,
  'views/migrations': once,
  'views/previewMigration': () => [
    { type: 'clinic', file: { name: 'x.csv', base64: Buffer.from('user,cns,name\nuser-12,7700000,Somebody\n').toString('base64') } },
  ],
  'views/previewReversal': ({ otherIds }) => few(otherIds, 60).map((migration) => ({ migration })),
};

function* everywhere2({ records, branches, moments, otherIds }: LeakPool): Generator<object> {
  for (const { type, id } of records) {
    for (const branch of branches) yield { type, id, branch };
    for (const at of few(moments, 12)) yield { type, id, at };
  }
  for (const id of few(otherIds, 40)) yield { type: 'clinic', id };
}

const withNumbers = (more: object = {}) =>
  function* ({ records }: LeakPool): Generator<object> {
    for (const { type, id } of records) for (const version of [1, 2, 3, 4, 5, 6]) yield { type, id, version, ...more };
  };
const withIds =
  (field: string, more: object = {}) =>
  (pool: LeakPool): object[] =>
    pool.otherIds.map((id) => ({ [field]: id, ...more }));

/** Calls that change something: each user tries them on a copy of the file, in this order. */
export const writingCalls: Readonly<Record<string, Covered>> = {
  'session/use': { notAsked: 'Whoever acts as somebody is that user.' },
  'session/remove': () => [{ userId: 'nobody' }],
  'jobs/cancel': () => [{ job: 'nothing' }],
  'changes/commit': function* ({ records }) {
    for (const { type, id } of records) {
      yield { message: 'x', changes: [{ op: 'update', type, id, fields: { city: 'Recife' } }] };
      yield { message: 'x', changes: [{ op: 'delete', type, id }] };
      yield {
        message: 'x',
        changes: [{ op: 'create', type, id, fields: { name: 'x', ...(type === 'clinic' ? { cns: '1234567' } : { cpf: '52998224725' }) } }],
      };
    }
  },
  'versions/rollback': function* ({ records, versions }) {
    for (const { type, id } of records) for (const version of few(versions, 20)) yield { type, id, version, reason: 'x' };
  },
  'notes/tag': function* ({ records, versions, commits }) {
    for (const { type, id } of records) for (const version of few(versions, 20)) yield { type, id, version, tag: 'x' };
    for (const commit of few(commits, 40)) yield { commit, tag: 'x' };
  },
  'notes/comment': function* ({ records, versions }) {
    for (const { type, id } of records) for (const version of few(versions, 20)) yield { type, id, version, text: 'x' };
  },
  'notes/untag': function* ({ records, versions }) {
    for (const { type, id } of records) for (const version of few(versions, 5)) yield { type, id, version, tag: 'x' };
  },
  'notes/remove': withIds('note'),
  'merges/resolve': ({ merges, records }) =>
    merges.flatMap((merge) =>
      records.flatMap((entity) =>
        ['source', 'custom'].map((kind) => ({
          merge,
          resolutions: [{ conflict: { entity, field: 'city' }, resolution: kind === 'custom' ? { kind, value: 'x' } : { kind } }],
        })),
      ),
    ),
  'merges/unresolve': ofMerges,
  'merges/repair': ({ merges }) => merges.map((merge) => ({ merge, clash: 'x', repair: null })),
  'merges/setRules': () => [{ rules: [] }],
  'merges/pick': ({ branches, records }) =>
    branches.flatMap((source) => records.map((entity) => ({ source, target: 'main', entities: [entity] }))),
  'merges/start': ({ branches }) => branches.map((source) => ({ source, target: 'main' })),
  'merges/conclude': ({ merges }) => merges.map((merge) => ({ merge, reason: 'x' })),
  'merges/abort': ({ merges }) => merges.slice(0, 2).map((merge) => ({ merge })),
  'commits/revert': ({ commits }) => few(commits, 60).map((commit) => ({ commit, branch: 'main', reason: 'x' })),
  'changes/undo': ofBranches(),
  'changes/redo': ofBranches(),
  'changes/restore': ({ moments }) => few(moments, 6).map((at) => ({ branch: 'main', at, scope: { kind: 'all' }, reason: 'x' })),
  'views/save': ofRecords({ fields: { city: 'Recife' } }),
  'views/clear': ofRecords(),
  'views/useVersion': withNumbers(),
  'views/archive': withNumbers(),
  'views/remove': withNumbers(),
  'views/cleanup': once,
  'views/offer': ({ records }) => records.map(({ type, id }) => ({ type, id, to: 'user-11' })),
  'views/withdraw': withIds('offer'),
  'views/adopt': withIds('offer'),
  'views/publish': ofRecords({ fields: ['city', 'name'] }),
  'views/settle': ofRecords({ choices: { city: 'shared' } }),
  'views/reveal': ofRecords(),
  'views/migrate': () => [
    { type: 'clinic', file: { name: 'x.csv', base64: Buffer.from('user,cns,name\nuser-12,1234567,Somebody\n').toString('base64') } },
  ],
  'views/reverseMigration': withIds('migration', { reason: 'x' }),
  'views/register': () => [
    { type: 'clinic', identifier: '0000001', fields: { name: 'x' } },
    { type: 'clinic', identifier: 'x', fields: { name: 'x' } },
    { type: 'patient', identifier: '77700000000', fields: { name: 'x' } },
  ],
  'views/unlink': ofRecords(),
  'exchange/export': function* ({ moments }) {
    for (const what of ['clinics', 'patients', 'roster', 'people']) {
      yield { what, format: 'csv' };
      yield { what, format: 'csv', includePersonal: true, reason: 'x' };
      yield { what, format: 'csv', at: moments[Math.floor(moments.length / 2)], includePersonal: true, reason: 'x' };
      yield { what, format: 'xlsx', since: moments[0], includePersonal: true, reason: 'x' };
      yield { what, format: 'xlsx', since: moments[Math.floor(moments.length / 2)] };
    }
  },
  'exchange/import': { notAsked: 'It writes a roster: cells, people and rotations, which are everybody’s.' },
  'branches/create': function* ({ commits }) {
    yield { name: 'new' };
    for (const [place, at] of few(commits, 20).entries()) yield { name: `new-${place}`, at };
  },
  'branches/rename': ({ branches }) => [{ name: branches[1], to: 'another' }],
  'branches/describe': ({ branches }) => [{ name: branches[2], description: 'x' }],
  'branches/protect': ({ branches }) => [{ name: branches[2], protected: true }],
  'branches/archive': ({ branches }) => [{ name: branches[3] }],
  'branches/unarchive': ({ branches }) => [{ name: branches[3] }],
  'branches/delete': ({ branches }) => [{ name: branches[4] }],
  'branches/restore': ({ branches }) => [{ name: branches[4] }],
  'program/rename': () => [{ name: 'x' }],
  'program/open': () => [{ program: '0198f3a1-6c1e-7b32-9d44-5a0c2f7e1b01' }],
  'program/createSample': { notAsked: 'It makes another programme, which knows nothing of this one.' },
  'program/create': { notAsked: 'It makes another programme, which knows nothing of this one.' },
};

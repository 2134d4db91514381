import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CommitDraft, DraftChange, LocalStore, NewBranch, Place } from '../../../../main/engine/local-store/store.ts';
import type { Fields } from '../../../../shared/json.ts';
import { ana, draft, openDesk, type Desk } from './desk.ts';
import { canonical, Oracle, type OracleChange } from './oracle.ts';

/*
 * What must hold: whatever was committed, on whatever branch, the store answers every question about every moment as a plain replay does.
 * It might not, because the store keeps no states: it keeps open and closed intervals cut at epoch borders, and reads branches by hiding
 * rows of their ancestors. A mistake there shows one cell of another moment, and nobody would notice.
 */

const types = ['cell', 'leave', 'person'] as const;
const ids = ['a', 'b', 'c', 'd', '0198c1f0-0000-7000-8000-000000000001'];

interface Edit {
  readonly type: (typeof types)[number];
  readonly id: string;
  readonly fields: Fields;
  readonly remove: boolean;
}

type Step =
  | { readonly kind: 'commit'; readonly branch: number; readonly edits: readonly Edit[]; readonly author: string }
  | { readonly kind: 'branch'; readonly parent: number; readonly back: number };

const fieldsOf = (type: Edit['type']): fc.Arbitrary<Fields> => {
  const who = fc.constantFrom('p1', 'p2', 'p3');
  const slot = fc.integer({ min: 0, max: 12 });
  if (type === 'cell') return fc.record({ who, slot, code: fc.constantFrom('ICU', 'ED', 'Ward') }, { requiredKeys: ['slot'] });
  if (type === 'leave') return fc.tuple(who, slot, fc.nat(6)).map(([name, from, length]) => ({ who: name, from, to: from + length }));
  return fc.record({ name: fc.constantFrom('Ana', 'Ben', 'Żoë 👩‍⚕️'), level: fc.integer({ min: 1, max: 3 }) }, { requiredKeys: [] });
};

const edit: fc.Arbitrary<Edit> = fc
  .constantFrom(...types)
  .chain((type) => fc.record({ type: fc.constant(type), id: fc.constantFrom(...ids), fields: fieldsOf(type), remove: fc.boolean() }));

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('commit' as const),
      branch: fc.nat(5),
      edits: fc.uniqueArray(edit, { minLength: 1, maxLength: 5, selector: ({ type, id }) => `${type}/${id}` }),
      author: fc.constantFrom('ana', 'ben'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('branch' as const), parent: fc.nat(5), back: fc.nat(6) }) },
);

const history = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 40 }),
  epochChanges: fc.constantFrom(2, 5, 13, 1_000),
  probes: fc.array(fc.tuple(fc.nat(1_000), fc.nat(1_000), fc.nat(1_000)), { minLength: 6, maxLength: 6 }),
});

test('answers like a replay, for any history and any moment', () => {
  fc.assert(
    fc.property(history, ({ steps, epochChanges, probes }) => {
      using desk = openDesk({ epochChanges });
      const oracle = play(desk, steps, oneByOne(desk));
      compareAll(desk.store, oracle, probes);
      expect(desk.store.verify().faults).toEqual([]);
      compareAll(desk.reopen({ logChanges: 0, cachedVersions: 4 }), oracle, probes);
    }),
    { numRuns: 40 },
  );
}, 120_000);

test('answers the same after the derived tables were computed again', () => {
  fc.assert(
    fc.property(history, ({ steps, epochChanges, probes }) => {
      using desk = openDesk({ epochChanges });
      const oracle = play(desk, steps, oneByOne(desk));
      desk.store.rebuildDerived();
      compareAll(desk.store, oracle, probes);
      expect(desk.store.verify().faults).toEqual([]);
    }),
    { numRuns: 20 },
  );
}, 120_000);

test.each([false, true])(
  'answers the same after a bulk load (sorted: %s)',
  (sorted) => {
    fc.assert(
      fc.property(history, ({ steps, epochChanges, probes }) => {
        using desk = openDesk({ epochChanges });
        const load = desk.store.startBulkLoad({ sorted });
        let time = desk.now;
        const oracle = play(desk, steps, {
          append(ref, made) {
            time += 1_000;
            return { hash: load.append(ref, { ...made, at: new Date(time).toISOString() }), at: time };
          },
          branch(made) {
            time += 1_000;
            return Date.parse(load.createBranch({ ...made, at: new Date(time).toISOString() }).createdAt);
          },
        });
        for (const _ of load.finish());
        compareAll(desk.store, oracle, probes);
        expect(desk.store.verify().faults).toEqual([]);
        compareAll(desk.reopen(), oracle, probes);
        // What comes after a load goes the ordinary way.
        const more = desk.store.appendCommit('heads/main', draft([{ type: 'person', id: 'late', op: 'create', fields: { name: 'Late' } }]));
        expect(more.kind).toBe('committed');
        expect(desk.store.verify().faults).toEqual([]);
      }),
      { numRuns: 20 },
    );
  },
  120_000,
);

interface Writer {
  append(ref: string, made: CommitDraft): { readonly hash: string; readonly at: number };
  branch(made: NewBranch): number;
}

function oneByOne(desk: Desk): Writer {
  return {
    append(ref, made) {
      const outcome = desk.store.appendCommit(ref, made);
      if (outcome.kind !== 'committed') throw new Error('stale');
      desk.store.tend();
      return { hash: outcome.commit.commit, at: Date.parse(outcome.commit.at) };
    },
    branch: (made) => Date.parse(desk.store.createBranch(made).createdAt),
  };
}

/** Plays the steps into the store and the oracle. Branches are numbered as they come; edits become whatever fits the state. */
function play(desk: Desk, steps: readonly Step[], writer: Writer): Oracle {
  const oracle = new Oracle();
  const names = ['main'];
  oracle.begin('main', Date.parse(desk.store.ref('heads/main')!.createdAt));
  for (const each of steps) {
    if (each.kind === 'branch') {
      const parent = names[each.parent % names.length]!;
      const commits = oracle.commitsOf(parent);
      const position = Math.max(0, commits.length - each.back);
      const name = `branch ${names.length}`;
      const place = desk.store.placeAtPosition(`heads/${parent}`, position);
      oracle.fork(name, parent, position, writer.branch({ ref: `heads/${name}`, parent: `heads/${parent}`, place, by: ana }));
      names.push(name);
      continue;
    }
    const branch = names[each.branch % names.length]!;
    const state = oracle.stateAt(branch, oracle.commitsOf(branch).length);
    const changes: OracleChange[] = [];
    const drafts: DraftChange[] = [];
    for (const { type, id, fields, remove } of each.edits) {
      const known = state.get(`${type}/${id}`);
      if (known === undefined) drafts.push({ type, id, op: 'create', fields });
      else if (remove) drafts.push({ type, id, op: 'delete', fields: null });
      else if (canonical(known.fields) !== canonical(fields)) drafts.push({ type, id, op: 'update', fields });
      else continue;
      changes.push({ type, id, fields: known !== undefined && remove ? null : fields });
    }
    if (drafts.length === 0) continue;
    const { hash, at } = writer.append(`heads/${branch}`, draft(drafts, { author: each.author }));
    oracle.append(branch, { hash, at, author: each.author, changes });
  }
  return oracle;
}

function compareAll(store: LocalStore, oracle: Oracle, probes: readonly (readonly [number, number, number])[]): void {
  const names = [...oracle.branches.keys()];
  for (const [one, two, three] of probes) {
    const branch = names[one % names.length]!;
    const ref = `heads/${branch}`;
    const length = oracle.commitsOf(branch).length;
    const position = two % (length + 1);
    const place = store.placeAtPosition(ref, position);
    compareState(store, oracle, branch, position, place);
    compareEver(store, oracle, branch, position, place);
    compareTime(store, oracle, branch, three);
    compareLine(store, oracle, branch);
    const other = names[three % names.length]!;
    const otherPosition = one % (oracle.commitsOf(other).length + 1);
    compareChanges(
      store,
      oracle,
      { branch, position, place },
      { branch: other, position: otherPosition, place: store.placeAtPosition(`heads/${other}`, otherPosition) },
    );
  }
}

function compareState(store: LocalStore, oracle: Oracle, branch: string, position: number, place: Place): void {
  const state = oracle.stateAt(branch, position);
  expect(place.commit).toBe(oracle.commitsOf(branch)[position - 1]?.hash ?? null);
  const counts: Record<string, number> = {};
  for (const type of types) {
    for (const id of ids)
      expect(canonical(store.versionAt(type, id, place)?.fields ?? null)).toBe(canonical(state.get(`${type}/${id}`)?.fields ?? null));
    const all = [...store.entitiesAt(type, place)].map(({ id, fields }) => `${id} ${canonical(fields)}`).sort();
    const expected = [...state.values()].filter((record) => record.type === type).map(({ id, fields }) => `${id} ${canonical(fields)}`);
    expect(all).toEqual(expected.sort());
    if (expected.length > 0) counts[type] = expected.length;
    for (const id of ids)
      expect(store.versionsOf(type, id, place).map(({ commit }) => commit.commit)).toEqual(oracle.historyOf(branch, position, type, id));
  }
  expect(Object.fromEntries(store.countsAt(place))).toEqual(counts);
  for (const window of [
    { from: 0, to: 20 },
    { from: 3, to: 5 },
    { from: 4, to: 4, subjects: ['p1', 'p3', 'nobody'] },
  ])
    for (const type of types)
      expect(
        store
          .windowAt(type, place, window)
          .map(({ id, fields }) => `${id} ${canonical(fields)}`)
          .sort(),
      ).toEqual(
        oracle.windowAt(branch, position, type, window).map((text) => text.replace(/ .*/, (fields) => ` ${canonical(JSON.parse(fields))}`)),
      );
}

function compareEver(store: LocalStore, oracle: Oracle, branch: string, position: number, place: Place): void {
  for (const window of [
    { from: 0, to: 20, subjects: ['p1'] },
    { from: 4, to: 4, subjects: ['p1', 'p3', 'nobody'] },
  ])
    for (const type of types) expect([...store.everIn(type, place, window)].sort()).toEqual(oracle.everIn(branch, position, type, window));
}

function compareTime(store: LocalStore, oracle: Oracle, branch: string, offset: number): void {
  const { createdAt, commits } = oracle.branches.get(branch)!;
  const last = commits[commits.length - 1]?.at ?? createdAt;
  for (const at of [
    createdAt - 1,
    createdAt,
    createdAt + Math.floor(((last - createdAt) * offset) / 1_000),
    last,
    last + 1,
    last + 10 ** 9,
  ])
    expect(store.placeAt(`heads/${branch}`, new Date(at).toISOString()).position).toBe(oracle.positionAt(branch, at));
}

function compareLine(store: LocalStore, oracle: Oracle, branch: string): void {
  const commits = oracle.commitsOf(branch);
  const place = store.placeAt(`heads/${branch}`);
  const hashes = [...commits].reverse();
  expect(store.line(place).items.map(({ commit }) => commit)).toEqual(hashes.map(({ hash }) => hash));
  const ben = hashes.filter(({ author }) => author === 'ben').map(({ hash }) => hash);
  expect(store.line(place, { author: 'ben' })).toMatchObject({ total: ben.length, items: ben.map((commit) => ({ commit })) });
  const cells = hashes.filter(({ changes }) => changes.some(({ type }) => type === 'cell')).map(({ hash }) => hash);
  expect(store.line(place, { type: 'cell' })).toMatchObject({ total: cells.length, items: cells.map((commit) => ({ commit })) });
  const first = store.line(place, { limit: 2 });
  expect(first).toMatchObject({ total: hashes.length, next: hashes.length > 2 ? String(hashes.length - 1) : null });
  if (first.next !== null)
    expect(store.line(place, { limit: 2, cursor: first.next }).items.map(({ commit }) => commit)).toEqual(
      hashes.slice(2, 4).map(({ hash }) => hash),
    );
  const buckets = store.density(place, { buckets: 7 });
  expect(buckets.reduce((sum, bucket) => sum + bucket.commits, 0)).toBe(commits.length);
  expect(buckets.reduce((sum, bucket) => sum + bucket.changes, 0)).toBe(commits.reduce((sum, { changes }) => sum + changes.length, 0));
}

interface Side {
  readonly branch: string;
  readonly position: number;
  readonly place: Place;
}

function compareChanges(store: LocalStore, oracle: Oracle, from: Side, to: Side): void {
  const expected = oracle.between(oracle.stateAt(from.branch, from.position), oracle.stateAt(to.branch, to.position));
  const found = store.changesBetween(from.place, to.place).map(({ type, id, before, after }) => ({
    key: `${type}/${id}`,
    before: before === null ? null : store.versions([before])[0]!.fields,
    after: after === null ? null : store.versions([after])[0]!.fields,
  }));
  expect(found).toEqual(expected);
  const window = { from: 3, to: 6, subjects: ['p1', 'p2'] };
  const inWindow = (side: Side): Set<string> => new Set(store.windowAt('cell', side.place, window).map(({ id }) => `cell/${id}`));
  const touched = new Set([...inWindow(from), ...inWindow(to)]);
  expect(store.windowChanges('cell', from.place, to.place, window).map(({ id }) => `cell/${id}`)).toEqual(
    expected.filter(({ key }) => touched.has(key)).map(({ key }) => key),
  );
}

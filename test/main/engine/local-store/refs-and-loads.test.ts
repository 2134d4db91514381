import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RefusedError } from '../../../../shared/errors.ts';
import { CommitHash } from '../../../../shared/ids.ts';
import { openLocalStore } from '../../../../main/engine/local-store/open-store.ts';
import type { AppendOutcome, BulkStep, CommitRecord } from '../../../../main/engine/local-store/store.ts';
import { ana, axes, create, draft, openDesk, remove, update } from './desk.ts';

const main = 'heads/main';

function codeOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof RefusedError) return error.code;
    throw error;
  }
}

function committed(outcome: AppendOutcome): CommitRecord {
  if (outcome.kind !== 'committed') throw new Error('stale');
  return outcome.commit;
}

describe('a commit', () => {
  test('is refused as stale when the tip is another than expected, and writes nothing', () => {
    using desk = openDesk();
    const first = committed(desk.store.appendCommit(main, draft([create('person', 'p1', { name: 'Ana' })]), { expectedTip: null }));
    expect(desk.store.appendCommit(main, draft([update('person', 'p1', { name: 'Bo' })]), { expectedTip: null })).toEqual({
      kind: 'stale',
      tip: first.commit,
    });
    expect(desk.store.counts()).toMatchObject({ commits: 1, versions: 1, entities: 1 });
  });

  test.each([
    ['EXISTS', [create('person', 'p1', { name: 'Again' })]],
    ['NOT_FOUND', [update('person', 'p2', { name: 'Nobody' })]],
    ['NOT_FOUND', [remove('person', 'p2')]],
    ['INVALID', [create('person', 'p2', {}), create('person', 'p2', {})]],
    ['INVALID', [create('person', 'p2', { name: '\ud800' })]],
    ['INVALID', [create('person', 'p3', {}), create('person', 'p2', { level: Number.NaN })]],
  ])('that does not fit is refused as %s, and nothing of it stays', (code, changes) => {
    using desk = openDesk();
    desk.store.appendCommit(main, draft([create('person', 'p1', { name: 'Ana' })]));
    const before = [desk.store.counts(), desk.store.ref(main)];
    expect(codeOf(() => desk.store.appendCommit(main, draft(changes)))).toBe(code);
    expect([desk.store.counts(), desk.store.ref(main)]).toEqual(before);
    expect(committed(desk.store.appendCommit(main, draft([update('person', 'p1', { name: 'Bo' })]))).position).toBe(2);
    expect(desk.store.verify().faults).toEqual([]);
  });

  test('has a time later than the one before it, also when the clock stands still or goes back', () => {
    using desk = openDesk({ clock: () => 1_000 });
    const times = ['a', 'b', 'c'].map((id) => committed(desk.store.appendCommit(main, draft([create('person', id, {})]))).at);
    expect(times.map((at) => Date.parse(at))).toEqual([1_001, 1_002, 1_003]);
  });

  test('keeps the same content under one name wherever it stands', () => {
    using desk = openDesk();
    const { store } = desk;
    const one = committed(store.appendCommit(main, draft([create('cell', 'a', { slot: 1 })])));
    store.appendCommit(main, draft([remove('cell', 'a')]));
    const two = committed(store.appendCommit(main, draft([create('cell', 'a', { slot: 1 })])));
    const hash = store.versionAt('cell', 'a', store.placeAt(main))!.version;
    expect(store.occurrencesOfHash(hash).map(({ commit }) => commit.commit)).toEqual([one.commit, two.commit]);
    expect(store.versionsOf('cell', 'a').map(({ op }) => op)).toEqual(['create', 'delete', 'create']);
    // Also after the index of hashes has taken them in.
    store.rebuildDerived();
    expect(store.occurrencesOfHash(hash).map(({ commit }) => commit.commit)).toEqual([one.commit, two.commit]);
    expect(store.changesBetween(store.placeOf(one.commit), store.placeOf(two.commit))).toEqual([]);
  });

  test('cannot begin inside a read, where its answer would not be on the disk', () => {
    using desk = openDesk();
    expect(() => desk.store.read(() => desk.store.appendCommit(main, draft([create('person', 'p1', {})])))).toThrow('inside a read');
    expect(desk.store.counts().commits).toBe(0);
  });
});

describe('a branch', () => {
  test('shows its parent as of its base, then its own commits, and nothing before it was made', () => {
    using desk = openDesk();
    const { store } = desk;
    const first = committed(store.appendCommit(main, draft([create('cell', 'a', { slot: 1 })])));
    store.appendCommit(main, draft([update('cell', 'a', { slot: 2 })]));
    const before = new Date(desk.now).toISOString();
    const branch = store.createBranch({
      ref: 'heads/what if',
      parent: main,
      place: store.placeOf(first.commit),
      by: ana,
      description: 'Try',
    });
    expect(branch).toMatchObject({
      name: 'what if',
      parent: main,
      base: first.commit,
      basePosition: 1,
      tip: first.commit,
      position: 1,
      createdBy: 'ana',
      createdByName: 'Ana Ito',
      description: 'Try',
      deletedAt: null,
    });
    store.appendCommit('heads/what if', draft([update('cell', 'a', { slot: 3 })]));
    const slotAt = (moment?: string): unknown =>
      store.versionAt('cell', 'a', store.placeAt('heads/what if', moment))?.fields['slot'] ?? null;
    expect([slotAt(before), slotAt(branch.createdAt), slotAt()]).toEqual([null, 1, 3]);
    expect(store.aheadBehind(store.placeAt('heads/what if'), store.placeAt(main))).toEqual({ ahead: 1, behind: 1 });
    expect(store.forkOf(store.placeAt('heads/what if'), store.placeAt(main))).toMatchObject({ position: 1, commit: first.commit });
  });

  test('can be deleted, is then nothing, and can be restored with all it held', () => {
    using desk = openDesk();
    const { store } = desk;
    store.createBranch({ ref: 'heads/x', parent: main, by: ana });
    const commit = committed(store.appendCommit('heads/x', draft([create('cell', 'a', { slot: 1 })])));
    const deleted = store.deleteBranch('heads/x', ana);
    expect([deleted.deletedBy, store.refs().map(({ name }) => name), store.placeAt('heads/x').position]).toEqual([
      'ana',
      ['main', 'notes'],
      0,
    ]);
    expect(codeOf(() => store.appendCommit('heads/x', draft([create('cell', 'b', {})])))).toBe('NOT_FOUND');
    expect(codeOf(() => store.createBranch({ ref: 'heads/x', parent: main, by: ana }))).toBe('EXISTS');
    expect(codeOf(() => store.deleteBranch('heads/x', ana))).toBe('NOT_FOUND');
    const restored = store.restoreBranch('heads/x', ana);
    expect(restored).toMatchObject({ deletedAt: null, tip: commit.commit });
    expect(store.placeAt('heads/x', deleted.deletedAt!).position).toBe(0);
    expect(store.placeAt('heads/x', commit.at).position).toBe(1);
    expect(store.renameBranch('heads/x', 'heads/y', ana).name).toBe('y');
    expect(store.describeBranch('heads/y', 'Second try', ana).description).toBe('Second try');
    expect(store.refLog({ ref: 'heads/y' }).map(({ cause }) => cause.kind)).toEqual([
      'describe',
      'rename',
      'restore',
      'delete',
      'commit',
      'create',
    ]);
    expect(desk.reopen().verify().faults).toEqual([]);
  });

  test('refuses a base that is not on its parent', () => {
    using desk = openDesk();
    desk.store.createBranch({ ref: 'heads/x', parent: main, by: ana });
    const elsewhere = committed(desk.store.appendCommit('heads/x', draft([create('cell', 'a', {})])));
    const place = desk.store.placeOf(elsewhere.commit);
    expect(codeOf(() => desk.store.createBranch({ ref: 'heads/y', parent: main, place, by: ana }))).toBe('NOT_FOUND');
    expect(codeOf(() => desk.store.placeAt(main, elsewhere.commit))).toBe('NOT_FOUND');
    expect(codeOf(() => desk.store.placeOf(CommitHash.parse('0'.repeat(64))))).toBe('NOT_FOUND');
    expect(codeOf(() => desk.store.placeAt('heads/nowhere'))).toBe('NOT_FOUND');
  });
});

describe('two programs on one file', () => {
  test('see each other’s commits, and neither overwrites the other', () => {
    using desk = openDesk();
    const other = openLocalStore({ file: desk.file, clock: () => (desk.now += 1_000), axes, upkeep: 'manual', epochChanges: 2 });
    const first = committed(desk.store.appendCommit(main, draft([create('cell', 'a', { who: 'p1', slot: 1 })])));
    committed(other.appendCommit(main, draft([update('cell', 'a', { who: 'p1', slot: 2 }), create('cell', 'b', { who: 'p1', slot: 2 })])));
    while (other.tend());
    expect(desk.store.appendCommit(main, draft([remove('cell', 'a')]), { expectedTip: first.commit }).kind).toBe('stale');
    committed(desk.store.appendCommit(main, draft([remove('cell', 'a')])));
    for (const store of [desk.store, other]) {
      const window = store.windowAt('cell', store.placeAt(main), { from: 0, to: 9 });
      expect(window.map(({ id }) => id)).toEqual(['b']);
    }
    other.close();
    expect(desk.store.verify().faults).toEqual([]);
  });
});

describe('a bulk load', () => {
  function* steps(count: number): Generator<BulkStep> {
    for (let index = 0; index < count; index++)
      yield { ref: main, draft: draft([create('cell', `c${index}`, { who: 'p1', slot: index })]) };
  }

  test.each([true, false])('that is cancelled leaves the file as it was (sorted: %s)', (sorted) => {
    using desk = openDesk();
    let reports = 0;
    expect(codeOf(() => desk.store.bulkLoad(steps(1_000), { sorted, onProgress: () => ++reports < 4 }))).toBe('CANCELLED');
    expect(reports).toBe(4);
    expect(desk.store.counts()).toMatchObject({ commits: 0, versions: 0, entities: 0 });
    expect(desk.store.verify().faults).toEqual([]);
    committed(desk.store.appendCommit(main, draft([create('cell', 'c0', { slot: 1 })])));
    expect(desk.reopen().verify().faults).toEqual([]);
  });

  test.each([true, false])('that meets a change that does not fit is refused whole (sorted: %s)', (sorted) => {
    using desk = openDesk();
    const wrong: BulkStep[] = [...steps(5), { ref: main, draft: draft([remove('cell', 'nobody')]) }];
    expect(codeOf(() => desk.store.bulkLoad(wrong, { sorted }))).toBe('NOT_FOUND');
    expect(desk.store.counts().commits).toBe(0);
    expect(desk.store.verify().faults).toEqual([]);
  });

  test('keeps others from writing until it is finished, and says so', () => {
    using desk = openDesk();
    const load = desk.store.startBulkLoad();
    load.append(main, draft([create('cell', 'a', { slot: 1 })]));
    expect(codeOf(() => desk.store.appendCommit(main, draft([create('cell', 'b', {})])))).toBe('READ_ONLY');
    for (const _ of load.finish());
    expect(committed(desk.store.appendCommit(main, draft([create('cell', 'b', {})]))).position).toBe(2);
  });

  test('leaves nothing beside the file once it is closed', () => {
    using desk = openDesk();
    desk.store.bulkLoad(steps(300), { sorted: true });
    desk.store.close();
    expect(readdirSync(desk.folder)).toEqual(['programme.rosterline']);
    expect(existsSync(desk.file)).toBe(true);
  });
});

import { expect, test } from 'vitest';
import { create, draft, openDesk, remove, update } from './desk.ts';

test('answers what stood at each moment, after closing and opening again', () => {
  using desk = openDesk();
  const main = 'heads/main';
  const first = desk.store.appendCommit(
    main,
    draft([create('cell', 'a', { who: 'p1', slot: 10, code: 'ICU' }), create('person', 'p1', { name: 'Ana' })]),
  );
  const second = desk.store.appendCommit(
    main,
    draft([update('cell', 'a', { who: 'p1', slot: 12, code: 'ED' }), create('cell', 'b', { who: 'p2', slot: 11 })]),
  );
  const third = desk.store.appendCommit(main, draft([remove('cell', 'a')]));
  if (first.kind !== 'committed' || second.kind !== 'committed' || third.kind !== 'committed') throw new Error('stale');
  const store = desk.reopen();
  const at = (commit: string): unknown => store.versionAt('cell', 'a', store.placeAt(main, commit))?.fields ?? null;
  expect([first, second, third].map(({ commit }) => at(commit.commit))).toEqual([
    { who: 'p1', slot: 10, code: 'ICU' },
    { who: 'p1', slot: 12, code: 'ED' },
    null,
  ]);
  const window = (commit: string, from: number, to: number, subjects?: string[]): string[] =>
    store
      .windowAt('cell', store.placeAt(main, commit), { from, to, ...(subjects === undefined ? {} : { subjects }) })
      .map(({ id }) => id)
      .sort();
  expect(window(first.commit.commit, 10, 10)).toEqual(['a']);
  expect(window(second.commit.commit, 10, 12)).toEqual(['a', 'b']);
  expect(window(second.commit.commit, 10, 12, ['p2'])).toEqual(['b']);
  expect(window(third.commit.commit, 10, 12)).toEqual(['b']);
  expect(store.verify()).toMatchObject({ ok: true, faults: [] });
  expect(store.recheck(second.commit.commit)).toBe(true);
});

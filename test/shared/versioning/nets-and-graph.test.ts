import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  aheadBehind,
  ancestorsOf,
  chainOf,
  commonPlace,
  isAncestor,
  ownPlace,
  type LineGraph,
  type LinePlace,
} from '../../../shared/versioning/commit-graph.ts';
import { addToNet, applyNet, invertNet, joinNets, netBetween, opOf, settleNet, type Net } from '../../../shared/versioning/snapshot.ts';

type State = ReadonlyMap<string, number>;
const same = (left: number, right: number): boolean => left === right;
const states = fc
  .dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 1, max: 3 }))
  .map((entries): State => new Map(Object.entries(entries)));

/** The net that leads from one state to another. */
function between(from: State, to: State): Map<string, Net<number>> {
  const net = new Map<string, Net<number>>();
  for (const key of new Set([...from.keys(), ...to.keys()])) addToNet(net, key, from.get(key) ?? null, to.get(key) ?? null);
  return settleNet(net, same);
}

const entriesOf = (map: ReadonlyMap<string, unknown>): unknown[] => [...map].sort(([left], [right]) => (left < right ? -1 : 1));

describe('the net of changes', () => {
  test('of two stretches is the net of both together', () => {
    fc.assert(
      fc.property(states, states, states, (one, two, three) => {
        const joined = settleNet(joinNets(between(one, two), between(two, three)), same);
        expect(entriesOf(joined)).toEqual(entriesOf(between(one, three)));
        expect(entriesOf(applyNet(one, joined))).toEqual(entriesOf(three));
      }),
    );
  });

  test('and back again is nothing', () => {
    fc.assert(
      fc.property(states, states, (one, two) => {
        const net = between(one, two);
        expect(settleNet(joinNets(net, invertNet(net)), same).size).toBe(0);
      }),
    );
  });

  test('between two sides of a fork leads from one to the other', () => {
    fc.assert(
      fc.property(states, states, states, (base, left, right) => {
        const net = settleNet(netBetween(between(base, left), between(base, right)), same);
        expect(entriesOf(applyNet(left, net))).toEqual(entriesOf(right));
      }),
    );
  });

  test('folds create, update and delete into what they amount to', () => {
    const fold = (...steps: [number | null, number | null][]): string | null => {
      const net = new Map<string, Net<number>>();
      for (const [before, after] of steps) addToNet(net, 'a', before, after);
      const entry = settleNet(net, same).get('a');
      return entry === undefined ? null : opOf(entry);
    };
    expect([
      fold([null, 1], [1, null]),
      fold([null, 1], [1, 2]),
      fold([1, null], [null, 2]),
      fold([1, 2], [2, 1]),
      fold([1, 2], [2, null]),
    ]).toEqual([null, 'create', 'update', null, 'delete']);
  });
});

/** Commits as plain nodes with parents, the way a textbook would keep them; the lines are built beside it. */
interface Model {
  readonly graph: LineGraph;
  readonly parents: ReadonlyMap<string, readonly string[]>;
  readonly places: readonly LinePlace[];
}

type Move = { readonly kind: 'commit' | 'fork' | 'merge'; readonly line: number; readonly other: number; readonly back: number };

const moves = fc.array(
  fc.record({
    kind: fc.constantFrom('commit' as const, 'commit' as const, 'fork' as const, 'merge' as const),
    line: fc.nat(9),
    other: fc.nat(9),
    back: fc.nat(5),
  }),
  { minLength: 1, maxLength: 40 },
);

const keyOf = ({ line, position }: LinePlace): string => `${line}:${position}`;

function build(list: readonly Move[]): Model {
  const lines: { parent: number | null; fork: number; tip: number; merges: { position: number; merged: LinePlace }[] }[] = [
    { parent: null, fork: 0, tip: 0, merges: [] },
  ];
  const parents = new Map<string, string[]>();
  const graph: LineGraph = {
    line: (line) => lines[line]!,
    mergesOf: (line, after, upTo) => lines[line]!.merges.filter(({ position }) => position > after && position <= upTo),
  };
  for (const { kind, line: wanted, other, back } of list) {
    const line = wanted % lines.length;
    const of = lines[line]!;
    if (kind === 'fork') {
      const place = ownPlace(graph, { line, position: Math.max(0, of.tip - back) });
      lines.push({ parent: place.line, fork: place.position, tip: place.position, merges: [] });
      continue;
    }
    const before = ownPlace(graph, { line, position: of.tip });
    const position = of.tip + 1;
    const list = before.position === 0 ? [] : [keyOf(before)];
    if (kind === 'merge') {
      const merged = ownPlace(graph, { line: other % lines.length, position: lines[other % lines.length]!.tip });
      if (merged.position === 0) continue;
      list.push(keyOf(merged));
      of.merges.push({ position, merged });
    }
    of.tip = position;
    parents.set(keyOf({ line, position }), list);
  }
  return { graph, parents, places: lines.map(({ tip }, line) => ownPlace(graph, { line, position: tip })) };
}

/** Every commit that a commit descends from, itself included. */
function closure(parents: Model['parents'], place: LinePlace): Set<string> {
  const found = new Set<string>();
  const waiting = place.position === 0 ? [] : [keyOf(place)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...(parents.get(next) ?? []));
  }
  return found;
}

describe('the graph of lines', () => {
  test('knows the same ancestors as a walk along all parents', () => {
    fc.assert(
      fc.property(moves, fc.nat(9), fc.nat(9), (list, one, two) => {
        const { graph, parents, places } = build(list);
        const left = places[one % places.length]!;
        const right = places[two % places.length]!;
        const [ours, theirs] = [closure(parents, left), closure(parents, right)];
        const vector = ancestorsOf(graph, left);
        const fromVector = new Set(
          [...vector].flatMap(([line, last]) =>
            Array.from({ length: last - graph.line(line).fork }, (_, index) =>
              keyOf({ line, position: graph.line(line).fork + index + 1 }),
            ),
          ),
        );
        expect([...fromVector].sort()).toEqual([...ours].sort());
        expect(aheadBehind(graph, left, right)).toEqual({
          ahead: [...ours].filter((key) => !theirs.has(key)).length,
          behind: [...theirs].filter((key) => !ours.has(key)).length,
        });
        expect(isAncestor(graph, left, right)).toBe(left.position === 0 || theirs.has(keyOf(left)));
      }),
    );
  });

  test('finds the newest place on both first-parent lines', () => {
    fc.assert(
      fc.property(moves, fc.nat(9), fc.nat(9), (list, one, two) => {
        const { graph, places } = build(list);
        const onLine = (place: LinePlace): string[] =>
          chainOf(graph, place).flatMap(({ line, position }) =>
            Array.from({ length: position - graph.line(line).fork }, (_, index) => keyOf({ line, position: position - index })),
          );
        const [left, right] = [places[one % places.length]!, places[two % places.length]!];
        const other = new Set(onLine(right));
        const newest = onLine(left).find((key) => other.has(key));
        const found = commonPlace(graph, left, right);
        expect(found.position === 0 ? undefined : keyOf(found)).toBe(newest);
      }),
    );
  });
});

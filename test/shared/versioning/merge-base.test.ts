import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LineGraph, LinePlace } from '../../../shared/versioning/commit-graph.ts';
import { mergeBases } from '../../../shared/versioning/merge-base.ts';

/** A growing history of lines, beside a plain graph of nodes with parents that knows nothing of lines. */
class History {
  readonly lines: { parent: number | null; fork: number; head: number; merges: { position: number; merged: LinePlace }[] }[] = [
    { parent: null, fork: 0, head: 0, merges: [] },
  ];
  readonly parents = new Map<string, string[]>();
  readonly graph: LineGraph = {
    line: (line) => this.lines[line]!,
    mergesOf: (line, after, upTo) => this.lines[line]!.merges.filter(({ position }) => position > after && position <= upTo),
  };

  own(line: number, position: number): LinePlace {
    const { parent, fork } = this.lines[line]!;
    return parent !== null && position <= fork ? this.own(parent, position) : { line, position };
  }
  node(place: LinePlace): string {
    const { line, position } = this.own(place.line, place.position);
    return `${line}:${position}`;
  }
  tip(line: number): LinePlace {
    return this.own(line, this.lines[line]!.head);
  }
  commit(line: number, merged?: LinePlace): void {
    const before = this.tip(line);
    const position = ++this.lines[line]!.head;
    if (merged) this.lines[line]!.merges.push({ position, merged });
    this.parents.set(
      this.node({ line, position }),
      [before, ...(merged ? [merged] : [])].filter((place) => place.position > 0).map((place) => this.node(place)),
    );
  }
  fork(line: number, back: number): void {
    const position = Math.max(0, this.lines[line]!.head - back);
    const own = this.own(line, position);
    this.lines.push({ parent: own.line, fork: own.position, head: own.position, merges: [] });
  }
  ancestors(node: string): Set<string> {
    const seen = new Set<string>();
    const waiting = [node];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (seen.has(next) || !this.parents.has(next)) continue;
      seen.add(next);
      waiting.push(...this.parents.get(next)!);
    }
    return seen;
  }
}

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('commit' as const), line: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fork' as const), line: fc.nat(20), back: fc.nat(4) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('merge' as const), line: fc.nat(20), from: fc.nat(20), back: fc.nat(3) }) },
);

test('the bases are the maximal common ancestors of a plain search, on random histories with nested branches and criss-cross merges', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.nat(20), fc.nat(20), (steps, a, b) => {
      const history = new History();
      history.commit(0);
      for (const next of steps) {
        const line = next.line % history.lines.length;
        if (next.kind === 'commit') history.commit(line);
        else if (next.kind === 'fork') history.fork(line, next.back);
        else {
          const from = next.from % history.lines.length;
          const { head } = history.lines[from]!;
          // A line that was forked before the first commit has nothing to merge yet.
          const place = history.own(from, Math.min(head, Math.max(1, head - next.back)));
          if (from !== line && place.position > 0) history.commit(line, place);
        }
      }
      const [left, right] = [history.tip(a % history.lines.length), history.tip(b % history.lines.length)];
      const common = [...history.ancestors(history.node(left))].filter((node) => history.ancestors(history.node(right)).has(node));
      const best = common.filter((node) => !common.some((other) => other !== node && history.ancestors(other).has(node)));
      expect(
        mergeBases(history.graph, left, right)
          .map((place) => history.node(place))
          .sort(),
      ).toEqual(best.sort());
      expect(mergeBases(history.graph, right, left)).toEqual(mergeBases(history.graph, left, right));
    }),
    { numRuns: 5_000 },
  );
});

/**
 * The shape of history without its content. A line is a first-parent chain; a child line continues a parent line at a fork. A merge commit
 * has a second parent somewhere else. Everything a commit descends from is a vector: for each line the highest position that belongs to it.
 */
export interface LineGraph {
  /** Parent and fork of a line; `parent: null` for a line of its own, whose fork is 0. */
  line(line: number): { readonly parent: number | null; readonly fork: number };
  /** The merge commits of a line with `after < position <= upTo`, in any order. */
  mergesOf(line: number, after: number, upTo: number): Iterable<{ readonly position: number; readonly merged: LinePlace }>;
}

export interface LinePlace {
  readonly line: number;
  readonly position: number;
}

/** Line → highest position on it (counted along the whole first-parent chain, as positions are). */
export type AncestorVector = ReadonlyMap<number, number>;

/** The same place on the line that owns its position: at or before a fork it is the parent's. */
export function ownPlace(graph: LineGraph, place: LinePlace): LinePlace {
  let { line, position } = place;
  for (;;) {
    const { parent, fork } = graph.line(line);
    if (parent === null || position > fork) return { line, position };
    line = parent;
  }
}

/** The place and, for each line it stands on, the place where it was forked off: nearest first. Each owns its position, or is position 0 of a first line. */
export function chainOf(graph: LineGraph, place: LinePlace): readonly LinePlace[] {
  const chain: LinePlace[] = [];
  let next: LinePlace | null = ownPlace(graph, place);
  while (next !== null) {
    chain.push(next);
    const { parent, fork }: { parent: number | null; fork: number } = graph.line(next.line);
    next = parent === null ? null : ownPlace(graph, { line: parent, position: fork });
  }
  return chain;
}

/** The newest place that is on the first-parent line of both; position 0 when the lines never met. */
export function commonPlace(graph: LineGraph, left: LinePlace, right: LinePlace): LinePlace {
  const positions = new Map(chainOf(graph, left).map((place) => [place.line, place.position]));
  const chain = chainOf(graph, right);
  for (const place of chain) {
    const position = positions.get(place.line);
    if (position !== undefined) return ownPlace(graph, { line: place.line, position: Math.min(position, place.position) });
  }
  return { line: chain[chain.length - 1]!.line, position: 0 };
}

/** Everything a place descends from, itself included, through second parents too. Costs forks and merges, not commits. */
export function ancestorsOf(graph: LineGraph, place: LinePlace): AncestorVector {
  const vector = new Map<number, number>();
  const waiting: LinePlace[] = [place];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const { line, position } of chainOf(graph, next)) {
      const fork = graph.line(line).fork;
      const known = vector.get(line) ?? fork;
      if (position <= known) break;
      vector.set(line, position);
      for (const merge of graph.mergesOf(line, known, position)) waiting.push(merge.merged);
      // What lies below the fork is known already when the line was.
      if (known > fork) break;
    }
  }
  return vector;
}

/** Whether `ancestor` is `place` or one of its ancestors. Position 0 is before everything. */
export function isAncestor(graph: LineGraph, ancestor: LinePlace, place: LinePlace): boolean {
  const own = ownPlace(graph, ancestor);
  return own.position === 0 || (ancestorsOf(graph, place).get(own.line) ?? 0) >= own.position;
}

/** How many commits each of two places descends from that the other does not. */
export function aheadBehind(graph: LineGraph, place: LinePlace, other: LinePlace): { readonly ahead: number; readonly behind: number } {
  const mine = ancestorsOf(graph, place);
  const theirs = ancestorsOf(graph, other);
  return { ahead: countMissing(graph, mine, theirs), behind: countMissing(graph, theirs, mine) };
}

function countMissing(graph: LineGraph, have: AncestorVector, lack: AncestorVector): number {
  let count = 0;
  for (const [line, position] of have) count += Math.max(0, position - (lack.get(line) ?? graph.line(line).fork));
  return count;
}

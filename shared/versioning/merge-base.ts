import { ancestorsOf, isAncestor, type LineGraph, type LinePlace } from './commit-graph.ts';

/**
 * The best common ancestors of two places: common ancestors that are no ancestor of another common ancestor. One in the usual case; several
 * after criss-cross merges; none when the histories never met. Every common ancestor lies, on its line, at or below the lower of the two
 * sides' positions there, so only those meeting points can be best. The order is by line and position, whichever side is named first.
 */
export function mergeBases(graph: LineGraph, source: LinePlace, target: LinePlace): readonly LinePlace[] {
  const mine = ancestorsOf(graph, source);
  const theirs = ancestorsOf(graph, target);
  const meeting: LinePlace[] = [];
  for (const [line, position] of mine) {
    const other = theirs.get(line);
    if (other !== undefined) meeting.push({ line, position: Math.min(position, other) });
  }
  return meeting
    .filter((place) => !meeting.some((other) => other.line !== place.line && isAncestor(graph, place, other)))
    .sort((a, b) => a.line - b.line || a.position - b.position);
}

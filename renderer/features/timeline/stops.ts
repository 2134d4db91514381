import type { DensityBucket, TimelineMark } from '../../../shared/contract/app/commits.ts';

/** The nearest of the sorted positions beyond `from` in a direction, or `null`. */
export function neighbour(positions: readonly number[], from: number, direction: -1 | 1): number | null {
  if (direction === 1) return positions.find((position) => position > from) ?? null;
  return positions.findLast((position) => position < from) ?? null;
}

/** Where on the line an instant probably falls, from the histogram alone: good enough to number a thumb until the engine has answered. */
export function estimatePosition(buckets: readonly DensityBucket[], millis: number, total: number): number {
  let before = 0;
  for (const bucket of buckets) {
    const from = Date.parse(bucket.from);
    if (from > millis) break;
    if (bucket.commits === 0) continue;
    const to = Date.parse(bucket.to);
    const share = Math.min(1, Math.max(0, (millis - from) / Math.max(1, to - from)));
    before = Math.round(bucket.firstPosition + share * (bucket.lastPosition - bucket.firstPosition));
  }
  return Math.min(Math.max(before, 1), Math.max(1, total));
}

/** Marks that would overlap, drawn as one. `marks` are in order; the first of the most telling kind stands for the others. */
export interface MarkCluster {
  readonly x: number;
  readonly lead: TimelineMark;
  readonly marks: readonly TimelineMark[];
}

const weight: Record<TimelineMark['kind'], number> = { tag: 5, merge: 4, restore: 3, import: 2, branch: 1 };

/** Puts marks together whose places are less than `gap` pixels apart, so that each stays big enough to be hit. Order is kept. */
export function clusterMarks(
  marks: readonly TimelineMark[],
  xOfMark: (mark: TimelineMark) => number,
  width: number,
  gap: number,
): readonly MarkCluster[] {
  const clusters: { x: number; lead: TimelineMark; marks: TimelineMark[] }[] = [];
  for (const mark of marks) {
    const x = xOfMark(mark);
    if (x < 0 || x > width) continue;
    const last = clusters.at(-1);
    if (last && x - last.x < gap) {
      last.marks.push(mark);
      if (weight[mark.kind] > weight[last.lead.kind]) last.lead = mark;
    } else clusters.push({ x, lead: mark, marks: [mark] });
  }
  return clusters;
}

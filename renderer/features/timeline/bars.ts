import type { DensityBucket } from '../../../shared/contract/app/commits.ts';
import { type TimeRange, xOf } from './time-scale.ts';

/**
 * The histogram as one SVG path: a bar per bucket with changes, on whole pixels. Heights grow slower than the counts, so that a run that
 * filled a block in one step does not flatten the daily edits to nothing.
 */
export function barsPath(buckets: readonly DensityBucket[], range: TimeRange, width: number, height: number): string {
  const visible = buckets.filter(
    (bucket) => bucket.changes > 0 && Date.parse(bucket.to) >= range.from && Date.parse(bucket.from) <= range.to,
  );
  const most = Math.max(1, ...visible.map((bucket) => bucket.changes));
  let path = '';
  for (const bucket of visible) {
    const left = Math.round(Math.max(0, xOf(range, width, Date.parse(bucket.from))));
    const right = Math.round(Math.min(width, xOf(range, width, Date.parse(bucket.to))));
    const barWidth = Math.max(1, right - left - 1);
    const barHeight = Math.max(2, Math.round((bucket.changes / most) ** 0.45 * (height - 3)));
    path += `M${left} ${height - barHeight}h${barWidth}v${barHeight}h${-barWidth}z`;
  }
  return path;
}

import type { CommitSummary } from '../../../shared/contract/app/base.ts';
import type { EntityId } from '../../../shared/ids.ts';
import type { AppClient } from '../../client/connect.ts';
import { neighbour } from './stops.ts';
import type { SummaryCache } from './summary-cache.ts';
import { isFiltered, type StopFilter } from './timeline-store.ts';

export interface StopSearch {
  readonly call: AppClient;
  readonly cache: SummaryCache;
  readonly branch: string;
  readonly total: number;
  readonly filter: StopFilter;
  /** Positions with a tag, ascending. */
  readonly tagged: readonly number[];
  /** What stands in the selected cell; `null` when nothing does. */
  readonly assignmentId: EntityId | null;
}

/** The nearest step in a direction that passes the filter, or `null`. Reads the line in growing stretches, never the whole of it at once. */
export async function findNextStop(search: StopSearch, from: number, direction: -1 | 1): Promise<number | null> {
  const { filter, total } = search;
  if (!isFiltered(filter)) {
    const next = from + direction;
    return next >= 1 && next <= total ? next : null;
  }
  if (filter.thisCell && search.assignmentId === null) return null;
  if (filter.named) return findTagged(search, from, direction);
  return direction === -1 ? findBefore(search, from) : findAfter(search, from);
}

async function findTagged(search: StopSearch, from: number, direction: -1 | 1): Promise<number | null> {
  for (let at = neighbour(search.tagged, from, direction); at !== null; at = neighbour(search.tagged, at, direction)) {
    const summary = await search.cache.get(at);
    if (summary && (search.filter.author === null || summary.author === search.filter.author)) {
      if (!search.filter.thisCell) return at;
      const touched = await readLine(search, summary, summary, 1);
      if (touched.length > 0) return at;
    }
  }
  return null;
}

async function findBefore(search: StopSearch, from: number): Promise<number | null> {
  if (from <= 1) return null;
  const upTo = await search.cache.get(from - 1);
  const [found] = upTo ? await readLine(search, undefined, upTo, 1) : [];
  return found?.position ?? null;
}

/** The line is answered newest first, so the nearest later step is the last one of a stretch that starts right after here. */
async function findAfter(search: StopSearch, from: number): Promise<number | null> {
  for (let low = from + 1, span = 64; low <= search.total; low += span, span *= 4) {
    const [first, last] = await Promise.all([search.cache.get(low), search.cache.get(Math.min(low + span - 1, search.total))]);
    if (!first || !last) return null;
    const nearest = (await readLine(search, first, last, span)).at(-1);
    if (nearest) return nearest.position;
  }
  return null;
}

async function readLine(
  { call, branch, filter, assignmentId, cache }: StopSearch,
  from: CommitSummary | undefined,
  to: CommitSummary,
  limit: number,
): Promise<readonly CommitSummary[]> {
  const { items } = await call.commits.line({
    branch,
    ...(from && { from: from.commit }),
    to: to.commit,
    limit: Math.min(limit, 100_000),
    ...(filter.author !== null && { author: filter.author }),
    ...(filter.thisCell && assignmentId !== null && { entity: { type: 'assignment', id: assignmentId } }),
  });
  for (const summary of items.slice(0, 100)) cache.put(summary);
  return items;
}

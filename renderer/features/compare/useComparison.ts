import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ResolvedSide, Side } from '../../../shared/contract/app/diff.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { useProgramEvents } from '../../client/follow.ts';
import { t } from '../../messages/index.ts';
import { instantText } from '../../ui/format.ts';

export interface ComparisonFilters {
  readonly types: readonly string[] | null;
  readonly kinds: readonly ('added' | 'removed' | 'changed')[] | null;
  readonly person: string | null;
  readonly author: string | null;
}

export const noFilters: ComparisonFilters = { types: null, kinds: null, person: null, author: null };

/** Whether any filter is set. */
export function isFiltered(filters: ComparisonFilters): boolean {
  return filters.types !== null || filters.kinds !== null || filters.person !== null || filters.author !== null;
}

type Comparison = Awaited<ReturnType<ReturnType<typeof useEngine>['call']['diff']['commits']>>;

/** What differs from one side to the other. Sides that name a branch follow its tip. At most `limit` items; the totals count all. */
export function useComparison(from: Side, to: Side, filters: ComparisonFilters, limit: number): UseQueryResult<Comparison> {
  const { query } = useEngine();
  const queries = useQueryClient();
  useProgramEvents((event) => {
    if (event.kind === 'moved' || event.kind === 'branches' || event.kind === 'program')
      void queries.invalidateQueries({ queryKey: query.diff.commits.key() });
  });
  return useQuery({
    ...query.diff.commits.queryOptions({
      input: {
        from,
        to,
        ...(filters.types ? { types: [...filters.types] } : {}),
        ...(filters.kinds ? { kinds: [...filters.kinds] } : {}),
        ...(filters.person !== null ? { person: filters.person } : {}),
        ...(filters.author !== null ? { author: filters.author } : {}),
        limit,
      },
    }),
    placeholderData: keepPreviousData,
  });
}

/** Both sides by name. Two moments of one minute read alike, so that they say their version too: `main, Tue 12 May 2026 14:30 (v214)`. */
export function sideTexts(
  sides: { readonly from: Side; readonly to: Side },
  found: { readonly from: ResolvedSide; readonly to: ResolvedSide } | undefined,
): readonly [string, string] {
  const a = sideText(sides.from, found?.from);
  const b = sideText(sides.to, found?.to);
  if (!found || a !== b || found.from.commit === found.to.commit) return [a, b];
  return [
    t('compare.sideVersion', { side: a, version: found.from.position }),
    t('compare.sideVersion', { side: b, version: found.to.position }),
  ];
}

/** A side by the name people know it by: `Published Block 8, 1 Jun`, `main, Tue 12 May 2026 14:30`, `main, now`. */
function sideText(side: Side, resolved: ResolvedSide | undefined): string {
  const branch = typeof side === 'string' ? null : side.branch;
  const live =
    resolved !== undefined &&
    ((typeof side === 'string' && resolved.branch === side && resolved.tag === null) ||
      (branch !== null && typeof side !== 'string' && side.at === undefined));
  if (!resolved) return typeof side === 'string' ? side : side.branch;
  const name = resolved.tag ?? resolved.branch ?? branch ?? resolved.label;
  if (live) return `${name}, ${t('compare.nowLabel')}`;
  return resolved.at === null ? name : `${name}, ${instantText(resolved.at)}`;
}

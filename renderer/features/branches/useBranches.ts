import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { BranchInfo } from '../../../shared/contract/app/branches.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { useProgramEvents } from '../../client/follow.ts';

/**
 * The living branches, main first, then the one that changed last; with `deleted`, the deleted ones too. Follows what happens in the
 * programme. `forecast` also asks what merging each would find, which takes longer.
 */
export function useBranches({
  deleted = false,
  forecast = false,
}: { readonly deleted?: boolean; readonly forecast?: boolean } = {}): UseQueryResult<readonly BranchInfo[]> {
  const { query } = useEngine();
  const queries = useQueryClient();
  useProgramEvents((event) => {
    if (event.kind === 'branches' || event.kind === 'moved' || event.kind === 'program')
      void queries.invalidateQueries({ queryKey: query.branches.list.key() });
  });
  return useQuery({
    ...query.branches.list.queryOptions({ input: { deleted, forecast, limit: 1_000 } }),
    select: ({ items }) => [...items].sort(compareBranches),
  });
}

function compareBranches(a: BranchInfo, b: BranchInfo): number {
  if ((a.name === 'main') !== (b.name === 'main')) return a.name === 'main' ? -1 : 1;
  return (b.latestActivity ?? b.createdAt).localeCompare(a.latestActivity ?? a.createdAt);
}

/** main first, then by name. */
export function compareByName(a: BranchInfo, b: BranchInfo): number {
  if ((a.name === 'main') !== (b.name === 'main')) return a.name === 'main' ? -1 : 1;
  return a.name.localeCompare(b.name, 'en', { numeric: true });
}

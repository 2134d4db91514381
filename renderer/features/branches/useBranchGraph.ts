import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { BranchInfo } from '../../../shared/contract/app/branches.ts';
import { useEngine } from '../../client/engine.ts';
import { layOutBranches, type BranchGraphModel, type GraphBranch } from './branch-graph.ts';

const buckets = 60;
/** At most so many branches are drawn; the list shows them all. */
export const mostLanes = 24;

/** The graph of the branches listed, in their order: from a little before the oldest fork until now. */
export function useBranchGraph(branches: readonly BranchInfo[]): BranchGraphModel | null {
  const { query } = useEngine();
  const drawn = branches.slice(0, mostLanes);
  const forks = drawn.filter(({ parent }) => parent !== null).map(({ createdAt }) => Date.parse(createdAt));
  const last = Math.max(...drawn.map(({ latestActivity, createdAt }) => Date.parse(latestActivity ?? createdAt)), 0);
  const first = forks.length > 0 ? Math.min(...forks) : Number.NaN;
  // Rounded, so that a move of a tip does not ask for every lane anew.
  const margin = Math.max(1_000, (last - first) * 0.2);
  const from = Number.isFinite(first) ? new Date(first - margin).toISOString() : undefined;
  const to = new Date(last).toISOString();
  const answers = useQueries({
    queries: drawn.map((branch) => ({
      ...query.commits.density.queryOptions({
        input: { branch: branch.name, buckets, ...(from === undefined ? {} : { from }), ...(last > 0 ? { to } : {}) },
      }),
      enabled: branch.isActive,
      placeholderData: keepPreviousData,
    })),
  });
  const ready = answers.every(({ data, isPending }, index) => data !== undefined || !isPending || drawn[index]?.isActive === false);
  // The answers' list is new at every render; what it holds is not.
  const stamp = answers.map(({ dataUpdatedAt }) => dataUpdatedAt).join(' ');
  const names = drawn.map(({ name }) => name).join('\n');
  return useMemo(() => {
    if (!ready) return null;
    return layOutBranches(
      drawn.map((branch, index): GraphBranch => {
        const data = answers[index]?.data;
        return {
          name: branch.name,
          parent: branch.parent,
          createdAt: branch.createdAt,
          buckets: (data?.buckets ?? []).filter(({ commits, lastPosition }) => commits > 0 && lastPosition > branch.basePosition),
          marks: (data?.marks ?? []).filter(({ position }) => position > branch.basePosition),
        };
      }),
    );
    // oxlint-disable-next-line react/exhaustive-deps
  }, [ready, stamp, names]);
}

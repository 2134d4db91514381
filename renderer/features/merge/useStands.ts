import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { MergeSession } from '../../../shared/contract/app/merges.ts';
import { useEngine } from '../../client/engine.ts';
import { recordKey, type BothStands, type StandsByRecord } from './merge-places.ts';

const mostStands = 5_000;
const none: StandsByRecord = new Map();

/** The records in conflict as both sides have them, for whom and which day they are about. Empty for a commit that is taken back. */
export function useStands(session: MergeSession | undefined): StandsByRecord {
  const { query } = useEngine();
  const types = useMemo(() => [...new Set(session?.conflicts.map(({ entity }) => entity.type) ?? [])].toSorted(), [session?.conflicts]);
  const from = session?.targetTip ?? null;
  const to = session?.sourceTip ?? null;
  const answer = useQuery({
    ...query.diff.commits.queryOptions({
      input: {
        from: { branch: session?.target ?? 'main', ...(from === null ? {} : { at: from }) },
        to: { branch: session?.source ?? 'main', ...(to === null ? {} : { at: to }) },
        types,
        limit: mostStands,
      },
    }),
    enabled: session !== undefined && session.kind !== 'revert' && from !== null && to !== null && types.length > 0,
    placeholderData: keepPreviousData,
  });
  return useMemo(() => {
    if (!answer.data) return none;
    return new Map(
      answer.data.items.map((item): [string, BothStands] => [recordKey(item), { source: item.toFields, target: item.fromFields }]),
    );
  }, [answer.data]);
}

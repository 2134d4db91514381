import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../../client/engine.ts';
import { usePosition, type InboxPart } from '../../position/position.ts';

/** How many offers and moved records there are. */
export function useInboxCounts(): Readonly<Record<InboxPart, number>> {
  const { query } = useEngine();
  const branch = usePosition((state) => state.branch);
  const given = useQuery(query.views.offers.queryOptions({ input: { direction: 'given', branch, mask: true, limit: 1 } })).data;
  return { ...useWaiting(), given: given?.total ?? 0 };
}

/** How many things wait for a decision, for the badge of the section. */
export function useInboxCount(): number {
  const { received, drift } = useWaiting();
  return received + drift;
}

function useWaiting(): { readonly received: number; readonly drift: number } {
  const { query } = useEngine();
  const branch = usePosition((state) => state.branch);
  const received = useQuery(query.views.offers.queryOptions({ input: { direction: 'received', branch, mask: true, limit: 1 } })).data;
  const drift = useQuery(query.views.drift.queryOptions({ input: { branch, mask: true, limit: 1 } })).data;
  return { received: received?.total ?? 0, drift: drift?.total ?? 0 };
}

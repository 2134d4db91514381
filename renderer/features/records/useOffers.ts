import { useQuery } from '@tanstack/react-query';
import { EntityId } from '../../../shared/ids.ts';
import type { Offer } from '../../../shared/contract/app/views.ts';
import { useEngine } from '../../client/engine.ts';
import { useViewed } from '../../position/viewed.ts';

const none: readonly Offer[] = [];

/** What others offer me of a record. Offers are of now: none in the past, and none while somebody else's view is on screen. */
export function useOffersOf(type: string, id: string): readonly Offer[] {
  const { query } = useEngine();
  const { input, readOnly } = useViewed();
  const offers = useQuery({
    ...query.views.offers.queryOptions({
      input: { direction: 'received', type, id: EntityId.parse(id), branch: input.branch, mask: true },
    }),
    enabled: readOnly === null,
  });
  return readOnly === null ? (offers.data?.items ?? none) : none;
}

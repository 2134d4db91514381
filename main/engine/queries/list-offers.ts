import type { Offer } from '../../../shared/contract/app/views.ts';
import { viewTypeOf } from '../views/own-record.ts';
import { describeOffer, offersOf, offersTo } from '../views/standing-offers.ts';
import { namesAt } from '../words/names-at.ts';
import type { Asker, StoreReader } from '../reader.ts';
import { findBranch } from './find-branch.ts';
import { pageOf, type PageAnswer, type PageRequest } from './page-of.ts';

export interface OffersRequest extends PageRequest {
  readonly direction: 'received' | 'given';
  readonly type?: string | undefined;
  readonly id?: string | undefined;
  readonly branch: string;
  readonly mask: boolean;
}

/** Offers to the asker, or by the asker, that stand, newest first: of records that are there on the branch, as the offered versions show them. */
export function listOffers(store: StoreReader, asker: Asker, request: OffersRequest): PageAnswer<Offer> {
  const { whole, userId, users } = asker;
  const { direction, type, id, branch, mask } = request;
  if (type !== undefined) viewTypeOf(type);
  const place = whole.placeAt(findBranch(store, branch).ref);
  const standing = direction === 'received' ? offersTo(whole, userId, { type, id }) : offersOf(whole, userId, { type, id });
  const there = standing.flatMap((found) => {
    const shared = whole.versionAt(found.offer.type, found.offer.id, place);
    return shared === null ? [] : [{ found, shared }];
  });
  const page = pageOf(there, request, ({ found }) => found.offer.offer);
  const words = { users, names: namesAt(store, place), mask };
  return { ...page, items: page.items.map(({ found, shared }) => describeOffer(words, viewTypeOf(found.offer.type), found, shared)) };
}

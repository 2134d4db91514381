import { notFound } from '../../../shared/errors.ts';
import type { Instant } from '../../../shared/ids.ts';
import type { Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { openSight, type Seen } from './sight.ts';
import { viewTypeOf } from './view-type.ts';

/**
 * A shared record as a linked user sees it at a place. Refuses NOT_FOUND in the same words for a record that is not there and for one that the
 * user is not linked to.
 */
export function findSeen(
  whole: StoreReader,
  wanted: {
    readonly asker: string;
    readonly type: string;
    readonly id: string;
    readonly place: Place;
    /** The moment of the view; now unless told. */
    readonly at?: Instant | undefined;
  },
): Seen {
  const { asker, type, id, place, at } = wanted;
  const { label } = viewTypeOf(type);
  const shared = whole.versionAt(type, id, place);
  const seen = shared === null ? null : openSight(whole, { asker, at }).see(shared);
  if (seen === null) throw notFound(label, id);
  return seen;
}

import type { ViewSide } from '../../../shared/contract/app/views.ts';
import { notFound, quote, RefusedError } from '../../../shared/errors.ts';
import type { Instant } from '../../../shared/ids.ts';
import { nothingOwn, overlay } from '../../../shared/versioning/overlay.ts';
import type { Fields } from '../../../shared/json.ts';
import type { Place, StoredVersion } from '../local-store/store.ts';
import type { Asker } from '../reader.ts';
import { userName } from '../words/user-name.ts';
import { noSuchVersion, viewTypeOf } from './own-record.ts';
import { openSight, type Seen } from './sight.ts';
import { offersTo, seeOffer, type StandingOffer } from './standing-offers.ts';
import { readUserView } from './user-view.ts';

/** What the side that everybody shares is called. */
export const sharedName = 'Shared record';

/** What somebody may lay side by side of one record: the shared record, what is one's own, and what others offered. */
export interface ViewSides {
  readonly shared: StoredVersion;
  /** `null` for a record that is not on the asker's list, and is seen through offers alone. */
  readonly mine: Seen | null;
  readonly mineName: string;
  /** Newest first. */
  readonly offers: readonly StandingOffer[];
}

/** Refuses NOT_FOUND in the same words for a record that is not there and for one that the asker is neither linked to nor was offered. */
export function findViewSides(
  { whole, userId, users }: Asker,
  { type, id, place, at }: { readonly type: string; readonly id: string; readonly place: Place; readonly at?: Instant | undefined },
): ViewSides {
  const definition = viewTypeOf(type);
  const shared = whole.versionAt(type, id, place);
  if (shared === null) throw notFound(definition.label, id);
  const mine = openSight(whole, { asker: userId, at }).see(shared);
  const offers = offersTo(whole, userId, { type, id, at });
  if (mine === null && offers.length === 0) throw notFound(definition.label, id);
  return { shared, mine, mineName: `${userName(users, userId)}, mine`, offers };
}

/** One side of a comparison, with what it is called. Refuses NOT_FOUND a version that is neither the asker's nor was offered. */
export function pickSide(
  { whole, userId, users }: Asker,
  sides: ViewSides,
  side: ViewSide,
  at: Instant | undefined,
): { readonly label: string; readonly number: number | null; readonly fields: Fields } {
  const { shared, mine, mineName, offers } = sides;
  const { type, id, fields } = shared;
  if (side === 'shared') return { label: sharedName, number: null, fields };
  const { user = userId, version: number } = side;
  if (user !== userId) {
    const offer = offers.find(({ from, version }) => from === user && (number === undefined || version.number === number));
    if (offer === undefined) throw notOffered(type, user);
    return { label: userName(users, user), number: offer.version.number, fields: seeOffer(shared, offer).fields };
  }
  if (mine === null) throw notFound(viewTypeOf(type).label, id);
  if (number === undefined || number === mine.number) return { label: mineName, number: mine.number, fields: mine.fields };
  const own = readUserView(whole, userId, at)
    ?.versionsOf(type, id)
    .find((version) => version.number === number);
  // Number 1 of who registered the record is the shared record as it shows.
  if (own === undefined && !(number === 1 && mine.link?.first === true)) throw noSuchVersion(type, number);
  return { label: mineName, number, fields: overlay(fields, own?.differs ?? nothingOwn) };
}

// In the same words for a user who is not here, one who has no version, and one who keeps it.
function notOffered(type: string, user: string): RefusedError {
  return new RefusedError('NOT_FOUND', `This user has offered you no such version of this ${viewTypeOf(type).label}.`, {
    what: 'version',
    id: quote(user),
  });
}

import type { Offer as OfferAnswer } from '../../../shared/contract/app/views.ts';
import { EntityId, type Instant } from '../../../shared/ids.ts';
import type { EntityTypeDefinition, Names } from '../../../shared/roster/entity-type.ts';
import { isMaskable, maskFields } from '../../../shared/roster/mask-identifier.ts';
import type { StoredVersion } from '../local-store/store.ts';
import type { StoreReader, Users } from '../reader.ts';
import { userName } from '../words/user-name.ts';
import { linksOf } from './links-index.ts';
import { originsOf } from './describe-seen.ts';
import { layOver, type Seen } from './sight.ts';
import { readUserView, type Offer, type OwnVersion } from './user-view.ts';

/** An offer with the version that it lets another see: what its owner saved since is not in it. */
export interface StandingOffer {
  readonly from: string;
  readonly offer: Offer;
  readonly version: OwnVersion;
}

interface Of {
  readonly type?: string | undefined;
  readonly id?: string | undefined;
}

/** The offers to a user that stand, and with `at` stood then already; newest first. */
export function offersTo(whole: StoreReader, to: string, of: Of & { readonly at?: Instant | undefined } = {}): StandingOffer[] {
  return linksOf(whole)
    .views.flatMap(({ user, offers }) => {
      if (user === to || !offers.some((offer) => offer.to === to)) return [];
      const then = of.at === undefined ? null : new Set(readUserView(whole, user, of.at)?.offers.map(({ offer }) => offer));
      return offersOf(whole, user, of).filter(({ offer }) => offer.to === to && (then === null || then.has(offer.offer)));
    })
    .toSorted(newestFirst);
}

/** The offers that a user made and that stand, newest first. */
export function offersOf(whole: StoreReader, from: string, { type, id }: Of = {}): StandingOffer[] {
  const view = readUserView(whole, from);
  const offers = view?.offers.filter((offer) => (type === undefined || offer.type === type) && (id === undefined || offer.id === id)) ?? [];
  return offers
    .flatMap((offer) => {
      const version = view?.version(offer.own) ?? null;
      return version === null ? [] : [{ from, offer, version }];
    })
    .toSorted(newestFirst);
}

/** A shared record as an offered version shows it. */
export function seeOffer(shared: StoredVersion, { version }: StandingOffer): Seen {
  return layOver(shared, version, null);
}

/** An offer for an answer; `shared` is the record that the offered version is laid over. */
export function describeOffer(
  { users, names, mask }: { readonly users: Users; readonly names: Names; readonly mask: boolean },
  definition: EntityTypeDefinition,
  standing: StandingOffer,
  shared: StoredVersion,
): OfferAnswer {
  const { from, offer, version } = standing;
  const seen = seeOffer(shared, standing);
  return {
    offer: EntityId.parse(offer.offer),
    type: offer.type,
    id: EntityId.parse(offer.id),
    title: definition.title(seen.fields, names),
    from: users.nameOf(from) === null ? null : from,
    fromName: userName(users, from),
    to: offer.to,
    toName: userName(users, offer.to),
    number: version.number,
    note: offer.note,
    at: offer.at,
    fields: mask && isMaskable(definition) ? maskFields(definition, seen.fields) : seen.fields,
    origins: originsOf(seen),
  };
}

function newestFirst(a: StandingOffer, b: StandingOffer): number {
  if (a.offer.at !== b.offer.at) return a.offer.at < b.offer.at ? 1 : -1;
  return a.offer.offer < b.offer.offer ? 1 : -1;
}

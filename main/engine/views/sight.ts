import { RefusedError } from '../../../shared/errors.ts';
import type { Instant } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import { findEntityType } from '../../../shared/roster/entity-type.ts';
import { nothingOwn, originOf, overlay, type Origin, type Own } from '../../../shared/versioning/overlay.ts';
import type { StoredVersion } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { linksOf } from './links-index.ts';
import { readUserView, type Link, type OwnVersion, type UserView } from './user-view.ts';

/** A shared record as somebody sees it. */
export interface Seen {
  readonly fields: Fields;
  readonly shared: StoredVersion;
  /** What is laid over the shared record; nothing where it shows as it is. */
  readonly differs: Own;
  /** The own (or offered) version that shows; `null` where the shared record shows. */
  readonly version: OwnVersion | null;
  /** The number of what shows: the own version's, 1 for who registered the record and has changed nothing, else `null`. */
  readonly number: number | null;
  readonly link: Link | null;
  originOf(field: string): Origin;
}

/** What one user may see of shared records that have views, through the own view or through what somebody offered. */
export interface Sight {
  readonly asker: string;
  /** Whose view it is: the asker's own, or that of one who offered the asker something. */
  readonly as: string;
  /** `null`: nothing. Records of types without views show as they are. */
  see(shared: StoredVersion): Seen | null;
  /** The ids of all records of a type that may show; `null` where they are more than `most`, or are not listed. */
  listed(type: string, most: number): readonly string[] | null;
}

/**
 * THE rule of visibility; every answer with records of a type with views goes through it, or through `sightedStore`, which holds the part of it
 * that concerns the shared records alone. A linked user with an own version sees that, a linked user without one the shared record, a user who
 * is not linked nothing. Nobody sees another's version but the one that was offered. `at` is the moment of both layers; now unless told.
 * Refuses FORBIDDEN for somebody's view who offered the asker nothing, in the same words whether there is such a user or not.
 */
export function openSight(
  whole: StoreReader,
  { asker, as = asker, at }: { readonly asker: string; readonly as?: string | undefined; readonly at?: Instant | undefined },
): Sight {
  const view = readUserView(whole, as, at);
  if (as === asker) return { asker, as, see: (shared) => seeOwn(view, shared), listed: (type, most) => listOwn(view, type, most) };
  refuseForeign(whole, asker, as);
  const now = readUserView(whole, as);
  return {
    asker,
    as,
    see: (shared) => seeOffered({ view, now }, asker, shared),
    listed: (type, most) => listOffered(view, { asker, type, most }),
  };
}

/** Whether a shared record may be shown to a user at all, on whatever branch and as of whatever moment: open records to everybody, guarded ones to the linked. */
export function maySee(whole: StoreReader, user: string, type: string, id: string): boolean {
  if (!hasViews(type)) return true;
  const links = linksOf(whole);
  return !links.isGuarded(type, id) || links.isLinked(user, type, id);
}

/** Whether users may keep own versions of records of a type; false for a type that is unknown here. */
export function hasViews(type: string): boolean {
  return findEntityType(type)?.views === true;
}

function seeOwn(view: UserView | null, shared: StoredVersion): Seen | null {
  if (!hasViews(shared.type)) return seeShared(shared, null);
  const link = view?.link(shared.type, shared.id) ?? null;
  if (view === null || link === null || !link.linked) return null;
  const version = link.using === null ? null : view.version(link.using);
  return version === null ? seeShared(shared, link) : layOver(shared, version, link);
}

function listOwn(view: UserView | null, type: string, most: number): readonly string[] | null {
  return hasViews(type) ? (view?.listed(type, most) ?? (view === null ? [] : null)) : null;
}

function listOffered(
  view: UserView | null,
  { asker, type, most }: { readonly asker: string; readonly type: string; readonly most: number },
): readonly string[] | null {
  if (!hasViews(type)) return null;
  const offered = (view?.offers ?? []).filter((offer) => offer.to === asker && offer.type === type);
  const ids = new Set(offered.map(({ id }) => id));
  return ids.size > most ? null : [...ids];
}

// What was withdrawn since is not there for moments of before either: else it would be enough to look back.
function seeOffered(
  { view, now }: { readonly view: UserView | null; readonly now: UserView | null },
  asker: string,
  shared: StoredVersion,
): Seen | null {
  const { type, id } = shared;
  if (!hasViews(type)) return seeShared(shared, null);
  const stands = (offer: string): boolean => view === now || now?.offersOf(type, id).some((standing) => standing.offer === offer) === true;
  const offer = view?.offersOf(type, id).findLast((then) => then.to === asker && stands(then.offer));
  const version = offer === undefined ? null : (view?.version(offer.own) ?? null);
  return version === null ? null : layOver(shared, version, null);
}

function seeShared(shared: StoredVersion, link: Link | null): Seen {
  const number = link !== null && link.first ? 1 : null;
  return { fields: shared.fields, shared, differs: nothingOwn, version: null, number, link, originOf: () => 'shared' };
}

/** A shared record with one version laid over it. */
export function layOver(shared: StoredVersion, version: OwnVersion, link: Link | null): Seen {
  const { differs, number } = version;
  return {
    fields: overlay(shared.fields, differs),
    shared,
    differs,
    version,
    number,
    link,
    originOf: (field) => originOf(shared.fields, differs, field),
  };
}

function refuseForeign(whole: StoreReader, asker: string, as: string): void {
  const offered = readUserView(whole, as)?.offers.some(({ to }) => to === asker) === true;
  if (!offered)
    throw new RefusedError('FORBIDDEN', 'You can view as yourself, or as somebody who offered you a version. This user has not.', {
      what: 'view',
    });
}

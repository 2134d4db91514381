import type { CommitHash, Instant, VersionHash } from '../../../shared/ids.ts';
import type { Own } from '../../../shared/versioning/overlay.ts';
import { viewRef } from '../../../shared/versioning/ref-name.ts';
import type { Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { toLink, toOffer, toOwnVersion } from './view-records.ts';

/** That the user of a view may see a shared record, or could once. */
export interface Link {
  /** Id of the `view_link` entity. */
  readonly link: string;
  readonly type: string;
  readonly id: string;
  readonly linked: boolean;
  readonly origin: 'register' | 'attach' | 'migrate' | 'adopt';
  /** The record was registered here: from then on only linked users see it. */
  readonly guards: boolean;
  /** The `own_version` that shows; `null` where the shared record shows. */
  readonly using: string | null;
  /** Number 1, the version the record began with, is this user's. */
  readonly first: boolean;
  /** The highest number given on this link, also to versions that were removed since; 0 for none. */
  readonly lastNumber: number;
  readonly migration: string | null;
}

export type OwnStatus = 'draft' | 'active' | 'archived';

/** One numbered own version. */
export interface OwnVersion {
  /** Id of the `own_version` entity. */
  readonly own: string;
  readonly type: string;
  readonly id: string;
  readonly number: number;
  readonly status: OwnStatus;
  /** The shared version it came from, and the commit at which it was seen; `null` where there was none. */
  readonly base: VersionHash | null;
  readonly baseCommit: CommitHash | null;
  /** The fields that differ from the shared record. */
  readonly differs: Own;
  readonly summary: string;
  readonly adoptedFrom: { readonly user: string; readonly number: number } | null;
  readonly author: string;
  readonly authorName: string;
  readonly at: Instant;
}

/** One own version that the user of a view lets another see. */
export interface Offer {
  /** Id of the `view_offer` entity. */
  readonly offer: string;
  readonly type: string;
  readonly id: string;
  readonly own: string;
  readonly to: string;
  readonly note: string | null;
  readonly at: Instant;
}

/** One user's view at a moment. Nothing in it may reach another user but through an offer. */
export interface UserView {
  readonly user: string;
  readonly place: Place;
  /** Every link, also ended ones. */
  readonly links: readonly Link[];
  readonly offers: readonly Offer[];
  link(type: string, id: string): Link | null;
  /** By the id of the `own_version`. */
  version(own: string): OwnVersion | null;
  /** The own versions of one record, oldest number first. */
  versionsOf(type: string, id: string): readonly OwnVersion[];
}

const kept = new WeakMap<StoreReader, Map<string, UserView>>();
const mostKept = 200;

/**
 * A user's view at a moment (now unless told), read from the whole store; `null` while that user has none. A view is read once per commit of
 * its line: views are small, and each commit's is the same for ever.
 */
export function readUserView(whole: StoreReader, user: string, at?: Instant): UserView | null {
  const ref = viewRef(user);
  const record = whole.ref(ref);
  if (record === null) return null;
  const place = whole.placeAt(ref, at);
  const known = kept.get(whole) ?? new Map<string, UserView>();
  kept.set(whole, known);
  const key = `${place.commit} ${user}`;
  const view = known.get(key) ?? makeView(user, place, readEntities(whole, place));
  known.delete(key);
  known.set(key, view);
  if (known.size > mostKept) known.delete(known.keys().next().value ?? '');
  return view;
}

interface Entities {
  readonly links: readonly Link[];
  readonly versions: readonly OwnVersion[];
  readonly offers: readonly Offer[];
}

function readEntities(whole: StoreReader, place: Place): Entities {
  if (place.commit === null) return { links: [], versions: [], offers: [] };
  return {
    links: [...whole.entitiesAt('view_link', place)].map(toLink),
    versions: [...whole.entitiesAt('own_version', place)].map((version) => toOwnVersion(whole, version)),
    offers: [...whole.entitiesAt('view_offer', place)].map((version) => toOffer(whole, version)),
  };
}

function makeView(user: string, place: Place, { links, versions, offers }: Entities): UserView {
  const linkByKey = new Map(links.map((link) => [recordKey(link.type, link.id), link]));
  const versionByOwn = new Map(versions.map((version) => [version.own, version]));
  const versionsByKey = Map.groupBy(
    versions.toSorted((a, b) => a.number - b.number),
    (version) => recordKey(version.type, version.id),
  );
  return {
    user,
    place,
    links: links.toSorted((a, b) => (recordKey(a.type, a.id) < recordKey(b.type, b.id) ? -1 : 1)),
    offers: offers.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.offer < b.offer ? -1 : 1)),
    link: (type, id) => linkByKey.get(recordKey(type, id)) ?? null,
    version: (own) => versionByOwn.get(own) ?? null,
    versionsOf: (type, id) => versionsByKey.get(recordKey(type, id)) ?? [],
  };
}

/** Names a record among those of all types. */
export function recordKey(type: string, id: string): string {
  return `${type} ${id}`;
}

import type { CommitHash, Instant, VersionHash } from '../../../shared/ids.ts';
import type { Own } from '../../../shared/versioning/overlay.ts';
import { viewRef } from '../../../shared/versioning/ref-name.ts';
import type { Place, StoredVersion } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { sharedMap, type SharedMap } from './shared-map.ts';
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
  /** Every link, also ended ones, in the order of their records. */
  readonly links: readonly Link[];
  /** Every offer that stands, oldest first. */
  readonly offers: readonly Offer[];
  link(type: string, id: string): Link | null;
  /** The ids of the records of a type that are on the list; `null` where they are more than `most`. */
  listed(type: string, most: number): readonly string[] | null;
  /** By the id of the `own_version`. */
  version(own: string): OwnVersion | null;
  /** The own versions of one record, oldest number first. */
  versionsOf(type: string, id: string): readonly OwnVersion[];
  /** Offers of one record, oldest first. */
  offersOf(type: string, id: string): readonly Offer[];
  /** The view it was made from, by its commit, and the records whose links differ from there; `null` for one that was read whole. */
  readonly madeFrom: { readonly commit: CommitHash | null; readonly changedLinks: readonly Link[] } | null;
}

interface Holdings {
  /** By the id of the `view_link`, and by record. */
  readonly linkById: SharedMap<Link>;
  readonly linkByKey: SharedMap<Link>;
  readonly versionByOwn: SharedMap<OwnVersion>;
  readonly versionsByKey: SharedMap<readonly OwnVersion[]>;
  readonly offerById: SharedMap<Offer>;
}

interface Known {
  readonly view: UserView;
  readonly holdings: Holdings;
}

interface Kept {
  /** The newest that was read of each user. */
  readonly tips: Map<string, Known>;
  /** Views of other moments, the last read last. */
  readonly past: Map<string, Known>;
}

const keptByStore = new WeakMap<StoreReader, Kept>();
const mostPast = 64;
const types = ['view_link', 'own_version', 'view_offer'];

/**
 * A user's view at a moment (now unless told), read from the whole store; `null` while that user has none. A view is read whole once; after that
 * only what differs from the nearest moment that is known is read.
 */
export function readUserView(whole: StoreReader, user: string, at?: Instant): UserView | null {
  const ref = viewRef(user);
  if (whole.ref(ref) === null) return null;
  const place = whole.placeAt(ref, at);
  const kept = keptByStore.get(whole) ?? { tips: new Map<string, Known>(), past: new Map<string, Known>() };
  keptByStore.set(whole, kept);
  const tip = kept.tips.get(user);
  if (tip !== undefined && tip.view.place.commit === place.commit) return tip.view;
  const key = `${place.commit} ${user}`;
  const known = kept.past.get(key) ?? readView(whole, user, place, nearest(whole, kept, { user, ref, place }));
  kept.past.delete(key);
  if (at === undefined) kept.tips.set(user, known);
  else kept.past.set(key, known);
  if (kept.past.size > mostPast) kept.past.delete(kept.past.keys().next().value ?? '');
  return known.view;
}

/** The known view of the same line that is the fewest commits away. */
function nearest(
  whole: StoreReader,
  { tips, past }: Kept,
  { user, ref, place }: { readonly user: string; readonly ref: string; readonly place: Place },
): Known | null {
  const away = ({ view }: Known): number => Math.abs(view.place.position - place.position);
  const candidates = [...past.values(), ...[tips.get(user)].filter((known) => known !== undefined)].filter(
    ({ view }) => view.user === user && view.place.line === place.line && view.place.position > 0,
  );
  // A place that a command took back when it failed is not on the line any more.
  const stands = ({ view }: Known): boolean => whole.placeAtPosition(ref, view.place.position).commit === view.place.commit;
  return candidates.toSorted((a, b) => away(a) - away(b)).find(stands) ?? null;
}

function readView(whole: StoreReader, user: string, place: Place, from: Known | null): Known {
  if (from === null || place.commit === null) return makeKnown(user, place, readWhole(whole, place), null);
  const changes = whole.changesBetween(from.view.place, place, { types });
  const loaded = new Map(
    whole.versions(changes.flatMap(({ after }) => (after === null ? [] : [after]))).map((version) => [version.row, version]),
  );
  const afterOf = <Value>(type: string, parse: (version: StoredVersion) => Value): Map<string, Value | null> =>
    new Map(
      changes
        .filter((change) => change.type === type)
        .map(({ id, after }) => {
          const version = after === null ? undefined : loaded.get(after);
          return [id, version === undefined ? null : parse(version)];
        }),
    );
  const before = from.holdings;
  const links = afterOf('view_link', toLink);
  const versions = afterOf('own_version', (version) => toOwnVersion(whole, version));
  const offers = afterOf('view_offer', (version) => toOffer(whole, version));
  const holdings: Holdings = {
    linkById: before.linkById.with(links),
    linkByKey: before.linkByKey.with(byRecord(links, before.linkById)),
    versionByOwn: before.versionByOwn.with(versions),
    versionsByKey: before.versionsByKey.with(listsByRecord(versions, before)),
    offerById: before.offerById.with(offers),
  };
  const changedLinks = [...links].flatMap(([id, link]) => [before.linkById.get(id), link ?? undefined].filter((one) => one !== undefined));
  return makeKnown(user, place, holdings, { commit: from.view.place.commit, changedLinks });
}

function readWhole(whole: StoreReader, place: Place): Holdings {
  const all = (type: string): StoredVersion[] => (place.commit === null ? [] : [...whole.entitiesAt(type, place)]);
  const links = all('view_link').map(toLink);
  const versions = all('own_version').map((version) => toOwnVersion(whole, version));
  const versionsByKey = Map.groupBy(versions.toSorted(compareNumbers), ({ type, id }) => recordKey(type, id));
  return {
    linkById: sharedMap(links.map((link) => [link.link, link])),
    linkByKey: sharedMap(links.map((link) => [recordKey(link.type, link.id), link])),
    versionByOwn: sharedMap(versions.map((version) => [version.own, version])),
    versionsByKey: sharedMap(versionsByKey),
    offerById: sharedMap(all('view_offer').map((version) => [version.id, toOffer(whole, version)])),
  };
}

/** The changed links by the record they are of; taken away where the link is gone. */
function byRecord(links: ReadonlyMap<string, Link | null>, before: SharedMap<Link>): Map<string, Link | null> {
  const changed = new Map<string, Link | null>();
  for (const id of links.keys()) {
    const gone = before.get(id);
    if (gone !== undefined) changed.set(recordKey(gone.type, gone.id), null);
  }
  // After those that went: a record may have been given another link.
  for (const link of links.values()) if (link !== null) changed.set(recordKey(link.type, link.id), link);
  return changed;
}

/** The lists of own versions of the records that some of the changed ones are of. */
function listsByRecord(versions: ReadonlyMap<string, OwnVersion | null>, before: Holdings): Map<string, readonly OwnVersion[] | null> {
  const lists = new Map<string, readonly OwnVersion[] | null>();
  for (const [own, version] of versions) {
    const named = version ?? before.versionByOwn.get(own);
    if (named === undefined) continue;
    const key = recordKey(named.type, named.id);
    const others = (lists.get(key) ?? before.versionsByKey.get(key) ?? []).filter((one) => one.own !== own);
    lists.set(key, version === null ? others : [...others, version].toSorted(compareNumbers));
  }
  return lists;
}

function makeKnown(user: string, place: Place, holdings: Holdings, madeFrom: UserView['madeFrom']): Known {
  const { linkByKey, versionByOwn, versionsByKey, offerById } = holdings;
  const offers = [...offerById.values()].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.offer < b.offer ? -1 : 1));
  let offersByKey: ReadonlyMap<string, readonly Offer[]> | undefined;
  let links: readonly Link[] | undefined;
  const view: UserView = {
    user,
    place,
    // Sorting thousands takes longer than all the rest of a save: it waits until somebody wants the list.
    get links() {
      return (links ??= [...linkByKey.values()].toSorted((a, b) => (recordKey(a.type, a.id) < recordKey(b.type, b.id) ? -1 : 1)));
    },
    offers,
    link: (type, id) => linkByKey.get(recordKey(type, id)) ?? null,
    listed: (type, most) => listFew(linkByKey.values(), type, most),
    version: (own) => versionByOwn.get(own) ?? null,
    versionsOf: (type, id) => versionsByKey.get(recordKey(type, id)) ?? [],
    offersOf: (type, id) =>
      (offersByKey ??= Map.groupBy(offers, (offer) => recordKey(offer.type, offer.id))).get(recordKey(type, id)) ?? [],
    madeFrom,
  };
  return { view, holdings };
}

function listFew(links: Iterable<Link>, type: string, most: number): readonly string[] | null {
  const ids: string[] = [];
  for (const link of links) {
    if (!link.linked || link.type !== type) continue;
    if (ids.length === most) return null;
    ids.push(link.id);
  }
  return ids;
}

function compareNumbers(a: OwnVersion, b: OwnVersion): number {
  return a.number - b.number;
}

/** Names a record among those of all types. */
export function recordKey(type: string, id: string): string {
  return `${type} ${id}`;
}

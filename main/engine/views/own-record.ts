import { notFound, quote, RefusedError } from '../../../shared/errors.ts';
import type { Instant, Moment } from '../../../shared/ids.ts';
import { entityTypes, publicTypeOf, type EntityTypeDefinition } from '../../../shared/roster/entity-type.ts';
import { isBranchRef, viewRef } from '../../../shared/versioning/ref-name.ts';
import type { BranchRecord, Place, StoredVersion } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { findBranch } from '../queries/find-branch.ts';
import { openSight, type Seen } from './sight.ts';
import { readUserView, type Link, type OwnVersion, type UserView } from './user-view.ts';

/** The definition of a type over which users may keep views. Refuses UNKNOWN_TYPE an unknown one, INVALID one that everybody sees the same. */
export function viewTypeOf(type: string): EntityTypeDefinition {
  const definition = publicTypeOf(type);
  if (definition.views) return definition;
  const known = entityTypes.filter(({ views }) => views).map(({ plural }) => plural);
  throw new RefusedError(
    'INVALID',
    `Everybody sees the same ${definition.plural}: there are own versions of ${known.join(' and ')} only.`,
    {
      what: 'entity type',
      id: type,
      fields: [{ field: 'type', problem: `${definition.plural} have no own versions` }],
    },
  );
}

/** A record on the acting user's list, as it shows now. */
export interface OwnRecord {
  readonly definition: EntityTypeDefinition;
  readonly branch: BranchRecord;
  readonly place: Place;
  readonly view: UserView;
  readonly link: Link;
  readonly shared: StoredVersion;
  readonly seen: Seen;
}

interface RecordOnBranch {
  readonly type: string;
  readonly id: string;
  readonly branch: string;
}

/**
 * A record that a user is linked to and that stands on a branch. Refuses NOT_FOUND everything else in the same words: a record that never was,
 * one of somebody else, one that is not on this branch.
 */
export function findOwnRecord(whole: StoreReader, user: string, { type, id, branch }: RecordOnBranch): OwnRecord {
  const definition = viewTypeOf(type);
  const record = findBranch(whole, branch);
  const place = whole.placeAt(record.ref);
  const shared = whole.versionAt(type, id, place);
  const seen = shared === null ? null : openSight(whole, { asker: user }).see(shared);
  const view = readUserView(whole, user);
  if (shared === null || seen === null || seen.link === null || view === null) throw notFound(definition.label, id);
  return { definition, branch: record, place, view, link: seen.link, shared, seen };
}

/** The link of a record that is on a user's list, on whatever branch it stands. Refuses NOT_FOUND in the words of `findOwnRecord`. */
export function findOwnLink(
  whole: StoreReader,
  user: string,
  { type, id }: { readonly type: string; readonly id: string },
): { readonly definition: EntityTypeDefinition; readonly view: UserView; readonly link: Link } {
  const definition = viewTypeOf(type);
  const view = readUserView(whole, user);
  const link = view?.link(type, id) ?? null;
  if (view === null || link === null || !link.linked) throw notFound(definition.label, id);
  return { definition, view, link };
}

/** One's own version of this number. Refuses NOT_FOUND another user's, a removed one and one that never was in the same words. */
export function findOwnVersion({ view, link }: { readonly view: UserView; readonly link: Link }, number: number): OwnVersion {
  const version = view.versionsOf(link.type, link.id).find((known) => known.number === number);
  if (version === undefined) throw noSuchVersion(link.type, number);
  return version;
}

/** Refuses a version that is not one's own, or not there. */
export function noSuchVersion(type: string, number: number): RefusedError {
  return new RefusedError('NOT_FOUND', `You have no version ${number} of this ${publicTypeOf(type).label}.`, {
    what: 'version',
    id: quote(String(number)),
  });
}

/** What a branch showed at a moment, and the instant of it for the views that are laid over; no instant for now. */
export function placeAndInstant(
  store: StoreReader,
  branch: string,
  moment: Moment | undefined,
): { readonly place: Place; readonly instant: Instant | undefined } {
  const place = store.placeAt(findBranch(store, branch).ref, moment);
  const isCommit = moment !== undefined && place.commit === moment;
  return { place, instant: isCommit ? (place.at ?? moment) : moment };
}

/** An instant as of which a user sees on a branch (`null`: on every one) what shows now, whatever is written later. */
export function settledInstant(whole: StoreReader, user: string, branch: BranchRecord | null): Instant {
  const branches = branch === null ? whole.refs({ deleted: true }).filter(({ ref }) => isBranchRef(ref)) : [branch];
  const moved = [...branches, whole.ref(viewRef(user))].flatMap((record) => (record === null ? [] : [record.movedAt]));
  return moved.toSorted().at(-1) ?? whole.properties().createdAt;
}

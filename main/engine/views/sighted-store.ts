import { notFound } from '../../../shared/errors.ts';
import { entityTypes } from '../../../shared/roster/entity-type.ts';
import { viewOwner } from '../../../shared/versioning/ref-name.ts';
import type { CommitRecord, Occurrence, Place, StoredChange, StoredVersion } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { linksOf } from './links-index.ts';
import { hasViews, maySee } from './sight.ts';

const kept = new WeakMap<StoreReader, Map<string, StoreReader>>();
const wholes = new WeakMap<StoreReader, { readonly whole: StoreReader; readonly user: string }>();

/**
 * The store as one user may read it: shared records that are guarded and not linked to the user are not there, nor are the lines on which
 * users keep what is their own, and no count speaks of them. Queries and commands are given this one, so that none can forget the rule. The
 * own view itself is read through `openSight`.
 */
export function sightedStore(whole: StoreReader, user: string): StoreReader {
  const byUser = kept.get(whole) ?? new Map<string, StoreReader>();
  kept.set(whole, byUser);
  const known = byUser.get(user);
  if (known !== undefined) return known;
  const sighted = makeSighted(whole, user);
  byUser.set(user, sighted);
  wholes.set(sighted, { whole, user });
  return sighted;
}

/** The store behind a sighted one, for what concerns no type with views and is kept once for all users; the store itself otherwise. */
export function wholeOf(store: StoreReader): StoreReader {
  return wholes.get(store)?.whole ?? store;
}

/** How many records of each type with views exist at a place and are not there for the user of a sighted store; types without any are left out. */
export function hiddenCountsAt(store: StoreReader, place: Place): ReadonlyMap<string, number> {
  const sight = wholes.get(store);
  const counts = new Map<string, number>();
  if (sight === undefined) return counts;
  const { whole, user } = sight;
  const links = linksOf(whole);
  for (const { type, views } of entityTypes) {
    if (!views) continue;
    const hidden = links.guarded(type).filter((id) => !maySee(whole, user, type, id) && whole.versionAt(type, id, place) !== null);
    if (hidden.length > 0) counts.set(type, hidden.length);
  }
  return counts;
}

function makeSighted(whole: StoreReader, user: string): StoreReader {
  const isHidden = (type: string, id: string): boolean => !maySee(whole, user, type, id);
  const isPrivate = (line: number): boolean => linksOf(whole).isPrivateLine(line);
  const toShown = (record: CommitRecord): CommitRecord => {
    if (!record.counts.some(({ type }) => hasViews(type))) return record;
    const hidden = whole.changesOf(record.commit).filter(({ type, id }) => isHidden(type, id));
    return hidden.length === 0 ? record : withoutChanges(record, hidden);
  };
  const shownOrNull = (record: CommitRecord | null): CommitRecord | null =>
    record === null || isPrivate(record.line) ? null : toShown(record);
  const isShown = (version: StoredVersion | null): version is StoredVersion =>
    version !== null && !isHidden(version.type, version.id) && !isPrivate(whole.commitOf(version.row).line);

  const sighted: StoreReader = {
    ...whole,
    refs: (options) => whole.refs(options).filter(({ ref }) => viewOwner(ref) === null),
    ref: (name) => (viewOwner(name) === null ? whole.ref(name) : null),
    refLog: (options) => whole.refLog(options).filter(({ ref }) => viewOwner(ref) === null),
    placeOf(commit) {
      const place = whole.placeOf(commit);
      if (isPrivate(place.line)) throw notFound('commit', commit);
      return place;
    },
    commit: (hash) => shownOrNull(whole.commit(hash)),
    commitAt: (place) => shownOrNull(whole.commitAt(place)),
    commitOf: (row) => toShown(whole.commitOf(row)),
    changesOf: (commit, options) => {
      const record = whole.commit(commit);
      if (record !== null && !record.counts.some(({ type }) => hasViews(type))) return whole.changesOf(commit, options);
      const shown = whole.changesOf(commit).filter(({ type, id }) => !isHidden(type, id));
      return options?.limit === undefined ? shown : shown.slice(0, options.limit);
    },
    line(place, filter) {
      const entity = filter?.entity;
      if (entity !== undefined && isHidden(entity.type, entity.id)) return { items: [], total: 0, next: null };
      const page = whole.line(place, filter);
      return { ...page, items: page.items.map(toShown) };
    },
    commitsOfKinds: (place, kinds, limit) => whole.commitsOfKinds(place, kinds, limit).map(toShown),
    decisionsOf: (commit) => whole.decisionsOf(commit),
    countsAt(place) {
      const counts = new Map(whole.countsAt(place));
      for (const [type, hidden] of hiddenCountsAt(sighted, place)) counts.set(type, (counts.get(type) ?? 0) - hidden);
      return counts;
    },
    versionAt: (type, id, place) => (isHidden(type, id) ? null : whole.versionAt(type, id, place)),
    entitiesAt: (type, place) => (hasViews(type) ? shownOf(whole.entitiesAt(type, place), isHidden) : whole.entitiesAt(type, place)),
    changesBetween: (from, to, options) => whole.changesBetween(from, to, options).filter(({ type, id }) => !isHidden(type, id)),
    versionsOf: (type, id, place) => (isHidden(type, id) ? [] : whole.versionsOf(type, id, place)),
    versionByHash(hash) {
      const found = whole.versionByHash(hash);
      return isShown(found) ? found : null;
    },
    occurrencesOfHash(hash): readonly Occurrence[] {
      return isShown(whole.versionByHash(hash)) ? whole.occurrencesOfHash(hash) : [];
    },
  };
  return sighted;
}

function* shownOf(versions: Iterable<StoredVersion>, isHidden: (type: string, id: string) => boolean): Generator<StoredVersion> {
  for (const version of versions) if (!isHidden(version.type, version.id)) yield version;
}

function withoutChanges(record: CommitRecord, hidden: readonly StoredChange[]): CommitRecord {
  const counts = record.counts
    .map((count) => {
      const of = hidden.filter(({ type }) => type === count.type);
      const less = (op: 'create' | 'update' | 'delete'): number => count[op] - of.filter((change) => change.op === op).length;
      return { type: count.type, create: less('create'), update: less('update'), delete: less('delete') };
    })
    .filter((count) => count.create + count.update + count.delete > 0);
  return { ...record, counts, changeCount: record.changeCount - hidden.length };
}

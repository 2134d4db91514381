import { notFound } from '../../../shared/errors.ts';
import { CommitHash } from '../../../shared/ids.ts';
import type { Fields, Json } from '../../../shared/json.ts';
import { entityTypes } from '../../../shared/roster/entity-type.ts';
import { textOf } from '../../../shared/roster/field.ts';
import { isKeptApart } from '../../../shared/versioning/ref-name.ts';
import type { CommitRecord, Occurrence, Place, StoredVersion } from '../local-store/store.ts';
import { parseDecisions } from '../merging/merge-steps.ts';
import type { StoreReader } from '../reader.ts';
import { createHiddenChanges, withoutChanges } from './hidden-changes.ts';
import { linksOf } from '../views/links-index.ts';
import { mergesOfUser } from './merges-of-user.ts';
import { hasViews, maySee } from '../views/sight.ts';
import { visibleCounts } from './visible-counts.ts';

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
  linkToUser(sighted, { whole, user });
  return sighted;
}

/** The store behind a sighted one, for what concerns no type with views and is kept once for all users; the store itself otherwise. */
export function wholeOf(store: StoreReader): StoreReader {
  return wholes.get(store)?.whole ?? store;
}

/** For whom a store was made; `null` for the store itself. */
export function userOf(store: StoreReader): string | null {
  return wholes.get(store)?.user ?? null;
}

/** Remembers which store lies behind one that was made for a user. */
export function linkToUser(store: StoreReader, of: { readonly whole: StoreReader; readonly user: string }): void {
  wholes.set(store, of);
}

/** How many records of each type with views exist at a place and are not there for the user of a sighted store; types without any are left out. */
export function hiddenCountsAt(store: StoreReader, place: Place): ReadonlyMap<string, number> {
  const sight = wholes.get(store);
  const counts = new Map<string, number>();
  if (sight === undefined) return counts;
  const { whole, user } = sight;
  const links = linksOf(whole);
  for (const { type, views } of entityTypes) {
    if (!views || links.guarded(type).length === 0) continue;
    let hidden = 0;
    for (const { id } of whole.entitiesAt(type, place)) if (links.isGuarded(type, id) && !links.isLinked(user, type, id)) hidden++;
    if (hidden > 0) counts.set(type, hidden);
  }
  return counts;
}

function makeSighted(whole: StoreReader, user: string): StoreReader {
  const isHidden = (type: string, id: string): boolean => (type === 'note' ? isNoteHidden(id) : !maySee(whole, user, type, id));
  const isPrivate = (line: number): boolean => linksOf(whole).isPrivateLine(line);
  const hidden = createHiddenChanges(whole, { user, isHidden });
  const toShown = (record: CommitRecord): CommitRecord => withoutChanges(record, hidden.in(record));
  const shownOrNull = (record: CommitRecord | null): CommitRecord | null =>
    record === null || isPrivate(record.line) ? null : toShown(record);
  const isShown = (version: StoredVersion | null): version is StoredVersion =>
    version !== null && !isHidden(version.type, version.id) && !isPrivate(whole.commitOf(version.row).line);
  // A private commit is answered as one that never was, also where a moment is asked for.
  const refusePrivate = (...moments: readonly (string | undefined)[]): void => {
    for (const moment of moments) {
      const commit = moment === undefined ? undefined : CommitHash.safeParse(moment).data;
      const record = commit === undefined ? null : whole.commit(commit);
      if (record !== null && isPrivate(record.line)) throw notFound('commit', record.commit);
    }
  };
  function isNoteHidden(id: string): boolean {
    const [first] = whole.versionsOf('note', id);
    const [version] = first === undefined ? [] : whole.versions([first.row]);
    return version !== undefined && isAboutHidden(version.fields);
  }
  function isAboutHidden(fields: Fields): boolean {
    const [type, id] = [textOf(fields, 'entityType'), textOf(fields, 'entityId')];
    return type !== null && id !== null && !maySee(whole, user, type, id);
  }

  const sighted: StoreReader = {
    ...whole,
    counts: () => visibleCounts(whole, user),
    refs: (options) => whole.refs(options).filter(({ ref }) => !isKeptApart(ref)),
    ref: (name) => (isKeptApart(name) ? null : whole.ref(name)),
    refLog: (options) => whole.refLog(options).filter(({ ref }) => !isKeptApart(ref)),
    placeAt(ref, moment) {
      refusePrivate(moment);
      return whole.placeAt(ref, moment);
    },
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
      if (record === null || hidden.in(record).length === 0) return whole.changesOf(commit, options);
      const shown = whole.changesOf(commit).filter(({ type, id }) => !isHidden(type, id));
      return options?.limit === undefined ? shown : shown.slice(0, options.limit);
    },
    line(place, filter = {}) {
      const { entity, type, from, to } = filter;
      refusePrivate(from, to);
      if (entity !== undefined && isHidden(entity.type, entity.id)) return { items: [], total: 0, next: null };
      if (entity === undefined && type !== undefined && hidden.any(type)) {
        const page = hidden.lineOfType(place, { ...filter, type });
        return { ...page, items: page.items.map(toShown) };
      }
      const page = whole.line(place, filter);
      return { ...page, items: page.items.map(toShown) };
    },
    commitsOfKinds: (place, kinds, limit) => whole.commitsOfKinds(place, kinds, limit).map(toShown),
    density(place, options) {
      refusePrivate(options.from, options.to);
      const buckets = whole.density(place, options);
      return hidden.any() ? hidden.withoutHidden(place, buckets) : buckets;
    },
    merges: mergesOfUser(whole, user),
    decisionsOf: (commit) => whole.decisionsOf(commit).filter((decision) => !namesHidden(decision, isHidden)),
    countsAt(place) {
      const counts = new Map(whole.countsAt(place));
      for (const [type, missing] of hiddenCountsAt(sighted, place)) counts.set(type, (counts.get(type) ?? 0) - missing);
      return counts;
    },
    versionAt: (type, id, place) => (isHidden(type, id) ? null : whole.versionAt(type, id, place)),
    entitiesAt(type, place) {
      if (type === 'note') return shownOf(whole.entitiesAt(type, place), ({ fields }) => isAboutHidden(fields));
      // What is hidden is the same for the whole reading: asked once, not for each record.
      if (!hasViews(type) || !hidden.any(type)) return whole.entitiesAt(type, place);
      return shownOf(whole.entitiesAt(type, place), ({ id }) => isHidden(type, id));
    },
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

function* shownOf(versions: Iterable<StoredVersion>, isHidden: (version: StoredVersion) => boolean): Generator<StoredVersion> {
  for (const version of versions) if (!isHidden(version)) yield version;
}

/** Whether a decision of a merge was about a record that is not there for the user; a repair may have changed several. */
function namesHidden(decision: Json, isHidden: (type: string, id: string) => boolean): boolean {
  return parseDecisions([decision]).some(({ entity, kind, value }) => {
    const changed = kind === 'repair' && Array.isArray(value) ? value : [];
    return [entity, ...changed].some(
      (named: Json) =>
        typeof named === 'object' &&
        named !== null &&
        'type' in named &&
        'id' in named &&
        typeof named['type'] === 'string' &&
        typeof named['id'] === 'string' &&
        isHidden(named['type'], named['id']),
    );
  });
}

import { entityTypes } from '../../../shared/roster/entity-type.ts';
import { ACCESS_REF, viewRef } from '../../../shared/versioning/ref-name.ts';
import type { CommitRecord, FileCounts, Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { linksOf } from '../views/links-index.ts';
import { standsOf } from './record-stands.ts';

interface LineTotals {
  readonly commits: number;
  readonly versions: number;
  readonly entities: number;
}

// A line's totals are those of its last commit, which never change.
const kept = new WeakMap<StoreReader, Map<string, LineTotals>>();
const mostKept = 500;
const allOfThem = 1_000_000_000;

/** What the file holds, without what users keep for themselves on lines of their own and without the records that this user is not to know of. */
export function visibleCounts(whole: StoreReader, user: string): FileCounts {
  const links = linksOf(whole);
  const counts = whole.counts();
  const stands = standsOf(whole);
  const lines = [...links.views.map((view) => viewRef(view.user)), ACCESS_REF].filter((ref) => whole.ref(ref) !== null);
  const totals = lines.map((ref) => totalsOf(whole, whole.placeAt(ref)));
  const hidden = entityTypes.flatMap(({ type, views }) =>
    views
      ? links
          .guarded(type)
          .filter((id) => !links.isLinked(user, type, id))
          .map((id) => stands(type, id))
      : [],
  );
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  return {
    commits: counts.commits - sum(totals.map(({ commits }) => commits)),
    versions: counts.versions - sum(totals.map(({ versions }) => versions)) - sum(hidden),
    entities: counts.entities - sum(totals.map(({ entities }) => entities)) - hidden.filter((stands) => stands > 0).length,
    refs: counts.refs - lines.length,
  };
}

function totalsOf(whole: StoreReader, place: Place): LineTotals {
  if (place.commit === null) return { commits: 0, versions: 0, entities: 0 };
  const known = kept.get(whole) ?? new Map<string, LineTotals>();
  kept.set(whole, known);
  const totals = known.get(place.commit) ?? addUp(whole.line(place, { limit: allOfThem }).items);
  known.delete(place.commit);
  known.set(place.commit, totals);
  if (known.size > mostKept) known.delete(known.keys().next().value ?? '');
  return totals;
}

function addUp(records: readonly CommitRecord[]): LineTotals {
  let [versions, entities] = [0, 0];
  for (const { changeCount, counts } of records) {
    versions += changeCount;
    for (const count of counts) entities += count.create;
  }
  return { commits: records.length, versions, entities };
}

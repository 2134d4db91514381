import { internalTypes } from '../../../shared/roster/entity-type.ts';
import type { Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { hiddenCountsAt, wholeOf } from '../sighted-store/sighted-store.ts';

export type EntityCounts = ReadonlyMap<string, number>;

// Asked for every branch after every commit. What was counted last on a line is kept, and moved on by the difference.
const cache = new WeakMap<StoreReader, Map<number, { readonly place: Place; readonly counts: EntityCounts }>>();
const largestDifference = 2_000;

/** How many entities of each type the asker may know of exist at a place; the program's own types are left out. */
export function entityCountsAt(store: StoreReader, place: Place): EntityCounts {
  const counts = new Map(keptCountsAt(wholeOf(store), place));
  for (const [type, hidden] of hiddenCountsAt(store, place)) {
    const shown = (counts.get(type) ?? 0) - hidden;
    // A zero would tell that there are some.
    if (shown > 0) counts.set(type, shown);
    else counts.delete(type);
  }
  return counts;
}

function keptCountsAt(store: StoreReader, place: Place): EntityCounts {
  const byLine = cache.get(store) ?? new Map<number, { readonly place: Place; readonly counts: EntityCounts }>();
  cache.set(store, byLine);
  const known = byLine.get(place.line);
  if (known !== undefined && known.place.position === place.position) return known.counts;
  // A branch that was never counted is not far from the branch it came from.
  const distanceTo = (entry: { readonly place: Place }): number => Math.abs(entry.place.position - place.position);
  const nearest = known ?? [...byLine.values()].toSorted((a, b) => distanceTo(a) - distanceTo(b))[0];
  const isNear = nearest !== undefined && distanceTo(nearest) <= largestDifference;
  const counts = isNear ? moveCounts(store, nearest, place) : countAll(store, place);
  byLine.set(place.line, { place, counts });
  return counts;
}

function countAll(store: StoreReader, place: Place): EntityCounts {
  const counts = new Map(store.countsAt(place));
  for (const { type } of internalTypes) counts.delete(type);
  return counts;
}

function moveCounts(store: StoreReader, known: { readonly place: Place; readonly counts: EntityCounts }, place: Place): EntityCounts {
  const counts = new Map(known.counts);
  for (const { type, before, after } of store.changesBetween(known.place, place)) {
    const by = (before === null ? 1 : 0) - (after === null ? 1 : 0);
    if (by !== 0) counts.set(type, (counts.get(type) ?? 0) + by);
  }
  for (const [type, count] of counts) if (count === 0) counts.delete(type);
  return counts;
}

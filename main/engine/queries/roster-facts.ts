import { parseDay } from '../../../shared/roster/slot.ts';
import { textOf } from '../../../shared/roster/field.ts';
import type { Fields } from '../../../shared/json.ts';
import type { Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { wholeOf } from '../sighted-store/sighted-store.ts';
import { loadVersions } from './load-versions.ts';

/** What all assignments of a place amount to: how often each code is used, and which days hold any. */
export interface RosterFacts {
  /** By activity text, or `rotation <id>` for an assignment that shows its rotation's code. */
  readonly uses: ReadonlyMap<string, number>;
  readonly days: { readonly from: string; readonly to: string } | null;
}

/**
 * Reads the facts of a place ahead of time, in slices between which other calls are answered: a roster holds tens of thousands of assignments,
 * and the first screen must not wait for them. `breathe` throws to stop.
 */
export async function warmRosterFacts(store: StoreReader, place: Place, breathe: () => Promise<void>): Promise<void> {
  if (knowsRosterFacts(store)) return;
  const tally = emptyTally(place);
  let sliceEnds = performance.now() + sliceMillis;
  for (const version of store.entitiesAt('assignment', place)) {
    count(tally, version.fields, 1);
    if (performance.now() < sliceEnds) continue;
    await breathe();
    sliceEnds = performance.now() + sliceMillis;
  }
  // Somebody may have needed the facts of a newer place meanwhile.
  if (!knowsRosterFacts(store)) cache.set(wholeOf(store), tally);
}

/** Whether the facts can be had without reading every assignment. */
export function knowsRosterFacts(store: StoreReader): boolean {
  return cache.has(wholeOf(store));
}

interface Tally {
  readonly place: Place;
  readonly uses: Map<string, number>;
  readonly countByDate: Map<string, number>;
}

// Asked after every commit, and a roster has tens of thousands of assignments: the last tally is kept and moved on by the difference.
const cache = new WeakMap<StoreReader, Tally>();
const largestDifference = 5_000;
const sliceMillis = 8;

/** The facts about all assignments as of a place. */
export function rosterFactsAt(store: StoreReader, place: Place): RosterFacts {
  const tally = tallyAt(store, place);
  cache.set(wholeOf(store), tally);
  const dates = [...tally.countByDate.keys()].toSorted();
  const [first, last] = [dates[0], dates.at(-1)];
  return { uses: tally.uses, days: first === undefined || last === undefined ? null : { from: first, to: last } };
}

function tallyAt(store: StoreReader, place: Place): Tally {
  const known = cache.get(wholeOf(store));
  if (known !== undefined) {
    if (known.place.commit === place.commit) return known;
    if (known.place.line === place.line && Math.abs(known.place.position - place.position) < largestDifference)
      return moveTally(store, known, place);
  }
  const tally = emptyTally(place);
  for (const version of store.entitiesAt('assignment', place)) count(tally, version.fields, 1);
  return tally;
}

function emptyTally(place: Place): Tally {
  return { place, uses: new Map(), countByDate: new Map() };
}

function moveTally(store: StoreReader, known: Tally, place: Place): Tally {
  const tally: Tally = { place, uses: new Map(known.uses), countByDate: new Map(known.countByDate) };
  const changes = store.changesBetween(known.place, place, { types: ['assignment'] });
  const versionByRow = loadVersions(store, changes);
  for (const change of changes) {
    const [before, after] = [versionByRow(change.before), versionByRow(change.after)];
    if (before !== null) count(tally, before.fields, -1);
    if (after !== null) count(tally, after.fields, 1);
  }
  return tally;
}

function count(tally: Tally, fields: Fields, by: number): void {
  const rotation = textOf(fields, 'rotationId');
  const key = textOf(fields, 'activity') ?? (rotation === null ? null : `rotation ${rotation}`);
  if (key !== null) add(tally.uses, key, by);
  const date = textOf(fields, 'date');
  if (date !== null && parseDay(date) !== null) add(tally.countByDate, date, by);
}

function add(counts: Map<string, number>, key: string, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}

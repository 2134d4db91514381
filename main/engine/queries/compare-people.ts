import type { PersonImpact } from '../../../shared/contract/app/branches.ts';
import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import { textOf } from '../../../shared/roster/field.ts';
import { peopleImpact, wholeWeeks, type ImpactSide } from '../../../shared/roster/people-impact.ts';
import { dayToDate, slotToDay } from '../../../shared/roster/slot.ts';
import type { Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { bothPlaces } from './compare-branches.ts';
import { loadVersions } from './load-versions.ts';
import { toRecord } from './read-window.ts';

export interface PeopleComparison {
  readonly a: string;
  readonly b: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly items: PersonImpact[];
  readonly total: number;
}

/** What going from one branch to another means for each person whose cells or absences differ, over whole weeks around all that differs. */
export function comparePeople(store: StoreReader, { a, b }: { readonly a: string; readonly b: string }): PeopleComparison {
  const [placeA, placeB] = bothPlaces(store, a, b);
  const changes = store.changesBetween(placeA, placeB, { types: ['assignment', 'absence'] });
  const versionByRow = loadVersions(store, changes);
  const personIds = new Set<string>();
  let [first, last] = [Infinity, -Infinity];
  for (const { type, before, after } of changes)
    for (const version of [versionByRow(before), versionByRow(after)]) {
      const axes = version === null ? null : entityTypeOf(type).axes(version.fields);
      const personId = version === null ? null : textOf(version.fields, 'personId');
      if (axes === null || personId === null) continue;
      personIds.add(personId);
      first = Math.min(first, axes.from);
      last = Math.max(last, axes.to);
    }
  if (first === Infinity) return { a, b, from: null, to: null, items: [], total: 0 };
  const days = wholeWeeks(slotToDay(first), slotToDay(last));
  const window = { subjects: [...personIds], from: days.first * 2, to: days.last * 2 + 1 };
  const [from, to] = [dayToDate(days.first), dayToDate(days.last)];
  const sideOf = (place: Place): ImpactSide => ({
    people: [...personIds].flatMap((id) => {
      const person = store.versionAt('person', id, place);
      return person === null ? [] : [toRecord(person)];
    }),
    rotations: [...store.entitiesAt('rotation', place)].map(toRecord),
    assignments: store.windowAt('assignment', place, window).map(toRecord),
    absences: store.windowAt('absence', place, window).map(toRecord),
  });
  const items = peopleImpact({ from, to, personIds: [...personIds], before: sideOf(placeA), after: sideOf(placeB) }).filter(
    ({ changes: count, before, after }) => count > 0 || before.hours !== after.hours,
  );
  return { a, b, from, to, items, total: items.length };
}

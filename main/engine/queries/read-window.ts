import type { EntityRecord, RosterWindow } from '../../../shared/contract/app/roster.ts';
import { RefusedError } from '../../../shared/errors.ts';
import { CommitHash, EntityId, type Moment } from '../../../shared/ids.ts';
import { dateToDay } from '../../../shared/roster/slot.ts';
import { buildWindow, type WindowModel } from '../../../shared/roster/window.ts';
import type { Place, StoredVersion, StoreWindow } from '../local-store/store.ts';
import type { Asker, StoreReader } from '../reader.ts';
import { basisOf } from './basis-of.ts';
import { placeOnBranch } from './find-branch.ts';
import { readLocations } from './read-locations.ts';

const mostDays = 400;

export interface WindowRequest {
  readonly branch: string;
  readonly at?: Moment | undefined;
  readonly from: string;
  readonly to: string;
  readonly people?: readonly string[] | undefined;
  /** Whose view names the places that are clinics; they are named by nobody unless told. */
  readonly view?: string | undefined;
}

/**
 * The grid as of a moment. Coverage and clashes are those of the whole roster; `people` only narrows whose rows, cells and absences are
 * answered, and to which clashes they belong. With `view` the clinics are as that view showed them at the same moment.
 */
export function readWindow(store: StoreReader, { branch, at, from, to, people, view }: WindowRequest, asker: Asker): RosterWindow {
  const slots = slotsOf({ from, to });
  const place = placeOnBranch(store, branch, at);
  const model = buildWindow({
    from,
    to,
    people: [...store.entitiesAt('person', place)].map(toRecord),
    assignments: recordsIn(store, 'assignment', place, slots),
    absences: recordsIn(store, 'absence', place, slots),
    rotations: [...store.entitiesAt('rotation', place)].map(toRecord),
    holidays: recordsIn(store, 'holiday', place, slots),
  });
  const shown = people === undefined ? model : narrowTo(model, new Set(people));
  const window = { branch, basis: basisOf(place), from, to, ...shown };
  if (view === undefined) return window;
  const moment = at !== undefined && CommitHash.safeParse(at).success ? (place.at ?? undefined) : at;
  return { ...window, locations: readLocations(shown, place, { whole: asker.whole, asker: asker.userId, as: view, at: moment }) };
}

/** The half days of a window as slots. Refuses INVALID days in the wrong order and windows of more than 400 days. */
export function slotsOf({ from, to }: { readonly from: string; readonly to: string }): StoreWindow {
  const first = dateToDay(from);
  const last = dateToDay(to);
  if (last < first)
    throw new RefusedError('INVALID', `The window ends (${to}) before it starts (${from}).`, {
      what: 'window',
      fields: [{ field: 'to', problem: `lies before ${from}` }],
    });
  if (last - first >= mostDays)
    throw new RefusedError('INVALID', `A window holds at most ${mostDays} days; ${from} to ${to} are ${last - first + 1}.`, {
      what: 'window',
      fields: [{ field: 'to', problem: `is more than ${mostDays} days after ${from}` }],
    });
  return { from: first * 2, to: last * 2 + 1 };
}

export function toRecord(version: StoredVersion): EntityRecord {
  return { type: version.type, id: EntityId.parse(version.id), version: version.version, fields: version.fields };
}

function recordsIn(store: StoreReader, type: string, place: Place, window: StoreWindow): EntityRecord[] {
  return store.windowAt(type, place, window).map(toRecord);
}

function narrowTo(model: WindowModel, people: ReadonlySet<string>): WindowModel {
  return {
    ...model,
    people: model.people.filter((person) => people.has(person.id)),
    otherPeople: model.otherPeople.filter((person) => people.has(person.id)),
    cells: model.cells.filter((cell) => people.has(cell.personId)),
    absences: model.absences.filter((absence) => people.has(absence.personId)),
    clashes: model.clashes.filter((clash) => clash.slots.length === 0 || clash.slots.some((slot) => people.has(slot.personId))),
  };
}

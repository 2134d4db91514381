import { findActivityCode } from './codes.ts';
import type { EntityRecord } from './entity-record.ts';
import { textOf } from './field.ts';
import { orderPeople } from './person-row.ts';
import { readRosterState, type RosterState, type StateCell } from './roster-state.ts';
import { absenceFields, cellFields, differsIn } from './rules/merged-record.ts';
import { dateToWords, slotToDay, slotToWords } from './slot.ts';
import type { Fields } from '../json.ts';

/** One roster of a stretch of days, as far as the people concern it. */
export interface ImpactSide {
  readonly people: readonly EntityRecord[];
  readonly rotations: readonly EntityRecord[];
  readonly assignments: readonly EntityRecord[];
  readonly absences: readonly EntityRecord[];
}

/** What somebody works in a stretch of days. */
export interface DutyCount {
  readonly halfDays: number;
  readonly hours: number;
  readonly nights: number;
  readonly weekends: number;
  readonly clinicHalfDays: number;
  readonly daysOff: number;
}

/** What going from one roster to another means for one person. */
export interface PersonImpact {
  readonly personId: string;
  readonly name: string;
  readonly level: string;
  readonly before: DutyCount;
  readonly after: DutyCount;
  readonly changes: number;
  readonly mustBeTold: boolean;
  readonly lines: string[];
}

const linesShown = 20;

/**
 * What the difference of two rosters means for each person named, in the order of the grid: duties before and after over the same days, both
 * ends included, and what changes for them. Somebody must be told where what they do, when or where changes; notes and the like do not count.
 */
export function peopleImpact(input: {
  readonly from: string;
  readonly to: string;
  readonly personIds: readonly string[];
  readonly before: ImpactSide;
  readonly after: ImpactSide;
}): PersonImpact[] {
  const { from, to } = input;
  const [before, after] = [input.before, input.after].map((side) => readRosterState({ from, to, ...side, holidays: [] }));
  if (before === undefined || after === undefined) return [];
  const order = new Map(orderPeople(everybody(input.before, input.after)).map((row, index) => [row.id as string, { row, index }]));
  const changes = Map.groupBy([...cellChanges(before, after), ...absenceChanges(input.before, input.after)], ({ personId }) => personId);
  return [...new Set(input.personIds)]
    .toSorted((a, b) => (order.get(a)?.index ?? Infinity) - (order.get(b)?.index ?? Infinity) || (a < b ? -1 : 1))
    .map((personId) => {
      const own = (changes.get(personId) ?? []).toSorted((a, b) => a.at - b.at);
      const row = order.get(personId)?.row;
      return {
        personId,
        name: row?.name ?? 'a person who is gone',
        level: row?.level ?? '',
        before: countDuties(before, personId),
        after: countDuties(after, personId),
        changes: own.length,
        mustBeTold: own.length > 0,
        lines: own.slice(0, linesShown).map(({ text }) => text),
      };
    });
}

/** The first day of the week (Monday) of a first day, and the last (Sunday) of a last, so that weekends are counted whole. Days since 1970. */
export function wholeWeeks(first: number, last: number): { readonly first: number; readonly last: number } {
  // 1970-01-01 was a Thursday.
  return { first: first - ((first + 3) % 7), last: last + (6 - ((last + 3) % 7)) };
}

function everybody(before: ImpactSide, after: ImpactSide): EntityRecord[] {
  return [...new Map([...before.people, ...after.people].map((record) => [record.id, record])).values()];
}

function countDuties(state: RosterState, personId: string): DutyCount {
  const [start, end] = state.cellsOf.get(personId) ?? [0, 0];
  const duties = state.cells.slice(start, end).filter((cell) => !cell.off && cell.slot >= state.from && cell.slot <= state.to);
  const bySlot = Map.groupBy(duties, (cell) => cell.slot);
  const byDay = Map.groupBy(duties, (cell) => slotToDay(cell.slot));
  let [hours, nights, clinicHalfDays] = [0, 0, 0];
  // Somebody who is booked twice works once; a night counts once a day.
  for (const cells of bySlot.values()) {
    hours += Math.max(0, ...cells.filter((cell) => !cell.isNight).map((cell) => cell.hours));
    if (cells.some(isClinic)) clinicHalfDays += 1;
  }
  const weekends = new Set<number>();
  for (const [day, cells] of byDay) {
    const night = cells.filter((cell) => cell.isNight);
    hours += Math.max(0, ...night.map((cell) => cell.hours));
    if (night.length > 0) nights += 1;
    const weekday = (day + 3) % 7;
    if (weekday >= 5) weekends.add(day - weekday);
  }
  const days = slotToDay(state.to) - slotToDay(state.from) + 1;
  return {
    halfDays: bySlot.size,
    hours: Math.round(hours * 100) / 100,
    nights,
    weekends: weekends.size,
    clinicHalfDays,
    daysOff: days - byDay.size,
  };
}

function isClinic({ shown, code }: StateCell): boolean {
  if (shown !== undefined && textOf(shown.fields, 'rotationType') === 'outpatient') return true;
  return /clinic/i.test(findActivityCode(code)?.name ?? code);
}

interface ImpactChange {
  readonly personId: string;
  readonly at: number;
  readonly text: string;
}

const toldFields = [...cellFields, 'location'] as const;

function* cellChanges(before: RosterState, after: RosterState): Generator<ImpactChange> {
  const was = cellsById(before);
  const is = cellsById(after);
  for (const id of new Set([...was.keys(), ...is.keys()])) {
    const [old, next] = [was.get(id), is.get(id)];
    if (!differsIn(old?.record.fields ?? null, next?.record.fields ?? null, toldFields)) continue;
    const isSamePlace = old !== undefined && next !== undefined && old.personId === next.personId && old.slot === next.slot;
    if (isSamePlace)
      yield { personId: old.personId, at: old.slot, text: `${slotToWords(old.slot)}: ${shownText(old)} → ${shownText(next)}` };
    else {
      if (old !== undefined) yield { personId: old.personId, at: old.slot, text: `${slotToWords(old.slot)}: no longer ${shownText(old)}` };
      if (next !== undefined) yield { personId: next.personId, at: next.slot, text: `${slotToWords(next.slot)}: now ${shownText(next)}` };
    }
  }
}

function cellsById(state: RosterState): ReadonlyMap<string, StateCell> {
  return new Map(state.cells.filter((cell) => cell.slot >= state.from && cell.slot <= state.to).map((cell) => [cell.record.id, cell]));
}

function shownText({ code, record }: StateCell): string {
  const location = textOf(record.fields, 'location');
  const role = textOf(record.fields, 'role');
  return [code === '' ? 'unassigned' : code, location, role === 'primary' ? null : role].filter(Boolean).join(', ');
}

function* absenceChanges(before: ImpactSide, after: ImpactSide): Generator<ImpactChange> {
  const was = new Map(before.absences.map((record) => [record.id as string, record.fields]));
  const is = new Map(after.absences.map((record) => [record.id as string, record.fields]));
  for (const id of new Set([...was.keys(), ...is.keys()])) {
    const [old, next] = [was.get(id) ?? null, is.get(id) ?? null];
    if (!differsIn(old, next, [...absenceFields, 'absenceType'])) continue;
    const owners = new Set([old, next].flatMap((fields) => (fields === null ? [] : (textOf(fields, 'personId') ?? []))));
    for (const personId of owners) yield { personId, at: 0, text: `Absence: ${absenceText(old)} → ${absenceText(next)}` };
  }
}

function absenceText(fields: Fields | null): string {
  if (fields === null) return 'none';
  const [first, last] = [textOf(fields, 'startDate') ?? '', textOf(fields, 'endDate') ?? ''];
  const days = first === last ? dateToWords(first) : `${dateToWords(first)} to ${dateToWords(last)}`;
  return [textOf(fields, 'absenceType'), days, textOf(fields, 'status')].filter(Boolean).join(', ');
}

import { booleanOf, textOf } from '../field.ts';
import { rowsOf, type Span } from '../focus.ts';
import { isTrainee, type PersonRow } from '../person-row.ts';
import { absencesOf, type RosterState, type StateCell } from '../roster-state.ts';
import { idleStatuses } from './absence-overlap.ts';
import { makeClash, type Finding } from './clash.ts';

/**
 * Four weeks in a row of one resident, beginning on any day. Weeks away (no duty, and leave on five days or more) are taken out of the average,
 * as the rule's authors ask: a holiday does not pay for the hours of the other weeks.
 */
export interface Stretch {
  readonly person: PersonRow;
  /** Days since 1970-01-01; the last is 27 days later. */
  readonly firstDay: number;
  /** 0 to 4: the weeks that count. */
  readonly weeks: number;
  /** In the weeks that count. */
  readonly hours: number;
  readonly freeDays: number;
}

export const stretchDays = 28;
const leaveDaysOfWeekAway = 5;

/** What a rule makes of a stretch: how far it is over its limit, 0 or less where it keeps it. */
export type Excess = (stretch: Stretch) => number;

/**
 * The stretches over a limit, of residents alone, as far as a state knows all 28 days of them: one for each trouble, the worst of those that
 * overlap. With `before`, only stretches that are further over the limit than they were there.
 */
export function findStretches(state: RosterState, excess: Excess, before?: RosterState): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const person of state.people.values()) {
    if (!isTrainee(person)) continue;
    for (const { from, to } of rowsOf(state, person.id)) {
      const days = { from: Math.ceil(from / 2), to: Math.floor((to - 1) / 2) };
      if (days.to - days.from + 1 < stretchDays || !state.cellsOf.has(person.id)) continue;
      found.push(...worstOf(measure(state, person, days), excess, measuredBefore(before, person, days)));
    }
  }
  return found;
}

/** A clash of a stretch: it stands on the resident, at the last half day of duty, and its half days are where the four weeks begin and end. */
export function describeStretch(
  state: RosterState,
  { person, firstDay }: Stretch,
  { rule, severity, text, weight }: Pick<Finding, 'rule' | 'severity' | 'text' | 'weight'>,
): Finding {
  const scope = { personId: person.id, from: firstDay * 2, to: (firstDay + stretchDays) * 2 - 1 };
  const last = dutiesOf(state, person.id, scope).at(-1);
  return makeClash({
    rule,
    key: [person.id, String(firstDay)],
    severity,
    text,
    cells: [],
    others: [{ type: 'person', id: person.id }],
    slots: last ? [last.slot] : [scope.to],
    weight,
    scope,
  });
}

interface DayMeasure {
  readonly firstDay: number;
  readonly hours: Float64Array;
  readonly isDuty: Uint8Array;
  readonly isLeave: Uint8Array;
}

function* walk(person: PersonRow, { firstDay, hours, isDuty, isLeave }: DayMeasure): Generator<Stretch> {
  const weeks = weeksOf(hours, isDuty, isLeave);
  for (let start = 0; start + stretchDays <= hours.length; start++) {
    let [counted, worked, free] = [0, 0, 0];
    for (let week = 0; week < 4; week++) {
      const at = start + week * 7;
      if (weeks.isAway[at] === 1) continue;
      counted++;
      worked += weeks.hours[at] ?? 0;
      free += weeks.free[at] ?? 0;
    }
    yield { person, firstDay: firstDay + start, weeks: counted, hours: worked, freeDays: free };
  }
}

/** For each day, the seven days that begin with it. */
function weeksOf(hours: Float64Array, isDuty: Uint8Array, isLeave: Uint8Array) {
  const weeks = { hours: new Float64Array(hours.length), free: new Uint8Array(hours.length), isAway: new Uint8Array(hours.length) };
  for (let start = 0; start + 7 <= hours.length; start++) {
    let [worked, duty, leave] = [0, 0, 0];
    for (let day = start; day < start + 7; day++) {
      worked += hours[day] ?? 0;
      duty += isDuty[day] ?? 0;
      leave += isLeave[day] ?? 0;
    }
    weeks.hours[start] = worked;
    weeks.free[start] = 7 - duty;
    weeks.isAway[start] = duty === 0 && leave >= leaveDaysOfWeekAway ? 1 : 0;
  }
  return weeks;
}

function worstOf(stretches: Iterable<Stretch>, excess: Excess, before: () => ReadonlyMap<number, Stretch>): readonly Stretch[] {
  const worst: Stretch[] = [];
  let clusterEnd = -Infinity;
  for (const stretch of stretches) {
    const over = stretch.weeks === 0 ? 0 : excess(stretch);
    if (over <= 0) continue;
    const was = before().get(stretch.firstDay);
    if (was && was.weeks > 0 && excess(was) >= over) continue;
    const last = worst.at(-1);
    if (!last || stretch.firstDay > clusterEnd) {
      worst.push(stretch);
      clusterEnd = stretch.firstDay + stretchDays - 1;
    } else if (over > excess(last)) worst[worst.length - 1] = stretch;
  }
  return worst;
}

// A state that knows nothing of the person then cannot have broken the rule before.
function measuredBefore(before: RosterState | undefined, { id }: PersonRow, days: Span): () => ReadonlyMap<number, Stretch> {
  let known: ReadonlyMap<number, Stretch> | undefined;
  return () => {
    const row = before?.people.get(id);
    known ??= new Map(before && row && isTrainee(row) ? measure(before, row, days).map((stretch) => [stretch.firstDay, stretch]) : []);
    return known;
  };
}

function measure(state: RosterState, person: PersonRow, { from, to }: Span): readonly Stretch[] {
  const length = to - from + 1;
  const days = { firstDay: from, hours: new Float64Array(length), isDuty: new Uint8Array(length), isLeave: new Uint8Array(length) };
  // Somebody who is booked twice works once; a night counts once a day.
  const nights = new Float64Array(length);
  const [start, end] = state.cellsOf.get(person.id) ?? [0, 0];
  let slot = -1;
  let counted = 0;
  for (let index = start; index < end; index++) {
    const cell = state.cells[index];
    const day = cell ? Math.floor(cell.slot / 2) - from : -1;
    if (!cell || day < 0 || day >= length) continue;
    if (!cell.off) days.isDuty[day] = 1;
    else if (isLeaveCell(cell)) days.isLeave[day] = 1;
    if (cell.slot !== slot) counted = 0;
    slot = cell.slot;
    const hours = cell.isNight ? 0 : cell.hours;
    if (cell.isNight) nights[day] = Math.max(nights[day] ?? 0, cell.hours);
    if (hours <= counted) continue;
    days.hours[day] = (days.hours[day] ?? 0) + hours - counted;
    counted = hours;
  }
  for (let day = 0; day < length; day++) days.hours[day] = (days.hours[day] ?? 0) + (nights[day] ?? 0);
  for (const absence of absencesOf(state, person.id)) {
    if (!isAway(absence.record.fields)) continue;
    for (let slotDay = Math.max(from, absence.from / 2); slotDay <= Math.min(to, (absence.to - 1) / 2); slotDay++)
      days.isLeave[slotDay - from] = 1;
  }
  return [...walk(person, days)];
}

function isAway(fields: Parameters<typeof textOf>[0]): boolean {
  return !idleStatuses.has(textOf(fields, 'status')) && booleanOf(fields, 'isBlocking') !== false;
}

const leaveCodes: ReadonlySet<string> = new Set(['LV', 'TDY', 'DEP']);

function isLeaveCell({ shown, code }: StateCell): boolean {
  if (leaveCodes.has(code.toUpperCase())) return true;
  return (
    shown !== undefined && (textOf(shown.fields, 'rotationType') === 'absence' || textOf(shown.fields, 'templateCategory') === 'absence')
  );
}

function dutiesOf(state: RosterState, personId: string, { from, to }: Span): readonly StateCell[] {
  const [start, end] = state.cellsOf.get(personId) ?? [0, 0];
  return state.cells.slice(start, end).filter((cell) => !cell.off && cell.slot >= from && cell.slot <= to);
}

import type { MergeClash, MergeSession } from '../../../shared/contract/app/merges.ts';
import type { RosterWindow } from '../../../shared/contract/app/roster.ts';
import { VersionHash, type EntityId, type Half } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import type { EntityRecord } from '../../../shared/roster/entity-record.ts';
import { dateToDay, dayToDate, slotToDate, slotToHalf } from '../../../shared/roster/slot.ts';
import { buildWindow, type WindowModel } from '../../../shared/roster/window.ts';
import { fieldsOf, spanOf, spansOfClash, type StandsByRecord } from './merge-places.ts';

/** A record that the merge changes on its target; no fields: it is deleted. */
export interface ResultItem {
  readonly type: string;
  readonly id: EntityId;
  readonly fields: Fields | null;
}

export interface DayFrame {
  readonly from: string;
  readonly to: string;
}

/** One half day of one person as it would be. */
export interface ResultCell {
  readonly kind: 'cell' | 'coverage';
  readonly person: string;
  readonly date: string;
  readonly half: Half;
  readonly code: string;
  readonly absence: string | null;
  /** What the target shows there now, where the merge changes it. */
  readonly before: string | null;
  /** A conflict about this half day is still open. */
  readonly open: boolean;
  readonly clash: string | null;
  readonly short: boolean;
}

export interface ResultRow {
  readonly key: string;
  readonly name: string;
  readonly level: string;
  readonly cells: readonly ResultCell[];
}

export interface ResultGridModel {
  readonly columns: readonly { readonly date: string; readonly half: Half }[];
  readonly people: readonly ResultRow[];
  readonly coverage: readonly ResultRow[];
}

/** What of the roster a merge touches: whose rows, and which days. */
export interface Affected {
  readonly people: ReadonlySet<string>;
  readonly dates: readonly string[];
}

const mostDays = 28;
// A record that stands nowhere yet has no version; the grid only needs some name for it.
const noVersion = VersionHash.parse('0'.repeat(64));

/** The people and days that the result, the open conflicts and the new clashes are about. Long stretches count with their ends. */
export function affectedBy(
  items: readonly ResultItem[],
  session: Pick<MergeSession, 'conflicts' | 'clashes'>,
  stands: StandsByRecord,
): Affected {
  const people = new Set<string>();
  const dates = new Set<string>();
  const touch = (type: string, fields: Fields | null): void => {
    const span = spanOf(type, fields);
    if (span === null) return;
    people.add(span.personId);
    const [first, last] = [dateToDay(slotToDate(span.from)), dateToDay(slotToDate(span.to))];
    for (let day = first; day <= Math.min(last, first + mostDays); day++) dates.add(dayToDate(day));
    dates.add(dayToDate(last));
  };
  for (const { type, fields } of items) touch(type, fields);
  for (const conflict of session.conflicts) touch(conflict.entity.type, fieldsOf(conflict, stands));
  for (const clash of session.clashes) {
    const spans = spansOfClash(clash);
    for (const person of spans.people) people.add(person);
    for (const date of spans.dates) dates.add(date);
  }
  return { people, dates: [...dates].toSorted() };
}

/** The days to show at once: all that are touched when they lie close together, else the four weeks round the day that is looked at. */
export function frameOf(dates: readonly string[], around: string | null): DayFrame | null {
  const first = dates[0];
  const last = dates.at(-1);
  if (first === undefined || last === undefined) return null;
  if (dateToDay(last) - dateToDay(first) < mostDays) return { from: first, to: last };
  const inside = around === null || around < first ? first : around > last ? last : around;
  // Counted from the first day, so that going from one conflict to the next rarely asks for other days.
  const steps = Math.floor((dateToDay(inside) - dateToDay(first)) / mostDays);
  const from = dateToDay(first) + steps * mostDays;
  return { from: dayToDate(from), to: dayToDate(from + mostDays - 1) };
}

/** The roster as it would be after the merge: the target's window with the changed records laid over it. */
export function mergeWindow(window: RosterWindow, items: readonly ResultItem[]): WindowModel {
  const records = (type: string, own: readonly Pick<EntityRecord, 'id' | 'version' | 'fields'>[]): EntityRecord[] => {
    const byId = new Map(own.map(({ id, version, fields }): [string, EntityRecord] => [id, { type, id, version, fields }]));
    for (const item of items) {
      if (item.type !== type) continue;
      if (item.fields === null) byId.delete(item.id);
      else byId.set(item.id, { type, id: item.id, version: noVersion, fields: item.fields });
    }
    return [...byId.values()];
  };
  return buildWindow({
    from: window.from,
    to: window.to,
    people: records('person', [...window.people, ...(window.otherPeople ?? [])]),
    assignments: records('assignment', window.cells).filter((record) => isInside(record, window)),
    absences: records('absence', window.absences),
    rotations: records('rotation', window.rotations),
    holidays: records('holiday', window.holidays),
  });
}

function isInside({ type, fields }: EntityRecord, { from, to }: DayFrame): boolean {
  const span = spanOf(type, fields);
  return span === null || (slotToDate(span.to) >= from && slotToDate(span.from) <= to);
}

/** The grid of what would change: the people and days that are touched, and how many stand on each rotation there. */
export function buildResult(
  window: RosterWindow,
  merged: WindowModel,
  affected: Affected,
  session: Pick<MergeSession, 'conflicts' | 'clashes'>,
  stands: StandsByRecord,
): ResultGridModel {
  const dates = new Set(affected.dates);
  const columns = merged.halfDays.filter(({ date }) => dates.has(date)).map(({ date, half }) => ({ date, half }));
  const before = codesBySlot(window.cells);
  const after = codesBySlot(merged.cells);
  const open = openSlots(session, stands);
  const clashes = clashesBySlot(session.clashes);
  const absences = new Map<string, string>();
  for (const { personId, startDate, endDate, absenceType } of merged.absences)
    for (const { date } of columns) if (date >= startDate && date <= endDate) absences.set(`${personId}|${date}`, absenceType);
  const oldAbsences = new Set<string>();
  for (const { personId, startDate, endDate } of window.absences)
    for (const { date } of columns) if (date >= startDate && date <= endDate) oldAbsences.add(`${personId}|${date}`);
  const people = merged.people
    .filter(({ id }) => affected.people.has(id))
    .map(({ id, name, level }): ResultRow => ({
      key: id,
      name,
      level,
      cells: columns.map(({ date, half }): ResultCell => {
        const key = `${id}|${date}|${half}`;
        const [was, is] = [before.get(key) ?? '', after.get(key) ?? ''];
        const absence = absences.get(`${id}|${date}`) ?? null;
        const absenceChanged = (absence !== null) !== oldAbsences.has(`${id}|${date}`);
        return {
          kind: 'cell',
          person: name,
          date,
          half,
          code: is,
          absence,
          before: was !== is || absenceChanged ? was : null,
          open: open.has(key),
          clash: clashes.get(key) ?? null,
          short: false,
        };
      }),
    }));
  return { columns, people, coverage: coverageRows(window, merged, columns) };
}

function coverageRows(window: RosterWindow, merged: WindowModel, columns: ResultGridModel['columns']): ResultRow[] {
  const wanted = new Set(columns.map(({ date, half }) => `${date}|${half}`));
  const old = new Map(window.coverage.map((count) => [`${count.code}|${count.date}|${count.half}`, count.count]));
  const rows = new Map<string, ResultCell[]>();
  const interesting = new Set<string>();
  for (const { code, name, date, half, count, minimum, capacity, short } of merged.coverage) {
    if (!wanted.has(`${date}|${half}`)) continue;
    const was = old.get(`${code}|${date}|${half}`) ?? 0;
    if (was !== count || (short && minimum !== null)) interesting.add(code);
    const of = minimum ?? capacity;
    const cells = rows.get(code) ?? [];
    rows.set(code, cells);
    cells.push({
      kind: 'coverage',
      person: name,
      date,
      half,
      code: of === null ? String(count) : `${count}/${of}`,
      absence: null,
      before: was === count ? null : of === null ? String(was) : `${was}/${of}`,
      open: false,
      clash: null,
      short,
    });
  }
  return [...rows]
    .filter(([code]) => interesting.has(code))
    .map(([code, cells]) => ({ key: `coverage ${code}`, name: code, level: '', cells }));
}

function openSlots(session: Pick<MergeSession, 'conflicts'>, stands: StandsByRecord): ReadonlySet<string> {
  const open = new Set<string>();
  for (const conflict of session.conflicts) {
    if (conflict.decision !== null) continue;
    const span = spanOf(conflict.entity.type, fieldsOf(conflict, stands));
    if (span === null) continue;
    for (let slot = span.from; slot <= Math.min(span.to, span.from + 2 * mostDays); slot++)
      open.add(`${span.personId}|${slotToDate(slot)}|${slotToHalf(slot)}`);
  }
  return open;
}

function clashesBySlot(clashes: readonly MergeClash[]): ReadonlyMap<string, string> {
  const bySlot = new Map<string, string>();
  for (const { slots, text } of clashes)
    for (const { personId, date, half } of slots)
      if (!bySlot.has(`${personId}|${date}|${half}`)) bySlot.set(`${personId}|${date}|${half}`, text);
  return bySlot;
}

function codesBySlot(cells: readonly { readonly personId: string; readonly date: string; readonly half: string; readonly code: string }[]) {
  const codes = new Map<string, string>();
  for (const { personId, date, half, code } of cells) {
    const key = `${personId}|${date}|${half}`;
    const known = codes.get(key);
    codes.set(key, known === undefined ? code : `${known}/${code}`);
  }
  return codes;
}

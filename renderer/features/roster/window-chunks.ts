import type { Clash, EntityRecord } from '../../../shared/contract/app/roster.ts';
import { orderPeople } from '../../../shared/roster/person-row.ts';
import { dateToDay, dayToDate } from '../../../shared/roster/slot.ts';
import { buildWindow, type WindowModel, type WindowRecords } from '../../../shared/roster/window.ts';

/** A stretch of a window, computed on its own. The same object as long as none of its records changed. */
export interface WindowChunk {
  /** The column of its first half day in the whole window. */
  readonly firstColumn: number;
  readonly parts: WindowModel;
}

/** A window in stretches, and what belongs to the whole of it. */
export interface ChunkedWindow {
  readonly records: WindowRecords;
  readonly chunks: readonly WindowChunk[];
  readonly people: WindowModel['people'];
  readonly halfDays: WindowModel['halfDays'];
  readonly clashes: readonly Clash[];
}

// The rules that a window is judged by look at single days, so that a long window can be judged in pieces: one edit then costs the days
// of one piece, not of a year.
const chunkDays = 7;

/** Computes a window in stretches of a week. Stretches whose records are those of `previous` are taken from it. */
export function buildChunkedWindow(records: WindowRecords, previous: ChunkedWindow | null): ChunkedWindow {
  const bounds = boundsOf(records.from, records.to);
  const before = previous?.records.from === records.from && previous.records.to === records.to ? previous : null;
  const same =
    before !== null &&
    before.records.people === records.people &&
    before.records.rotations === records.rotations &&
    before.records.holidays === records.holidays &&
    before.records.absences === records.absences;
  const lists = splitByDate(records.assignments, bounds);
  const listsBefore = same ? listsOf.get(before) : undefined;
  const chunks = bounds.map((bound, index): WindowChunk => {
    const assignments = lists[index] ?? [];
    const known = before?.chunks[index];
    if (known && sameList(listsBefore?.[index], assignments)) return known;
    return {
      firstColumn: bound.firstColumn,
      parts: buildWindow({
        ...records,
        from: bound.from,
        to: bound.to,
        assignments,
        absences: bounds.length === 1 ? records.absences : records.absences.filter((absence) => touches(absence, bound)),
      }),
    };
  });
  const halfDays = same ? before.halfDays : chunks.flatMap((chunk) => chunk.parts.halfDays);
  const people = same && sameRows(before.chunks, chunks) ? before.people : peopleOf(records, chunks);
  const window = { records, chunks, people, halfDays, clashes: clashesOf(chunks) };
  listsOf.set(window, lists);
  return window;
}

interface Bound {
  readonly from: string;
  readonly to: string;
  readonly firstColumn: number;
}

const listsOf = new WeakMap<ChunkedWindow, readonly (readonly EntityRecord[])[]>();

function boundsOf(from: string, to: string): readonly Bound[] {
  const first = dateToDay(from);
  const last = dateToDay(to);
  // Two weeks are quick enough as they are.
  if (last - first < 2 * chunkDays) return [{ from, to, firstColumn: 0 }];
  const bounds: Bound[] = [];
  for (let day = first; day <= last; day += chunkDays)
    bounds.push({ from: dayToDate(day), to: dayToDate(Math.min(last, day + chunkDays - 1)), firstColumn: (day - first) * 2 });
  return bounds;
}

function splitByDate(assignments: readonly EntityRecord[], bounds: readonly Bound[]): readonly (readonly EntityRecord[])[] {
  if (bounds.length === 1) return [assignments];
  const lists: EntityRecord[][] = bounds.map(() => []);
  const indexByDate = new Map<string, number>();
  for (const record of assignments) {
    const { date } = record.fields;
    if (typeof date !== 'string') continue;
    let index = indexByDate.get(date);
    if (index === undefined) indexByDate.set(date, (index = bounds.findIndex((bound) => date >= bound.from && date <= bound.to)));
    lists[index]?.push(record);
  }
  return lists;
}

function sameList(a: readonly EntityRecord[] | undefined, b: readonly EntityRecord[]): boolean {
  return a === b || (a?.length === b.length && a.every((record, index) => record === b[index]));
}

function touches(absence: EntityRecord, bound: Bound): boolean {
  const { startDate, endDate } = absence.fields;
  return typeof startDate === 'string' && typeof endDate === 'string' && startDate <= bound.to && endDate >= bound.from;
}

/** Whether every stretch has the rows that it had; an assignment can bring back somebody who has left. */
function sameRows(a: readonly WindowChunk[], b: readonly WindowChunk[]): boolean {
  return b.every((chunk, index) => {
    const before = a[index]?.parts.people;
    const { people } = chunk.parts;
    return before === people || (before?.length === people.length && people.every((person, row) => person === before[row]));
  });
}

function peopleOf(records: WindowRecords, chunks: readonly WindowChunk[]): WindowModel['people'] {
  const [only] = chunks;
  if (chunks.length === 1 && only) return only.parts.people;
  const shown = new Set(chunks.flatMap((chunk) => chunk.parts.people.map((person) => person.id)));
  return orderPeople(records.people).filter((person) => shown.has(person.id));
}

/** Clashes of all stretches; one that reaches over a border of two is one. */
function clashesOf(chunks: readonly WindowChunk[]): readonly Clash[] {
  const [only] = chunks;
  if (chunks.length === 1 && only) return only.parts.clashes;
  const byKey = new Map<string, Clash>();
  for (const clash of chunks.flatMap((chunk) => chunk.parts.clashes)) {
    const known = byKey.get(clash.key);
    byKey.set(
      clash.key,
      known ? { ...known, slots: [...known.slots, ...clash.slots], halfDays: [...known.halfDays, ...clash.halfDays] } : clash,
    );
  }
  return [...byKey.values()];
}

import type { EntityRecord } from '../entity-record.ts';
import { booleanOf, textOf } from '../field.ts';
import { recordKey } from '../focus.ts';
import { isInProgramme } from '../person-row.ts';
import type { GridSpan, RecordReader } from '../record-reader.ts';
import { isWeekend, slotToDate, slotToDay } from '../slot.ts';
import type { Fields } from '../../json.ts';
import { idleStatuses } from './absence-overlap.ts';

/** Activities that give way to work that somebody must do: time that nobody else waits for. */
const yieldingActivities: ReadonlySet<string> = new Set(['FLX', 'ADM']);

/** How a person is free in a half day: with nothing there, or with a cell that gives way. */
export interface FreePlace {
  readonly person: EntityRecord;
  readonly yielding: EntityRecord | null;
}

const searchDays = 7;

/**
 * Half days near a cell in which its person has nothing and is not away, nearest first: the other half of the day, then up to a week around. A
 * weekend is offered only to what stands on one.
 */
export function freeHalfDays(reader: RecordReader, personId: string, slot: number): readonly number[] {
  const span = { from: slot - searchDays * 2, to: slot + searchDays * 2 };
  const own = { subjects: [personId], ...span };
  const taken = new Set(
    reader.touching('assignment', own).map(({ fields }) => `${textOf(fields, 'date') ?? ''} ${textOf(fields, 'half') ?? ''}`),
  );
  const absences = reader.touching('absence', own).filter(({ fields }) => isBlocking(fields));
  const wasWeekend = isWeekend(slotToDay(slot));
  const slots = Array.from({ length: span.to - span.from + 1 }, (_, offset) => span.from + offset).filter((each) => {
    const date = slotToDate(each);
    return (
      each !== slot &&
      (wasWeekend || !isWeekend(slotToDay(each))) &&
      !taken.has(`${date} ${(each & 1) === 0 ? 'AM' : 'PM'}`) &&
      !absences.some(({ fields }) => (textOf(fields, 'startDate') ?? '') <= date && (textOf(fields, 'endDate') ?? '') >= date)
    );
  });
  const distance = (each: number): number => (slotToDay(each) === slotToDay(slot) ? 0 : Math.abs(each - slot));
  return slots.toSorted((a, b) => distance(a) - distance(b) || a - b);
}

/** People who could take work in a half day, of those that `isFit` accepts: first who has nothing there, then by id. */
export function freePeople(reader: RecordReader, slot: number, isFit: (person: EntityRecord) => boolean): readonly FreePlace[] {
  const date = slotToDate(slot);
  const span: GridSpan = { from: slot, to: slot };
  const cellsByPerson = Map.groupBy(reader.touching('assignment', span), ({ fields }) => textOf(fields, 'personId') ?? '');
  const away = new Set(
    reader.touching('absence', span).flatMap(({ fields }) => (isBlocking(fields) ? [textOf(fields, 'personId') ?? ''] : [])),
  );
  const places: FreePlace[] = [];
  for (const person of reader.all('person')) {
    if (away.has(person.id) || !isInProgramme(person, date, date) || !isFit(person)) continue;
    const cells = cellsByPerson.get(person.id) ?? [];
    const [first, ...others] = cells;
    if (!first) places.push({ person, yielding: null });
    else if (others.length === 0 && isYielding(first.fields)) places.push({ person, yielding: first });
  }
  const compare = (a: FreePlace, b: FreePlace): number =>
    Number(a.yielding !== null) - Number(b.yielding !== null) || (recordKey('', a.person.id) < recordKey('', b.person.id) ? -1 : 1);
  return places.toSorted(compare);
}

/** Whether two people do the same work: residents of one level, or faculty. */
export function isSameLevel(a: Fields, b: Fields): boolean {
  return textOf(a, 'type') === textOf(b, 'type') && (a['pgyLevel'] ?? null) === (b['pgyLevel'] ?? null);
}

function isYielding(fields: Fields): boolean {
  const activity = textOf(fields, 'activity');
  return activity === null ? textOf(fields, 'rotationId') === null : yieldingActivities.has(activity.toUpperCase());
}

function isBlocking(fields: Fields): boolean {
  return !idleStatuses.has(textOf(fields, 'status')) && booleanOf(fields, 'isBlocking') !== false;
}

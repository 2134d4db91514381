import type { EntityRecord } from './entity-record.ts';
import { textOf } from './field.ts';
import { isWeekend, parseDay } from './slot.ts';

/** What the rules and the grid's heading know about one day. */
export interface DayFacts {
  readonly weekend: boolean;
  readonly dayType: string;
  /** The name of what is special about the day, or `null`. */
  readonly holiday: string | null;
  /** How much of the program works: 1, a quarter, or nothing. Weekends are not counted in. */
  readonly operation: 1 | 0.25 | 0;
}

const operationByIntent: ReadonlyMap<string, DayFacts['operation']> = new Map([
  ['NORMAL', 1],
  ['REDUCED_CAPACITY', 0.25],
  ['NON_OPERATIONAL', 0],
]);

// What a kind of day means where its record does not say how much of the program works.
const operationByDayType: ReadonlyMap<string, DayFacts['operation']> = new Map([
  ['NORMAL', 1],
  ['FEDERAL_HOLIDAY', 0],
  ['TRAINING_HOLIDAY', 0.25],
  ['MINIMAL_MANNING', 0.25],
  ['EO_CLOSURE', 0],
  ['INAUGURATION_DAY', 0],
]);

const weekday: DayFacts = { weekend: false, dayType: 'NORMAL', holiday: null, operation: 1 };
const weekendDay: DayFacts = { weekend: true, dayType: 'NORMAL', holiday: null, operation: 1 };

/** Reads what is special about days; where several records speak of one day, the one that closes most decides, then the smaller id. */
export function readDays(holidays: readonly EntityRecord[]): (day: number) => DayFacts {
  const special = new Map<number, { readonly facts: DayFacts; readonly id: string }>();
  for (const record of holidays) {
    const day = parseDay(textOf(record.fields, 'date') ?? '');
    if (day === null) continue;
    const facts = factsOf(record, isWeekend(day));
    const known = special.get(day);
    if (!known || facts.operation < known.facts.operation || (facts.operation === known.facts.operation && record.id < known.id))
      special.set(day, { facts, id: record.id });
  }
  return (day) => special.get(day)?.facts ?? (isWeekend(day) ? weekendDay : weekday);
}

function factsOf(record: EntityRecord, weekend: boolean): DayFacts {
  const dayType = textOf(record.fields, 'dayType') ?? 'NORMAL';
  const intent = textOf(record.fields, 'operationalIntent');
  const name = textOf(record.fields, 'name');
  return {
    weekend,
    dayType,
    holiday: name ?? (dayType === 'NORMAL' ? null : dayType.toLowerCase().replaceAll('_', ' ')),
    operation: operationByIntent.get(intent ?? '') ?? operationByDayType.get(dayType) ?? 1,
  };
}

import type { AcademicBlock } from '../../shared/roster/academic-calendar.ts';
import { weekdayNumber, type DayOff } from './calendar.ts';
import type { Random } from './random.ts';
import type { Member } from './staff.ts';

export interface BlockPlanInput {
  readonly block: AcademicBlock;
  readonly people: number;
  readonly faculty: readonly Member[];
  readonly roles: ReadonlyMap<Member, string>;
  /** The code of somebody who is away on a day, or `null`. */
  awayCode(member: Member, day: number): string | null;
  /** What somebody does on the evening before the block begins. */
  codeBefore(member: Member): string;
  readonly daysOff: ReadonlyMap<number, DayOff>;
  /** Draws where clinics lie, and what faculty do; two streams, so that a draft may keep one and redo the other. */
  readonly clinicRandom: Random;
  readonly facultyRandom: Random;
}

/** A block as it should be: a code for every half day of everybody, the first half day first. */
export type BlockPlan = ReadonlyMap<Member, readonly string[]>;

/** A plan in the making. */
export interface Draft {
  readonly input: BlockPlanInput;
  readonly rows: Map<Member, string[]>;
  /** Clinic work per half day, in attendings needed. */
  readonly load: number[];
  /** Attendings per half day. */
  readonly attendings: number[];
}

/** Whether clinics run on this day. */
export function isClinicDay(day: number, daysOff: ReadonlyMap<number, DayOff>): boolean {
  const weekday = weekdayNumber(day);
  return weekday >= 1 && weekday <= 5 && !daysOff.has(day);
}

/** Leave keeps weekends and holidays as they are for everybody; a deployment does not. */
export function awayDay(day: number, code: string, daysOff: ReadonlyMap<number, DayOff>): readonly [string, string] {
  if (code === 'DEP') return ['DEP', 'DEP'];
  const weekday = weekdayNumber(day);
  if (weekday === 0 || weekday === 6) return ['W', 'W'];
  return daysOff.has(day) ? ['HOL', 'HOL'] : [code, code];
}

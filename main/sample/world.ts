import type { AcademicBlock } from '../../shared/roster/academic-calendar.ts';
import { academicYearOf } from '../../shared/roster/academic-calendar.ts';
import { entityTypeOf } from '../../shared/roster/entity-type.ts';
import { dateToDay, dayToDate } from '../../shared/roster/slot.ts';
import type { Fields } from '../../shared/json.ts';
import type { DraftChange } from '../engine/local-store/store.ts';
import { createBoard, type Board } from './board.ts';
import { blocksOfYears, daysOffOf, type DayOff } from './calendar.ts';
import { makeId, makeSalt } from './identity.ts';
import { planLeaves, type Leave } from './leave-plan.ts';
import { createRandom, type Random } from './random.ts';
import { createRolePlan, type RolePlan } from './resident-roles.ts';
import { planStaff, servesIn, type Member } from './staff.ts';

/** The generated history ends here, whenever it is generated. */
export const lastMoment = Date.UTC(2026, 10, 20, 17);
/** The academic year that is running then. */
export const currentYear = 2026;

export const millisPerDay = 86_400_000;

/** Everything the generator knows: the plan that time will follow, and the state that time has reached. */
export interface World {
  readonly seed: number;
  readonly people: number;
  readonly firstYear: number;
  /** Days since 1970-01-01 of the first and the last day that something is recorded on. */
  readonly firstDay: number;
  readonly lastDay: number;
  readonly members: readonly Member[];
  readonly roles: RolePlan;
  readonly blocks: readonly AcademicBlock[];
  readonly leaves: readonly Leave[];
  readonly daysOff: ReadonlyMap<number, DayOff>;
  readonly rotationIds: Map<string, string>;

  readonly board: Board;
  /** Away codes by member and day, as far as they are decided. */
  readonly away: AwayList;
  readonly records: RecordKeeper;
  /** The last day of the blocks that are final: people edit up to there. */
  readonly finalUntil: { day: number };

  random(part: string): Random;
  newId(millis: number): string;
  /** Residents and faculty with duties on a day, in the order of the staff list. */
  serving(day: number): readonly Member[];
}

export interface AwayList {
  code(member: Member, day: number): string | null;
  set(member: Member, firstDay: number, lastDay: number, code: string): void;
}

/** Entities other than assignments. */
export interface RecordKeeper {
  fieldsOf(id: string): Fields | undefined;
  /** The change that gives a record these fields: a creation when it is new. */
  put(type: string, id: string, fields: Fields): DraftChange;
  remove(type: string, id: string): DraftChange;
}

export function createWorld({ seed, people, years }: { readonly seed: number; readonly people: number; readonly years: number }): World {
  const random = (part: string): Random => createRandom(`${seed}/${part}`);
  const firstYear = currentYear - years + 1;
  const firstDay = setupDay(firstYear);
  const members = planStaff({ people, firstYear, lastYear: currentYear }, random('staff'), (year) => setupDay(year) * millisPerDay);
  const roles = createRolePlan(members);
  const blocks = blocksOfYears(firstYear, currentYear);
  const daysOff = new Map<number, DayOff>();
  for (let year = firstYear; year <= currentYear + 1; year++) for (const dayOff of daysOffOf(year)) daysOff.set(dayOff.day, dayOff);
  const ids = random('ids');
  const serving = new Map<number, readonly Member[]>();
  return {
    seed,
    people,
    firstYear,
    firstDay,
    lastDay: Math.floor(lastMoment / millisPerDay),
    members,
    roles,
    blocks,
    leaves: planLeaves({ members, blocks, roles }, random('leaves'), (day) => Math.max(day, firstDay) * millisPerDay),
    daysOff,
    rotationIds: new Map(),
    board: createBoard(),
    away: createAwayList(),
    records: createRecordKeeper(random('salts')),
    finalUntil: { day: 0 },
    random,
    newId: (millis) => makeId(ids, millis),
    serving: (day) => {
      const year = academicYearOf(dayToDate(day));
      const known = serving.get(year) ?? members.filter((member) => servesIn(member, year));
      serving.set(year, known);
      return known;
    },
  };
}

/** The Monday in March when the programme prepares an academic year. */
export function setupDay(year: number): number {
  const day = dateToDay(`${year}-03-15`);
  return day + ((8 - ((day + 4) % 7)) % 7);
}

function createAwayList(): AwayList {
  const rows: Map<number, string>[] = [];
  return {
    code: (member, day) => rows[member.number]?.get(day) ?? null,
    set: (member, firstDay, lastDay, code) => {
      const row = rows[member.number] ?? new Map<number, string>();
      rows[member.number] = row;
      for (let day = firstDay; day <= lastDay; day++) row.set(day, code);
    },
  };
}

function createRecordKeeper(salts: Random): RecordKeeper {
  const records = new Map<string, Fields>();
  return {
    fieldsOf: (id) => records.get(id),
    put: (type, id, fields) => {
      const op = records.has(id) ? 'update' : 'create';
      records.set(id, fields);
      const change = { type, id, op, fields } as const;
      return entityTypeOf(type).personal ? { ...change, salt: makeSalt(salts) } : change;
    },
    remove: (type, id) => {
      records.delete(id);
      return { type, id, op: 'delete', fields: null };
    },
  };
}

import { academicYearOf } from '../../shared/roster/academic-calendar.ts';
import { dayToDate, slotToDate, slotToWords, dateToWords } from '../../shared/roster/slot.ts';
import type { CommitKindName, DraftChange } from '../engine/local-store/store.ts';
import { plainValue, startGesture, type Board, type CellValue, type Gesture } from './board.ts';
import { isClinicDay } from './plan-parts.ts';
import { clinicLoad } from './plan-block.ts';
import type { Random } from './random.ts';
import type { CoordinatorName } from './coordinators.ts';
import type { Member } from './staff.ts';
import type { World } from './world.ts';

/** What a coordinator has before them while making one commit. */
export interface Desk {
  readonly world: World;
  /** The board of the branch that is open. */
  readonly board: Board;
  readonly by: CoordinatorName;
  /** Today, in days since 1970-01-01, and now. */
  readonly day: number;
  readonly millis: number;
  readonly random: Random;
  readonly gesture: Gesture;
}

/** What a gesture says about itself; its assignments are in the desk's gesture. */
export interface Edit {
  readonly message: string;
  readonly reason?: string | undefined;
  readonly kind?: CommitKindName;
  /** Changes of anything but assignments. */
  readonly records?: readonly DraftChange[];
  readonly tag?: string;
  readonly comment?: string | undefined;
  /** What happens because of this one: some days later, or next. */
  readonly follow?: Task;
  readonly followsAtOnce?: true;
}

/** Something that somebody does on a day. `null` when it turned out that there is nothing to do. */
export interface Task {
  readonly by: CoordinatorName;
  readonly branch?: string;
  /** Which part of the day, from 0; late for what a day ends with. */
  readonly part?: number;
  run(desk: Desk): Edit | null;
}

export function openDesk(world: World, place: { board: Board; by: CoordinatorName; day: number; millis: number; random: Random }): Desk {
  return { world, ...place, gesture: startGesture(place.board, () => world.newId(place.millis)) };
}

/** Sets a code by hand, with a reason where it overrides what was planned. */
export function setByHand(desk: Desk, member: Member, slot: number, code: string, extra: Partial<CellValue> = {}): void {
  desk.gesture.set(member, slot, { ...plainValue(member, code, 'manual'), ...extra });
}

/** Two people do each other's work in one half day. Says whether anything changed. */
export function exchangeSlot(desk: Desk, left: Member, right: Member, slot: number, extra: Partial<CellValue> = {}): boolean {
  const leftCode = desk.board.codeAt(left, slot);
  const rightCode = desk.board.codeAt(right, slot);
  if (leftCode === '' || rightCode === '' || leftCode === rightCode) return false;
  setByHand(desk, left, slot, rightCode, extra);
  setByHand(desk, right, slot, leftCode, extra);
  return true;
}

export function codesAt(desk: Desk, slot: number): readonly (readonly [Member, string])[] {
  return desk.world.serving(slot >> 1).map((member) => [member, desk.board.codeAt(member, slot)]);
}

/** Attendings that a half day has beyond what its clinics need. */
export function spareAttendings(desk: Desk, slot: number): number {
  const { needed, attendings } = clinicLoad(codesAt(desk, slot), academicYearOf(slotToDate(slot)));
  return attendings - needed;
}

/** A clinic day that may be edited now: from tomorrow on, within what is final, at most `ahead` days away. */
export function drawDay(desk: Desk, ahead: number): number | null {
  const last = Math.min(desk.day + ahead, desk.world.finalUntil.day);
  for (let attempt = 0; attempt < 8 && last > desk.day; attempt++) {
    // Near days are edited more often than far ones.
    const day = desk.day + 1 + Math.floor((last - desk.day) * desk.random.next() * desk.random.next());
    if (isClinicDay(day, desk.world.daysOff)) return day;
  }
  return null;
}

/** The clinic half days of the week (Monday to Friday) that a day lies in, from tomorrow on. */
export function slotsOfWeek(desk: Desk, day: number): readonly number[] {
  const monday = day - ((day + 3) % 7);
  const slots: number[] = [];
  for (let each = Math.max(monday, desk.day + 1); each < monday + 5; each++)
    if (isClinicDay(each, desk.world.daysOff) && each <= desk.world.finalUntil.day) slots.push(each * 2, each * 2 + 1);
  return slots;
}

export function slotWords(slot: number): string {
  return slotToWords(slot);
}

export function dayWords(day: number): string {
  return dateToWords(dayToDate(day));
}

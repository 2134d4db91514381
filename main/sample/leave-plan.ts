import type { AcademicBlock } from '../../shared/roster/academic-calendar.ts';
import { makeId } from './identity.ts';
import type { Random } from './random.ts';
import type { RolePlan } from './resident-roles.ts';
import { levelIn, servesIn, type Member } from './staff.ts';
import { weekdayNumber } from './calendar.ts';

export type AbsenceType =
  | 'vacation'
  | 'conference'
  | 'tdy'
  | 'training'
  | 'military_duty'
  | 'medical'
  | 'convalescent'
  | 'maternity_paternity'
  | 'bereavement'
  | 'family_emergency'
  | 'deployment'
  | 'sick';

/** One absence from the first word of it to its end. Days count from 1970-01-01. */
export interface Leave {
  readonly id: string;
  readonly member: Member;
  readonly type: AbsenceType;
  readonly firstDay: number;
  readonly lastDay: number;
  /** When it is entered, and when it is decided; the same day for what nobody plans. */
  readonly askedOn: number;
  readonly decidedOn: number;
}

/** The code of a half day somebody is away for. */
export function leaveCode(type: AbsenceType): string {
  if (type === 'conference') return 'CONF';
  if (type === 'tdy' || type === 'training' || type === 'military_duty') return 'TDY';
  if (type === 'deployment') return 'DEP';
  return type === 'sick' ? 'SICK' : 'LV';
}

/**
 * Who is away when, for whole academic years: two or three planned leaves a year each, at times when the plan has no ward duty, and now and
 * then a long one. Sick days are no part of the plan; they happen.
 */
export function planLeaves(
  { members, blocks, roles }: { readonly members: readonly Member[]; readonly blocks: readonly AcademicBlock[]; readonly roles: RolePlan },
  random: Random,
  millisOfDay: (day: number) => number,
): readonly Leave[] {
  const leaves: Leave[] = [];
  const years = [...new Set(blocks.map((block) => block.academicYear))];
  for (const year of years) {
    const ofYear = blocks.filter((block) => block.academicYear === year);
    const first = ofYear[0]?.firstDay ?? 0;
    const last = (ofYear.at(-1)?.firstDay ?? 0) + (ofYear.at(-1)?.days ?? 1) - 1;
    for (const member of members) {
      if (!servesIn(member, year)) continue;
      const own: Leave[] = [];
      for (const wish of drawWishes(member, year, random)) {
        const start = findStart(member, wish.days, { first: first + 7, last, own, ofYear, roles }, random);
        if (start === null) continue;
        const askedOn = start - (wish.notice + random.int(21));
        const decidedOn = Math.min(start, askedOn + (wish.notice > 10 ? random.between(2, 9) : 0));
        own.push({
          id: makeId(random, millisOfDay(askedOn)),
          member,
          type: wish.type,
          firstDay: start,
          lastDay: start + wish.days - 1,
          askedOn,
          decidedOn,
        });
      }
      leaves.push(...own);
    }
  }
  return leaves;
}

interface Wish {
  readonly type: AbsenceType;
  readonly days: number;
  /** Days between asking and leaving, at least. */
  readonly notice: number;
}

function drawWishes(member: Member, year: number, random: Random): readonly Wish[] {
  const wishes: Wish[] = [
    { type: 'vacation', days: 7, notice: 56 },
    { type: 'vacation', days: random.chance(0.5) ? 7 : 5, notice: 49 },
  ];
  if (random.chance(0.7)) wishes.push({ type: 'vacation', days: random.between(2, 3), notice: 20 });
  if (random.chance(0.5)) wishes.push({ type: 'conference', days: random.between(3, 5), notice: 63 });
  if (random.chance(0.35))
    wishes.push({ type: random.pick(['tdy', 'training', 'military_duty'] as const) ?? 'tdy', days: random.between(2, 5), notice: 35 });
  if (random.chance(0.18))
    wishes.push({
      type: random.pick(['bereavement', 'family_emergency'] as const) ?? 'bereavement',
      days: random.between(2, 4),
      notice: 0,
    });
  if (random.chance(0.12))
    wishes.push({ type: random.pick(['medical', 'convalescent'] as const) ?? 'medical', days: random.between(3, 9), notice: 6 });
  const settled = levelIn(member, year) !== 1;
  if (settled && random.chance(0.05)) wishes.push({ type: 'maternity_paternity', days: 21, notice: 80 });
  if (member.kind === 'faculty' && member.facultyRole === 'core' && random.chance(0.08))
    wishes.push({ type: 'deployment', days: 90, notice: 70 });
  return wishes;
}

interface Frame {
  readonly first: number;
  readonly last: number;
  readonly own: readonly Leave[];
  readonly ofYear: readonly AcademicBlock[];
  readonly roles: RolePlan;
}

function findStart(member: Member, days: number, { first, last, own, ofYear, roles }: Frame, random: Random): number | null {
  for (let attempt = 0; attempt < 25; attempt++) {
    const drawn = first + random.int(Math.max(1, last - first - days));
    // Leaves begin on Mondays, short ones on any working day.
    const start = days >= 5 ? drawn + ((8 - weekdayNumber(drawn)) % 7) : drawn + (weekdayNumber(drawn) % 6 === 0 ? 2 : 0);
    const end = start + days - 1;
    if (end > last) continue;
    if (own.some((leave) => start <= leave.lastDay + 3 && end >= leave.firstDay - 3)) continue;
    if (member.kind === 'resident' && days < 20 && meetsWard(member, start, end, ofYear, roles)) continue;
    return start;
  }
  return null;
}

function meetsWard(member: Member, start: number, end: number, blocks: readonly AcademicBlock[], roles: RolePlan): boolean {
  for (let day = start; day <= end; day++) {
    const block = blocks.find((candidate) => day >= candidate.firstDay && day < candidate.firstDay + candidate.days);
    if (block && isWardRole(roles.roleOn(member, block, day))) return true;
  }
  return false;
}

function isWardRole(role: string): boolean {
  return role === 'FMIT' || role === 'ICU' || role === 'PW' || role === 'NF' || role === 'ORI';
}

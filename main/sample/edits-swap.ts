import { dayToDate } from '../../shared/roster/slot.ts';
import reasons from '../../assets/sample/reasons.json' with { type: 'json' };
import type { Fields } from '../../shared/json.ts';
import { dayWords, exchangeSlot, type Desk, type Edit } from './desk.ts';
import { inpatientAttending } from './plan-faculty.ts';
import type { Member } from './staff.ts';

/** Two residents of the inpatient team trade their weekend days. */
export function exchangeWeekend(desk: Desk): Edit | null {
  const { world, day, random } = desk;
  const saturday = day + ((6 - ((day + 4) % 7) + 7) % 7) + 7 * random.int(3);
  if (saturday <= day || saturday + 1 > world.finalUntil.day) return null;
  const codeOn = (member: Member, each: number): string => desk.board.codeAt(member, each * 2);
  const team = world.serving(saturday).filter((member) => member.kind === 'resident');
  const left = random.pick(team.filter((member) => codeOn(member, saturday) === 'FMIT' && codeOn(member, saturday + 1) === 'W'));
  const right = random.pick(team.filter((member) => codeOn(member, saturday) === 'W' && codeOn(member, saturday + 1) === 'FMIT'));
  if (!left || !right) return null;
  for (let slot = saturday * 2; slot < (saturday + 2) * 2; slot++) exchangeSlot(desk, left, right, slot);
  return {
    message: `${left.family} and ${right.family} exchange ${dayWords(saturday)} and ${dayWords(saturday + 1)}`,
    reason: random.pick(reasons.weekend),
  };
}

/**
 * A faculty member gives an inpatient week to another, mostly for a week of theirs. It is asked for first, and carried out some days later
 * as one commit: the record and all cells of both people.
 */
export function askForSwap(desk: Desk): Edit | null {
  const { world, random } = desk;
  const weeks = openWeeks(desk);
  const source = random.pick(weeks);
  if (!source) return null;
  const isAbsorbed = random.chance(0.25);
  const target = random.pick(weeks.filter((week) => week.member !== source.member));
  const taker = isAbsorbed ? random.pick(facultyWithout(desk, source)) : target?.member;
  if (!taker || (!isAbsorbed && !target)) return null;
  const swap: Swap = {
    id: world.newId(desk.millis),
    source,
    taker,
    target: isAbsorbed ? null : (target ?? null),
    reason: random.pick(reasons.week) ?? 'exchange of inpatient weeks',
    requestedAt: new Date(desk.millis).toISOString(),
  };
  const isNearEnough = source.firstDay > desk.day + 8 && (swap.target === null || swap.target.firstDay > desk.day + 8);
  if (!isNearEnough) return carryOut(desk, swap);
  const change = world.records.put('swap_record', swap.id, swapFields(swap, { status: 'pending' }));
  return {
    message: `Swap request: ${swapWords(swap)}`,
    reason: swap.reason,
    records: [change],
    follow: { by: desk.by, run: (later) => carryOut(later, swap) ?? refuseSwap(later, swap) },
  };
}

interface Week {
  readonly member: Member;
  readonly firstDay: number;
}

interface Swap {
  readonly id: string;
  readonly source: Week;
  readonly taker: Member;
  readonly target: Week | null;
  readonly reason: string;
  readonly requestedAt: string;
}

/** Inpatient weeks that lie within what is final and whose owner really has them. */
function openWeeks(desk: Desk): readonly Week[] {
  const { world, day } = desk;
  const weeks: Week[] = [];
  const faculty = world.serving(day).filter((member) => member.kind === 'faculty');
  for (let firstDay = day + 1 + ((7 - ((day + 1) % 7)) % 7); firstDay + 6 <= world.finalUntil.day; firstDay += 7) {
    const planned = inpatientAttending(faculty, firstDay);
    const member = planned && isOnWard(desk, planned, firstDay) ? planned : faculty.find((each) => isOnWard(desk, each, firstDay));
    if (member && isServingAll(desk, member, firstDay)) weeks.push({ member, firstDay });
  }
  return weeks;
}

function isOnWard(desk: Desk, member: Member, firstDay: number): boolean {
  for (let slot = firstDay * 2; slot < (firstDay + 7) * 2; slot++) if (desk.board.codeAt(member, slot) !== 'FMIT') return false;
  return true;
}

function isServingAll(desk: Desk, member: Member, firstDay: number): boolean {
  return desk.world.serving(firstDay + 6).includes(member);
}

function isFreeWeek(desk: Desk, member: Member, firstDay: number): boolean {
  for (let day = firstDay; day < firstDay + 7; day++)
    if (desk.world.away.code(member, day) !== null || desk.board.codeAt(member, day * 2) === 'FMIT') return false;
  return true;
}

function facultyWithout(desk: Desk, week: Week): readonly Member[] {
  return desk.world
    .serving(week.firstDay)
    .filter((member) => member.kind === 'faculty' && member !== week.member && isFreeWeek(desk, member, week.firstDay));
}

function carryOut(desk: Desk, swap: Swap): Edit | null {
  const { source, taker, target } = swap;
  if (source.firstDay <= desk.day || !isOnWard(desk, source.member, source.firstDay) || !isFreeWeek(desk, taker, source.firstDay))
    return null;
  if (target) {
    if (target.firstDay <= desk.day || !isOnWard(desk, taker, target.firstDay) || !isFreeWeek(desk, source.member, target.firstDay))
      return null;
  }
  tradeWeek(desk, source.member, taker, source.firstDay);
  if (target) tradeWeek(desk, source.member, taker, target.firstDay);
  const now = new Date(desk.millis).toISOString();
  const done = { status: 'executed', approvedBy: 'Program director', approvedAt: now, executedBy: desk.by, executedAt: now } as const;
  const change = desk.world.records.put('swap_record', swap.id, swapFields(swap, done));
  return {
    message: `Swap: ${swapWords(swap)}`,
    reason: swap.reason,
    records: [change],
    ...(desk.random.chance(0.07) ? { follow: { by: desk.by, run: (later: Desk) => takeBack(later, swap, done) } } : {}),
  };
}

function tradeWeek(desk: Desk, left: Member, right: Member, firstDay: number): void {
  for (let slot = firstDay * 2; slot < (firstDay + 7) * 2; slot++) exchangeSlot(desk, left, right, slot, { source: 'swap' });
}

function refuseSwap(desk: Desk, swap: Swap): Edit {
  const change = desk.world.records.put('swap_record', swap.id, swapFields(swap, { status: 'rejected' }));
  return { message: `Decline swap: ${swapWords(swap)}`, reason: 'the weeks have changed since', records: [change] };
}

function takeBack(desk: Desk, swap: Swap, done: Fields): Edit | null {
  const { source, taker, target } = swap;
  if (source.firstDay <= desk.day || !isOnWard(desk, taker, source.firstDay) || !isFreeWeek(desk, source.member, source.firstDay))
    return null;
  if (
    target &&
    (target.firstDay <= desk.day || !isOnWard(desk, source.member, target.firstDay) || !isFreeWeek(desk, taker, target.firstDay))
  )
    return null;
  tradeWeek(desk, source.member, taker, source.firstDay);
  if (target) tradeWeek(desk, source.member, taker, target.firstDay);
  const rollbackReason = 'the conference was cancelled';
  const back = { status: 'rolled_back', rolledBackBy: desk.by, rolledBackAt: new Date(desk.millis).toISOString(), rollbackReason };
  const change = desk.world.records.put('swap_record', swap.id, swapFields(swap, { ...done, ...back }));
  return { message: `Take back swap: ${swapWords(swap)}`, reason: rollbackReason, records: [change] };
}

function swapFields(swap: Swap, more: Fields): Fields {
  return {
    sourceFacultyId: swap.source.member.id,
    sourceWeek: dayToDate(swap.source.firstDay),
    targetFacultyId: swap.taker.id,
    ...(swap.target ? { targetWeek: dayToDate(swap.target.firstDay) } : {}),
    swapType: swap.target ? 'one_to_one' : 'absorb',
    reason: swap.reason,
    requestedBy: swap.source.member.name,
    requestedAt: swap.requestedAt,
    ...more,
  };
}

function swapWords({ source, taker, target }: Swap): string {
  const given = `${source.member.family} gives the week of ${dayWords(source.firstDay)} to ${taker.family}`;
  return target ? `${given} for the week of ${dayWords(target.firstDay)}` : given;
}

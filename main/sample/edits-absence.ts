import { academicYearOf } from '../../shared/roster/academic-calendar.ts';
import { dayToDate, slotToDate } from '../../shared/roster/slot.ts';
import reasons from '../../assets/sample/reasons.json' with { type: 'json' };
import type { Fields } from '../../shared/json.ts';
import { plainValue } from './board.ts';
import { isFacultyOwnWork } from './edits-clinic.ts';
import { codesAt, dayWords, setByHand, spareAttendings, type Desk, type Edit } from './desk.ts';
import { leaveCode, type Leave } from './leave-plan.ts';
import { awayDay } from './plan-parts.ts';
import { coveredCodes, isReplaceable, minimumOf } from './rotation-list.ts';
import { levelIn, type Member } from './staff.ts';

/** The request, before anybody decided on it. */
export function askForLeave(desk: Desk, leave: Leave): Edit {
  const change = desk.world.records.put('absence', leave.id, leaveFields(leave, 'pending'));
  return { message: `Leave request: ${leaveWords(leave)}`, records: [change] };
}

/** The decision, with the cells it empties and those who step in. */
export function approveLeave(desk: Desk, leave: Leave): Edit {
  const known = desk.world.records.fieldsOf(leave.id) !== undefined;
  const covers = sendAway(desk, leave.member, leave.firstDay, leave.lastDay, leaveCode(leave.type), leave.type.replaceAll('_', ' '));
  const change = desk.world.records.put('absence', leave.id, leaveFields(leave, 'approved', desk.millis));
  const reason = covers.length > 0 ? coverReason(desk, leave.member, covers) : desk.random.pick(reasons.leave);
  return { message: `${known ? 'Approve' : 'Enter'} ${leaveWords(leave)}`, reason, records: [change] };
}

/** A request that is turned down, taken back, or was a mistake. */
export function refuseLeave(desk: Desk, leave: Leave): Edit {
  if (desk.random.chance(0.3))
    return {
      message: `Delete ${leaveWords(leave)}`,
      reason: 'entered for the wrong person',
      records: [desk.world.records.remove('absence', leave.id)],
    };
  const rejected = desk.random.chance(0.6);
  const change = desk.world.records.put('absence', leave.id, leaveFields(leave, rejected ? 'rejected' : 'cancelled', desk.millis));
  const reason = rejected ? 'nobody left to cover' : 'plans changed';
  return { message: `${rejected ? 'Decline' : 'Cancel'} ${leaveWords(leave)}`, reason, records: [change] };
}

/** Somebody is ill today, and on some days after it; whoever is free steps in. */
export function reportSick(desk: Desk): Edit | null {
  const { world, day, random } = desk;
  const member = random.pick(world.serving(day));
  const code = member && desk.board.codeAt(member, day * 2);
  if (!member || !code || world.away.code(member, day) !== null || ['W', 'HOL', 'OFF', 'PC'].includes(code)) return null;
  const lastDay = Math.min(day + random.pick([0, 0, 0, 1, 1, 2])!, world.finalUntil.day);
  // A graduate is not sick on the day after the last.
  if (!world.serving(lastDay).includes(member)) return null;
  for (let each = day; each <= lastDay; each++) if (world.away.code(member, each) !== null) return null;
  const leave: Leave = { id: world.newId(desk.millis), member, type: 'sick', firstDay: day, lastDay, askedOn: day, decidedOn: day };
  const cause = random.pick(reasons.sick) ?? 'sick';
  const covers = sendAway(desk, member, day, lastDay, 'SICK', cause);
  const change = world.records.put('absence', leave.id, leaveFields(leave, 'approved', desk.millis, cause));
  const reason = covers.length > 0 ? coverReason(desk, member, covers) : cause;
  return { message: `${member.family} is sick ${spanWords(leave)}`, reason, records: [change] };
}

function coverReason(desk: Desk, member: Member, covers: readonly Member[]): string {
  const text = (desk.random.pick(reasons.cover) ?? 'cover for {name}').replace('{name}', member.family);
  return covers.length === 1 ? text : `${text} (${covers.map((cover) => cover.family).join(', ')})`;
}

/** Empties somebody's half days and fills the holes that this tears. Answers who stepped in. */
function sendAway(desk: Desk, member: Member, firstDay: number, lastDay: number, code: string, cause: string): readonly Member[] {
  const { world, board } = desk;
  const covers = new Set<Member>();
  world.away.set(member, firstDay, lastDay, code);
  for (let day = firstDay; day <= lastDay; day++) {
    const codes = awayDay(day, code, world.daysOff);
    for (const half of [0, 1]) {
      const slot = day * 2 + half;
      const before = board.codeAt(member, slot);
      const after = codes[half] ?? code;
      if (before === '' || before === after) continue;
      desk.gesture.set(member, slot, { ...plainValue(member, after, 'preload'), overrideReason: cause });
      const cover = findCover(desk, member, before, slot, covers);
      if (!cover) continue;
      covers.add(cover);
      setByHand(desk, cover, slot, before, { overrideReason: `cover for ${member.family}` });
    }
  }
  return [...covers];
}

/** Who takes over a half day, when somebody must: those who already cover first. */
function findCover(desk: Desk, away: Member, code: string, slot: number, covers: ReadonlySet<Member>): Member | undefined {
  const codes = codesAt(desk, slot);
  if (away.kind === 'faculty') {
    if (code !== 'FMIT' && !(code === 'AT' && spareAttendings(desk, slot) < 0)) return undefined;
    return preferred(
      slot,
      codes,
      covers,
      desk,
      (member, now) => member.kind === 'faculty' && (isFacultyOwnWork(now) || now === 'W' || now === 'HOL'),
    );
  }
  const isShort =
    code === 'NF' || (coveredCodes.includes(code) && codes.filter(([, each]) => each === code).length < minimumOf(code, desk.world.people));
  if (!isShort) return undefined;
  const year = academicYearOf(slotToDate(slot));
  const needsSenior = code === 'ICU' || code === 'NF';
  return preferred(
    slot,
    codes,
    covers,
    desk,
    (member, now) => member.kind === 'resident' && isReplaceable(now) && (!needsSenior || levelIn(member, year) > 1),
  );
}

function preferred(
  slot: number,
  codes: readonly (readonly [Member, string])[],
  covers: ReadonlySet<Member>,
  desk: Desk,
  mayCover: (member: Member, code: string) => boolean,
): Member | undefined {
  const isHere = (member: Member): boolean => desk.world.away.code(member, slot >> 1) === null;
  const candidates = codes.filter(([member, code]) => isHere(member) && mayCover(member, code)).map(([member]) => member);
  return candidates.find((member) => covers.has(member)) ?? desk.random.pick(candidates);
}

function leaveFields(leave: Leave, status: string, reviewedMillis?: number, notes?: string): Fields {
  const isAway = leave.type !== 'sick' && leave.type !== 'medical';
  return {
    personId: leave.member.id,
    startDate: dayToDate(leave.firstDay),
    endDate: dayToDate(leave.lastDay),
    absenceType: leave.type,
    status,
    isBlocking: true,
    isAwayFromProgram: isAway,
    ...(leave.type === 'deployment' ? { deploymentOrders: true, returnDateTentative: true } : {}),
    ...(leave.type === 'tdy' ? { tdyLocation: 'Training command' } : {}),
    ...(reviewedMillis === undefined ? {} : { reviewedAt: new Date(reviewedMillis).toISOString() }),
    ...(notes === undefined ? {} : { notes }),
    replacementActivity: leaveCode(leave.type),
  };
}

function leaveWords(leave: Leave): string {
  return `${leave.type.replaceAll('_', ' ')} of ${leave.member.family}, ${spanWords(leave)}`;
}

function spanWords({ firstDay, lastDay }: Leave): string {
  return firstDay === lastDay ? dayWords(firstDay) : `${dayWords(firstDay)} to ${dayWords(lastDay)}`;
}

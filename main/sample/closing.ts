import { dayToDate, slotToDate, slotToHalf } from '../../shared/roster/slot.ts';
import { dayWords, setByHand, slotWords, type Desk, type Edit, type Task } from './desk.ts';
import { isElectiveWork } from './edits-clinic.ts';
import type { Member } from './staff.ts';
import { isClinicDay } from './plan-parts.ts';

/** The last hour of the history leaves some problems open, as real days do: the first thing to look at is something to mend. */
export function closingTasks(): readonly Task[] {
  return [
    { by: 'carla', part: 9, run: bookTwice },
    { by: 'bruno', part: 9, run: enterLateLeave },
    { by: 'ana', part: 9, run: uncoverWard },
    { by: 'ana', part: 9, run: uncoverWeekend },
  ];
}

function residents(desk: Desk): readonly Member[] {
  return desk.world.serving(desk.day).filter((member) => member.kind === 'resident');
}

/** A clinic day some days ahead. */
function dayAhead(desk: Desk, days: number): number {
  let day = desk.day + days;
  while (!isClinicDay(day, desk.world.daysOff)) day++;
  return day;
}

/** Two people entered something for the same half day: there are two assignments, and each looks right alone. */
function bookTwice(desk: Desk): Edit | null {
  const { world } = desk;
  const slot = dayAhead(desk, 3) * 2 + 1;
  const twice = residents(desk)
    .filter((member) => isElectiveWork(desk.board.codeAt(member, slot)))
    .slice(0, 2);
  const rotationId = world.rotationIds.get('SIM');
  if (twice.length === 0 || rotationId === undefined) return null;
  const records = twice.map((member) => ({
    type: 'assignment',
    id: world.newId(desk.millis),
    op: 'create' as const,
    fields: {
      personId: member.id,
      date: slotToDate(slot),
      half: slotToHalf(slot),
      rotationId,
      role: 'primary',
      location: 'Simulation Center',
      source: 'manual',
      tags: ['training'],
    },
  }));
  return { message: `Simulation list of ${slotWords(slot)}`, reason: 'list came by mail', records };
}

/** Leave that reached the office after the block was published; nobody has emptied the cells yet. */
function enterLateLeave(desk: Desk): Edit | null {
  const { world } = desk;
  const day = dayAhead(desk, 5);
  const member = residents(desk).find(
    (each) =>
      isElectiveWork(desk.board.codeAt(each, day * 2)) &&
      desk.board.codeAt(each, day * 2 + 1) === 'C' &&
      world.away.code(each, day) === null,
  );
  const anybody = member ?? residents(desk).find((each) => isElectiveWork(desk.board.codeAt(each, day * 2)));
  if (!anybody) return null;
  const record = world.records.put('absence', world.newId(desk.millis), {
    personId: anybody.id,
    startDate: dayToDate(day),
    endDate: dayToDate(day),
    absenceType: 'medical',
    status: 'approved',
    isBlocking: true,
    isAwayFromProgram: false,
    notes: 'appointment moved by the hospital',
  });
  return { message: `Enter medical appointment of ${anybody.family}, ${dayWords(day)}`, reason: 'told by phone', records: [record] };
}

/** Somebody leaves the ward for a hearing, and the replacement is still being looked for. */
function uncoverWard(desk: Desk): Edit | null {
  const slot = dayAhead(desk, 4) * 2;
  return releaseFrom(desk, 'PW', [slot, slot + 1], 'ADM', 'credentials hearing', 'replacement not found yet');
}

function uncoverWeekend(desk: Desk): Edit | null {
  const sunday = desk.day + ((7 - ((desk.day + 4) % 7)) % 7) + 7;
  return releaseFrom(desk, 'ICU', [sunday * 2, sunday * 2 + 1], 'W', 'duty hours', 'eighty hours reached');
}

function releaseFrom(desk: Desk, ward: string, slots: readonly number[], code: string, cause: string, reason: string): Edit | null {
  const first = slots[0] ?? 0;
  const member = residents(desk).find((each) => desk.board.codeAt(each, first) === ward);
  if (!member) return null;
  for (const slot of slots) if (desk.board.codeAt(member, slot) === ward) setByHand(desk, member, slot, code, { overrideReason: cause });
  return { message: `${member.family} off ${ward}, ${dayWords(first >> 1)}`, reason };
}

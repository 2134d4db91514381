import type { AcademicBlock } from '../../shared/roster/academic-calendar.ts';
import { dateToDay } from '../../shared/roster/slot.ts';
import { blockLabel } from './block-runs.ts';
import { exchangeSlot, setByHand, type Desk, type Edit, type Task } from './desk.ts';
import { balanceBlock, isElectiveWork } from './edits-clinic.ts';
import type { CoordinatorName } from './coordinators.ts';
import { levelIn, type Member } from './staff.ts';
import { currentYear, type World } from './world.ts';

/** An alternative that somebody works out beside the roster. */
export interface BranchStory {
  readonly name: string;
  readonly description: string;
  readonly by: CoordinatorName;
  /** The day it starts at main's tip. */
  readonly day: number;
  /** The days whose cells it works on. */
  readonly from: number;
  readonly to: number;
}

export const branchStories: readonly BranchStory[] = [
  {
    name: 'aug-surge',
    description: 'More hands on the ward in August, when the new interns are alone on call for the first time',
    by: 'carla',
    day: dateToDay('2026-07-20'),
    from: dateToDay('2026-07-27'),
    to: dateToDay('2026-08-31'),
  },
  {
    name: 'try-4-week',
    description: 'Night float for four weeks instead of two',
    by: 'ana',
    day: dateToDay('2026-10-26'),
    from: dateToDay('2026-12-17'),
    to: dateToDay('2027-03-10'),
  },
  {
    name: 'holiday-weeks',
    description: 'Everybody off in one of the two holiday weeks',
    by: 'bruno',
    day: dateToDay('2026-11-12'),
    from: dateToDay('2026-12-21'),
    to: dateToDay('2027-01-03'),
  },
];

/** The commits that are made on the branches, each with its day. */
export function branchTasks(world: World): readonly { readonly day: number; readonly task: Task }[] {
  const blocks = world.blocks.filter((block) => block.academicYear === currentYear);
  const [surge, nights, holidays] = branchStories;
  if (!surge || !nights || !holidays) return [];
  const on = (story: BranchStory, later: number, run: (desk: Desk) => Edit | null, by = story.by): { day: number; task: Task } => ({
    day: story.day + later,
    task: { by, branch: story.name, part: 2, run },
  });
  return [
    ...[0, 1, 2, 3].map((week) => on(surge, Math.floor(week / 2), (desk) => addToWard(desk, dateToDay('2026-07-30') + week * 7, week))),
    on(surge, 3, (desk) => balanceBlock(desk, dateToDay('2026-08-03'), 20, 'August'), 'bruno'),
    ...blocks
      .filter((block) => block.number >= 7 && block.number <= 9)
      .map((block, index) => on(nights, index * 2, (desk) => mergeNightFloat(desk, block))),
    on(nights, 9, (desk) => balanceBlock(desk, dateToDay('2027-01-14'), 28, 'the nights that became free')),
    on(nights, 18, (desk) => balanceBlock(desk, dateToDay('2027-02-11'), 28, 'the nights that became free'), 'carla'),
    on(holidays, 0, (desk) => giveWeekOff(desk, dateToDay('2026-12-21'), 0)),
    on(holidays, 1, (desk) => giveWeekOff(desk, dateToDay('2026-12-28'), 1)),
    on(holidays, 6, (desk) => closeHalfDays(desk, ['2026-12-24', '2026-12-31'])),
  ];
}

function residentsOn(desk: Desk, day: number): readonly Member[] {
  return desk.world.serving(day).filter((member) => member.kind === 'resident');
}

/** A senior resident more on the inpatient team for a week. */
function addToWard(desk: Desk, firstDay: number, turn: number): Edit | null {
  const seniors = residentsOn(desk, firstDay).filter((member) => levelIn(member, currentYear) > 1);
  const open = seniors.filter((member) => isElectiveWork(desk.board.codeAt(member, firstDay * 2)));
  const member = open[turn % Math.max(1, open.length)];
  if (!member) return null;
  for (let slot = firstDay * 2; slot < (firstDay + 7) * 2; slot++) {
    const code = desk.board.codeAt(member, slot);
    if (code === 'C' || code === 'CV' || isElectiveWork(code)) setByHand(desk, member, slot, 'FMIT', { overrideReason: 'August surge' });
  }
  return { message: `${member.family} to the ward for a week`, reason: 'third hand for the interns' };
}

/** The resident who has the nights of the first half keeps them, and gives the other the days of the second. */
function mergeNightFloat(desk: Desk, block: AcademicBlock): Edit | null {
  const hasNights = (member: Member, day: number): boolean =>
    Array.from({ length: 7 }, (_, offset) => desk.board.codeAt(member, (day + offset) * 2 + 1)).includes('NF');
  const residents = residentsOn(desk, block.firstDay);
  const first = residents.find((member) => hasNights(member, block.firstDay));
  const second = residents.find((member) => member !== first && hasNights(member, block.firstDay + 14));
  if (!first || !second) return null;
  for (let day = block.firstDay + 14; day < block.firstDay + block.days; day++) {
    if (desk.world.away.code(first, day) !== null || desk.world.away.code(second, day) !== null) continue;
    for (const slot of [day * 2, day * 2 + 1]) exchangeSlot(desk, first, second, slot);
  }
  return { message: `${blockLabel(block)}: nights stay with ${first.family}`, reason: '4-week pattern' };
}

/** Half of the residents without ward duty are off in a holiday week. */
function giveWeekOff(desk: Desk, monday: number, turn: number): Edit | null {
  let people = 0;
  for (const [index, member] of residentsOn(desk, monday).entries()) {
    if (index % 2 !== turn) continue;
    let cells = 0;
    for (let slot = monday * 2; slot < (monday + 5) * 2; slot++) {
      const code = desk.board.codeAt(member, slot);
      if (code !== 'C' && code !== 'CV' && !isElectiveWork(code)) continue;
      setByHand(desk, member, slot, 'OFF', { tags: ['holiday week'] });
      cells++;
    }
    if (cells > 0) people++;
  }
  return people === 0
    ? null
    : { message: `${people} residents off in the ${turn === 0 ? 'first' : 'second'} holiday week`, reason: 'wishes collected in October' };
}

function closeHalfDays(desk: Desk, dates: readonly string[]): Edit | null {
  for (const date of dates) {
    const slot = dateToDay(date) * 2 + 1;
    for (const member of desk.world.serving(slot >> 1))
      if (['C', 'CV', 'AT'].includes(desk.board.codeAt(member, slot))) setByHand(desk, member, slot, 'OFF', { tags: ['holiday week'] });
  }
  return { message: 'Clinic closes at noon on both eves', reason: 'commander’s policy' };
}

import type { AcademicBlock } from '../../shared/roster/academic-calendar.ts';
import { dateToDay } from '../../shared/roster/slot.ts';
import { blockLabel, finalStage, runBlock } from './block-runs.ts';
import { branchTasks } from './branch-stories.ts';
import { closingTasks } from './closing.ts';
import { weekdayNumber } from './calendar.ts';
import type { CoordinatorName } from './coordinators.ts';
import type { Task } from './desk.ts';
import { approveLeave, askForLeave, refuseLeave } from './edits-absence.ts';
import { balanceBlock } from './edits-clinic.ts';
import { enterClinics, enterDepartures, enterHolidays, enterPeople, enterRotations, rollOver } from './edits-programme.ts';
import type { Random } from './random.ts';
import { currentYear, setupDay, type World } from './world.ts';

/** What is known beforehand to happen on which day: the programme's year, the drafts of the blocks, leave, branches, the last day. */
export interface Agenda {
  add(day: number, task: Task): void;
  take(day: number): readonly Task[];
}

export function planAgenda(world: World): Agenda {
  const agenda = createAgenda();
  const random = world.random('agenda');
  planYears(world, agenda);
  for (const block of world.blocks) planDrafts(world, agenda, block, random);
  planLeave(world, agenda, random);
  for (const { day, task } of branchTasks(world)) agenda.add(day, task);
  for (const task of closingTasks()) agenda.add(world.lastDay, task);
  return agenda;
}

function createAgenda(): Agenda {
  const tasksByDay = new Map<number, Task[]>();
  return {
    add: (day, task) => {
      const tasks = tasksByDay.get(day);
      if (tasks) tasks.push(task);
      else tasksByDay.set(day, [task]);
    },
    take: (day) => {
      const tasks = tasksByDay.get(day) ?? [];
      tasksByDay.delete(day);
      return tasks;
    },
  };
}

function planYears(world: World, agenda: Agenda): void {
  agenda.add(world.firstDay, { by: 'ana', part: 0, run: enterRotations });
  agenda.add(world.firstDay, { by: 'ana', part: 0, run: enterClinics });
  const present = world.members.filter((member) => member.firstYear < world.firstYear);
  for (const kind of ['faculty', 'resident'] as const)
    agenda.add(world.firstDay, {
      by: 'ana',
      part: 1,
      run: (desk) =>
        enterPeople(
          desk,
          present.filter((member) => member.kind === kind),
          kind === 'faculty' ? 'Enter faculty' : 'Enter residents',
          'new programme',
        ),
    });
  for (let year = world.firstYear; year <= currentYear; year++) {
    agenda.add(setupDay(year), { by: 'bruno', part: 1, run: (desk) => enterHolidays(desk, year) });
    const joining = world.members.filter((member) => member.firstYear === year);
    agenda.add(setupDay(year) + 4, {
      by: 'ana',
      part: 2,
      run: (desk) =>
        enterPeople(
          desk,
          joining.filter((member) => member.kind === 'resident'),
          `Enter the class of ${year}`,
          'match results',
        ),
    });
    agenda.add(setupDay(year) + 4, {
      by: 'ana',
      part: 2,
      run: (desk) =>
        enterPeople(
          desk,
          joining.filter((member) => member.kind === 'faculty'),
          `Enter new faculty for ${year}`,
          'orders received',
        ),
    });
    agenda.add(setupDay(year) + 4, { by: 'bruno', part: 2, run: (desk) => enterDepartures(desk, year) });
    agenda.add(dateToDay(`${year}-07-01`), { by: 'ana', part: 0, run: (desk) => rollOver(desk, year) });
  }
}

const runners: readonly CoordinatorName[] = ['ana', 'bruno', 'ana', 'carla'];

function planDrafts(world: World, agenda: Agenda, block: AcademicBlock, random: Random): void {
  const annual = fridayBefore(setupDay(block.academicYear) + 21) + Math.floor(block.number / 2) * 7;
  const first = Math.max(annual, world.firstDay);
  const label = blockLabel(block);
  const days = [first, ...[70, 49, 35].map((ahead) => Math.max(fridayBefore(block.firstDay - ahead), first + 1))];
  for (const [index, day] of days.entries())
    agenda.add(day, {
      by: runners[(block.number + index) % runners.length] ?? 'ana',
      part: 3,
      run: (desk) => runBlock(desk, block, index + 1),
    });

  const final = days[finalStage - 1] ?? first;
  for (let round = 0; round < 5; round++)
    agenda.add(nextWorkday(world, final + 2 + random.int(8)), {
      by: random.pick(['ana', 'bruno', 'carla'] as const) ?? 'ana',
      run: (desk) => balanceBlock(desk, block.firstDay, block.days, label),
    });
  const published = Math.max(nextWorkday(world, fridayBefore(block.firstDay - 21)), final + 1);
  agenda.add(published, {
    by: 'ana',
    part: 3,
    run: (desk) => {
      const edit = balanceBlock(desk, block.firstDay, block.days, label);
      return edit && { ...edit, message: `Last changes in ${label}`, reason: 'ready to publish', tag: `Published ${label}` };
    },
  });
}

function planLeave(world: World, agenda: Agenda, random: Random): void {
  for (const leave of world.leaves) {
    const asked = nextWorkday(world, Math.max(leave.askedOn, world.firstDay + 5));
    const decided = nextWorkday(world, Math.max(leave.decidedOn, asked));
    const by = random.pick(['ana', 'bruno', 'carla'] as const) ?? 'ana';
    // Nothing is decided after it began.
    if (decided > leave.firstDay || asked > leave.firstDay) continue;
    const isRefused = asked !== decided && random.chance(0.06);
    if (asked !== decided) agenda.add(asked, { by, run: (desk) => askForLeave(desk, leave) });
    agenda.add(decided, { by, run: (desk) => (isRefused ? refuseLeave(desk, leave) : approveLeave(desk, leave)) });
  }
}

/** The last Friday at or before a day. */
function fridayBefore(day: number): number {
  return day - ((weekdayNumber(day) + 2) % 7);
}

/** The day itself or the first one after it that is neither weekend nor holiday. */
function nextWorkday(world: World, day: number): number {
  let next = day;
  while (weekdayNumber(next) === 0 || weekdayNumber(next) === 6 || world.daysOff.has(next)) next++;
  return next;
}

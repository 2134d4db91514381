import { askForSwap, exchangeWeekend } from './edits-swap.ts';
import { reportSick } from './edits-absence.ts';
import {
  addAppointment,
  addNote,
  addProcedures,
  addTraining,
  changeElective,
  exchangeAttendings,
  exchangeClinics,
  mistype,
  moveClinic,
} from './edits-clinic.ts';
import { weekdayNumber } from './calendar.ts';
import type { CoordinatorName } from './coordinators.ts';
import type { Desk, Edit, Task } from './desk.ts';
import type { Random } from './random.ts';

type EditMaker = (desk: Desk) => Edit | null;

/** What comes up in a coordinator's day, with its weight. */
const everyday: readonly (readonly [EditMaker, number])[] = [
  [moveClinic, 20],
  [exchangeClinics, 20],
  [exchangeAttendings, 12],
  [changeElective, 13],
  [addProcedures, 8],
  [addAppointment, 10],
  [addNote, 7],
  [reportSick, 5],
  [exchangeWeekend, 5],
  [addTraining, 4],
  [askForSwap, 2.5],
  [mistype, 2],
];

const totalWeight = everyday.reduce((sum, [, weight]) => sum + weight, 0);

/** The edits that nobody planned, on one day: few on weekends and around the new year, many on Mondays and in July. */
export function drawDay(
  day: number,
  { isWorkday, month, people }: { isWorkday: boolean; month: number; people: number },
  random: Random,
): readonly Task[] {
  const scale = Math.sqrt(people / 27);
  if (!isWorkday) return random.chance(0.25) ? [drawTask(random, reportSick)] : [];
  const base = weekdayNumber(day) === 1 ? 11 : month === 7 || month === 8 ? 10 : month === 12 ? 6 : 8;
  const count = Math.max(1, Math.round((base + random.between(-3, 3)) * scale));
  return Array.from({ length: count }, () => drawTask(random, tryMakers(random)));
}

/** The first of three drawn edits that finds something to do. */
function tryMakers(random: Random): EditMaker {
  const makers = Array.from({ length: 3 }, () => drawMaker(random));
  return (desk) => {
    for (const make of makers) {
      const edit = make(desk);
      if (edit) return edit;
    }
    return null;
  };
}

function drawTask(random: Random, run: EditMaker): Task {
  return { by: drawCoordinator(random), run };
}

function drawCoordinator(random: Random): CoordinatorName {
  const drawn = random.next();
  return drawn < 0.45 ? 'ana' : drawn < 0.78 ? 'bruno' : 'carla';
}

function drawMaker(random: Random): EditMaker {
  let drawn = random.next() * totalWeight;
  for (const [maker, weight] of everyday) {
    drawn -= weight;
    if (drawn < 0) return maker;
  }
  return moveClinic;
}

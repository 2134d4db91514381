import { planAgenda, type Agenda } from './agenda.ts';
import { weekdayNumber } from './calendar.ts';
import { branchStories } from './branch-stories.ts';
import type { Board } from './board.ts';
import { coordinators } from './coordinators.ts';
import { drawDay } from './daily.ts';
import { openDesk, type Edit, type Task } from './desk.ts';
import type { Random } from './random.ts';
import type { SampleOptions, SampleStep, SampleTotals } from './steps.ts';
import { createWorld, lastMoment, millisPerDay, type World } from './world.ts';
import { dayToDate } from '../../shared/roster/slot.ts';

export type { SampleOptions, SampleStep, SampleTotals } from './steps.ts';

/**
 * The history of an invented residency, one commit after the other in the order of time, ending on 2026-11-20. Pure: no clock, no chance but
 * the seed's, so the same options give the same bytes on every machine. Streams: what was yielded is not kept.
 */
export function* sampleCommits(options: SampleOptions = {}): Generator<SampleStep, void, undefined> {
  const { seed = 1, people = 27, years = 3 } = options;
  const world = createWorld({ seed, people, years });
  const agenda = planAgenda(world);
  const random = world.random('days');
  const boards = new Map<string, Board>([['main', world.board]]);
  const office: Office = { world, agenda, boards, random, clock: world.firstDay * millisPerDay };
  for (let day = world.firstDay; day <= world.lastDay; day++) yield* workOn(office, day);
}

const totalsByOptions = new Map<string, SampleTotals>();

/** What `sampleCommits` will give for these options. Costs one run of the generator the first time it is asked. */
export function describeSample(options: SampleOptions = {}): SampleTotals {
  const { seed = 1, people = 27, years = 3 } = options;
  const key = `${seed}/${people}/${years}`;
  const known = totalsByOptions.get(key);
  if (known) return known;
  let [commits, changes, branches, notes, assignmentVersions] = [0, 0, 0, 0, 0];
  for (const step of sampleCommits(options)) {
    if (step.kind === 'branch') branches++;
    else if (step.kind === 'note') notes++;
    else {
      commits++;
      changes += step.draft.changes.length;
      for (const change of step.draft.changes) if (change.type === 'assignment' && change.op !== 'delete') assignmentVersions++;
    }
  }
  const totals = { commits, changes, branches, notes, assignmentVersions };
  totalsByOptions.set(key, totals);
  return totals;
}

interface Office {
  readonly world: World;
  readonly agenda: Agenda;
  /** The board of every branch. */
  readonly boards: Map<string, Board>;
  readonly random: Random;
  /** The time of the newest commit. */
  clock: number;
}

// Sittings of a day, in hours of UTC: the office works from eight to five, five hours behind.
const sittings = [13.1, 15.4, 18.2, 20.5] as const;
const endOfDay = 21.9;

function* workOn(office: Office, day: number): Generator<SampleStep, void, undefined> {
  const { world, agenda, random } = office;
  yield* startBranches(office, day);
  const isWorkday = weekdayNumber(day) % 6 !== 0 && !world.daysOff.has(day);
  const isLast = day === world.lastDay;
  const month = Number(dayToDate(day).slice(5, 7));
  const drawn = world.finalUntil.day > day ? drawDay(day, { isWorkday, month, people: world.people }, random) : [];
  const tasks = [...agenda.take(day), ...(isLast ? drawn.slice(0, 3) : drawn)].map((task) => ({
    task,
    part: task.part ?? random.pick([0, 0, 1, 1, 2, 3]) ?? 0,
  }));
  for (const part of [...sittings.keys(), 9]) {
    const inPart = tasks.filter((each) => each.part === part).map((each) => each.task);
    if (inPart.length === 0) continue;
    // The last day ends at noon, so its afternoon is worked through in the morning.
    const hour = isLast ? Math.min(sittings[part] ?? 16.3, 13.1 + part * 0.7, 16.3) : (sittings[part] ?? 16.3);
    office.clock = Math.max(office.clock + 600_000, day * millisPerDay + Math.round((hour + random.next() * 0.5) * 3_600_000));
    yield* sit(office, day, inPart);
  }
}

/** One sitting: each coordinator's tasks one after the other, some seconds or minutes apart. */
function* sit(office: Office, day: number, tasks: readonly Task[]): Generator<SampleStep, void, undefined> {
  const { world, random, agenda } = office;
  const queue = [...tasks];
  for (let task = queue.shift(); task; task = queue.shift()) {
    const millis = office.clock + 15_000 + random.int(280_000);
    const isTooLate = millis > day * millisPerDay + endOfDay * 3_600_000;
    if (isTooLate && task.part === undefined) continue;
    if (millis > lastMoment) return;
    const branch = task.branch ?? 'main';
    const board = office.boards.get(branch);
    if (!board) continue;
    const desk = openDesk(world, { board, by: task.by, day, millis, random });
    const edit = task.run(desk);
    if (!edit) continue;
    const changes = [...(edit.records ?? []), ...desk.gesture.changes(world.rotationIds)];
    if (changes.length === 0) continue;
    office.clock = millis;
    const at = new Date(millis).toISOString();
    const by = coordinators[task.by];
    yield {
      kind: 'commit',
      branch,
      draft: {
        author: by.userId,
        authorName: by.userName,
        device: by.device,
        recordedAt: at,
        at,
        message: edit.message,
        ...(edit.reason === undefined ? {} : { reason: edit.reason }),
        kind: edit.kind ?? 'edit',
        changes,
      },
    };
    yield* annotate(office, branch, edit, task);
    if (edit.follow) {
      if (edit.followsAtOnce) queue.unshift(edit.follow);
      else agenda.add(day + random.between(1, 4), edit.follow);
    }
  }
}

function* annotate({ world, clock }: Office, branch: string, edit: Edit, task: Task): Generator<SampleStep, void, undefined> {
  const notes = [
    ['tag', edit.tag],
    ['comment', edit.comment],
  ] as const;
  for (const [index, [note, text]] of notes.entries()) {
    if (text === undefined) continue;
    const millis = clock + 4_000 + index * 9_000;
    yield { kind: 'note', id: world.newId(millis), branch, note, text, by: coordinators[task.by], at: new Date(millis).toISOString() };
  }
}

function* startBranches(office: Office, day: number): Generator<SampleStep, void, undefined> {
  for (const story of branchStories) {
    if (story.day !== day || day < office.world.firstDay) continue;
    office.boards.set(story.name, office.world.board.copy(story.from * 2, story.to * 2 + 1));
    const millis = Math.max(office.clock + 1_000, day * millisPerDay + 13 * 3_600_000);
    office.clock = millis;
    yield {
      kind: 'branch',
      name: story.name,
      parent: 'main',
      description: story.description,
      by: coordinators[story.by],
      at: new Date(millis).toISOString(),
    };
  }
}

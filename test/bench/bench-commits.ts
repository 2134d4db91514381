import { makeId } from '../../main/sample/identity.ts';
import { createRandom, type Random } from '../../main/sample/random.ts';
import type { BulkStep, CommitDraft, DraftChange } from '../../main/engine/local-store/store.ts';
import type { Json } from '../../shared/json.ts';
import { dateToDay, slotToDate, slotToHalf } from '../../shared/roster/slot.ts';

export interface BenchOptions {
  readonly entities: number;
  /** Versions on all lines together, the entities' first ones included. */
  readonly versions: number;
  readonly people?: number;
  /** Three branches, one of them on another one; each holds a fiftieth of all versions. */
  readonly branches?: boolean;
  /** Distinct entities that the last twenty commits change together; for measuring a diff of known size. */
  readonly lastChanges?: number;
}

export const benchStart = dateToDay('2023-07-01');
const millisPerDay = 86_400_000;
/** Cells are planned so long before their day. */
const leadDays = 90;
const fillRate = 0.76;

/** The grid of the bench: how many days its cells lie on, from `benchStart` on, and the ids of its people. */
export function benchGrid({ entities, people = 60 }: BenchOptions): { readonly days: number; readonly people: readonly string[] } {
  const random = createRandom('bench/people');
  return {
    days: Math.ceil(entities / (people * 2 * fillRate)),
    people: Array.from({ length: people }, () => makeId(random, (benchStart - leadDays) * millisPerDay)),
  };
}

/**
 * A long history for measuring, the same every time: cells planned three months ahead in commits of a fortnight, then commits of 1 to 600
 * changes that fall mostly near their day. A hundredth of the changes deletes, a fiftieth moves a cell to another person.
 */
export function* benchCommits(options: BenchOptions): Generator<BulkStep, void, undefined> {
  const history = createHistory(options);
  const { random, days, cells } = history;
  yield* history.commit('main', -leadDays, history.peopleChanges(), 'people');
  const branchVersions = options.branches ? Math.floor(options.versions / 50) : 0;
  const last = options.lastChanges ?? 0;
  const updates = options.versions - cells.length - history.grid.people.length - branchVersions * 3 - last;
  let planned = 0;
  let done = 0;
  let branches = options.branches ? 0 : 2;
  for (let day = -leadDays; day < days; day++) {
    while (planned < cells.length && (history.dayOf(planned) < day + leadDays - 14 || day === days - 1)) {
      const end = Math.min(cells.length, planned + 1_500);
      yield* history.commit('main', day, history.creates(planned, end), 'plan a fortnight');
      planned = end;
    }
    const due = Math.floor((updates * (day + leadDays + 1)) / (days + leadDays));
    while (done < due) {
      const changes = history.edits(history.main, { day, planned, count: Math.min(due - done, drawSize(random)) });
      if (changes.length === 0) break;
      done += changes.length;
      yield* history.commit('main', day, changes, 'edit');
    }
    if (branches === 0 && day > days * 0.6) {
      branches = 1;
      yield* branchOff(history, 'first', 'main', { day, planned, versions: branchVersions });
      yield* branchOff(history, 'second', 'first', { day: day + 2, planned, versions: branchVersions });
    }
    if (branches === 1 && day > days * 0.9) {
      branches = 2;
      yield* branchOff(history, 'third', 'main', { day, planned, versions: branchVersions });
    }
  }
  for (let commit = 0; commit < 20 && last > 0; commit++)
    yield* history.commit('main', days, history.scattered(commit, Math.floor(last / 20)), 'scattered edits');
}

function* branchOff(
  history: History,
  name: string,
  parent: string,
  { day, planned, versions }: { readonly day: number; readonly planned: number; readonly versions: number },
): Generator<BulkStep, void, undefined> {
  const line = history.fork(name, parent);
  yield { createBranch: { ref: `heads/${name}`, parent: `heads/${parent}`, by: actor, at: history.now() } };
  for (let done = 0; done < versions;) {
    const changes = history.edits(line, { day, planned, count: Math.min(versions - done, drawSize(history.random)) });
    if (changes.length === 0) break;
    done += changes.length;
    yield* history.commit(name, day + done / versions, changes, 'edit on a branch');
  }
}

const actor = { userId: 'bench', userName: 'Bench', device: 'bench' } as const;

/** Most commits are small, and most changes are in the few large ones. */
function drawSize(random: Random): number {
  const drawn = random.next();
  if (drawn < 0.6) return random.between(1, 5);
  if (drawn < 0.85) return random.between(6, 20);
  return drawn < 0.97 ? random.between(21, 80) : random.between(100, 600);
}

interface Cell {
  readonly id: string;
  readonly slot: number;
  readonly person: number;
}

/** What stands on a line: per cell 0 for not there, else 1 + the person it is at. */
type Line = Int16Array;

interface History {
  readonly random: Random;
  readonly grid: { readonly people: readonly string[] };
  readonly days: number;
  readonly cells: readonly Cell[];
  readonly main: Line;
  dayOf(cell: number): number;
  now(): string;
  fork(name: string, parent: string): Line;
  peopleChanges(): DraftChange[];
  creates(from: number, to: number): DraftChange[];
  edits(line: Line, wanted: { readonly day: number; readonly planned: number; readonly count: number }): DraftChange[];
  scattered(turn: number, count: number): DraftChange[];
  commit(branch: string, day: number, changes: readonly DraftChange[], message: string): Generator<BulkStep, void, undefined>;
}

function createHistory(options: BenchOptions): History {
  const random = createRandom(`bench/${options.entities}/${options.versions}`);
  const grid = benchGrid(options);
  const { days } = grid;
  const cells = drawCells(options.entities, days, grid.people.length, random);
  const firstOfDay = Int32Array.from({ length: days + 1 }, (_, day) => lowerBound(cells, (benchStart + day) * 2));
  const rotations = Array.from({ length: 30 }, () => makeId(random, benchStart * millisPerDay));
  const runs = Array.from({ length: 100 }, () => makeId(random, benchStart * millisPerDay));
  const main: Line = new Int16Array(cells.length);
  const lines = new Map<string, Line>([['main', main]]);
  let clock = (benchStart - leadDays) * millisPerDay;
  let counter = 0;

  return {
    random,
    grid,
    days,
    cells,
    main,
    dayOf: (cell) => ((cells[cell]?.slot ?? 0) >> 1) - benchStart,
    now: () => new Date(++clock).toISOString(),
    fork: (name, parent) => {
      const line = Int16Array.from(lines.get(parent) ?? main);
      lines.set(name, line);
      return line;
    },
    peopleChanges: () =>
      grid.people.map((id, index) => ({
        type: 'person',
        id,
        op: 'create',
        fields: { name: `Person ${index}, A`, type: 'resident', pgyLevel: 1 + (index % 3) },
      })),
    creates: (from, to) => Array.from({ length: to - from }, (_, offset) => change(main, from + offset, 'create')),
    edits(line, { day, planned, count }) {
      const chosen = new Set<number>();
      for (let attempt = 0; attempt < count * 3 && chosen.size < count && planned > 0; attempt++) {
        const near = day + Math.floor((random.next() + random.next() - 0.4) * 35);
        const isNear = random.chance(0.8) && near >= 0 && near < days;
        const from = isNear ? (firstOfDay[near] ?? 0) : 0;
        const to = Math.min(planned, isNear ? (firstOfDay[near + 1] ?? planned) : planned);
        if (to > from) chosen.add(from + random.int(to - from));
      }
      return [...chosen].map((cell) => change(line, cell, line[cell] === 0 ? 'create' : random.chance(0.01) ? 'delete' : 'update'));
    },
    scattered: (turn, count) =>
      Array.from({ length: count }, (_, index) => {
        const cell = Math.floor(((index * 20 + turn) * cells.length) / (count * 20));
        return change(main, cell, main[cell] === 0 ? 'create' : 'update');
      }),
    *commit(branch, day, changes, message) {
      if (changes.length === 0) return;
      clock = Math.max(clock + 1_000, Math.round((benchStart + day) * millisPerDay));
      const at = new Date(clock).toISOString();
      const draft: CommitDraft = {
        author: actor.userId,
        authorName: actor.userName,
        device: actor.device,
        recordedAt: at,
        at,
        message,
        kind: 'edit',
        changes,
      };
      yield { ref: `heads/${branch}`, draft };
    },
  };

  function change(line: Line, index: number, op: 'create' | 'update' | 'delete'): DraftChange {
    const cell = cells[index];
    if (!cell) throw new Error(`no cell ${index}`);
    if (op === 'delete') {
      line[index] = 0;
      return { type: 'assignment', id: cell.id, op, fields: null };
    }
    const person =
      op === 'create' || random.chance(0.02) ? (op === 'create' ? cell.person : random.int(grid.people.length)) : (line[index] ?? 1) - 1;
    line[index] = person + 1;
    const fields: Record<string, Json> = {
      personId: grid.people[person] ?? '',
      date: slotToDate(cell.slot),
      half: slotToHalf(cell.slot),
      rotationId: rotations[random.int(rotations.length)] ?? '',
      role: 'primary',
      location: 'Main Clinic',
      scheduleRunId: runs[random.int(runs.length)] ?? '',
      confidence: random.int(1_000) / 1_000,
      source: op === 'create' ? 'solver' : 'manual',
      // Counted, so that no two versions of a cell are equal.
      notes: random.chance(0.3) ? `change ${++counter}, as agreed in the morning round` : `change ${++counter}`,
    };
    return { type: 'assignment', id: cell.id, op, fields };
  }
}

function drawCells(entities: number, days: number, people: number, random: Random): readonly Cell[] {
  const cells: Cell[] = [];
  let left = days * 2 * people;
  for (let slot = benchStart * 2; slot < (benchStart + days) * 2; slot++)
    for (let person = 0; person < people; person++, left--) {
      // Exactly as many as wanted, spread evenly.
      if (random.next() * left >= entities - cells.length) continue;
      cells.push({ id: makeId(random, (benchStart - leadDays) * millisPerDay), slot, person });
    }
  return cells;
}

function lowerBound(cells: readonly Cell[], slot: number): number {
  let low = 0;
  let high = cells.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cells[middle]?.slot ?? 0) < slot) low = middle + 1;
    else high = middle;
  }
  return low;
}

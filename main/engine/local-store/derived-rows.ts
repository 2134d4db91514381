import { noCell } from './cell-index.ts';
import type { ChangeColumns } from './change-columns.ts';
import { orderBy } from './order-by.ts';

/** Takes the rows of the derived tables, each table's rows in the order of its key. */
export interface DerivedSink {
  lineIndex(entity: number, line: number, position: number, version: number, type: number, subject: number, from: number, to: number): void;
  live(line: number, type: number, subject: number, from: number, entity: number, to: number, position: number, version: number): void;
  past(
    line: number,
    epoch: number,
    type: number,
    subject: number,
    from: number,
    entity: number,
    position: number,
    until: number,
    to: number,
    version: number,
  ): void;
  epoch(line: number, epoch: number, position: number, changes: number): void;
  span(type: number, subject: number, longest: number): void;
}

/** Where the epochs of a line begin. */
export interface EpochPolicy {
  /**
   * The next border after `start` that is not later than `position`, where the next change stands (infinity after the last); `null` when
   * there is none. `changes` counts those since `start`, `live` the open cells, both of the line's own.
   */
  border(at: {
    readonly line: number;
    readonly start: number;
    readonly position: number;
    readonly changes: number;
    readonly live: number;
  }): number | null;
  /** Changes of the line's ancestors: epochs count along the whole line. */
  changesBefore(line: number): number;
}

/**
 * Computes the derived tables from all changes. A generator, so that a long history can be worked through in slices; it yields the number of
 * rows handed over so far.
 */
export function* deriveRows(columns: ChangeColumns, policy: EpochPolicy, sink: DerivedSink): Generator<number> {
  let rows = 0;
  for (const step of deriveIndex(columns, sink)) yield (rows += step);
  for (const step of deriveCells(columns, policy, sink)) yield (rows += step);
  yield (rows += deriveSpans(columns, sink.span));
}

const slice = 20_000;

function* deriveIndex(columns: ChangeColumns, sink: DerivedSink): Generator<number> {
  const { count, entity, line, position, type, subject, from, to } = columns;
  // A counting sort by entity keeps the order of the rows, which on one line is the order of positions.
  let last = 0;
  for (let row = 1; row <= count; row++) last = Math.max(last, entity[row]!);
  const starts = new Int32Array(last + 2);
  for (let row = 1; row <= count; row++) starts[entity[row]! + 1]!++;
  for (let index = 1; index < starts.length; index++) starts[index]! += starts[index - 1]!;
  const ends = starts.slice();
  const ordered = new Int32Array(count);
  for (let row = 1; row <= count; row++) ordered[ends[entity[row]!]!++] = row;
  let handed = 0;
  for (let each = 1; each <= last; each++) {
    const group = ordered.subarray(starts[each]!, starts[each + 1]!);
    if (group.length > 1 && group.some((row) => line[row] !== line[group[0]!]))
      group.sort((left, right) => line[left]! - line[right]! || position[left]! - position[right]!);
    for (const row of group) sink.lineIndex(each, line[row]!, position[row]!, row, type[row]!, subject[row]!, from[row]!, to[row]!);
    handed += group.length;
    if (handed >= slice) {
      yield handed;
      handed = 0;
    }
  }
  yield handed;
}

/** Rows of each line, in the order of positions. */
function rowsByLine({ count, line }: ChangeColumns): Map<number, number[]> {
  const byLine = new Map<number, number[]>();
  for (let row = 1; row <= count; row++) {
    const known = byLine.get(line[row]!);
    if (known === undefined) byLine.set(line[row]!, [row]);
    else known.push(row);
  }
  return new Map([...byLine].sort((left, right) => left[0] - right[0]));
}

function* deriveCells(columns: ChangeColumns, policy: EpochPolicy, sink: DerivedSink): Generator<number> {
  for (const [line, rows] of rowsByLine(columns)) yield* deriveLine(columns, policy, sink, line, rows);
}

/** Closed intervals of the epoch in hand: since and until of each version's row, side by side. */
interface Closed {
  readonly rows: number[];
  readonly since: number[];
  readonly until: number[];
}

function* deriveLine(
  columns: ChangeColumns,
  policy: EpochPolicy,
  sink: DerivedSink,
  line: number,
  rows: readonly number[],
): Generator<number> {
  const { entity, position, type, subject, from, to } = columns;
  const open = new Map<number, number>();
  let closed: Closed = { rows: [], since: [], until: [] };
  let epoch = 0;
  let start = 0;
  let sinceBorder = 0;
  let changes = policy.changesBefore(line);
  let current = -1;
  for (const row of rows) {
    const at = position[row]!;
    if (at !== current) {
      current = at;
      yield* cutBefore(at);
    }
    changes++;
    sinceBorder++;
    const before = open.get(entity[row]!);
    if (before !== undefined) close(before, at);
    if (type[row] === noCell) open.delete(entity[row]!);
    else open.set(entity[row]!, row);
  }
  yield* cutBefore(Number.POSITIVE_INFINITY);
  yield flush();
  const live = [...open.values()];
  for (const index of orderBy(
    live.length,
    cellKeys(columns, (each) => live[each]!),
  )) {
    const row = live[index]!;
    sink.live(line, type[row]!, subject[row]!, from[row]!, entity[row]!, to[row]!, position[row]!, row);
  }
  yield live.length;

  function* cutBefore(at: number): Generator<number> {
    for (;;) {
      const border = policy.border({ line, start, position: at, changes: sinceBorder, live: open.size });
      if (border === null) return;
      for (const other of open.values()) close(other, border);
      yield flush();
      epoch++;
      start = border;
      sinceBorder = 0;
      sink.epoch(line, epoch, border, changes);
    }
  }

  function close(row: number, until: number): void {
    const since = Math.max(position[row]!, start);
    if (since >= until) return;
    closed.rows.push(row);
    closed.since.push(since);
    closed.until.push(until);
  }

  function flush(): number {
    const done = closed;
    closed = { rows: [], since: [], until: [] };
    const order = orderBy(done.rows.length, [...cellKeys(columns, (index) => done.rows[index]!), (index) => done.since[index]!]);
    for (const index of order) {
      const row = done.rows[index]!;
      sink.past(line, epoch, type[row]!, subject[row]!, from[row]!, entity[row]!, done.since[index]!, done.until[index]!, to[row]!, row);
    }
    return order.length;
  }
}

/** What cells are ordered by within a line and an epoch. */
function cellKeys({ type, subject, from, entity }: ChangeColumns, rowOf: (index: number) => number): ((index: number) => number)[] {
  return [type, subject, from, entity].map((column) => (index: number) => column[rowOf(index)]!);
}

/** The longest stretch of each subject of each type, in order; answers how many there are. */
export function deriveSpans({ count, type, subject, from, to }: ChangeColumns, span: DerivedSink['span']): number {
  const longest = new Map<number, Map<number, number>>();
  for (let row = 1; row <= count; row++) {
    if (type[row] === noCell) continue;
    let subjects = longest.get(type[row]!);
    if (subjects === undefined) longest.set(type[row]!, (subjects = new Map()));
    const length = to[row]! - from[row]!;
    const known = subjects.get(subject[row]!);
    if (known === undefined || known < length) subjects.set(subject[row]!, length);
  }
  let rows = 0;
  for (const [each, subjects] of ascending(longest))
    for (const [of, length] of ascending(subjects)) {
      span(each, of, length);
      rows++;
    }
  return rows;
}

function ascending<V>(map: ReadonlyMap<number, V>): [number, V][] {
  return [...map].sort((left, right) => left[0] - right[0]);
}

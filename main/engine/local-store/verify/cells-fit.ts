import type Database from 'better-sqlite3';
import { noCell } from '../cell-index.ts';
import type { ChangeColumns } from '../change-columns.ts';

/** The epochs of a line: first positions of epoch 1, 2, 3 … */
export type Borders = ReadonlyMap<number, readonly number[]>;

/**
 * Whether the cell tables are exactly what the changes give: every row that is there belongs there, keys are unique, and there are as many as
 * there should be. Each row is judged by itself, so nothing has to be computed in order; where something is wrong, the slower comparison
 * says what. Yields how many rows are done.
 */
export function* cellsFit(db: Database.Database, columns: ChangeColumns, borders: Borders): Generator<number, boolean> {
  const next = nextOnLine(columns);
  const { entity, line, position, type, subject, from, to, count } = columns;
  let done = 0;

  const indexed = readAll(db, 'line_index', 'entity_id, line_id, position, version_id, type_id, subject, from_slot, to_slot', 3);
  let rows = 0;
  for (const portion of indexed) {
    for (const [e, l, p, row, t, s, f, u] of portion)
      if (!known(row) || e !== entity[row] || l !== line[row] || p !== position[row] || t !== type[row] || !sameGrid(row, s, f, u))
        return false;
    rows += portion.length;
    yield (done += portion.length);
  }
  if (rows !== count) return false;

  const live = readAll(db, 'live_cells', 'line_id, type_id, subject, from_slot, entity_id, to_slot, position, version_id', 5);
  rows = 0;
  for (const portion of live) {
    for (const [l, t, s, f, e, u, p, row] of portion)
      if (!known(row) || !stands(row, l, t, e) || next[row] !== 0 || p !== position[row] || !sameGrid(row, s, f, u)) return false;
    rows += portion.length;
    yield (done += portion.length);
  }
  if (rows !== countLive()) return false;

  const past = readAll(db, 'past_cells', 'line_id, epoch, type_id, subject, from_slot, entity_id, position, until, to_slot, version_id', 7);
  rows = 0;
  for (const portion of past) {
    for (const [l, epoch, t, s, f, e, since, until, u, row] of portion)
      if (!known(row) || !stands(row, l, t, e) || !sameGrid(row, s, f, u) || !isStretch(row, epoch, since, until)) return false;
    rows += portion.length;
    yield (done += portion.length);
  }
  return rows === countPast();

  function known(row: number): boolean {
    return row >= 1 && row <= count;
  }

  function stands(row: number, l: number, t: number, e: number): boolean {
    return l === line[row] && t === type[row] && t !== noCell && e === entity[row];
  }

  function sameGrid(row: number, s: number, f: number, u: number): boolean {
    return s === subject[row] && f === from[row] && u === to[row];
  }

  /** Where a version stops to stand on its line: infinity while it is open. */
  function endOf(row: number): number {
    return next[row] === 0 ? Number.POSITIVE_INFINITY : position[next[row]!]!;
  }

  function isStretch(row: number, epoch: number, since: number, until: number): boolean {
    const starts = borders.get(line[row]!) ?? [];
    if (epoch < 0 || epoch > starts.length) return false;
    const begin = epoch === 0 ? 0 : starts[epoch - 1]!;
    const end = Math.min(endOf(row), starts[epoch] ?? Number.POSITIVE_INFINITY);
    return since === Math.max(position[row]!, begin) && until === end && since < until;
  }

  function countLive(): number {
    let open = 0;
    for (let row = 1; row <= count; row++) if (type[row] !== noCell && next[row] === 0) open++;
    return open;
  }

  /** A version has a stretch in each epoch that it stood in; an open one not in the newest. */
  function countPast(): number {
    let stretches = 0;
    for (let row = 1; row <= count; row++) {
      if (type[row] === noCell) continue;
      const starts = borders.get(line[row]!) ?? [];
      const first = epochAt(starts, position[row]!);
      stretches += next[row] === 0 ? starts.length - first : epochAt(starts, position[next[row]!]! - 1) - first + 1;
    }
    return stretches;
  }
}

/** The row that comes after each on the same line, of the same entity; 0: none. */
function nextOnLine({ count, line, previous }: ChangeColumns): Int32Array {
  const next = new Int32Array(count + 1);
  for (let row = 1; row <= count; row++) {
    let before = previous[row]!;
    while (before !== 0 && line[before] !== line[row]) before = previous[before]!;
    if (before !== 0) next[before] = row;
  }
  return next;
}

function epochAt(starts: readonly number[], position: number): number {
  let epoch = 0;
  while (epoch < starts.length && starts[epoch]! <= position) epoch++;
  return epoch;
}

type CellRow = readonly [number, number, number, number, number, number, number, number, number, number];

const portionRows = 4_000;

/** A table in the order of its key, in portions. */
function* readAll(db: Database.Database, table: string, columns: string, keys: number): Generator<readonly CellRow[]> {
  const order = columns.split(', ').slice(0, keys).join(', ');
  const marks = Array.from({ length: keys }, () => '?').join(', ');
  const first = db.prepare<[], CellRow>(`SELECT ${columns} FROM ${table} ORDER BY ${order} LIMIT ${portionRows}`).raw();
  const following = db
    .prepare<number[], CellRow>(`SELECT ${columns} FROM ${table} WHERE (${order}) > (${marks}) ORDER BY ${order} LIMIT ${portionRows}`)
    .raw();
  let rows = first.all();
  for (;;) {
    yield rows;
    const last = rows[rows.length - 1];
    if (last === undefined || rows.length < portionRows) return;
    rows = following.all(...last.slice(0, keys));
  }
}

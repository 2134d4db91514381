import type Database from 'better-sqlite3';
import type { Fields } from '../../../../shared/json.ts';
import { chainOf } from '../../../../shared/versioning/commit-graph.ts';
import { noCell } from '../cell-index.ts';
import type { ChangeColumns } from '../change-columns.ts';
import { deriveRows, deriveSpans, type DerivedSink, type EpochPolicy } from '../derived-rows.ts';
import type { Axes } from '../store.ts';
import { cellsFit, type Borders } from './cells-fit.ts';
import type { CheckedCommits } from './check-commits.ts';
import type { CellOf } from './check-versions.ts';
import { rowsOf, type Dictionaries } from './dictionaries.ts';
import type { Faults } from './faults.ts';

/** Computes the derived tables again from the objects and compares them row by row. Yields how many rows are done. */
export function* checkDerived(
  db: Database.Database,
  dictionaries: Dictionaries,
  commits: CheckedCommits,
  faults: Faults,
): Generator<number, number> {
  if (commits.columns === null) {
    faults.add({
      where: 'derived',
      table: 'line_index',
      problem: 'the derived tables cannot be compared while commits and versions do not fit together',
    });
    return 0;
  }
  const borders = readBorders(db);
  const policy = makePolicy(borders, dictionaries, commits);
  let done = 0;
  const cells = cellsFit(db, commits.columns, borders);
  for (let step = cells.next(); ; step = cells.next()) {
    if (step.done === true) {
      if (step.value && epochsFit(db, commits.columns, policy) && spansFit(db, commits.columns)) return done;
      break;
    }
    yield (done = step.value);
  }
  // Something is wrong: computing every row in its order says what.
  const before = faults.list.length;
  const comparers = makeComparers(db, dictionaries, faults);
  for (done of deriveRows(commits.columns, policy, comparers.sink)) yield done;
  comparers.finish();
  if (faults.list.length === before && !faults.full)
    faults.add({ where: 'derived', table: 'line_index', problem: 'the derived tables do not fit the objects' });
  return done;
}

/** Whether epochs are numbered without gaps, begin one after the other, and count the changes before them. */
function epochsFit(db: Database.Database, { count, line, position }: ChangeColumns, policy: EpochPolicy): boolean {
  const positions = new Map<number, number[]>();
  for (let row = 1; row <= count; row++) {
    const known = positions.get(line[row]!);
    if (known === undefined) positions.set(line[row]!, [position[row]!]);
    else known.push(position[row]!);
  }
  let lastLine = 0;
  let lastEpoch = 0;
  let lastBorder = 0;
  for (const row of rowsOf(db, 'SELECT line_id, epoch, position, changes FROM epochs ORDER BY line_id, epoch')) {
    const [of, epoch, border] = [Number(row['line_id']), Number(row['epoch']), Number(row['position'])];
    if (of !== lastLine) [lastLine, lastEpoch, lastBorder] = [of, 0, 0];
    if (epoch !== lastEpoch + 1 || border <= lastBorder) return false;
    const before = positions.get(of)?.filter((each) => each < border).length ?? 0;
    if (row['changes'] !== policy.changesBefore(of) + before) return false;
    [lastEpoch, lastBorder] = [epoch, border];
  }
  return true;
}

function spansFit(db: Database.Database, columns: ChangeColumns): boolean {
  const stored = db.prepare<[], number[]>('SELECT type_id, subject, longest FROM spans ORDER BY type_id, subject').raw().all();
  const wanted: number[][] = [];
  deriveSpans(columns, (...row) => wanted.push(row));
  return stored.length === wanted.length && stored.every((row, index) => row.every((value, column) => value === wanted[index]?.[column]));
}

/** Where records stand by the objects alone: a subject whose row is damaged or gone is equal to no stored one. */
export function makeCellOf({ subjects }: Dictionaries, axes: (type: string, fields: Fields) => Axes | null): CellOf {
  return (type, typeId, fields) => {
    const found = axes(type, fields);
    if (found === null) return { type: typeId, subject: noCell, from: noCell, to: noCell };
    const subject = found.subject === null ? noCell : (subjects.get(found.subject) ?? unknownSubject);
    return { type: typeId, subject, from: found.from, to: found.to };
  };
}

const unknownSubject = -2;

/** The borders that the file has: anywhere is right, if what lies between them fits. */
function readBorders(db: Database.Database): Borders {
  const borders = new Map<number, number[]>();
  for (const { line_id, position } of rowsOf(db, 'SELECT line_id, position FROM epochs ORDER BY line_id, epoch')) {
    const known = borders.get(Number(line_id));
    if (known === undefined) borders.set(Number(line_id), [Number(position)]);
    else known.push(Number(position));
  }
  return borders;
}

function makePolicy(borders: Borders, { graph }: Dictionaries, commits: CheckedCommits): EpochPolicy {
  const totals = new Map<string, number>();
  for (const { line, position, changesTotal } of commits.byId.values()) totals.set(`${line}/${position}`, changesTotal);
  return {
    border: ({ line, start, position }) => borders.get(line)?.find((border) => border > start && border <= position) ?? null,
    changesBefore(line) {
      const { parent, fork } = graph.line(line);
      if (parent === null) return 0;
      const place = chainOf(graph, { line: parent, position: fork })[0]!;
      return totals.get(`${place.line}/${place.position}`) ?? 0;
    },
  };
}

interface Comparers {
  readonly sink: DerivedSink;
  /** Reports what is left over. */
  finish(): void;
}

interface Comparer {
  expect(row: number[]): void;
  finish(): void;
}

const portion = 4_000;

function makeComparers(db: Database.Database, dictionaries: Dictionaries, faults: Faults): Comparers {
  const lineIndex = makeComparer('line_index', 'entity_id, line_id, position, version_id, type_id, subject, from_slot, to_slot', 3, 0);
  const live = makeComparer('live_cells', 'line_id, type_id, subject, from_slot, entity_id, to_slot, position, version_id', 5, 4);
  const past = makeComparer(
    'past_cells',
    'line_id, epoch, type_id, subject, from_slot, entity_id, position, until, to_slot, version_id',
    7,
    5,
  );
  const epochs = makeComparer('epochs', 'line_id, epoch, position, changes', 2, null);
  const spans = makeComparer('spans', 'type_id, subject, longest', 2, null);
  const all = [lineIndex, live, past, epochs, spans];
  return {
    sink: {
      lineIndex: (...row) => lineIndex.expect(row),
      live: (...row) => live.expect(row),
      past: (...row) => past.expect(row),
      epoch: (...row) => epochs.expect(row),
      span: (...row) => spans.expect(row),
    },
    finish() {
      for (const comparer of all) comparer.finish();
    },
  };

  /** Walks a table in the order of its key beside the rows that should be there. */
  function makeComparer(table: string, columns: string, keys: number, entityAt: number | null): Comparer {
    const order = columns.split(', ').slice(0, keys).join(', ');
    const first = db.prepare<[], number[]>(`SELECT ${columns} FROM ${table} ORDER BY ${order} LIMIT ${portion}`).raw();
    const marks = Array.from({ length: keys }, () => '?').join(', ');
    const following = db
      .prepare<number[], number[]>(`SELECT ${columns} FROM ${table} WHERE (${order}) > (${marks}) ORDER BY ${order} LIMIT ${portion}`)
      .raw();
    let rows: number[][] | null = null;
    let index = 0;
    return { expect, finish };

    function peek(): number[] | null {
      rows ??= first.all();
      if (index < rows.length) return rows[index]!;
      if (rows.length < portion) return null;
      rows = following.all(...rows[rows.length - 1]!.slice(0, keys));
      index = 0;
      return rows[0] ?? null;
    }

    function expect(row: number[]): void {
      for (;;) {
        const found = peek();
        const way = found === null ? 1 : compareKeys(found, row, keys);
        if (found === null || way > 0) return report(row, 'a row is missing');
        index++;
        if (way === 0) {
          if (found.some((value, column) => value !== row[column])) report(row, 'the row is not what the objects say');
          return;
        }
        report(found, 'the row should not be there');
      }
    }

    function finish(): void {
      for (let found = peek(); found !== null; found = peek()) {
        report(found, 'the row should not be there');
        index++;
      }
    }

    function report(row: number[], problem: string): void {
      const key = entityAt === null ? undefined : dictionaries.entities.get(row[entityAt]!);
      faults.add({ where: 'derived', table, row: row.slice(0, keys).join('/'), type: key?.type ?? null, id: key?.id ?? null, problem });
    }
  }
}

function compareKeys(left: readonly number[], right: readonly number[], keys: number): number {
  for (let index = 0; index < keys; index++) if (left[index] !== right[index]) return left[index]! < right[index]! ? -1 : 1;
  return 0;
}

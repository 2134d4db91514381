import type Database from 'better-sqlite3';
import type { Fields } from '../../../shared/json.ts';
import { ownPlace } from '../../../shared/versioning/commit-graph.ts';
import { noCell, type Cell } from './cell-index.ts';
import type { CellMaker } from './cell-maker.ts';
import { createChangeColumns, type ChangeColumns } from './change-columns.ts';
import { createDerivedWriter, createEpochPolicy, emptyDerivedTables } from './derived-tables.ts';
import { deriveRows } from './derived-rows.ts';
import { decodeFields } from './shape-table.ts';
import type { StoreTables } from './store-parts.ts';
import type { VersionRowFields } from './version-table.ts';

/** Computes the derived tables again from versions and commits, in one transaction. */
export function rebuildDerived(tables: StoreTables): void {
  const { db, transactions } = tables;
  transactions.write(() => {
    const columns = readColumns(tables, tables.makeCell);
    emptyDerivedTables(db);
    const writer = createDerivedWriter(db);
    for (const _ of deriveRows(columns, policyOf(tables), writer.sink));
    writer.flush();
    // Emptied by the statements above, behind its back.
    transactions.forget();
    while (tables.prefixes.fill());
    while (tables.commitPrefixes.fill());
  });
  transactions.forget();
}

/** Where epochs begin when nothing says otherwise. */
export function policyOf(tables: StoreTables): ReturnType<typeof createEpochPolicy> {
  return createEpochPolicy(tables.epochChanges, (line) => {
    const { lines, commits } = tables;
    const { parent, fork } = lines.graph.line(line);
    return parent === null ? 0 : (commits.at(ownPlace(lines.graph, { line: parent, position: fork }))?.changesTotal ?? 0);
  });
}

interface CommitSpan {
  readonly line_id: number;
  readonly position: number;
  readonly first_version_id: number;
  readonly changes: number;
}

/** Every change of the file, read from the objects. `makeCell` says where each record stands. */
function readColumns(tables: Pick<StoreTables, 'db' | 'entities' | 'shapes'>, makeCell: CellMaker): ChangeColumns {
  const { db, entities, shapes } = tables;
  const spans = db
    .prepare<[], CommitSpan>('SELECT line_id, position, first_version_id, length(changes) / 8 AS changes FROM commits ORDER BY commit_id')
    .all();
  const builder = createChangeColumns();
  let row = 1;
  let current = 0;
  for (const version of readVersions(db)) {
    while (current < spans.length && row >= spans[current]!.first_version_id + spans[current]!.changes) current++;
    const span = spans[current];
    if (span === undefined || version.version_id !== row) throw new Error(`version row ${version.version_id} belongs to no commit`);
    const typeId = entities.typeIdOf(version.entity_id);
    let cell: Cell = { type: typeId, subject: noCell, from: noCell, to: noCell };
    if (version.body !== null && version.shape_id !== null) {
      const fields = readFields(() => decodeFields(shapes.shape(version.shape_id ?? 0), version.body ?? ''));
      if (fields !== null) cell = makeCell(entities.key(version.entity_id).type, typeId, fields);
    }
    builder.add(row, version.entity_id, span.line_id, span.position, version.body === null, cell);
    row++;
  }
  return builder.columns();
}

/** A version that cannot be read any more has no cell; reading it refuses DAMAGED, and `verify` says where. */
function readFields(read: () => Fields): Fields | null {
  try {
    return read();
  } catch {
    return null;
  }
}

const portion = 5_000;

/** All versions in the order of their rows; in portions, so that the reader may write in between. */
function* readVersions(db: Database.Database): Generator<VersionRowFields> {
  const read = db.prepare<[number, number], VersionRowFields>(
    'SELECT version_id, entity_id, shape_id, hash, body, salt FROM versions WHERE version_id > (? + 0) ORDER BY version_id LIMIT ?',
  );
  for (let after = 0; ;) {
    const rows = read.all(after, portion);
    yield* rows;
    if (rows.length < portion) return;
    after = rows[rows.length - 1]!.version_id;
  }
}

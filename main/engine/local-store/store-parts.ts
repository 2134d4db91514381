import type Database from 'better-sqlite3';
import type { Fields } from '../../../shared/json.ts';
import { createCellIndex, type CellIndex } from './cell-index.ts';
import { createCellMaker, type CellMaker } from './cell-maker.ts';
import { createCellReads } from './cell-reads.ts';
import { createChangeReads, type ChangeReads } from './change-reads.ts';
import { createCommitTable, type CommitTable } from './commit-table.ts';
import { createCommitWriter, type CommitWriter } from './commit-writer.ts';
import { createEntityTable, type EntityTable } from './entity-table.ts';
import { createEpochTable, type EpochTable } from './epoch-table.ts';
import { createHistoryReads, type HistoryReads } from './history-reads.ts';
import { createLineReads, type LineReads } from './line-reads.ts';
import { createLineTable, type LineTable } from './line-table.ts';
import { createMergeTable, type MergeTable } from './merge-table.ts';
import { createPlaceReads, type PlaceReads } from './place-reads.ts';
import { createPrefixIndex, type PrefixIndex } from './prefix-index.ts';
import { createPropertyTable, type PropertyTable } from './property-table.ts';
import { createRefTable, type RefTable } from './ref-table.ts';
import { createShapeTable, type ShapeTable } from './shape-table.ts';
import { createStateReads, type StateReads } from './state-reads.ts';
import type { Axes, LocalStore } from './store.ts';
import { createTransactions, type Transactions } from './transactions.ts';
import { createUpkeep, type Upkeep } from './upkeep.ts';
import { createVersionTable, type VersionTable } from './version-table.ts';

/** Everything a store is put together from. Each part knows only the parts it is given. */
export interface StoreTables {
  readonly file: string;
  readonly db: Database.Database;
  readonly readonly: boolean;
  readonly clock: () => number;
  readonly axes: (type: string, fields: Fields) => Axes | null;
  readonly subjectType: string;
  readonly transactions: Transactions;
  readonly properties: PropertyTable;
  readonly entities: EntityTable;
  readonly shapes: ShapeTable;
  readonly versions: VersionTable;
  readonly prefixes: PrefixIndex;
  readonly commitPrefixes: PrefixIndex;
  readonly lines: LineTable;
  readonly commits: CommitTable;
  readonly refs: RefTable;
  readonly epochs: EpochTable;
  readonly index: CellIndex;
  readonly makeCell: CellMaker;
  readonly places: PlaceReads;
  readonly changes: ChangeReads;
  readonly states: StateReads;
  readonly lineReads: LineReads;
  readonly history: HistoryReads;
  readonly merges: MergeTable;
  readonly writer: CommitWriter;
  readonly upkeep: Upkeep;
  readonly epochChanges: number | undefined;
}

export interface StoreParts extends StoreTables {
  readonly recheck: (commitId: number) => boolean;
  readonly startBulkLoad: (options: NonNullable<Parameters<LocalStore['startBulkLoad']>[0]>) => ReturnType<LocalStore['startBulkLoad']>;
  readonly bulkLoad: (
    steps: Parameters<LocalStore['bulkLoad']>[0],
    options: NonNullable<Parameters<LocalStore['bulkLoad']>[1]>,
  ) => ReturnType<LocalStore['bulkLoad']>;
  readonly rebuildDerived: () => void;
  readonly verify: (options: NonNullable<Parameters<LocalStore['verify']>[0]>) => ReturnType<LocalStore['verify']>;
  readonly verifySlices: (options: NonNullable<Parameters<LocalStore['verifySlices']>[0]>) => ReturnType<LocalStore['verifySlices']>;
}

export interface TableOptions {
  readonly file: string;
  readonly db: Database.Database;
  readonly readonly: boolean;
  readonly clock: () => number;
  readonly axes: (type: string, fields: Fields) => Axes | null;
  readonly subjectType: string;
  readonly epochChanges: number | undefined;
  readonly logChanges: number;
  readonly cachedVersions: number;
  readonly idleUpkeep: boolean;
  readonly onUpkeepFailure: (error: unknown) => void;
}

/** Puts the tables and reads of one connection together. */
export function createTables(options: TableOptions): StoreTables {
  const { file, db, clock, axes, subjectType } = options;
  const transactions = createTransactions(db, file, options.readonly);
  const properties = createPropertyTable(db);
  const entities = createEntityTable(db, transactions);
  const shapes = createShapeTable(db, transactions);
  const versions = createVersionTable(db, transactions, file, entities, shapes, options.cachedVersions);
  const prefixes = createPrefixIndex(db, transactions, {
    table: 'versions',
    id: 'version_id',
    index: 'version_prefixes',
    fewestWaiting: 2_000,
    remember: false,
  });
  const commitPrefixes = createPrefixIndex(db, transactions, {
    table: 'commits',
    id: 'commit_id',
    index: 'commit_prefixes',
    fewestWaiting: 500,
    remember: true,
  });
  const lines = createLineTable(db, transactions);
  const commits = createCommitTable(db, transactions, entities, lines, commitPrefixes);
  const refs = createRefTable(db, transactions, commits);
  const epochs = createEpochTable(db, transactions);
  const index = createCellIndex(db, transactions, epochs);
  const makeCell = createCellMaker(entities, axes, subjectType);
  const cells = createCellReads(db, epochs);
  const places = createPlaceReads(refs, commits, lines);
  const changes = createChangeReads(commits, lines, entities, versions);
  return {
    file,
    db,
    readonly: options.readonly,
    clock,
    axes,
    subjectType,
    transactions,
    properties,
    entities,
    shapes,
    versions,
    prefixes,
    commitPrefixes,
    lines,
    commits,
    refs,
    epochs,
    index,
    makeCell,
    places,
    changes,
    states: createStateReads({ entities, versions, lines, index, cells, changes, axes, subjectType, logChanges: options.logChanges }),
    lineReads: createLineReads(db, commits, lines, entities, places),
    history: createHistoryReads(db, commits, lines, entities, versions, index, prefixes),
    merges: createMergeTable(db, transactions, properties, refs, commits),
    writer: createCommitWriter({
      db,
      transactions,
      hashOf: versions.hashOf,
      clock,
      entities,
      shapes,
      versions,
      lines,
      commits,
      refs,
      index,
      makeCell,
    }),
    upkeep: createUpkeep({
      db,
      transactions,
      epochs,
      refs,
      commits,
      lines,
      indexes: [prefixes, commitPrefixes],
      epochChanges: options.epochChanges,
      idle: options.idleUpkeep,
      onFailure: options.onUpkeepFailure,
    }),
    epochChanges: options.epochChanges,
  };
}

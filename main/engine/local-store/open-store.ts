import { openDatabase, removeDatabase } from './database.ts';
import { createLocalStore } from './local-store.ts';
import { toRefusal } from './refusals.ts';
import { createTables, type StoreTables } from './store-parts.ts';
import type { LocalStore, LocalStoreOptions, NewFile } from './store.ts';
import { MAIN_REF, NOTES_REF } from '../../../shared/versioning/ref-name.ts';
import { bulkLoad, startBulkLoad } from './bulk-load.ts';
import { rebuildDerived } from './rebuild-derived.ts';
import { createRef } from './ref-changes.ts';
import { recheckCommit } from './recheck.ts';
import { verify, verifySlices } from './verify/verify.ts';

/**
 * Opens a programme file, or makes it when it is missing and `create` is given. Refuses NOT_FOUND, DAMAGED, UNSUPPORTED, READ_ONLY,
 * STORAGE_FULL; a refused open has changed nothing.
 */
export function openLocalStore(options: LocalStoreOptions): LocalStore {
  const { file } = options;
  const opened = openDatabase({
    file,
    create: options.create !== undefined,
    ...(options.readonly === true ? { readonly: true } : {}),
    ...(options.largestFile === undefined ? {} : { largestFile: options.largestFile }),
  });
  const axesVersion = String(options.axesVersion ?? 1);
  try {
    const tables = createTables({
      file,
      db: opened.db,
      readonly: opened.readonly,
      clock: options.clock,
      axes: options.axes,
      subjectType: options.subjectType ?? 'person',
      epochChanges: options.epochChanges,
      logChanges: options.logChanges ?? 2_000,
      cachedVersions: options.cachedVersions ?? 200_000,
      idleUpkeep: options.upkeep !== 'manual' && !opened.readonly,
      onUpkeepFailure: options.onUpkeepFailure ?? (() => {}),
    });
    if (opened.fresh && options.create !== undefined) describeNewFile(tables, options.create, axesVersion);
    // One that was tampered with is left for `verify` to report.
    else if (!opened.readonly && tables.properties.isIntact('axesVersion') && tables.properties.get('axesVersion') !== axesVersion)
      adoptAxes(tables, axesVersion);
    return createLocalStore({
      ...tables,
      recheck: (commitId) => recheckCommit(tables, commitId),
      startBulkLoad: (more) => startBulkLoad(tables, more),
      bulkLoad: (steps, more) => bulkLoad(tables, steps, more),
      rebuildDerived: () => rebuildDerived(tables),
      verify: (more) => verify(tables, more),
      verifySlices: (more) => verifySlices(tables, more),
    });
  } catch (error) {
    opened.db.close();
    if (opened.fresh) removeDatabase(file);
    throw toRefusal(error, file);
  }
}

function describeNewFile(tables: StoreTables, file: NewFile, axesVersion: string): void {
  const { transactions, properties, db } = tables;
  const at = file.at ?? new Date(tables.clock()).toISOString();
  transactions.write(() => {
    properties.set('name', file.name);
    properties.set('sample', String(file.sample));
    properties.set('createdAt', at);
    properties.set('axesVersion', axesVersion);
    for (const ref of [MAIN_REF, NOTES_REF]) createRef(tables, { ref, parent: null, by: file.by, at });
  });
  db.pragma('wal_checkpoint(TRUNCATE)');
}

/** The grid axes of some type are computed differently than when this file was written. */
function adoptAxes(tables: StoreTables, axesVersion: string): void {
  rebuildDerived(tables);
  tables.transactions.write(() => tables.properties.set('axesVersion', axesVersion));
}

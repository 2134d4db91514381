import { RefusedError } from '../../../shared/errors.ts';
import type { CommitHash } from '../../../shared/ids.ts';
import { createChangeColumns } from './change-columns.ts';
import { createCommitWriter } from './commit-writer.ts';
import { createDerivedWriter } from './derived-tables.ts';
import { deriveRows } from './derived-rows.ts';
import { createHashColumn, createMemoryIndex } from './memory-index.ts';
import { policyOf } from './rebuild-derived.ts';
import { createRef, liveRef } from './ref-changes.ts';
import type { StoreTables } from './store-parts.ts';
import type { BulkLoad, BulkOptions, BulkProgress, BulkStep, CommitDraft, LocalStore } from './store.ts';

/** Begins a load; see `LocalStore.startBulkLoad`. */
export function startBulkLoad(tables: StoreTables, options: BulkOptions): BulkLoad {
  return runLoad(tables, options.sorted === true ? sortedWay(tables) : plainWay(tables));
}

/** A whole load in one go; see `LocalStore.bulkLoad`. */
export function bulkLoad(
  tables: StoreTables,
  steps: Iterable<BulkStep>,
  options: NonNullable<Parameters<LocalStore['bulkLoad']>[1]>,
): BulkProgress {
  const load = startBulkLoad(tables, options);
  const { onProgress } = options;
  let done = 0;
  try {
    for (const step of steps) {
      if ('createBranch' in step) load.createBranch(step.createBranch);
      else load.append(step.ref, step.draft);
      if (++done % 100 === 0) report();
    }
    for (const _ of load.finish()) report();
  } catch (error) {
    load.cancel();
    throw error;
  }
  return load.progress;

  function report(): void {
    if (onProgress?.(load.progress) === false) throw new RefusedError('CANCELLED', 'The load was cancelled; nothing of it was kept.');
  }
}

/** What differs between the two ways to load. */
interface LoadWay {
  /** Before the write begins. */
  readonly prepare: () => void;
  readonly append: (ref: ReturnType<typeof liveRef>, draft: CommitDraft) => { readonly hash: CommitHash; readonly changes: number };
  /** The last steps of the write, in slices. */
  readonly complete: () => Generator<unknown>;
  /** After the write was committed or taken back. */
  readonly settle: () => void;
}

function runLoad(tables: StoreTables, way: LoadWay): BulkLoad {
  const { transactions, refs } = tables;
  let progress: BulkProgress = { commits: 0, versions: 0, stage: 'objects' };
  let over = false;
  way.prepare();
  const open = transactions.open();

  return {
    append: (name, draft) =>
      step(() => {
        const { hash, changes } = way.append(liveRef(tables, name), draft);
        progress = { commits: progress.commits + 1, versions: progress.versions + changes, stage: 'objects' };
        return hash;
      }),
    createBranch: (branch) => step(() => refs.describe(createRef(tables, branch))),
    get progress() {
      return progress;
    },
    *finish() {
      const steps = way.complete();
      for (;;) {
        const next = step(() => steps.next());
        if (next.done === true) break;
        progress = { ...progress, stage: 'derived' };
        yield progress;
      }
      over = true;
      open.commit();
      way.settle();
      progress = { ...progress, stage: 'done' };
      return progress;
    },
    cancel() {
      if (over) return;
      over = true;
      open.rollback();
      way.settle();
    },
  };

  /** A step that fails takes the whole load back. */
  function step<T>(work: () => T): T {
    if (over) throw new Error('the load is over');
    try {
      return open.run(work);
    } catch (error) {
      over = true;
      way.settle();
      throw error;
    }
  }
}

/** The incremental way: every change goes through the same tables as a single commit, but all in one transaction. */
function plainWay(tables: StoreTables): LoadWay {
  const { upkeep, versions, prefixes, commitPrefixes } = tables;
  const hashes = createHashColumn(versions.lastRow());
  const writer = createCommitWriter({
    ...tables,
    hashOf: (row) => hashes.get(row) ?? versions.hashOf(row),
    onVersion: hashes.set,
  });
  return {
    prepare() {},
    append(ref, draft) {
      const { stand, rows } = writer.write(ref, draft);
      upkeep.turnIfDue(ref.refId);
      upkeep.committed(ref.refId);
      return { hash: stand.hash, changes: rows.length };
    },
    *complete() {
      while (prefixes.fill() || commitPrefixes.fill()) yield;
    },
    // The checkpoint is left to upkeep.
    settle() {},
  };
}

/** The sorted way: objects first, everything derived at the end in the order of its keys. Only for a file without commits. */
function sortedWay(tables: StoreTables): LoadWay {
  const { db, commits, prefixes, commitPrefixes } = tables;
  if (commits.lastId() > 0) throw new Error('a sorted load needs a file without commits');
  const columns = createChangeColumns();
  const hashes = createHashColumn(0);
  const writer = createCommitWriter({
    ...tables,
    hashOf: (row) => hashes.get(row) ?? null,
    onVersion: hashes.set,
    index: createMemoryIndex(columns),
  });
  return {
    prepare() {
      // Nothing is there to be lost, so no log is written beside the file until it is complete.
      db.pragma('journal_mode = MEMORY');
      db.pragma('synchronous = OFF');
    },
    append(ref, draft) {
      const { stand, rows } = writer.write(ref, draft);
      return { hash: stand.hash, changes: rows.length };
    },
    *complete() {
      const derived = createDerivedWriter(db);
      yield* deriveRows(columns.columns(), policyOf(tables), derived.sink);
      derived.flush();
      while (prefixes.fill() || commitPrefixes.fill()) yield;
    },
    settle() {
      // Going back to the log is a write of its own; with FULL it brings everything before it to the disk.
      db.pragma('synchronous = FULL');
      db.pragma('journal_mode = WAL');
    },
  };
}

import type Database from 'better-sqlite3';
import { ownPlace } from '../../../shared/versioning/commit-graph.ts';
import type { CommitTable } from './commit-table.ts';
import { epochLength } from './derived-tables.ts';
import type { EpochTable } from './epoch-table.ts';
import type { LineTable } from './line-table.ts';
import type { PrefixIndex } from './prefix-index.ts';
import type { RefTable } from './ref-table.ts';
import type { Transactions } from './transactions.ts';

/** Work that nobody waits for: checkpoints, and cutting the past of a line into epochs. */
export interface Upkeep {
  /** To be told after every commit. */
  committed(refId: number): void;
  /** Does one piece that is due; false when nothing is left. */
  tend(): boolean;
  /** Turns the epoch of a ref's line when that is due. Only inside a write. */
  turnIfDue(refId: number): void;
  stop(): void;
}

/** Commits between two checkpoints. */
const commitsPerCheckpoint = 200;

export function createUpkeep(parts: {
  readonly db: Database.Database;
  readonly transactions: Transactions;
  readonly epochs: EpochTable;
  readonly refs: RefTable;
  readonly commits: CommitTable;
  readonly lines: LineTable;
  readonly indexes: readonly PrefixIndex[];
  readonly epochChanges: number | undefined;
  readonly idle: boolean;
  readonly onFailure: (error: unknown) => void;
}): Upkeep {
  const { db, transactions, epochs, refs, commits, lines, indexes, epochChanges, idle, onFailure } = parts;
  let sinceCheckpoint = 0;
  const touched = new Set<number>();
  /** Line → changes in total before which it need not be looked at again: counting open cells takes milliseconds. */
  const nextLook = new Map<number, number>();
  let timer: NodeJS.Timeout | null = null;
  return {
    committed(refId) {
      sinceCheckpoint++;
      touched.add(refId);
      // Whether anything is due is looked at when nobody waits, too.
      if (idle && timer === null) timer = setTimeout(runIdle, 50).unref();
    },
    tend,
    turnIfDue(refId) {
      const turn = dueTurn(refId);
      if (turn !== null) epochs.turn(turn.line, turn.position, turn.changes);
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };

  function runIdle(): void {
    timer = null;
    try {
      if (tend()) timer = setTimeout(runIdle, 50).unref();
    } catch (error) {
      // Nothing is lost by upkeep that did not happen; the next commit meets the same trouble and says so.
      onFailure(error);
    }
  }

  function tend(): boolean {
    for (const refId of touched) {
      const turn = dueTurn(refId);
      if (turn === null) {
        touched.delete(refId);
        continue;
      }
      transactions.write(() => epochs.turn(turn.line, turn.position, turn.changes));
      return true;
    }
    const due = indexes.find((index) => index.isDue());
    if (due !== undefined) {
      transactions.write(due.fill);
      return true;
    }
    if (sinceCheckpoint < commitsPerCheckpoint) return false;
    sinceCheckpoint = 0;
    db.pragma('wal_checkpoint(PASSIVE)');
    return true;
  }

  /** A turn is due after as many changes as the line has open cells: a search then reads about twice what is live. */
  function dueTurn(refId: number): { readonly line: number; readonly position: number; readonly changes: number } | null {
    const ref = refs.byId(refId);
    if (ref?.tip == null || ref.tip.line !== ref.line) return null;
    const { line, tip } = ref;
    if (tip.changesTotal < (nextLook.get(line) ?? 0)) return null;
    const { epoch, changes } = epochs.newest(line);
    const before = epoch > 0 ? changes : changesBefore(line);
    const wanted = epochLength(epochChanges, () => epochs.liveCount(line));
    if (tip.changesTotal - before < wanted) {
      nextLook.set(line, before + wanted);
      return null;
    }
    return { line, position: tip.position + 1, changes: tip.changesTotal };
  }

  /** Changes of the line that a line continues. */
  function changesBefore(line: number): number {
    const { parent, fork } = lines.graph.line(line);
    return parent === null ? 0 : (commits.at(ownPlace(lines.graph, { line: parent, position: fork }))?.changesTotal ?? 0);
  }
}

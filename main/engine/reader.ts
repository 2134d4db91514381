import type { EngineLog } from './engine-log.ts';
import type { Actor, AppendOutcome, CommitDraft, LocalStore } from './local-store/store.ts';
import type { MergeWrites } from './local-store/merge-table.ts';
import type { Role } from './programs/settings.ts';
import type { CommitHash } from '../../shared/ids.ts';

type WritingMethods =
  | 'write'
  | 'mergeWrites'
  | 'rename'
  | 'createBranch'
  | 'deleteBranch'
  | 'restoreBranch'
  | 'renameBranch'
  | 'describeBranch'
  | 'protectBranch'
  | 'archiveBranch'
  | 'appendCommit'
  | 'startBulkLoad'
  | 'bulkLoad'
  | 'rebuildDerived'
  | 'tend'
  | 'close';

/** The open programme as a query sees it: it can change nothing. */
export type StoreReader = Omit<LocalStore, WritingMethods>;

/** What a gesture adds to a commit; who, where and when are the writer's to fill in. */
export type Gesture = Omit<CommitDraft, 'author' | 'authorName' | 'device' | 'recordedAt' | 'at'>;

/** Those who may act in this data folder. */
export interface Users {
  readonly all: readonly { readonly userId: string; readonly name: string }[];
  /** `null` for one who was removed, or was never here. */
  nameOf(userId: string): string | null;
}

/** Who asks, for answers that depend on it. */
export interface Asker {
  readonly userId: string;
  readonly role: Role;
  readonly users: Users;
  /** Everything there is, also what the asker may not see: only for what follows the rule of visibility itself (`views/sight.ts`). */
  readonly whole: StoreReader;
}

export type BranchWrites = Pick<
  LocalStore,
  'createBranch' | 'deleteBranch' | 'restoreBranch' | 'renameBranch' | 'describeBranch' | 'protectBranch' | 'archiveBranch'
>;

/** The open programme as a command sees it, with everything a command takes from outside. */
export interface Writer {
  /** As the acting user may read it. */
  readonly store: StoreReader;
  /** Everything there is: for what must not depend on who asks, such as that identifiers are unique. Nothing of it may be told. */
  readonly whole: StoreReader;
  /** Who acts. */
  readonly actor: Actor;
  /** What the acting user may do here. */
  readonly role: Role;
  readonly users: Users;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly random: (bytes: number) => Uint8Array;
  readonly log: EngineLog;
  /**
   * Appends one commit in the acting user's name. All commits of one command share one instant, later than every move before, so that a
   * moment of the past shows the whole of a gesture or nothing of it. The watchers are told when the whole command is on the disk.
   */
  append(ref: string, gesture: Gesture, options?: { readonly expectedTip?: CommitHash | null }): AppendOutcome;
  /** Changes which branches there are. */
  branches<Result>(change: (store: BranchWrites) => Result): Result;
  /** Changes what is kept of merges in progress. */
  merges<Result>(change: (merges: MergeWrites) => Result): Result;
}

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

export type BranchWrites = Pick<
  LocalStore,
  'createBranch' | 'deleteBranch' | 'restoreBranch' | 'renameBranch' | 'describeBranch' | 'protectBranch' | 'archiveBranch'
>;

/** The open programme as a command sees it, with everything a command takes from outside. */
export interface Writer {
  readonly store: StoreReader;
  /** Who acts. */
  readonly actor: Actor;
  /** What the acting user may do here. */
  readonly role: Role;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly random: (bytes: number) => Uint8Array;
  readonly log: EngineLog;
  /** Appends one commit in the acting user's name. The watchers are told when the whole command is on the disk. */
  append(ref: string, gesture: Gesture, options?: { readonly expectedTip?: CommitHash | null }): AppendOutcome;
  /** Changes which branches there are. */
  branches<Result>(change: (store: BranchWrites) => Result): Result;
  /** Changes what is kept of merges in progress. */
  merges<Result>(change: (merges: MergeWrites) => Result): Result;
}

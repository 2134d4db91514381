import type { Checksum, CommitHash, Instant, Moment, VersionHash } from '../../../shared/ids.ts';
import type { Fields, Json } from '../../../shared/json.ts';
import type { MergeReads, MergeWrites } from './merge-table.ts';

/** How many changes one commit holds at the most. */
export const mostChanges = 50_000;

/**
 * One programme file. Everything is synchronous. Every method reads one consistent state; several calls read the same state when they are
 * wrapped in `read`. All refusals are `RefusedError`: DAMAGED, READ_ONLY, STORAGE_FULL, UNSUPPORTED, NOT_FOUND, EXISTS, STALE, INVALID, CANCELLED.
 *
 * Refs are named in full: `heads/<branch>` for a branch (`branchRef(name)` of `shared/versioning/ref-name.ts`), `notes` for the notes.
 * A fresh file has `heads/main` and `notes`.
 */
export interface LocalStore {
  readonly file: string;
  /** True when the file or its folder cannot be written to, or when it was asked for: every write refuses with READ_ONLY. */
  readonly readonly: boolean;

  /** Runs `work` on one consistent state; calls nest. Wrap each request in it: it is also faster than many single reads. */
  read<T>(work: () => T): T;

  // What the file says about itself.
  properties(): FileProperties;
  /** Changes the programme's name. */
  rename(name: string): void;
  counts(): FileCounts;
  /** How many entities of each type exist at a place. */
  countsAt(place: Place): ReadonlyMap<string, number>;

  // Refs and branches.
  /** Every ref, in the order of creation. Deleted ones only when asked for. */
  refs(options?: { readonly deleted?: boolean }): readonly BranchRecord[];
  /** Full names of the refs, in the order of creation, deleted ones too: next to free, where what else is known of a ref is not asked for. */
  refNames(): readonly string[];
  /** One ref by its full name, also a deleted one (see `deletedAt`); `null` when there never was one. */
  ref(name: string): BranchRecord | null;
  /** Makes a ref at a place of its parent. One row, however large the history. Refuses EXISTS (also when a deleted one has the name). */
  createBranch(branch: NewBranch): BranchRecord;
  /** Hides a branch; its commits stay. */
  deleteBranch(name: string, by: Actor): BranchRecord;
  restoreBranch(name: string, by: Actor): BranchRecord;
  renameBranch(name: string, next: string, by: Actor): BranchRecord;
  describeBranch(name: string, description: string | null, by: Actor): BranchRecord;
  /** Marks a branch as taking direct changes only from those who may, or as any other. Who may is the caller's to know. */
  protectBranch(name: string, isProtected: boolean, by: Actor): BranchRecord;
  /** Puts a branch away, or takes it out again; nothing else changes. */
  archiveBranch(name: string, archived: boolean, by: Actor): BranchRecord;
  /** The hash of the newest move of any ref; empty before the first. It names one state of the whole file, and costs next to nothing to ask. */
  lastMove(): string;
  /** Moves of refs, newest first. `before` is a `seq`. */
  refLog(options?: { readonly ref?: string; readonly before?: number; readonly limit?: number }): readonly RefLogEntry[];

  // Places and commits.
  /**
   * What a ref showed at a moment: an instant (included; the future is now), a commit of its line, or now when left out.
   * Before the ref existed, or while it was deleted, position 0: nothing existed. Refuses NOT_FOUND for an unknown ref or a commit that is not on its line.
   */
  placeAt(ref: string, moment?: Moment): Place;
  /** The place of a position on a ref's line, clamped to the line. */
  placeAtPosition(ref: string, position: number): Place;
  /** The place right after a commit, whichever line it is on. Refuses NOT_FOUND. */
  placeOf(commit: CommitHash): Place;
  /** Whether the line of `place` holds this commit at or before the place. */
  holds(place: Place, commit: CommitHash): boolean;
  commit(hash: CommitHash): CommitRecord | null;
  /** The commit at a place; `null` at position 0. */
  commitAt(place: Place): CommitRecord | null;
  /** The commit that wrote this occurrence of a version (a delete too). */
  commitOf(row: VersionRow): CommitRecord;
  /** A commit's changes in canonical order, without bodies; load them with `versions`. */
  changesOf(commit: CommitHash, options?: { readonly limit?: number }): readonly StoredChange[];
  /** The commit's hash and those of all its versions, computed again from the stored bytes. */
  recheck(commit: CommitHash): boolean;
  /** The line that ends at a place, newest first. `total` counts everything that passes the filter. */
  line(place: Place, filter?: LineFilter): LinePage;
  /** Commits of certain kinds on the line that ends at a place, newest first. */
  commitsOfKinds(place: Place, kinds: readonly string[], limit?: number): readonly CommitRecord[];
  /** Change counts per equal stretch of time, oldest first; costs a few seeks per bucket, however long the line. */
  density(place: Place, options: { readonly buckets: number; readonly from?: Moment; readonly to?: Moment }): readonly DensityBucket[];
  /** Authors of the line that ends at a place; `own` leaves out what was inherited at or before that position. */
  contributors(place: Place, options?: { readonly own?: number }): readonly { readonly author: string; readonly commits: number }[];
  /** How many commits each of two places has that the other has not. */
  aheadBehind(place: Place, other: Place): { readonly ahead: number; readonly behind: number };
  /** The newest place on the lines of both (their first-parent common ancestor). */
  forkOf(place: Place, other: Place): Place;
  /** The best common ancestors of two places, in the same order whichever is named first: several after criss-cross merges, none when their histories never met. */
  mergeBases(place: Place, other: Place): readonly Place[];
  /** Whether everything of a place's history is in the history of another, through merges too. */
  isAncestor(place: Place, of: Place): boolean;
  /** What was chosen in a commit where both sides of the merge had changed something. */
  decisionsOf(commit: CommitHash): readonly Json[];

  // Merges in progress.
  readonly merges: MergeReads;
  readonly mergeWrites: MergeWrites;

  // State.
  /** One entity as of a place; `null` when it did not exist. */
  versionAt(type: string, id: string, place: Place): StoredVersion | null;
  /** All entities of a type that existed at a place, in no promised order. Bodies are read in portions as the iteration goes on. */
  entitiesAt(type: string, place: Place): Iterable<StoredVersion>;
  /** The entities of a type whose stretch of slots touches `from..to` (both included), of some subjects or of all. */
  windowAt(type: string, place: Place, window: StoreWindow): readonly StoredVersion[];
  /** Ids of every entity of a type that touched the window of these subjects at any time up to a place, also those gone since. In no promised order. */
  everIn(type: string, place: Place, window: StoreWindow & { readonly subjects: readonly string[] }): readonly string[];
  /** The net changes from one place to another, of any two lines, in canonical entity order. No bodies are read unless needed to tell equal content. */
  changesBetween(from: Place, to: Place, options?: { readonly types?: readonly string[] }): readonly NetChange[];
  /** As `changesBetween`, only those that touch a window before or after, with both sides loaded. */
  windowChanges(type: string, from: Place, to: Place, window: StoreWindow): readonly LoadedChange[];
  /** Every occurrence of an entity on every line, oldest first by commit row. With `place`, only those visible on the line that ends there. */
  versionsOf(type: string, id: string, place?: Place): readonly Occurrence[];
  /** Loads versions by row, in the order given. A row of a delete refuses NOT_FOUND. */
  versions(rows: readonly VersionRow[]): readonly StoredVersion[];
  /** Some occurrence of this content; `null` when unknown. */
  versionByHash(hash: VersionHash): StoredVersion | null;
  /** Every occurrence of this content, oldest first. */
  occurrencesOfHash(hash: VersionHash): readonly Occurrence[];

  // Writing.
  /** Runs several writes, and the reads between them, as one: all or nothing, on the disk when it returns. Calls nest. */
  write<T>(work: () => T): T;
  /**
   * Appends one commit to a ref in one transaction and answers when it is on the disk. With `expectedTip` it answers `stale` and writes
   * nothing when the tip is another. Fields are whole records; the operation must fit (create what is not there: EXISTS; change what is not there: NOT_FOUND).
   */
  appendCommit(ref: string, draft: CommitDraft, options?: { readonly expectedTip?: CommitHash | null }): AppendOutcome;
  /** Writes many commits at once; see `BulkLoad`. Nobody else may use the store until it is finished or cancelled. */
  startBulkLoad(options?: BulkOptions): BulkLoad;
  /** `startBulkLoad` for a whole sequence, in one go. A `false` from `onProgress` cancels: refuses CANCELLED, nothing is left behind. */
  bulkLoad(
    steps: Iterable<BulkStep>,
    options?: BulkOptions & { readonly onProgress?: (progress: BulkProgress) => boolean | void },
  ): BulkProgress;

  // Keeping.
  /** Computes the derived tables again from the objects. */
  rebuildDerived(): void;
  /** Checks everything stored; never throws for what it finds. A `false` from `onProgress` cancels with CANCELLED. */
  verify(options?: VerifyOptions & { readonly onProgress?: (progress: VerifyProgress) => boolean | void }): VerifyReport;
  /** The same in slices of some milliseconds, on its own connection and one state: take the next slice when convenient. */
  verifySlices(options?: VerifyOptions): Generator<VerifyProgress, VerifyReport>;
  /** One piece of work that is due and off the answered path (checkpoint, epoch turn). False when nothing is left. Runs by itself when the thread idles unless `upkeep: 'manual'`. */
  tend(): boolean;
  /** Checkpoints and closes. Safe to call twice. */
  close(): void;
}

/** Opens or creates a programme file. */
export interface LocalStoreOptions {
  readonly file: string;
  /** Milliseconds since 1970; the device's clock. */
  readonly clock: () => number;
  /** Where an entity stands in the grid, in slots (both included); `null` for types without a grid. Must be total and pure. */
  readonly axes: (type: string, fields: Fields) => Axes | null;
  /** Raise it when `axes` answers differently than before: the derived tables are then made again at the next open. */
  readonly axesVersion?: number;
  /** The type that `Axes.subject` names; `person` unless told. */
  readonly subjectType?: string;
  readonly readonly?: boolean;
  /** Bytes beyond which an existing file may not grow: STORAGE_FULL. The disk decides unless told. */
  readonly largestFile?: number;
  /** Makes the file when it is not there. Without it a missing file refuses NOT_FOUND. */
  readonly create?: NewFile;
  /** Changes on one line until its past is cut; the live entities' number and more unless told (tests force small ones). */
  readonly epochChanges?: number;
  /** Changes between two places up to which `windowChanges` reads the log rather than both windows; 2,000 unless told. */
  readonly logChanges?: number;
  /** Parsed versions kept in memory; 200,000 unless told. */
  readonly cachedVersions?: number;
  readonly upkeep?: 'idle' | 'manual';
  /** Told when upkeep failed; nothing is lost by it. For the log. */
  readonly onUpkeepFailure?: (error: unknown) => void;
}

export interface Axes {
  readonly subject: string | null;
  readonly from: number;
  readonly to: number;
}

export interface NewFile {
  readonly name: string;
  readonly sample: boolean;
  readonly by: Actor;
  /** When `main` begins; now unless told. A generated history begins before its first commit. */
  readonly at?: Instant;
}

export interface Actor {
  readonly userId: string;
  readonly userName: string;
  readonly device: string;
}

export interface FileProperties {
  readonly name: string;
  readonly sample: boolean;
  readonly createdAt: Instant;
  readonly formatVersion: number;
  readonly size: number;
}

export interface FileCounts {
  readonly commits: number;
  readonly versions: number;
  readonly entities: number;
  readonly refs: number;
}

/** The row of one occurrence of a version; means something only within its file. */
export type VersionRow = number;

/** A position on a line. Only the store makes them. `line` is the line that owns the position and means something only within its file. */
export interface Place {
  readonly line: number;
  /** Commits from 1 along the whole first-parent line; 0 is before the first. */
  readonly position: number;
  readonly commit: CommitHash | null;
  readonly at: Instant | null;
}

export interface BranchRecord {
  /** Full name of the ref: `heads/main`. */
  readonly ref: string;
  /** The branch's name: `main`; for other refs the full name. */
  readonly name: string;
  readonly parent: string | null;
  readonly base: CommitHash | null;
  readonly basePosition: number;
  readonly tip: CommitHash | null;
  readonly position: number;
  readonly createdBy: string;
  readonly createdByName: string;
  readonly createdAt: Instant;
  readonly description: string | null;
  readonly deletedAt: Instant | null;
  readonly deletedBy: string | null;
  readonly isProtected: boolean;
  readonly archivedAt: Instant | null;
  /** The `at` of the ref's newest log entry. */
  readonly movedAt: Instant;
}

export interface NewBranch {
  /** Full name of the ref. */
  readonly ref: string;
  /** Full name of the parent ref; `null` for a line of its own. */
  readonly parent: string | null;
  /** Where on the parent's line; its tip unless told. */
  readonly place?: Place;
  readonly description?: string | null;
  readonly by: Actor;
  /** For generated histories; now unless told. */
  readonly at?: Instant;
}

export interface RefLogEntry {
  readonly seq: number;
  readonly ref: string;
  readonly old: CommitHash | null;
  readonly new: CommitHash | null;
  readonly at: Instant;
  readonly by: string;
  readonly device: string;
  /** Why the ref moved: by a commit, or by what was done to the branch. */
  readonly cause: RefCause;
  /** SHA-256 over this entry and the hash of the entry before it. */
  readonly hash: string;
}

export type RefCause =
  | { readonly kind: 'commit' }
  | {
      readonly kind: 'create';
      readonly ref: string;
      readonly parent: string | null;
      readonly line: number;
      readonly parentLine: number | null;
      readonly fork: number;
      readonly byName: string;
      readonly description: string | null;
    }
  | { readonly kind: 'delete' }
  | { readonly kind: 'restore' }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'describe'; readonly description: string | null }
  | { readonly kind: 'protect'; readonly protected: boolean }
  | { readonly kind: 'archive'; readonly archived: boolean };

export type CommitKindName = 'edit' | 'import' | 'generate' | 'restore' | 'revert' | 'undo' | 'redo' | 'merge';
export type ChangeOp = 'create' | 'update' | 'delete';

export interface DraftChange {
  readonly type: string;
  readonly id: string;
  readonly op: ChangeOp;
  /** The whole record after the change; `null` for a delete. Top-level nulls are dropped. */
  readonly fields: Fields | null;
  /** 32 hex; for types with personal fields. */
  readonly salt?: string;
}

export interface CommitDraft {
  readonly author: string;
  readonly authorName: string;
  readonly device: string;
  /** The author's clock. */
  readonly recordedAt: Instant;
  /** The branch's time, for generated and replayed histories: raised where it is not later than the entry before. Now unless told. */
  readonly at?: Instant;
  readonly message: string;
  readonly reason?: string;
  readonly kind: CommitKindName;
  readonly undoes?: CommitHash;
  readonly redoes?: CommitHash;
  /** Second parent of a merge. */
  readonly mergeParent?: CommitHash;
  /** At most 50,000, each entity once, in any order. */
  readonly changes: readonly DraftChange[];
  /** What was chosen where both sides of a merge had changed something. */
  readonly decisions?: readonly Json[];
}

export interface CommitRecord {
  readonly commit: CommitHash;
  readonly parents: readonly CommitHash[];
  readonly line: number;
  readonly position: number;
  /** The branch's time. */
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly author: string;
  readonly authorName: string;
  readonly device: string;
  readonly kind: CommitKindName;
  readonly message: string;
  readonly reason: string | null;
  readonly undoes: CommitHash | null;
  readonly redoes: CommitHash | null;
  readonly changeCount: number;
  /** Whether people or rules chose something in it; see `decisionsOf`. */
  readonly hasDecisions: boolean;
  readonly counts: readonly { readonly type: string; readonly create: number; readonly update: number; readonly delete: number }[];
}

export interface StoredVersion {
  readonly row: VersionRow;
  readonly version: VersionHash;
  readonly type: string;
  readonly id: string;
  /** Frozen; shared between answers. */
  readonly fields: Fields;
  readonly salt: string | null;
}

/** SHA-256 of the canonical JSON of the fields alone is not stored; `checksumOf(fields)` of `shared/versioning/version.ts` computes it. */
export type { Checksum };

/** One change of a commit. */
export interface StoredChange {
  readonly type: string;
  readonly id: string;
  readonly op: ChangeOp;
  readonly before: VersionRow | null;
  readonly after: VersionRow | null;
  readonly version: VersionHash | null;
  /** The occurrence itself: `after`, or for a delete the row of the delete; ask `commitOf` with it. */
  readonly row: VersionRow;
}

/** What became of one entity from one place to another; `null` where it did not exist. */
export interface NetChange {
  readonly type: string;
  readonly id: string;
  readonly before: VersionRow | null;
  readonly after: VersionRow | null;
  /** The occurrence that set the `to` side (for a removed entity the delete, or `null` when the way to `to` leads back before its creation): ask `commitOf` with it. */
  readonly cause: VersionRow | null;
}

export interface LoadedChange {
  readonly type: string;
  readonly id: string;
  readonly before: StoredVersion | null;
  readonly after: StoredVersion | null;
}

/** One stand of an entity in the history: a version, or its delete, in a commit. */
export interface Occurrence {
  readonly row: VersionRow;
  readonly op: ChangeOp;
  /** `null` for a delete. */
  readonly version: VersionHash | null;
  /** What was there before, in the commit's first parent. */
  readonly before: VersionHash | null;
  readonly commit: CommitRecord;
}

export interface StoreWindow {
  /** Ids of subjects (people); every subject, and entities without one, when left out. */
  readonly subjects?: readonly string[];
  readonly from: number;
  readonly to: number;
}

export interface LineFilter {
  /** Moments, both included. A commit must be on the line. */
  readonly from?: Moment;
  readonly to?: Moment;
  readonly author?: string;
  readonly type?: string;
  readonly entity?: { readonly type: string; readonly id: string };
  readonly limit?: number;
  /** `next` of the page before. */
  readonly cursor?: string;
}

export interface LinePage {
  readonly items: readonly CommitRecord[];
  readonly total: number;
  readonly next: string | null;
}

export interface DensityBucket {
  readonly from: Instant;
  readonly to: Instant;
  readonly changes: number;
  readonly commits: number;
  /** 0 when the bucket is empty. */
  readonly firstPosition: number;
  readonly lastPosition: number;
}

export type AppendOutcome =
  | { readonly kind: 'committed'; readonly commit: CommitRecord; readonly changes: readonly StoredChange[] }
  | { readonly kind: 'stale'; readonly tip: CommitHash | null };

export interface BulkOptions {
  /**
   * For a file that was made just now and holds no commits: objects are written alone, and the derived tables at the end in sorted order.
   * The fastest way to load a long history; a crash in the middle leaves a file that must be thrown away.
   */
  readonly sorted?: boolean;
}

export type BulkStep = { readonly ref: string; readonly draft: CommitDraft } | { readonly createBranch: NewBranch };

export interface BulkProgress {
  readonly commits: number;
  readonly versions: number;
  /** What the load is doing: taking commits, or (sorted) writing the derived tables. */
  readonly stage: 'objects' | 'derived' | 'done';
}

/** A load in progress. The caller takes its own time between calls, so that a progress bar can move. */
export interface BulkLoad {
  append(ref: string, draft: CommitDraft): CommitHash;
  createBranch(branch: NewBranch): BranchRecord;
  readonly progress: BulkProgress;
  /** Makes everything durable. The sorted way writes its derived tables here, in slices: exhaust the generator. */
  finish(): Generator<BulkProgress, BulkProgress>;
  /** Takes everything back; a file that was made for the load is as empty as before. */
  cancel(): void;
}

export interface VerifyOptions {
  /** Also SQLite's own integrity check, and derived tables row by row; true unless told. */
  readonly full?: boolean;
  /** Stops collecting faults after this many; 1,000 unless told. */
  readonly maxFaults?: number;
}

export interface VerifyProgress {
  readonly stage: 'file' | 'versions' | 'commits' | 'ref log' | 'derived';
  readonly done: number;
  readonly total: number;
}

/** As the app contract's `verify/run`. */
export interface VerifyReport {
  readonly ok: boolean;
  readonly checked: {
    readonly versions: number;
    readonly commits: number;
    readonly refs: number;
    readonly refLog: number;
    readonly derived: number;
  };
  readonly faults: readonly StoreFault[];
  readonly millis: number;
}

export interface StoreFault {
  readonly where: 'file' | 'version' | 'commit' | 'ref' | 'ref log' | 'line' | 'entity' | 'shape' | 'derived';
  readonly problem: string;
  readonly commit: string | null;
  readonly version: string | null;
  readonly type: string | null;
  readonly id: string | null;
  readonly field: string | null;
  readonly table: string;
  readonly row: string | null;
}

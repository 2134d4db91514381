import { oc } from '@orpc/contract';
import { z } from 'zod';
import { refusalStatus, type RefusalCode } from '../../errors.ts';
import { Checksum, CommitHash, EntityId, EntityType, Half, Instant, UserId, VersionHash } from '../../ids.ts';
import { Fields, Json } from '../../json.ts';

const refusalData = z.looseObject({
  what: z.string().optional(),
  id: z.string().optional(),
  fields: z
    .array(z.looseObject({ field: z.string(), problem: z.string(), type: z.string().optional(), id: z.string().optional() }))
    .optional(),
  issues: z.array(z.unknown()).optional(),
});

type RefusalMap = { [C in RefusalCode]: { status: number; data: typeof refusalData } };

/** Every refusal of `shared/errors.ts`, in oRPC's form. */
export const refusals = Object.fromEntries(
  Object.entries(refusalStatus).map(([code, status]) => [code, { status, data: refusalData }]),
) as RefusalMap;

/** What every procedure of the app contract starts from: a POST with a JSON object, and the refusals it may meet. */
export const call = oc.errors(refusals);

/** A list answer: `items`, the true `total` of the whole list, and the cursor of the next page (`null` at the end). */
export function Page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), total: z.int(), next: z.string().nullable() });
}

/** `limit` and `cursor` of a list call; the limit is 100 unless told. */
export const paging = { limit: z.int().min(1).max(100_000).default(100), cursor: z.string().max(500).optional() };

/** `main` unless told. The name is resolved by the engine, which refuses an unknown one. */
export const branch = z.string().min(1).max(200).default('main');

export const Op = z.enum(['create', 'update', 'delete']);
export type Op = z.infer<typeof Op>;

export const CommitKind = z.enum(['edit', 'import', 'generate', 'restore', 'revert', 'undo', 'redo', 'merge']);
export type CommitKind = z.infer<typeof CommitKind>;

/**
 * On which clock an answer rests. `official`: the branch's time, as a server accepted it. `local`: this device's ref log.
 * `complete` is false when part of the history is not on this computer.
 */
export const Basis = z.object({
  basis: z.enum(['official', 'local']),
  complete: z.boolean(),
  commit: CommitHash.nullable(),
  position: z.int(),
  at: Instant.nullable(),
});
export type Basis = z.infer<typeof Basis>;

export const Counts = z.array(z.object({ type: EntityType, create: z.int(), update: z.int(), delete: z.int() }));

export const Tag = z.object({ note: EntityId, tag: z.string(), author: z.string(), authorName: z.string(), at: Instant });
export type Tag = z.infer<typeof Tag>;
export const Comment = z.object({ note: EntityId, text: z.string(), author: z.string(), authorName: z.string(), at: Instant });
export type Comment = z.infer<typeof Comment>;

/** What was chosen in a merge where both sides had changed something, as its commit keeps it. The branches are called as they were then. */
export const RecordedDecision = z.object({
  entity: z.object({ type: EntityType, id: EntityId }),
  field: z.string().nullable(),
  /** Label of the field, or of the type where the record as a whole was decided. */
  label: z.string(),
  title: z.string(),
  source: z.string(),
  target: z.string(),
  baseText: z.string(),
  sourceText: z.string(),
  targetText: z.string(),
  /** What came out. */
  valueText: z.string(),
  /** Which side was taken, or that it was another value. */
  chose: z.enum(['source', 'target', 'base', 'custom', 'delete', 'keep-both', 'repair']),
  by: z.enum(['person', 'rule', 'memory', 'repair']),
  author: z.string(),
  authorName: z.string(),
  at: Instant,
  reason: z.string().nullable(),
  origin: z.string().nullable(),
  /** `main: Clinic A, try-4-week: ICU; Ana Lima chose ICU on Tue 4 Aug 09:12 because …`. */
  text: z.string(),
});
export type RecordedDecision = z.infer<typeof RecordedDecision>;

/** One step of a branch's line. `position` counts from 1 along the whole first-parent line. `at` is the branch's time. */
export const CommitSummary = z.object({
  commit: CommitHash,
  position: z.int(),
  branch: z.string(),
  at: Instant,
  recordedAt: Instant,
  author: z.string(),
  authorName: z.string(),
  device: z.string(),
  kind: CommitKind,
  message: z.string(),
  reason: z.string().nullable(),
  parents: z.array(CommitHash),
  counts: Counts,
  /** The counts in words: `3 assignments, 1 absence`. */
  summary: z.string(),
  /** Tags on the commit, and what else makes it stand out on the slider. */
  tags: z.array(z.string()),
  marks: z.array(z.enum(['tag', 'comment', 'merge', 'import', 'restore', 'branch'])),
  isMerge: z.boolean(),
  /** The branch that was merged; `null` unless it is a merge. */
  mergeSource: z.string().nullable(),
});
export type CommitSummary = z.infer<typeof CommitSummary>;

/** One field that differs, for people: label and both values in words, beside the raw values. */
export const FieldChange = z.object({
  field: z.string(),
  label: z.string(),
  kind: z.enum(['added', 'removed', 'modified']),
  old: Json.nullable(),
  new: Json.nullable(),
  oldText: z.string(),
  newText: z.string(),
});
export type FieldChange = z.infer<typeof FieldChange>;

/** One entity that differs between two moments. `text` is one readable line, `title` names the thing. */
export const EntityChange = z.object({
  kind: z.enum(['added', 'removed', 'changed']),
  type: EntityType,
  typeLabel: z.string(),
  id: EntityId,
  title: z.string(),
  text: z.string(),
  from: VersionHash.nullable(),
  to: VersionHash.nullable(),
  fromFields: Fields.nullable(),
  toFields: Fields.nullable(),
  fields: z.array(FieldChange),
  /** Who set the `to` side, when and why (for a removed one: who removed it). */
  author: z.string().nullable(),
  authorName: z.string().nullable(),
  at: Instant.nullable(),
  commit: CommitHash.nullable(),
  message: z.string().nullable(),
  reason: z.string().nullable(),
  /** Where it stands in the grid, for an assignment. */
  slot: z.object({ personId: z.string(), date: z.string(), half: Half }).nullable(),
});
export type EntityChange = z.infer<typeof EntityChange>;

export const ChangeTotals = z.object({ added: z.int(), removed: z.int(), changed: z.int() });

/** One version in the history of an entity, newest first in lists. */
export const HistoryEntry = z.object({
  /** For a delete, which has no content of its own, the version that it ended. */
  version: VersionHash,
  number: z.int(),
  commit: CommitHash,
  position: z.int(),
  recordedAt: Instant,
  officialAt: Instant,
  userId: z.string(),
  userName: z.string(),
  operation: Op,
  checksum: Checksum.nullable(),
  fields: Fields.nullable(),
  /** The value in words: the code of a cell, the name of a person; `deleted` for a delete. */
  text: z.string(),
  message: z.string(),
  reason: z.string().nullable(),
  tags: z.array(z.string()),
  /** The newest tag, or `null`. */
  label: z.string().nullable(),
  comments: z.array(Comment),
  branch: z.string(),
  parentVersion: VersionHash.nullable(),
  isMerge: z.boolean(),
  mergeSource: z.string().nullable(),
  /** What was chosen about this entity in the merge that wrote it. */
  decisions: z.array(RecordedDecision),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** Field conditions of a filter: equal to a value, one of several, or within bounds (inclusive; text and numbers). All must hold. */
export const Filters = z.record(
  z.string(),
  z.union([
    z.strictObject({ in: z.array(Json).max(10_000) }),
    z.strictObject({ from: z.union([z.string(), z.number()]).optional(), to: z.union([z.string(), z.number()]).optional() }),
    z.union([z.string(), z.number(), z.boolean(), z.null()]),
  ]),
);
export type Filters = z.infer<typeof Filters>;

export { Checksum, CommitHash, EntityId, EntityType, Fields, Half, Instant, Json, UserId, VersionHash };

import { z } from 'zod';
import {
  Basis,
  branch,
  call,
  Checksum,
  CommitHash,
  EntityId,
  EntityType,
  FieldChange,
  Fields,
  Filters,
  HistoryEntry,
  Instant,
  Json,
  Page,
  paging,
  RecordedDecision,
  UserId,
  VersionHash,
} from './base.ts';
import { Moment } from '../../ids.ts';

export const AtMoment = z.object({
  type: EntityType,
  id: EntityId,
  existed: z.boolean(),
  /** `-1` where the entity did not exist. */
  version: z.union([VersionHash, z.literal(-1)]),
  fields: Fields,
  basis: Basis,
});
export type AtMoment = z.infer<typeof AtMoment>;

/** Where one field's value comes from. `field` is `null` for the record as a whole: its delete. */
export const BlamedField = z.object({
  field: z.string().nullable(),
  label: z.string(),
  value: Json,
  text: z.string(),
  commit: CommitHash,
  branch: z.string(),
  author: z.string(),
  authorName: z.string(),
  at: Instant,
  message: z.string(),
  reason: z.string().nullable(),
  /** The merges it came through on its way here, the nearest first, each with the branch it came from and what was decided about it there. */
  through: z.array(
    z.object({
      commit: CommitHash,
      author: z.string(),
      authorName: z.string(),
      at: Instant,
      /** Which side of the merge the value came from; `neither` where it was made in the merge itself. */
      side: z.enum(['source', 'target', 'neither']),
      source: z.string().nullable(),
      decision: RecordedDecision.nullable(),
    }),
  ),
});
export type BlamedField = z.infer<typeof BlamedField>;

export const versions = {
  history: call.input(z.strictObject({ type: EntityType, id: EntityId, branch, ...paging })).output(Page(HistoryEntry)),
  /** `null` when unknown. */
  get: call
    .input(z.strictObject({ version: z.string().max(200) }))
    .output(
      z.object({ version: VersionHash, type: EntityType, id: EntityId, fields: Fields, checksum: Checksum, text: z.string() }).nullable(),
    ),
  /**
   * How the entity was on the branch at a moment, that moment included. A future instant is now. With `view` as that user saw it then: one's own
   * view, or what a user offered; `version` names the shared version under it.
   */
  at: call
    .input(z.strictObject({ type: EntityType, id: EntityId, branch, at: Moment.optional(), view: UserId.optional() }))
    .output(AtMoment),
  /** All entities of a type that existed on the branch at a moment. */
  allAt: call
    .input(
      z.strictObject({ type: EntityType, branch, at: Moment.optional(), filters: Filters.optional(), view: UserId.optional(), ...paging }),
    )
    .output(Page(z.object({ type: EntityType, id: EntityId, version: VersionHash, fields: Fields })).extend({ basis: Basis })),
  compare: call.input(z.strictObject({ type: EntityType, id: EntityId, from: z.string().max(200), to: z.string().max(200) })).output(
    z.object({
      type: EntityType,
      id: EntityId,
      from: VersionHash,
      to: VersionHash,
      fromAt: Instant,
      toAt: Instant,
      changes: z.array(FieldChange),
      added: z.array(z.string()),
      removed: z.array(z.string()),
      modified: z.array(z.string()),
      summary: z.string(),
    }),
  ),
  /** Brings one entity back to an older version by appending; also brings a deleted one back. */
  rollback: call
    .input(z.strictObject({ type: EntityType, id: EntityId, version: VersionHash, reason: z.string().trim().min(1).max(2_000), branch }))
    .output(
      z.object({
        success: z.literal(true),
        type: EntityType,
        id: EntityId,
        targetVersion: VersionHash,
        newVersion: VersionHash,
        commit: CommitHash,
        rolledBackBy: z.string(),
        rolledBackAt: Instant,
        reason: z.string(),
        /** False when the entity already had exactly this content: nothing was appended. */
        changed: z.boolean(),
      }),
    ),
  /** For every field of an entity: the commit, author and time its value comes from, found through merges, with the side and the decision. */
  blame: call.input(z.strictObject({ type: EntityType, id: EntityId, branch, at: Moment.optional() })).output(
    z.object({
      type: EntityType,
      id: EntityId,
      title: z.string(),
      basis: Basis,
      /** `false` where it does not exist then: the one entry is about its delete, or there is none. */
      existed: z.boolean(),
      fields: z.array(BlamedField),
    }),
  ),
  lineage: call.input(z.strictObject({ type: EntityType, id: EntityId })).output(
    z.object({
      type: EntityType,
      id: EntityId,
      totalVersions: z.int(),
      createdAt: Instant.nullable(),
      lastModified: Instant.nullable(),
      versions: z.array(HistoryEntry),
      /** The branches it changed on, and the views it may show through to the asker: `your view`, `Bruno’s offer`. */
      branches: z.array(z.string()),
      /** Only for types with views: one's own view of a record one is linked to and the standing offers of it, with the numbers of what they show. */
      views: z
        .array(
          z.object({ user: z.string(), name: z.string(), isMine: z.boolean(), number: z.int().nullable(), offer: EntityId.nullable() }),
        )
        .optional(),
    }),
  ),
};

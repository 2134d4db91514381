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
  Page,
  paging,
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

export const versions = {
  history: call.input(z.strictObject({ type: EntityType, id: EntityId, branch, ...paging })).output(Page(HistoryEntry)),
  /** `null` when unknown. */
  get: call
    .input(z.strictObject({ version: z.string().max(200) }))
    .output(
      z.object({ version: VersionHash, type: EntityType, id: EntityId, fields: Fields, checksum: Checksum, text: z.string() }).nullable(),
    ),
  /** How the entity was on the branch at a moment, that moment included. A future instant is now. */
  at: call.input(z.strictObject({ type: EntityType, id: EntityId, branch, at: Moment.optional() })).output(AtMoment),
  /** All entities of a type that existed on the branch at a moment. */
  allAt: call
    .input(z.strictObject({ type: EntityType, branch, at: Moment.optional(), filters: Filters.optional(), ...paging }))
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
  lineage: call.input(z.strictObject({ type: EntityType, id: EntityId })).output(
    z.object({
      type: EntityType,
      id: EntityId,
      totalVersions: z.int(),
      createdAt: Instant.nullable(),
      lastModified: Instant.nullable(),
      versions: z.array(HistoryEntry),
      branches: z.array(z.string()),
    }),
  ),
};

import { z } from 'zod';
import { call, CommitHash, EntityChange, EntityId, EntityType, Instant, Page, paging } from './base.ts';
import { BranchName, Moment } from '../../ids.ts';

export const Branch = z.object({
  name: z.string(),
  parent: z.string().nullable(),
  base: CommitHash.nullable(),
  tip: CommitHash.nullable(),
  position: z.int(),
  basePosition: z.int(),
  createdBy: z.string(),
  createdByName: z.string(),
  createdAt: Instant,
  description: z.string().nullable(),
  isActive: z.boolean(),
  isProtected: z.boolean(),
  tags: z.array(z.string()),
});
export type Branch = z.infer<typeof Branch>;

export const BranchInfo = Branch.extend({
  ahead: z.int(),
  behind: z.int(),
  versionCount: z.int(),
  entityCount: z.int(),
  commitCount: z.int(),
  latestActivity: Instant.nullable(),
  contributors: z.array(z.string()),
  mergeStatus: z.enum(['clean', 'conflicts', 'merged']),
});
export type BranchInfo = z.infer<typeof BranchInfo>;

const EntityRef = z.object({ type: EntityType, id: EntityId, title: z.string() });
const name = z.string().min(1).max(200);

export const branches = {
  /** A new branch at its parent's tip, or at a moment of the parent. */
  create: call
    .input(
      z.strictObject({
        name: BranchName,
        parent: name.optional(),
        at: Moment.optional(),
        description: z.string().trim().max(2_000).optional(),
      }),
    )
    .output(Branch),
  list: call.input(z.strictObject({ deleted: z.boolean().default(false), ...paging }).optional()).output(Page(BranchInfo)),
  /** `null` for an unknown branch. */
  info: call.input(z.strictObject({ name })).output(BranchInfo.nullable()),
  delete: call.input(z.strictObject({ name })).output(z.object({ deleted: z.boolean() })),
  restore: call.input(z.strictObject({ name })).output(Branch),
  compare: call.input(z.strictObject({ a: name, b: name, types: z.array(EntityType).max(50).optional() })).output(
    z.object({
      a: z.string(),
      b: z.string(),
      types: z.array(EntityType),
      uniqueToA: z.array(EntityRef),
      uniqueToB: z.array(EntityRef),
      /** Entities that both branches changed since their common ancestor. */
      modifiedInBoth: z.array(EntityRef),
      /** Entities in both that differ, with fields; from A to B. */
      differences: z.array(EntityChange),
      identical: z.int(),
    }),
  ),
};

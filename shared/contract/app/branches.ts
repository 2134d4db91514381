import { z } from 'zod';
import { call, CommitHash, EntityChange, EntityId, EntityType, Instant, Page, paging } from './base.ts';
import { BranchName, CalendarDate, Moment } from '../../ids.ts';

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
  /** Put away: still there, left out of short lists. */
  isArchived: z.boolean(),
  archivedAt: Instant.nullable(),
  deletedAt: Instant.nullable(),
  /** Until when a deleted branch can be brought back; `null` for one that is not deleted. */
  restorableUntil: Instant.nullable(),
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
  /** The contributors by name, in the same order: each as their newest commit of the branch names them. */
  contributorNames: z.array(z.string()),
  mergeStatus: z.enum(['clean', 'conflicts', 'merged']),
  /** It has work of its own that nobody has gone on with for 30 days, and was neither merged nor put away. */
  isStale: z.boolean(),
  /** What a merge into its parent would find now, the same as the resolver then shows; `null` for a branch without parent, or where nobody asked. */
  ifMerged: z.object({ into: z.string(), conflicts: z.int(), clean: z.int(), clashes: z.int() }).nullable(),
});
export type BranchInfo = z.infer<typeof BranchInfo>;

const DutyCount = z.object({
  /** Half days with a duty, and the hours they come to. */
  halfDays: z.int(),
  hours: z.number(),
  nights: z.int(),
  /** Weekends with at least one duty. */
  weekends: z.int(),
  clinicHalfDays: z.int(),
  daysOff: z.int(),
});

/** What a difference of two rosters means for one person, over the days that differ for anybody. */
export const PersonImpact = z.object({
  personId: z.string(),
  name: z.string(),
  level: z.string(),
  before: DutyCount,
  after: DutyCount,
  /** Cells and absences of theirs that differ. */
  changes: z.int(),
  mustBeTold: z.boolean(),
  /** Why, in words: the first of the changes. */
  lines: z.array(z.string()),
});
export type PersonImpact = z.infer<typeof PersonImpact>;

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
  /** With `forecast: false`, `ifMerged` is left `null`: quicker where only names are needed. */
  list: call
    .input(z.strictObject({ deleted: z.boolean().default(false), forecast: z.boolean().default(true), ...paging }).optional())
    .output(Page(BranchInfo)),
  /** `null` for an unknown branch. */
  info: call.input(z.strictObject({ name })).output(BranchInfo.nullable()),
  delete: call.input(z.strictObject({ name })).output(z.object({ deleted: z.boolean() })),
  /** Brings a deleted branch back, within 30 days. */
  restore: call.input(z.strictObject({ name })).output(Branch),
  rename: call.input(z.strictObject({ name, to: BranchName })).output(Branch),
  describe: call.input(z.strictObject({ name, description: z.string().trim().max(2_000).nullable() })).output(Branch),
  /** A protected branch takes direct changes and merges only from approvers and administrators, and cannot be deleted. */
  protect: call.input(z.strictObject({ name, protected: z.boolean() })).output(Branch),
  archive: call.input(z.strictObject({ name })).output(Branch),
  unarchive: call.input(z.strictObject({ name })).output(Branch),
  /** What going from one branch to the other means for each person whose roster differs, over all days that differ. */
  people: call.input(z.strictObject({ a: name, b: name })).output(
    z.object({
      a: z.string(),
      b: z.string(),
      from: CalendarDate.nullable(),
      to: CalendarDate.nullable(),
      items: z.array(PersonImpact),
      total: z.int(),
    }),
  ),
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

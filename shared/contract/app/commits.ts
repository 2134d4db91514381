import { z } from 'zod';
import {
  branch,
  call,
  Comment,
  CommitHash,
  CommitSummary,
  EntityChange,
  EntityId,
  EntityType,
  Instant,
  Page,
  paging,
  RecordedDecision,
} from './base.ts';
import { Moment } from '../../ids.ts';
import { Committed } from './changes.ts';

export const CommitDetail = CommitSummary.extend({
  changes: z.array(EntityChange),
  totalChanges: z.int(),
  comments: z.array(Comment),
  /** Branches whose line holds this commit. */
  branches: z.array(z.string()),
  /** The commit's hash and its versions' hashes, computed again from the stored bytes just now. */
  verified: z.boolean(),
  undoes: CommitHash.nullable(),
  /** What people and rules chose in it: the first 1,000. */
  decisions: z.array(RecordedDecision),
  totalDecisions: z.int(),
});
export type CommitDetail = z.infer<typeof CommitDetail>;

export const DensityBucket = z.object({
  from: Instant,
  to: Instant,
  changes: z.int(),
  commits: z.int(),
  firstPosition: z.int(),
  lastPosition: z.int(),
});
export type DensityBucket = z.infer<typeof DensityBucket>;
export const TimelineMark = z.object({
  kind: z.enum(['tag', 'merge', 'import', 'restore', 'branch']),
  commit: CommitHash,
  position: z.int(),
  at: Instant,
  label: z.string(),
});
export type TimelineMark = z.infer<typeof TimelineMark>;

export const commits = {
  /** The branch's line, newest first. `from` and `to` are moments, both included. */
  line: call
    .input(
      z.strictObject({
        branch,
        from: Moment.optional(),
        to: Moment.optional(),
        ...paging,
        author: z.string().optional(),
        type: EntityType.optional(),
        entity: z.strictObject({ type: EntityType, id: EntityId }).optional(),
      }),
    )
    .output(Page(CommitSummary)),
  get: call.input(z.strictObject({ commit: CommitHash, limit: z.int().min(0).max(50_000).default(1_000) })).output(CommitDetail),
  /** The commit of a line at a position (clamped to the line), or what the branch showed at an instant. One step of the slider. */
  at: call.input(z.strictObject({ branch, position: z.int().optional(), at: Moment.optional() })).output(CommitSummary.nullable()),
  /** Undoes one commit by a new one that puts back what it changed. Where something changed again since, a merge is opened in which people decide. */
  revert: call
    .input(z.strictObject({ commit: CommitHash, branch, reason: z.string().trim().min(1).max(2_000) }))
    .output(z.discriminatedUnion('kind', [Committed, z.object({ kind: z.literal('conflicts'), merge: z.string(), count: z.int() })])),
  /** Change counts per equal stretch of time, oldest first, and the marks, for the slider. */
  density: call
    .input(z.strictObject({ branch, buckets: z.int().min(1).max(5_000).default(200), from: Moment.optional(), to: Moment.optional() }))
    .output(
      z.object({
        buckets: z.array(DensityBucket),
        marks: z.array(TimelineMark),
        first: CommitSummary.nullable(),
        last: CommitSummary.nullable(),
        total: z.int(),
      }),
    ),
};

import { z } from 'zod';
import { ChangeTotals, call, CommitHash, EntityChange, EntityType, Filters, Instant, paging } from './base.ts';
import { Moment } from '../../ids.ts';

/** One side of a comparison: a commit, a branch, a tag, or a branch at a moment. */
export const Side = z.union([z.string().min(1).max(200), z.strictObject({ branch: z.string().min(1).max(200), at: Moment.optional() })]);
export type Side = z.infer<typeof Side>;

export const ResolvedSide = z.object({
  commit: CommitHash.nullable(),
  branch: z.string().nullable(),
  tag: z.string().nullable(),
  at: Instant.nullable(),
  position: z.int(),
  authorName: z.string().nullable(),
  /** `main, Tue 12 May 2026 14:30` in UTC; the page words it in its own zone. */ label: z.string(),
});
export type ResolvedSide = z.infer<typeof ResolvedSide>;

export const diff = {
  /** What differs between two moments, in words. The totals count everything that passes the filters, not just this page. */
  commits: call
    .input(
      z.strictObject({
        from: Side,
        to: Side,
        types: z.array(EntityType).max(50).optional(),
        kinds: z
          .array(z.enum(['added', 'removed', 'changed']))
          .max(3)
          .optional(),
        person: z.string().max(64).optional(),
        author: z.string().max(200).optional(),
        days: z.strictObject({ from: z.string(), to: z.string() }).optional(),
        filters: Filters.optional(),
        ...paging,
      }),
    )
    .output(
      z.object({
        from: ResolvedSide,
        to: ResolvedSide,
        items: z.array(EntityChange),
        total: z.int(),
        totals: ChangeTotals,
        byType: z.array(z.object({ type: EntityType, label: z.string(), added: z.int(), removed: z.int(), changed: z.int() })),
        next: z.string().nullable(),
      }),
    ),
};

import { z } from 'zod';
import {
  branch,
  ChangeTotals,
  call,
  CommitHash,
  CommitKind,
  EntityChange,
  EntityId,
  EntityType,
  Fields,
  Half,
  Instant,
  Op,
  VersionHash,
} from './base.ts';
import { CalendarDate, Moment } from '../../ids.ts';

export const Change = z.strictObject({ op: Op, type: EntityType, id: EntityId.optional(), fields: Fields.optional() });
export type Change = z.infer<typeof Change>;

export const Committed = z.object({
  kind: z.literal('committed'),
  commit: CommitHash,
  position: z.int(),
  at: Instant,
  recordedAt: Instant,
  /** `version` is `null` for a delete. */
  changes: z.array(z.object({ op: Op, type: EntityType, id: EntityId, version: VersionHash.nullable() })),
});
export type Committed = z.infer<typeof Committed>;
export const Stale = z.object({ kind: z.literal('stale'), tip: CommitHash.nullable() });
/** Every change was equal to what is there: no version was made. */
export const Unchanged = z.object({ kind: z.literal('unchanged'), tip: CommitHash.nullable() });

/** A gesture that can be undone or redone, by the name people know it by. */
export const Gesture = z.object({ commit: CommitHash, label: z.string(), at: Instant });
export type Gesture = z.infer<typeof Gesture>;

/** What a restore brings back: everything, or what stands in a cell, of a person, in a stretch of days, or named entities. */
export const RestoreScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('person'), personId: EntityId }),
  z.strictObject({ kind: z.literal('days'), from: CalendarDate, to: CalendarDate, personId: EntityId.optional() }),
  z.strictObject({ kind: z.literal('cell'), personId: EntityId, date: CalendarDate, half: Half }),
  z.strictObject({
    kind: z.literal('entities'),
    entities: z
      .array(z.strictObject({ type: EntityType, id: EntityId }))
      .min(1)
      .max(50_000),
  }),
]);
export type RestoreScope = z.infer<typeof RestoreScope>;

const ClashBrief = z.object({ rule: z.string(), severity: z.enum(['error', 'warning', 'info']), text: z.string() });

export const RestorePreview = z.object({
  items: z.array(EntityChange),
  totals: ChangeTotals,
  total: z.int(),
  /** Clashes that the restored roster would have and the roster of now has not. */
  newClashes: z.array(ClashBrief),
  clearedClashes: z.array(ClashBrief),
  /** One sentence: `37 cells will change back, 2 clashes appear`. */
  summary: z.string(),
});
export type RestorePreview = z.infer<typeof RestorePreview>;

const message = z.string().trim().min(1).max(2_000);
const reason = z.string().trim().max(2_000);

export const changes = {
  /** Writes all changes as one commit, or nothing. An update is a patch: fields not sent keep their value, `null` clears one. */
  commit: call
    .input(
      z.strictObject({
        branch,
        message,
        reason: reason.optional(),
        expectedTip: CommitHash.nullable().optional(),
        kind: CommitKind.extract(['edit', 'import', 'generate']).optional(),
        changes: z.array(Change).min(1).max(50_000),
      }),
    )
    .output(z.discriminatedUnion('kind', [Committed, Stale, Unchanged])),
  /** Takes back the last own gesture on this branch by an inverse commit. Refuses with STALE when somebody changed the same field since. */
  undo: call.input(z.strictObject({ branch }).optional()).output(Committed.extend({ label: z.string() })),
  redo: call.input(z.strictObject({ branch }).optional()).output(Committed.extend({ label: z.string() })),
  /** What undo and redo would do now. */
  undoable: call.input(z.strictObject({ branch }).optional()).output(z.object({ undo: Gesture.nullable(), redo: Gesture.nullable() })),
  /** What a restore would do, without doing it. */
  previewRestore: call.input(z.strictObject({ branch, at: Moment, scope: RestoreScope })).output(RestorePreview),
  /** Brings everything in scope back to how it was at that moment, as one new commit. */
  restore: call
    .input(
      z.strictObject({ branch, at: Moment, scope: RestoreScope, reason: reason.min(1), expectedTip: CommitHash.nullable().optional() }),
    )
    .output(z.discriminatedUnion('kind', [Committed, Stale, Unchanged])),
};

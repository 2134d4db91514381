import { z } from 'zod';
import { call, CommitHash, EntityId, EntityType, FieldChange, Fields, Instant, Json, Page, paging, VersionHash } from './base.ts';
import { Clash } from './roster.ts';

/** Who made one side's value: the commit that set it, its author, when and why. `null` where that side left it alone. */
export const SideStory = z.object({
  branch: z.string(),
  commit: CommitHash,
  author: z.string(),
  authorName: z.string(),
  at: Instant,
  message: z.string(),
  reason: z.string().nullable(),
  /** What this side did to the base, in words: `Clinic A → ICU`, `deleted it`. */
  text: z.string(),
});
export type SideStory = z.infer<typeof SideStory>;

export const Resolution = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('source') }),
  z.strictObject({ kind: z.literal('target') }),
  z.strictObject({ kind: z.literal('base') }),
  z.strictObject({ kind: z.literal('custom'), value: Json }),
  z.strictObject({ kind: z.literal('delete') }),
  z.strictObject({ kind: z.literal('keep-both') }),
]);
export type Resolution = z.infer<typeof Resolution>;

/** How a conflict was decided: by a person in this merge, by a house rule, or offered again from an earlier merge. */
export const Decision = z.object({
  resolution: Resolution,
  by: z.enum(['person', 'rule', 'memory']),
  author: z.string(),
  authorName: z.string(),
  at: Instant,
  reason: z.string().nullable(),
  /** The house rule's name, or the commit of the merge that decided the same three values before. */
  origin: z.string().nullable(),
});
export type Decision = z.infer<typeof Decision>;

/** A field, or with `field: null` a record, that both sides changed. Values are raw; the texts are for people. */
export const Conflict = z.object({
  /** Names the conflict within its merge. */
  id: z.string(),
  entity: z.object({ type: EntityType, id: EntityId }),
  field: z.string().nullable(),
  kind: z.enum(['modify-modify', 'modify-delete', 'delete-modify', 'add-add']),
  base: Json,
  source: Json,
  target: Json,
  /** Several merge bases disagree: there is no value both sides started from. */
  baseUnknown: z.boolean(),
  title: z.string(),
  typeLabel: z.string(),
  label: z.string(),
  /** The whole conflict as one sentence with names. */
  sentence: z.string(),
  baseText: z.string(),
  sourceText: z.string(),
  targetText: z.string(),
  sourceStory: SideStory.nullable(),
  targetStory: SideStory.nullable(),
  /** Every field of the record on all three stands, for the disclosure. */
  baseToSource: z.array(FieldChange),
  baseToTarget: z.array(FieldChange),
  /** The resolutions that may be chosen here. */
  offered: z.array(z.enum(['source', 'target', 'base', 'custom', 'delete', 'keep-both'])),
  decision: Decision.nullable(),
  /** The same three values were decided before: what was chosen then. */
  remembered: Decision.nullable(),
});
export type Conflict = z.infer<typeof Conflict>;

/** What the merge did without asking. `overridable` ones can be turned into a decision with `merges/resolve` under their id. */
export const AutomaticMerge = z.object({
  id: z.string(),
  entity: z.object({ type: EntityType, id: EntityId }),
  field: z.string().nullable(),
  from: z.enum(['source', 'target', 'both']),
  title: z.string(),
  typeLabel: z.string(),
  label: z.string(),
  baseText: z.string(),
  sourceText: z.string(),
  targetText: z.string(),
  valueText: z.string(),
  base: Json,
  source: Json,
  target: Json,
  value: Json,
  override: Decision.nullable(),
});
export type AutomaticMerge = z.infer<typeof AutomaticMerge>;

/** Something that was done to clear a clash: changes to the merged state, proved to clear it and to add none. */
export const Repair = z.object({
  id: z.string(),
  text: z.string(),
  changes: z.array(z.object({ op: z.enum(['create', 'update', 'delete']), type: EntityType, id: EntityId, fields: Fields.nullable() })),
});
export type Repair = z.infer<typeof Repair>;

export const MergeClash = Clash.extend({
  /** The records of each side that break the rule together. */
  sourceEntities: z.array(z.object({ type: EntityType, id: EntityId })),
  targetEntities: z.array(z.object({ type: EntityType, id: EntityId })),
  repairs: z.array(Repair),
});
export type MergeClash = z.infer<typeof MergeClash>;

export const MergeOutcomeKind = z.enum(['up-to-date', 'merged', 'conflicts', 'clashes']);

export const MergePreview = z.object({
  source: z.string(),
  target: z.string(),
  base: CommitHash.nullable(),
  bases: z.array(CommitHash),
  sourceTip: CommitHash.nullable(),
  targetTip: CommitHash.nullable(),
  outcome: MergeOutcomeKind,
  conflicts: z.array(Conflict),
  conflictCount: z.int(),
  canAutoMerge: z.boolean(),
  /** Only what the merge adds; what the target had already is not charged. */
  clashes: z.array(MergeClash),
  clashCount: z.int(),
  /** Clean merges: records and fields that nobody is asked about. */
  cleanCount: z.int(),
  /** The first 2,000 of `cleanCount`, and every one that somebody overrode. */
  automatic: z.array(AutomaticMerge),
  /** Records that the merge would change on the target. */
  changes: z.object({ added: z.int(), changed: z.int(), removed: z.int() }),
});
export type MergePreview = z.infer<typeof MergePreview>;

/** What a session brings together: two branches, one commit taken back with later work on top, or chosen records of another branch. */
export const MergeSessionKind = z.enum(['merge', 'revert', 'pick']);

export const MergeSession = MergePreview.extend({
  merge: z.string(),
  kind: MergeSessionKind,
  /** The commit that is taken back, for a revert. */
  reverts: CommitHash.nullable(),
  state: z.enum(['open', 'concluded', 'aborted']),
  startedBy: z.string(),
  startedByName: z.string(),
  startedAt: Instant,
  left: z.int(),
  decidedByPerson: z.int(),
  decidedByRule: z.int(),
  /** The target or the source moved since: the merge was computed again, and these decisions no longer apply. */
  dropped: z.array(z.string()),
  /** Repairs that were taken; each can be taken back. */
  appliedRepairs: z.array(
    z.object({
      clash: z.string(),
      clashText: z.string(),
      repair: z.string(),
      text: z.string(),
      author: z.string(),
      authorName: z.string(),
      at: Instant,
    }),
  ),
  /** Why it cannot be concluded now; `null` when it can. */
  blockedReason: z.string().nullable(),
  needsReason: z.boolean(),
  commit: CommitHash.nullable(),
});
export type MergeSession = z.infer<typeof MergeSession>;

const merge = z.string().min(1).max(200);
const name = z.string().min(1).max(200);
/** A conflict by its id, or by its record and field. */
const conflict = z.union([
  z.string().min(1).max(1_000),
  z.looseObject({ entity: z.looseObject({ type: EntityType, id: EntityId }), field: z.string().nullable() }),
]);
const between = { source: name, target: name };

/** A house rule: decides conflicts of a type, or of one field of it, before people are asked. */
export const HouseRule = z.strictObject({
  type: EntityType,
  /** `null`: every field of the type. */
  field: z.string().max(100).nullable(),
  prefer: z.enum(['target', 'source', 'newest', 'union', 'furthest-status']),
});
export type HouseRule = z.infer<typeof HouseRule>;

export const merges = {
  /** What a merge would do, of some types or of all; with `entities`, what `merges/pick` of those records would do. Writes nothing. */
  preview: call
    .input(
      z.strictObject({
        ...between,
        types: z.array(EntityType).max(50).optional(),
        entities: z
          .array(z.strictObject({ type: EntityType, id: EntityId }))
          .min(1)
          .max(50_000)
          .optional(),
      }),
    )
    .output(MergePreview),
  /** Merges, or opens a merge session where people have to decide. A merge between the same two branches that is open already is resumed. */
  start: call
    .input(
      z.strictObject({
        ...between,
        message: z.string().trim().max(2_000).optional(),
        reason: z.string().trim().max(2_000).optional(),
        /** Opens a merge session also where nobody has to decide, so that what merges by itself can be looked over and overridden. */
        review: z.boolean().optional(),
      }),
    )
    .output(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('up-to-date'), target: z.string(), tip: CommitHash.nullable() }),
        z.object({ kind: z.literal('merged'), commit: CommitHash, position: z.int(), clean: z.int() }),
        z.object({ kind: z.literal('clashes'), merge: z.string(), clashes: z.array(MergeClash), count: z.int() }),
        z.object({ kind: z.literal('conflicts'), merge: z.string(), count: z.int(), clashCount: z.int() }),
      ]),
    ),
  get: call.input(z.strictObject({ merge })).output(MergeSession),
  list: call.input(z.strictObject({ state: z.enum(['open', 'concluded', 'aborted']).default('open'), ...paging }).optional()).output(
    Page(
      MergeSession.pick({
        merge: true,
        kind: true,
        source: true,
        target: true,
        state: true,
        startedBy: true,
        startedByName: true,
        startedAt: true,
        left: true,
        conflictCount: true,
        commit: true,
      }),
    ),
  ),
  /** Saves decisions, each at once. `value` of a custom one is validated as the field would be. */
  resolve: call
    .input(
      z.strictObject({
        merge,
        resolutions: z
          .array(z.strictObject({ conflict, resolution: Resolution, reason: z.string().trim().max(2_000).optional() }))
          .min(1)
          .max(50_000),
      }),
    )
    .output(MergeSession),
  /** Takes decisions back. Without `conflicts`: the last saved group of decisions. */
  unresolve: call.input(z.strictObject({ merge, conflicts: z.array(conflict).min(1).max(50_000).optional() })).output(MergeSession),
  /** Applies a proposed repair of a clash to the result, or takes it back. */
  repair: call.input(z.strictObject({ merge, clash: z.string(), repair: z.string().nullable() })).output(MergeSession),
  /** The merged roster as it would be: the records that the merge changes on the target. */
  result: call.input(z.strictObject({ merge })).output(
    z.object({
      items: z.array(z.object({ type: EntityType, id: EntityId, fields: Fields.nullable(), version: VersionHash.nullable() })),
      total: z.int(),
      next: z.string().nullable(),
    }),
  ),
  /** Writes one commit with two parents, or refuses with CONFLICT_OPEN and changes nothing. */
  conclude: call
    .input(z.strictObject({ merge, message: z.string().trim().max(2_000).optional(), reason: z.string().trim().max(2_000).optional() }))
    .output(z.object({ kind: z.literal('merged'), commit: CommitHash, position: z.int(), decisions: z.int() })),
  abort: call.input(z.strictObject({ merge })).output(z.object({ merge: z.string(), aborted: z.boolean() })),
  /** The house rules of this programme; setting replaces the whole list. */
  rules: call.input(z.strictObject({}).optional()).output(z.object({ rules: z.array(HouseRule) })),
  setRules: call.input(z.strictObject({ rules: z.array(HouseRule).max(500) })).output(z.object({ rules: z.array(HouseRule) })),
  /** Brings chosen records of another branch over as they are there, field by field against the merge base. One commit, or a session when something conflicts. */
  pick: call
    .input(
      z.strictObject({
        ...between,
        entities: z
          .array(z.strictObject({ type: EntityType, id: EntityId }))
          .min(1)
          .max(50_000),
        message: z.string().trim().max(2_000).optional(),
        reason: z.string().trim().max(2_000).optional(),
      }),
    )
    .output(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('up-to-date'), target: z.string(), tip: CommitHash.nullable() }),
        z.object({ kind: z.literal('merged'), commit: CommitHash, position: z.int(), clean: z.int() }),
        z.object({ kind: z.literal('clashes'), merge: z.string(), clashes: z.array(MergeClash), count: z.int() }),
        z.object({ kind: z.literal('conflicts'), merge: z.string(), count: z.int(), clashCount: z.int() }),
      ]),
    ),
};

import { z } from 'zod';
import {
  Basis,
  branch,
  call,
  CommitHash,
  EntityId,
  EntityType,
  FieldChange,
  Fields,
  Instant,
  Json,
  Page,
  paging,
  UserId,
  VersionHash,
} from './base.ts';
import { Moment } from '../../ids.ts';
import { MergeClash } from './merges.ts';
import { viewMigrations } from './view-migrations.ts';

/** Where a field's shown value comes from: an own (or offered) version that differs from the shared record, or the shared record itself. */
export const Origin = z.enum(['own', 'shared']);
export type Origin = z.infer<typeof Origin>;

export const OwnStatus = z.enum(['draft', 'active', 'archived']);

/** A record as one user sees it: own, else shared. */
export const SeenRecord = z.object({
  type: EntityType,
  id: EntityId,
  /** The clinic's 7 digits or the patient's 11; `***.456.789-**` where masking was asked for. */
  identifier: z.string(),
  masked: z.boolean(),
  /** Its name, as this view shows it. */
  title: z.string(),
  /** Without the fields that are empty. */
  fields: Fields,
  /** Of every field that shows a value or was emptied by the own version. */
  origins: z.record(z.string(), Origin),
  /** `own`: an own version shows. `shared`: no own version, the shared record shows. `offered`: somebody's offered version shows. */
  source: z.enum(['own', 'shared', 'offered']),
  /** The number of what shows: the own version's; 1 for who registered the record and changed nothing; `null` for the shared record. */
  version: z.int().nullable(),
  /** The shared record under it. */
  shared: z.object({ version: VersionHash, fields: Fields }),
  /** The shared record moved since the own version was made, in fields where both say something else. */
  drifted: z.boolean(),
});
export type SeenRecord = z.infer<typeof SeenRecord>;

/** What a change of one's view came to. `at` is the moment from which it shows; ask as of it later to see the same again. */
export const ViewChange = z.object({
  type: EntityType,
  id: EntityId,
  version: z.int().nullable(),
  fields: Fields,
  origins: z.record(z.string(), Origin),
  /**
   * The branch's commit where the shared record was made; else the commit of one's own view, which only names the change: ask as of `at`. `null`
   * where nothing was written.
   */
  commit: CommitHash.nullable(),
  at: Instant,
});
export type ViewChange = z.infer<typeof ViewChange>;

export const OwnVersion = z.object({
  type: EntityType,
  id: EntityId,
  /** Counts per record over all users. */
  number: z.int(),
  status: OwnStatus,
  inUse: z.boolean(),
  /** Why it can be neither removed nor cleaned up; `null` where it can. */
  protectedBy: z.string().nullable(),
  /** `null` for a user who was removed. */
  author: z.string().nullable(),
  authorName: z.string(),
  at: Instant,
  summary: z.string(),
  /** Only what differs from the shared record; an emptied field is `null`. */
  fields: z.record(z.string(), Json),
  /** The differences in words, against the shared version it came from. */
  changes: z.array(FieldChange),
  base: VersionHash.nullable(),
  adoptedFrom: z.object({ user: z.string(), name: z.string(), number: z.int() }).nullable(),
  offeredTo: z.array(z.object({ user: z.string(), name: z.string() })),
});
export type OwnVersion = z.infer<typeof OwnVersion>;

export const Offer = z.object({
  offer: EntityId,
  type: EntityType,
  id: EntityId,
  title: z.string(),
  /** `null` for a user who was removed. */
  from: z.string().nullable(),
  fromName: z.string(),
  to: z.string(),
  toName: z.string(),
  number: z.int(),
  note: z.string().nullable(),
  at: Instant,
  /** The record as the offered version shows it. */
  fields: Fields,
  origins: z.record(z.string(), Origin),
});
export type Offer = z.infer<typeof Offer>;

/** One side of a comparison: the shared record, or a user's version; one's own, or one that was offered. Without a number the one that shows. */
export const ViewSide = z.union([z.literal('shared'), z.strictObject({ user: UserId.optional(), version: z.int().min(1).optional() })]);
export type ViewSide = z.infer<typeof ViewSide>;

const Column = z.object({
  kind: z.enum(['shared', 'mine', 'offered']),
  user: z.string().nullable(),
  /** `Shared record`, `Ana, mine`, `Bruno`. */
  name: z.string(),
  number: z.int().nullable(),
  at: Instant.nullable(),
  offer: EntityId.nullable(),
});

export const ViewMatrix = z.object({
  type: EntityType,
  id: EntityId,
  identifier: z.string(),
  title: z.string(),
  columns: z.array(Column),
  rows: z.array(
    z.object({
      field: z.string(),
      label: z.string(),
      /** Some column says something else than the shared record. */
      differs: z.boolean(),
      /** In the order of the columns. */
      cells: z.array(z.object({ value: Json, text: z.string(), origin: Origin })),
    }),
  ),
  differing: z.int(),
  total: z.int(),
});
export type ViewMatrix = z.infer<typeof ViewMatrix>;

/** A record whose shared one moved on since the own version was made. */
export const Drift = z.object({
  type: EntityType,
  id: EntityId,
  title: z.string(),
  version: z.int(),
  base: VersionHash,
  shared: VersionHash,
  /** Who moved the shared record last, when and why. */
  sharedAuthorName: z.string(),
  sharedAt: Instant,
  sharedMessage: z.string(),
  fields: z.array(
    z.object({
      field: z.string(),
      label: z.string(),
      /** `apart`: both say something else. `followed`: the new shared value shows already. */
      kind: z.enum(['apart', 'followed']),
      base: Json,
      shared: Json,
      mine: Json,
      baseText: z.string(),
      sharedText: z.string(),
      mineText: z.string(),
    }),
  ),
});
export type Drift = z.infer<typeof Drift>;

const record = { type: EntityType, id: EntityId };
const lookedAt = { branch, at: Moment.optional() };
/** Whose view: one's own unless told, or that of a user who offered something. */
export const view = UserId.optional();
/** Hides the digits of a patient's identifier: for everything that is shown on a screen. */
const mask = z.boolean().default(false);
const summary = z.string().trim().max(500).optional();
const number = z.int().min(1);

const cleanupScope = {
  type: EntityType.optional(),
  id: EntityId.optional(),
  /** Made before this instant. */
  olderThan: Instant.optional(),
  statuses: z
    .array(z.enum(['draft', 'archived']))
    .min(1)
    .optional(),
};

export const views = {
  /**
   * Makes the shared record of an identifier, or attaches to the one there is (`wasCreated: false`) and keeps the fields as an own version
   * where they differ. Registering twice changes nothing more.
   */
  register: call
    .input(z.strictObject({ type: EntityType, identifier: z.string().max(200), fields: Fields.optional(), branch, summary }))
    .output(ViewChange.extend({ wasCreated: z.boolean() })),
  get: call.input(z.strictObject({ ...record, ...lookedAt, view, mask })).output(SeenRecord.extend({ basis: Basis })),
  /** Keeps an own version: fields not sent stay as they are seen, `null` empties one. Equal data makes none (`unchanged`). A draft shows only when it is used. */
  save: call
    .input(
      z.strictObject({
        ...record,
        fields: Fields,
        branch,
        summary,
        status: OwnStatus.extract(['draft', 'active']).default('active'),
        /** The number that was seen when the form was opened; another one by now answers `stale`. */
        expectedVersion: z.int().nullable().optional(),
      }),
    )
    .output(ViewChange.extend({ kind: z.enum(['saved', 'unchanged', 'stale']) })),
  /** Lets the shared record show again: in some fields, or in all of them. */
  clear: call
    .input(z.strictObject({ ...record, fields: z.array(z.string().max(100)).max(200).optional(), branch, summary }))
    .output(ViewChange.extend({ cleared: z.array(z.string()) })),
  /** Takes the record off one's own list. Own versions stay, for when it is registered again. */
  unlink: call.input(z.strictObject(record)).output(z.object({ unlinked: z.boolean(), at: Instant })),
  /** The records one is linked to, in the order of their names; found by what one sees of the name, without case and accents, or by the identifier. */
  search: call
    .input(z.strictObject({ type: EntityType, text: z.string().max(500).optional(), ...lookedAt, view, mask, ...paging }))
    .output(Page(SeenRecord)),
  /** One's own numbered versions of a record, newest first. */
  versions: call.input(z.strictObject({ ...record, ...paging })).output(Page(OwnVersion)),
  /** Goes back (or forth) to one of one's own versions. */
  useVersion: call.input(z.strictObject({ ...record, version: number, branch })).output(ViewChange),
  /** Puts an own version away, or takes it out again. */
  archive: call.input(z.strictObject({ ...record, version: number, archived: z.boolean().default(true) })).output(OwnVersion),
  /** Removes an own version that nobody uses. */
  remove: call.input(z.strictObject({ ...record, version: number })).output(z.object({ removed: z.literal(true), at: Instant })),
  /** Unused drafts and archived versions: what `cleanup` with the same scope would remove. */
  previewCleanup: call.input(z.strictObject({ ...cleanupScope, ...paging })).output(Page(OwnVersion)),
  /** Removes them as one commit. `expected` is the total that was listed: another one by now refuses STALE. */
  cleanup: call
    .input(z.strictObject({ ...cleanupScope, expected: z.int().min(0).optional() }))
    .output(z.object({ removed: z.int(), commit: CommitHash.nullable(), at: Instant })),

  /** Lets another user see and adopt one own version: the one that shows unless told. What is saved later stays private. */
  offer: call
    .input(z.strictObject({ ...record, to: UserId, version: number.optional(), note: z.string().trim().max(500).optional(), branch }))
    .output(Offer),
  withdraw: call.input(z.strictObject({ offer: EntityId })).output(z.object({ withdrawn: z.boolean(), at: Instant })),
  /** Offers to oneself and by oneself that stand, newest first. */
  offers: call
    .input(
      z.strictObject({
        direction: z.enum(['received', 'given']).default('received'),
        type: EntityType.optional(),
        id: EntityId.optional(),
        branch,
        mask,
        ...paging,
      }),
    )
    .output(Page(Offer)),
  /** Takes over what was offered, whole or in some fields, as a new own version; attaches to the record where one was not linked. */
  adopt: call
    .input(z.strictObject({ offer: EntityId, fields: z.array(z.string().max(100)).min(1).max(200).optional(), summary, branch }))
    .output(ViewChange.extend({ kind: z.enum(['adopted', 'unchanged']) })),
  /**
   * Puts chosen own values into the shared record of a branch, field by field against the shared version the own one came from. Where the shared
   * record says something else by now a merge is opened in which people decide.
   */
  publish: call
    .input(
      z.strictObject({
        ...record,
        fields: z.array(z.string().max(100)).min(1).max(200),
        branch,
        message: z.string().trim().max(2_000).optional(),
        reason: z.string().trim().max(2_000).optional(),
      }),
    )
    .output(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('published'), commit: CommitHash, position: z.int(), at: Instant, fields: z.array(z.string()) }),
        z.object({ kind: z.literal('unchanged'), tip: CommitHash.nullable() }),
        z.object({ kind: z.literal('conflicts'), merge: z.string(), count: z.int() }),
        z.object({ kind: z.literal('clashes'), merge: z.string(), clashes: z.array(MergeClash), count: z.int() }),
      ]),
    ),
  compare: call.input(z.strictObject({ ...record, a: ViewSide, b: ViewSide, ...lookedAt })).output(
    z.object({
      ...record,
      a: z.object({ label: z.string(), number: z.int().nullable() }),
      b: z.object({ label: z.string(), number: z.int().nullable() }),
      changes: z.array(FieldChange),
      summary: z.string(),
    }),
  ),
  /** The shared record, one's own version and what was offered, side by side. */
  matrix: call.input(z.strictObject({ ...record, ...lookedAt, mask })).output(ViewMatrix),
  /** Records whose shared one moved on since one's own version was made. */
  drift: call.input(z.strictObject({ type: EntityType.optional(), branch, mask, ...paging })).output(Page(Drift)),
  /** Settles the drift of a record: per field the shared value or one's own; fields not named stay as they are, and count as seen. */
  settle: call
    .input(z.strictObject({ ...record, choices: z.record(z.string().max(100), z.enum(['shared', 'mine'])), branch }))
    .output(ViewChange),

  /** The whole identifier of a record one is linked to. That it was asked for is kept. */
  reveal: call
    .input(z.strictObject({ ...record, reason: z.string().trim().max(2_000).optional(), branch }))
    .output(z.object({ identifier: z.string(), at: Instant })),
  /** Who asked to see what is masked, newest first: one's own askings, and for an administrator everybody's. */
  reveals: call
    .input(
      z
        .strictObject({
          type: EntityType.optional(),
          id: EntityId.optional(),
          branch,
          /** What was asked for in one go, as an export of many records, is one item. */
          gathered: z.boolean().default(false),
          ...paging,
        })
        .optional(),
    )
    .output(
      Page(
        z.object({
          type: EntityType,
          id: EntityId,
          user: z.string(),
          userName: z.string(),
          what: z.string(),
          at: Instant,
          /** The record's name as the asker sees it on the branch; `null` where it is not on the asker's list. */
          title: z.string().nullable(),
          reason: z.string().nullable(),
          /** How many records were asked for in the same go. */
          records: z.int(),
        }),
      ),
    ),
  /** Whose view one may take: oneself, and those who offered something. An administrator is told of every view that exists, and nothing of what is in it. */
  list: call.input(z.strictObject({}).optional()).output(
    z.object({
      views: z.array(
        z.object({
          user: z.string(),
          name: z.string(),
          isMine: z.boolean(),
          isRemoved: z.boolean(),
          /** Standing offers to the asker. */
          offered: z.int(),
          canView: z.boolean(),
          createdAt: Instant,
        }),
      ),
    }),
  ),
  ...viewMigrations,
};

import { z } from 'zod';
import { branch, call, CommitHash, EntityId, EntityType, Instant, Page, paging } from './base.ts';
import { UploadedFile } from './exchange.ts';

export const MigrationProblem = z.enum([
  'no-user',
  'unknown-user',
  'no-identifier',
  'bad-identifier',
  'no-master',
  'bad-field',
  'missing-field',
  'doubled',
  'differs',
]);
export type MigrationProblem = z.infer<typeof MigrationProblem>;

/** A row of the list that is not taken, and why; of a row that `differs` the link is taken and the record's fields are not. */
export const MigrationIssue = z.object({
  /** `null` where the whole list stands in one sheet. */
  sheet: z.string().nullable(),
  row: z.int(),
  problem: MigrationProblem,
  text: z.string(),
});
export type MigrationIssue = z.infer<typeof MigrationIssue>;

/** What a migration does, or did. Counts are of records and links, not of rows. */
export const MigrationReport = z.object({
  type: EntityType,
  file: z.string(),
  sheet: z.string().nullable(),
  rows: z.int(),
  /** Which column was read as what. */
  columns: z.array(z.object({ column: z.string(), reads: z.string() })),
  /** Headings of the list that mean nothing here. */
  unread: z.array(z.string()),
  /** Identifiers in number cells that had lost the zeros at their beginning and got them back. */
  padded: z.int(),
  masters: z.object({ created: z.int(), existing: z.int() }),
  links: z.object({ created: z.int(), existing: z.int() }),
  /** Own versions of users that were there before and stay. */
  versionsKept: z.int(),
  /** Rows of which nothing is taken. */
  skipped: z.int(),
  /** The first of them, in the order of the list; `counts` speaks of all. */
  issues: z.array(MigrationIssue),
  counts: z.array(z.object({ problem: MigrationProblem, rows: z.int() })),
  /** Everybody the list names, with the links that are new; `isNew` for whoever has no view yet. */
  users: z.array(z.object({ user: z.string(), name: z.string(), links: z.int(), isNew: z.boolean() })),
});
export type MigrationReport = z.infer<typeof MigrationReport>;

export const Migration = z.object({
  migration: EntityId,
  type: EntityType,
  branch: z.string(),
  file: z.string(),
  author: z.string(),
  authorName: z.string(),
  at: Instant,
  reversedAt: Instant.nullable(),
  masters: z.int(),
  links: z.int(),
  skipped: z.int(),
});
export type Migration = z.infer<typeof Migration>;

const migrationOf = { type: EntityType, file: UploadedFile, branch, sheet: z.string().max(200).optional() };

export const viewMigrations = {
  /** Reads a list of masters and user links (xlsx or csv) and says what taking it over would do. Writes nothing. */
  previewMigration: call.input(z.strictObject({ ...migrationOf, limit: z.int().min(0).max(10_000).default(200) })).output(MigrationReport),
  /**
   * Takes it over: version 1 for every master that is new, a link for every row with a user and a master. What is there already stays as it is;
   * rows without a user or a master are reported and skipped; a second run changes nothing. Runs as a job when it is long.
   */
  migrate: call
    .input(z.strictObject({ ...migrationOf, message: z.string().trim().max(2_000).optional() }))
    .output(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('migrated'), migration: EntityId, commit: CommitHash.nullable(), at: Instant, report: MigrationReport }),
        z.object({ kind: z.literal('unchanged'), report: MigrationReport }),
      ]),
    ),
  migrations: call.input(z.strictObject({ ...paging }).optional()).output(Page(Migration)),
  /** What taking a migration back would remove, and what stays because somebody has used it since. */
  previewReversal: call.input(z.strictObject({ migration: EntityId })).output(
    z.object({
      migration: EntityId,
      masters: z.int(),
      links: z.int(),
      /** The first of them. `user` is whose link it is; `null` for the record itself, and for a user who was removed. */
      kept: z.array(
        z.object({ type: EntityType, id: EntityId, of: z.enum(['record', 'link']), user: z.string().nullable(), why: z.string() }),
      ),
      keptTotal: z.int(),
    }),
  ),
  /** Takes a migration back: removes only what it made and nobody has used since. */
  reverseMigration: call
    .input(z.strictObject({ migration: EntityId, reason: z.string().trim().min(1).max(2_000) }))
    .output(z.object({ masters: z.int(), links: z.int(), keptTotal: z.int(), commit: CommitHash.nullable(), at: Instant })),
};

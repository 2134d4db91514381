import { z } from 'zod';
import { branch, call, ChangeTotals, Checksum, CommitHash, EntityChange, EntityId, EntityType, Instant, Json } from './base.ts';
import { CalendarDate, Moment } from '../../ids.ts';

/** A file as it is handed over: bytes in base64, at most 40 MB of them. */
export const UploadedFile = z.strictObject({ name: z.string().min(1).max(300), base64: z.string().max(60_000_000) });

/** Something about the file that a person must look at, may have to decide, or was put right. */
export const ImportIssue = z.object({
  kind: z.enum([
    'year',
    'unknown-code',
    'duplicate-name',
    'renamed',
    'call-row',
    'row-without-person',
    'ignored-column',
    'unreadable-cell',
    'weekday',
    'truncated',
  ]),
  severity: z.enum(['error', 'warning', 'info']),
  /** Where in the sheet: `F3`, `row 48`. */
  where: z.string(),
  text: z.string(),
  data: z.record(z.string(), Json).optional(),
});
export type ImportIssue = z.infer<typeof ImportIssue>;

/** What a person decided about the file. All parts are optional; what is left open and must be decided is listed in `questions`. */
export const ImportDecisions = z.strictObject({
  sheet: z.string().max(200).optional(),
  /** Shift all dates to this year (the one the weekday row agrees with), or keep the file's. */
  year: z.union([z.literal('keep'), z.literal('correct'), z.int().min(1990).max(2100)]).optional(),
  /** Code in the file to: itself as a new code (`keep`), another code, or left out on purpose (`skip`). */
  codes: z
    .record(
      z.string().max(200),
      z.union([
        z.strictObject({ use: z.literal('keep') }),
        z.strictObject({ use: z.literal('map'), code: z.string().min(1).max(60) }),
        z.strictObject({ use: z.literal('skip') }),
      ]),
    )
    .optional(),
  /** Every unknown code not named in `codes` is taken as a new code. */
  keepAllCodes: z.boolean().optional(),
  callRows: z.boolean().optional(),
});
export type ImportDecisions = z.infer<typeof ImportDecisions>;

export const ImportPreview = z.object({
  file: z.string(),
  sheet: z.string(),
  sheets: z.array(z.string()),
  from: CalendarDate,
  to: CalendarDate,
  /** The year the file says, and the one its weekday row agrees with. */
  years: z.object({ stated: z.int(), suggested: z.int(), used: z.int() }),
  people: z.array(
    z.object({
      row: z.int(),
      name: z.string(),
      group: z.string(),
      role: z.string(),
      template: z.string(),
      /** How many half days the row covers, and in how many of them it says something. */
      halfDays: z.int(),
      filled: z.int(),
      match: z.enum(['new', 'existing']),
      id: z.string(),
    }),
  ),
  codes: z.array(
    z.object({
      code: z.string(),
      count: z.int(),
      known: z.boolean(),
      decision: z.enum(['known', 'keep', 'map', 'skip', 'open']),
      mapsTo: z.string().nullable(),
    }),
  ),
  issues: z.array(ImportIssue),
  /** Codes still open: the import waits for them. */
  questions: z.array(z.string()),
  totals: ChangeTotals,
  unchanged: z.int(),
  items: z.array(EntityChange),
  total: z.int(),
  tip: CommitHash.nullable(),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

/** What a file can hold: the roster as a wide rota, or a list of one kind of record. */
export const ExportWhat = z.enum(['roster', 'people', 'absences', 'rotations', 'clinics', 'patients']);
export type ExportWhat = z.infer<typeof ExportWhat>;

export const ExportRequest = z.strictObject({
  branch,
  /** A moment of the past; now unless told. */
  at: Moment.optional(),
  what: ExportWhat,
  format: z.enum(['xlsx', 'csv']),
  /** First and last day. Of a roster: the block of the moment unless told; of people and absences: everybody and all. */
  from: CalendarDate.optional(),
  to: CalendarDate.optional(),
  /** Only these people, and what is theirs. */
  people: z.array(EntityId).min(1).max(5_000).optional(),
  /** Adds a sheet with what changed since this earlier moment of the branch. Only in a workbook. */
  since: Moment.optional(),
  /** Personal fields are left out unless this is true, with a reason, which is written into the file and kept. */
  includePersonal: z.boolean().default(false),
  reason: z.string().trim().max(500).optional(),
  /** Between the values of a text table. Excel wants `;` where a comma separates decimals. */
  separator: z.enum([',', ';']).default(','),
});
export type ExportRequest = z.infer<typeof ExportRequest>;

const ExportField = z.object({ type: EntityType, field: z.string(), label: z.string(), personal: z.boolean() });

/** What an export holds, and the version of the roster it shows. */
export const ExportPreview = z.object({
  /** A file name that is safe on every system; it carries branch, position and the start of the commit. */
  name: z.string(),
  what: ExportWhat,
  format: z.enum(['xlsx', 'csv']),
  /** Rows of people or records, without headings. */
  rows: z.int(),
  /** Of a roster: how many half days each row has; else 0. */
  halfDays: z.int(),
  from: CalendarDate.nullable(),
  to: CalendarDate.nullable(),
  branch: z.string(),
  commit: CommitHash.nullable(),
  position: z.int(),
  /** When the branch came to show this. */
  at: Instant.nullable(),
  /** The fields in the file, and the personal ones that are left out. */
  fields: z.array(ExportField),
  withheld: z.array(ExportField),
});
export type ExportPreview = z.infer<typeof ExportPreview>;

export const ExportedFile = ExportPreview.extend({
  mediaType: z.string(),
  base64: z.string(),
  /** Of the file, in bytes. */
  size: z.int(),
  /** SHA-256 of the file. */
  checksum: Checksum,
});
export type ExportedFile = z.infer<typeof ExportedFile>;

const importOf = { branch, file: UploadedFile, decisions: ImportDecisions.optional() };

export const exchange = {
  /** What an export would hold, without making it: for a dialog. Refuses what `export` would refuse. */
  previewExport: call.input(ExportRequest).output(ExportPreview),
  /**
   * Writes the roster or a list as a workbook or a text table, as the acting user sees it and as of a moment. Texts are texts, never formulas.
   * Importing an exported roster where it came from changes nothing. Runs as a job, which can be watched and cancelled.
   */
  export: call.input(ExportRequest).output(ExportedFile),
  /** Reads a wide rota (xlsx or csv) and says what importing it would change on the branch. Writes nothing. */
  previewImport: call.input(z.strictObject({ ...importOf, limit: z.int().min(0).max(50_000).default(500) })).output(ImportPreview),
  /** Imports it as one commit. Refuses with CONFLICT_OPEN while codes are open; `unchanged` when everything is there already. */
  import: call
    .input(z.strictObject({ ...importOf, expectedTip: CommitHash.nullable().optional(), message: z.string().trim().max(2_000).optional() }))
    .output(
      z.discriminatedUnion('kind', [
        z.object({
          kind: z.literal('committed'),
          commit: CommitHash,
          position: z.int(),
          totals: ChangeTotals,
          unchanged: z.int(),
          people: z.int(),
          halfDays: z.int(),
          from: CalendarDate,
          to: CalendarDate,
        }),
        z.object({ kind: z.literal('unchanged'), tip: CommitHash.nullable(), unchanged: z.int() }),
        z.object({ kind: z.literal('stale'), tip: CommitHash.nullable() }),
      ]),
    ),
};

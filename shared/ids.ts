import { z } from 'zod';

/** SHA-256 of the canonical JSON of `{ type, id, fields, salt? }`, 64 lower-case hex. */
export const VersionHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'a version is 64 lower-case hex digits')
  .brand<'VersionHash'>();
export type VersionHash = z.infer<typeof VersionHash>;

/** SHA-256 of a commit's canonical JSON, 64 lower-case hex. */
export const CommitHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'a commit is 64 lower-case hex digits')
  .brand<'CommitHash'>();
export type CommitHash = z.infer<typeof CommitHash>;

/** SHA-256 of the canonical JSON of the fields alone: equal data, equal checksum. */
export const Checksum = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Checksum'>();
export type Checksum = z.infer<typeof Checksum>;

/** An entity's identity within its type. Ours are UUIDv7; ids from elsewhere are kept as they are. */
export const EntityId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/, 'an id is 1 to 64 letters, digits, dots, colons, dashes or underscores')
  .brand<'EntityId'>();
export type EntityId = z.infer<typeof EntityId>;

/** The name of an entity type. Which names exist is the registry's knowledge (`shared/roster/entity-type.ts`). */
export const EntityType = z.string().min(1).max(64);
export type EntityType = z.infer<typeof EntityType>;

/** Who acts. Not a person of the roster: a user may be linked to one. */
export const UserId = z.string().trim().min(1).max(200).brand<'UserId'>();
export type UserId = z.infer<typeof UserId>;

/** A branch's name: shown to people, so spaces are allowed; no control characters, slashes only inside, never a hash. */
export const BranchName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Cs}\\~^:?*[\]@{}]+$/u, 'a branch name has no control characters and none of \\ ~ ^ : ? * [ ] @ { }')
  .refine((name) => !/^\/|\/$|\/\/|\.\.|^[0-9a-f]{64}$/.test(name), 'a branch name neither starts nor ends with a slash and is not a hash')
  .brand<'BranchName'>();
export type BranchName = z.infer<typeof BranchName>;

/** An instant: ISO 8601 with an offset or Z. Normalised to UTC with milliseconds. */
export const Instant = z
  .string()
  .pipe(z.iso.datetime({ offset: true, error: 'an instant is ISO 8601 with Z or an offset, such as 2026-05-12T14:30:00Z' }))
  .transform((text, ctx) => {
    const millis = Date.parse(text);
    if (Number.isNaN(millis)) {
      ctx.addIssue({ code: 'custom', message: 'no such instant' });
      return z.NEVER;
    }
    return new Date(millis).toISOString();
  });
export type Instant = string;

/** A calendar date of the roster, `YYYY-MM-DD`; it never shifts with a time zone. */
export const CalendarDate = z.iso.date({ error: 'a date is YYYY-MM-DD and must exist' });
export type CalendarDate = string;

export const Half = z.enum(['AM', 'PM']);
export type Half = z.infer<typeof Half>;

const commitOfMoment = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'a moment is an instant such as 2026-05-12T14:30:00Z, or a commit of 64 lower-case hex digits')
  .brand<'CommitHash'>();

/** A moment of a branch: an instant, or a commit of its line. */
export const Moment = z.union([commitOfMoment, Instant]);
export type Moment = CommitHash | Instant;

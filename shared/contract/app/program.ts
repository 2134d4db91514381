import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { call, CommitHash, Instant } from './base.ts';

export const Job = z.object({
  job: z.string(),
  kind: z.enum(['sample', 'import', 'export', 'verify', 'restore', 'migrate']),
  label: z.string(),
  done: z.int(),
  total: z.int(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  error: z.string().nullable(),
});
export type Job = z.infer<typeof Job>;

export const ProgramInfo = z.object({
  /** `ready`, or why there is no roster to show. */
  state: z.enum(['ready', 'creating', 'none', 'refused']),
  program: z.string().nullable(),
  name: z.string(),
  sample: z.boolean(),
  file: z.string().nullable(),
  size: z.int(),
  readOnly: z.boolean(),
  createdAt: Instant.nullable(),
  counts: z.object({ commits: z.int(), versions: z.int(), entities: z.int(), branches: z.int(), byType: z.record(z.string(), z.int()) }),
  /** The first and last day that hold assignments on main, for the first screen. */
  days: z.object({ from: z.string(), to: z.string() }).nullable(),
  timeZone: z.string(),
  job: Job.nullable(),
  problem: z.object({ code: z.string(), message: z.string(), file: z.string().nullable() }).nullable(),
});
export type ProgramInfo = z.infer<typeof ProgramInfo>;

export const ProgramEntry = z.object({
  program: z.string(),
  name: z.string(),
  sample: z.boolean(),
  file: z.string(),
  openedAt: Instant.nullable(),
  open: z.boolean(),
});
export type ProgramEntry = z.infer<typeof ProgramEntry>;

export const ProgramEvent = z.discriminatedUnion('kind', [
  /** A ref moved: refetch what depends on this branch's tip. `notes` moves carry the branch name `notes`. */
  z.object({ kind: z.literal('moved'), branch: z.string(), tip: CommitHash.nullable(), position: z.int() }),
  z.object({ kind: z.literal('branches') }),
  /** The acting user's view moved, or what was offered to it. */
  z.object({ kind: z.literal('views') }),
  z.object({ kind: z.literal('program') }),
  z.object({ kind: z.literal('session') }),
  z.object({ kind: z.literal('job'), job: Job }),
]);
export type ProgramEvent = z.infer<typeof ProgramEvent>;

export const program = {
  info: call.input(z.strictObject({}).optional()).output(ProgramInfo),
  /** Makes a new programme with a generated history and opens it. Same seed, people and years: same bytes. */
  createSample: call
    .input(
      z
        .strictObject({
          seed: z
            .int()
            .min(0)
            .max(2 ** 31 - 1)
            .optional(),
          people: z.int().min(3).max(500).optional(),
          years: z.int().min(1).max(10).optional(),
          name: z.string().trim().min(1).max(120).optional(),
        })
        .optional(),
    )
    .output(ProgramInfo),
  /** Makes an empty programme and opens it. */
  create: call.input(z.strictObject({ name: z.string().trim().min(1).max(120) })).output(ProgramInfo),
  list: call
    .input(z.strictObject({}).optional())
    .output(z.object({ items: z.array(ProgramEntry), total: z.int(), next: z.string().nullable() })),
  open: call.input(z.strictObject({ program: z.string().min(1).max(200) })).output(ProgramInfo),
  rename: call.input(z.strictObject({ name: z.string().trim().min(1).max(120) })).output(ProgramInfo),
  /** What happens in the programme, from now on, whoever does it. */
  watch: call.input(z.strictObject({}).optional()).output(eventIterator(ProgramEvent)),
};

export const jobs = {
  list: call.input(z.strictObject({}).optional()).output(z.object({ items: z.array(Job), total: z.int(), next: z.string().nullable() })),
  /** Stops a long job; the state before it is kept. */
  cancel: call.input(z.strictObject({ job: z.string().max(200) })).output(z.object({ job: z.string(), cancelled: z.boolean() })),
};

import { z } from 'zod';
import { call } from './base.ts';

/** One place where what is stored is not what was written. */
export const Fault = z.object({
  /** Which store it is in. */
  where: z.enum(['file', 'version', 'commit', 'ref', 'ref log', 'line', 'entity', 'shape', 'derived']),
  problem: z.string(),
  commit: z.string().nullable(),
  version: z.string().nullable(),
  type: z.string().nullable(),
  id: z.string().nullable(),
  field: z.string().nullable(),
  table: z.string(),
  row: z.string().nullable(),
});
export type Fault = z.infer<typeof Fault>;

export const verify = {
  /** Recomputes every hash and every derived table from the stored bytes. `full` also runs SQLite's own integrity check and compares derived tables row by row. */
  run: call.input(z.strictObject({ full: z.boolean().default(true) }).optional()).output(
    z.object({
      ok: z.boolean(),
      checked: z.object({ versions: z.int(), commits: z.int(), refs: z.int(), refLog: z.int(), derived: z.int() }),
      faults: z.array(Fault),
      millis: z.int(),
    }),
  ),
};

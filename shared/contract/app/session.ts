import { z } from 'zod';
import { call, UserId } from './base.ts';

export const Session = z.object({
  userId: z.string(),
  name: z.string(),
  device: z.string(),
  users: z.array(z.object({ userId: z.string(), name: z.string() })),
});
export type Session = z.infer<typeof Session>;

export const session = {
  /** Who is acting here. */
  get: call.input(z.strictObject({}).optional()).output(Session),
  /** Acts as this user from now on, also after a restart. A user that is new here is added. */
  use: call.input(z.strictObject({ userId: UserId, name: z.string().trim().min(1).max(200) })).output(Session),
};

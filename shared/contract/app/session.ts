import { z } from 'zod';
import { call, UserId } from './base.ts';

/** A viewer changes nothing in the roster (comments and tags are free); an editor changes branches that are not protected; an approver and an administrator change every branch. */
export const Role = z.enum(['viewer', 'editor', 'approver', 'admin']);
export type Role = z.infer<typeof Role>;

export const Session = z.object({
  userId: z.string(),
  name: z.string(),
  role: Role,
  device: z.string(),
  /** Those who may act here, in the order they came. */
  users: z.array(z.object({ userId: z.string(), name: z.string(), role: Role })),
});
export type Session = z.infer<typeof Session>;

export const session = {
  /** Who is acting here. */
  get: call.input(z.strictObject({}).optional()).output(Session),
  /** Acts as this user from now on, also after a restart. A user that is new here is added, as an administrator unless told. */
  use: call.input(z.strictObject({ userId: UserId, name: z.string().trim().min(1).max(200), role: Role.optional() })).output(Session),
  /**
   * Takes a user off the list, for an administrator. What the user did stays, also the own versions, whose author is shown as removed; who acts
   * as this user again is that user again.
   */
  remove: call.input(z.strictObject({ userId: UserId })).output(Session),
};

import type { Users } from '../reader.ts';

/** What a user is called now; one who was removed is called that. */
export function userName(users: Users, userId: string): string {
  return users.nameOf(userId) ?? 'Removed user';
}

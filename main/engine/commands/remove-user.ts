import { notFound, RefusedError } from '../../../shared/errors.ts';
import type { Session } from '../../../shared/contract/app/session.ts';
import type { SettingsStore } from '../programs/settings.ts';
import { actingUser, readSession } from '../queries/read-session.ts';

/**
 * Takes a user off the list; what the user did stays. For administrators: refuses FORBIDDEN others, NOT_FOUND a user who is not here, and
 * PROTECTED the one who is acting.
 */
export function removeUser(settings: SettingsStore, { userId }: { readonly userId: string }): Session {
  const before = settings.read();
  const acting = actingUser(before);
  if (acting.role !== 'admin') throw new RefusedError('FORBIDDEN', 'Only an administrator removes users.', { what: 'user' });
  if (!before.users.some((user) => user.userId === userId)) throw notFound('user', userId);
  if (userId === acting.userId)
    throw new RefusedError('PROTECTED', `You are acting as “${acting.name}”. Act as somebody else first, then remove this user.`, {
      what: 'user',
      id: userId,
    });
  return readSession(settings.change((known) => ({ ...known, users: known.users.filter((user) => user.userId !== userId) })));
}

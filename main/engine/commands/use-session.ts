import type { Session } from '../../../shared/contract/app/session.ts';
import type { Role, SettingsStore } from '../programs/settings.ts';
import { refuseBrokenText } from './refuse-broken-text.ts';
import { readSession } from '../queries/read-session.ts';

/** Acts as this user from now on, also after a restart. A user that is new here is added, as an administrator unless told; a known
 * one takes the name given, and the role if one is. */
export function useSession(
  settings: SettingsStore,
  { userId, name, role }: { readonly userId: string; readonly name: string; readonly role?: Role | undefined },
): Session {
  refuseBrokenText({ userId, name });
  const changed = settings.change((before) => {
    const known = before.users.find((user) => user.userId === userId);
    const next = { userId, name, role: role ?? known?.role ?? 'admin' };
    const users = known === undefined ? [...before.users, next] : before.users.map((user) => (user === known ? next : user));
    return { ...before, acting: userId, users };
  });
  return readSession(changed);
}

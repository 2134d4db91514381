import type { Session } from '../../../shared/contract/app/session.ts';
import type { SettingsStore } from '../programs/settings.ts';
import { refuseBrokenText } from './refuse-broken-text.ts';
import { readSession } from '../queries/read-session.ts';

/** Acts as this user from now on, also after a restart. A user that is new here is added; a known one takes the name given. */
export function useSession(settings: SettingsStore, { userId, name }: { readonly userId: string; readonly name: string }): Session {
  refuseBrokenText({ userId, name });
  const changed = settings.change((before) => {
    const known = before.users.some((user) => user.userId === userId);
    const users = known
      ? before.users.map((user) => (user.userId === userId ? { userId, name } : user))
      : [...before.users, { userId, name }];
    return { ...before, acting: userId, users };
  });
  return readSession(changed);
}

import type { Session } from '../../../shared/contract/app/session.ts';
import type { Settings, User } from '../programs/settings.ts';

/** Who acts in this data folder, and who else has acted here. */
export function readSession(settings: Settings): Session {
  const { userId, name, role } = actingUser(settings);
  return { userId, name, role, device: settings.device, users: settings.users.map((user) => ({ ...user })) };
}

/** The user whose name stands on the next commit. */
export function actingUser(settings: Settings): User {
  const user = settings.users.find((known) => known.userId === settings.acting);
  return user ?? { userId: settings.acting, name: settings.acting, role: 'admin' };
}

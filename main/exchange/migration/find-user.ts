import { foldName } from '../fold-name.ts';

export interface KnownUser {
  readonly userId: string;
  readonly name: string;
}

export type UserFinder = (names: readonly string[]) => KnownUser | 'unknown' | 'several';

/**
 * Makes what finds a user by what a list calls him: the id, then the id without case, then the name without case and accents. A name that
 * several users have is nobody's. Of several names the first that is known counts.
 */
export function createUserFinder(users: readonly KnownUser[]): UserFinder {
  const byId = new Map(users.map((user) => [user.userId, user]));
  const byFoldedId = Map.groupBy(users, ({ userId }) => foldName(userId));
  const byName = Map.groupBy(users, ({ name }) => fold(name));
  const findOne = (name: string): KnownUser | 'unknown' | 'several' => {
    const exact = byId.get(name);
    if (exact !== undefined) return exact;
    const found = byFoldedId.get(foldName(name)) ?? byName.get(fold(name)) ?? [];
    return found.length > 1 ? 'several' : (found[0] ?? 'unknown');
  };
  return (names) => {
    const found = names.map(findOne);
    return found.find((each) => typeof each !== 'string') ?? (found.includes('several') ? 'several' : 'unknown');
  };
}

function fold(name: string): string {
  return foldName(name).normalize('NFD').replace(/\p{M}/gu, '');
}

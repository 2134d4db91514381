import type { Instant } from '../../../shared/ids.ts';
import { viewRef } from '../../../shared/versioning/ref-name.ts';
import type { Asker } from '../reader.ts';
import { userName } from '../words/user-name.ts';
import { linksOf } from '../views/links-index.ts';

interface ViewAnswer {
  readonly user: string;
  readonly name: string;
  readonly isMine: boolean;
  readonly isRemoved: boolean;
  readonly offered: number;
  readonly canView: boolean;
  readonly createdAt: Instant;
}

/**
 * Whose view the asker may take: the own one first, then those of users who offered something. An administrator is told of every view there is,
 * and of nothing that is in it.
 */
export function listViews({ whole, userId, role, users }: Asker): { readonly views: ViewAnswer[] } {
  const others = linksOf(whole)
    .views.map(({ user, offers }) => ({ user, offered: offers.filter(({ to }) => to === userId).length }))
    .filter(({ user, offered }) => user !== userId && (offered > 0 || role === 'admin'));
  const views = [{ user: userId, offered: 0 }, ...others].map(({ user, offered }) => ({
    user,
    name: userName(users, user),
    isMine: user === userId,
    isRemoved: users.nameOf(user) === null,
    offered,
    canView: user === userId || offered > 0,
    // An own view that holds nothing yet is as old as the programme.
    createdAt: whole.ref(viewRef(user))?.createdAt ?? whole.properties().createdAt,
  }));
  return { views };
}

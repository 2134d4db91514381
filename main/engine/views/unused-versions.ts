import type { Instant } from '../../../shared/ids.ts';
import type { StoreReader, Users } from '../reader.ts';
import { protectionOf } from './describe-own-version.ts';
import { findOwnLink, viewTypeOf } from './own-record.ts';
import { readUserView, type OwnVersion, type UserView } from './user-view.ts';

/** Which own versions a cleanup is about; every unused one unless told. */
export interface CleanupScope {
  readonly type?: string | undefined;
  readonly id?: string | undefined;
  /** Made before this instant. */
  readonly olderThan?: Instant | undefined;
  readonly statuses?: readonly ('draft' | 'archived')[] | undefined;
}

/**
 * A user's drafts and archived versions that nobody uses: of records on the list, neither in use nor offered. In the order of their records and
 * numbers. Refuses UNKNOWN_TYPE and INVALID a type without views, and NOT_FOUND a record that is not on the list.
 */
export function findUnused(
  { whole, users, user }: { readonly whole: StoreReader; readonly users: Users; readonly user: string },
  { type, id, olderThan, statuses = ['draft', 'archived'] }: CleanupScope,
): { readonly view: UserView | null; readonly versions: readonly OwnVersion[] } {
  if (type !== undefined && id !== undefined) findOwnLink(whole, user, { type, id });
  else if (type !== undefined) viewTypeOf(type);
  const view = readUserView(whole, user);
  const wanted = new Set<string>(statuses);
  const isInScope = (link: UserView['links'][number]): boolean =>
    link.linked && (type === undefined || link.type === type) && (id === undefined || link.id === id);
  const isUnused = (of: UserView, version: OwnVersion): boolean =>
    wanted.has(version.status) && protectionOf(users, of, version) === null && (olderThan === undefined || version.at < olderThan);
  const versions =
    view === null
      ? []
      : view.links.filter(isInScope).flatMap((link) => view.versionsOf(link.type, link.id).filter((version) => isUnused(view, version)));
  return { view, versions };
}

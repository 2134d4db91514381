import type { RestoreScope } from '../../../shared/contract/app/changes.ts';
import { MAIN_REF } from '../../../shared/versioning/ref-name.ts';
import type { StoreReader } from '../reader.ts';
import { linksOf } from './links-index.ts';
import { hasViews } from './sight.ts';

/** Whether somebody else than a user registered a shared record, or keeps an own version of it in use: without it that one's list would lose it. */
export function isUsedByOthers(whole: StoreReader, user: string, { type, id }: { readonly type: string; readonly id: string }): boolean {
  if (!hasViews(type)) return false;
  return linksOf(whole).views.some((view) => {
    const link = view.user === user ? null : view.link(type, id);
    return link !== null && link.linked && (link.using !== null || link.first);
  });
}

/**
 * Which records a restore of a whole stretch leaves on `main` although they were not there then: those that somebody else works with. One that
 * is asked for by its name is refused instead (`commands/refuse-in-use.ts`).
 */
export function staysOnMain(
  { whole, userId }: { readonly whole: StoreReader; readonly userId: string },
  { ref, scope }: { readonly ref: string; readonly scope: RestoreScope },
): (record: { readonly type: string; readonly id: string }) => boolean {
  return ref === MAIN_REF && scope.kind !== 'entities' ? (record) => isUsedByOthers(whole, userId, record) : () => false;
}

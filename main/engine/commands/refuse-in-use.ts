import { quote, RefusedError } from '../../../shared/errors.ts';
import { entityTypeOf, findEntityType } from '../../../shared/roster/entity-type.ts';
import { MAIN_REF } from '../../../shared/versioning/ref-name.ts';
import type { DraftChange } from '../local-store/store.ts';
import type { Writer } from '../reader.ts';
import { linksOf } from '../views/links-index.ts';

/**
 * Refuses PROTECTED to delete a shared record from `main` while somebody else registered it or keeps an own version of it in use: it would be
 * gone from that one's list too. Says neither who nor what. Other branches are for trying things out.
 */
export function refuseInUse(writer: Writer, ref: string, changes: readonly DraftChange[]): void {
  if (ref !== MAIN_REF) return;
  for (const { op, type, id } of changes) {
    if (op !== 'delete' || findEntityType(type)?.views !== true || !isUsedByOthers(writer, type, id)) continue;
    const { label } = entityTypeOf(type);
    throw new RefusedError(
      'PROTECTED',
      `Somebody else works with this ${label}, so it stays. Take it off your own list instead, or change it.`,
      { what: type, id: quote(id) },
    );
  }
}

function isUsedByOthers({ whole, actor }: Writer, type: string, id: string): boolean {
  return linksOf(whole).views.some((view) => {
    const link = view.user === actor.userId ? null : view.link(type, id);
    return link !== null && link.linked && (link.using !== null || link.first);
  });
}

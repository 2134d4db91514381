import { quote, RefusedError } from '../../../shared/errors.ts';
import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import { MAIN_REF } from '../../../shared/versioning/ref-name.ts';
import type { DraftChange } from '../local-store/store.ts';
import type { Writer } from '../reader.ts';
import { isUsedByOthers } from '../views/used-by-others.ts';

/**
 * Refuses PROTECTED to delete a shared record from `main` while somebody else works with it. Says neither who nor what. Other branches are for
 * trying things out.
 */
export function refuseInUse(writer: Writer, ref: string, changes: readonly DraftChange[]): void {
  if (ref !== MAIN_REF) return;
  const used = changes.find((change) => change.op === 'delete' && isUsedByOthers(writer.whole, writer.actor.userId, change));
  if (used === undefined) return;
  const { label } = entityTypeOf(used.type);
  throw new RefusedError(
    'PROTECTED',
    `Somebody else works with this ${label}, so it stays. Take it off your own list instead, or change it.`,
    { what: used.type, id: quote(used.id) },
  );
}

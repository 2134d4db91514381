import { notFound } from '../../../shared/errors.ts';
import type { Instant } from '../../../shared/ids.ts';
import { publicTypeOf } from '../../../shared/roster/entity-type.ts';
import type { Writer } from '../reader.ts';
import { settledInstant } from '../views/own-record.ts';
import { readUserView } from '../views/user-view.ts';
import { appendToView } from '../views/write-view.ts';

/**
 * Takes an offer of the acting user back: from then on nobody sees it. What was adopted stays with who adopted it. Withdrawing twice changes
 * nothing more. Refuses NOT_FOUND what is no offer of this user.
 */
export function withdrawOffer(
  writer: Writer,
  { offer }: { readonly offer: string },
): { readonly withdrawn: boolean; readonly at: Instant } {
  const { whole, actor } = writer;
  const view = readUserView(whole, actor.userId);
  const standing = view?.offers.find((known) => known.offer === offer);
  if (standing !== undefined) {
    const { at } = appendToView(writer, {
      message: `Withdraw an offer of a ${publicTypeOf(standing.type).label}`,
      changes: [{ type: 'view_offer', id: offer, op: 'delete', fields: null }],
    });
    return { withdrawn: true, at };
  }
  if (view === null || whole.versionsOf('view_offer', offer, view.place).length === 0) throw notFound('offer', offer);
  return { withdrawn: false, at: settledInstant(whole, actor.userId, null) };
}

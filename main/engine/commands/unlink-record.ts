import type { Instant } from '../../../shared/ids.ts';
import type { Writer } from '../reader.ts';
import { findOwnLink } from '../views/own-record.ts';
import { appendToView, draftLink } from '../views/write-view.ts';

/**
 * Takes a record off the acting user's list. Own versions stay as they are, and show again when it is registered again; a record that only its
 * users see stays hidden from the others. Refuses NOT_FOUND a record that is not on the list.
 */
export function unlinkRecord(
  writer: Writer,
  request: { readonly type: string; readonly id: string },
): { readonly unlinked: boolean; readonly at: Instant } {
  const { definition, link } = findOwnLink(writer.whole, writer.actor.userId, request);
  const { at } = appendToView(writer, {
    message: `Take a ${definition.label} off the list`,
    changes: [draftLink(writer, link, request, { linked: false })],
  });
  return { unlinked: true, at };
}

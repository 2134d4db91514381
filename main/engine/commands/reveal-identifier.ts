import type { Instant } from '../../../shared/ids.ts';
import type { Writer } from '../reader.ts';
import { identifierOf } from '../views/describe-seen.ts';
import { findOwnRecord } from '../views/own-record.ts';
import { appendToAccess, draftAccess } from '../views/write-access.ts';

/**
 * The whole identifier of a record on the acting user's list. That it was asked for is kept on the line `access` and logged, by ids alone.
 * Refuses NOT_FOUND a record that is not on the list.
 */
export function revealIdentifier(
  writer: Writer,
  request: { readonly type: string; readonly id: string; readonly reason?: string | undefined; readonly branch: string },
): { readonly identifier: string; readonly at: Instant } {
  const { definition, seen } = findOwnRecord(writer.whole, writer.actor.userId, request);
  const { type, id, reason } = request;
  const { at } = appendToAccess(writer, {
    message: `Show the identifier of a ${definition.label}`,
    kind: 'edit',
    changes: [draftAccess(writer, { type, id, what: 'identifier', reason })],
  });
  writer.log('info', 'identifier shown', { type, id, user: writer.actor.userId });
  return { identifier: identifierOf(definition, seen), at };
}

import type { Instant } from '../../../shared/ids.ts';
import { ACCESS_REF } from '../../../shared/versioning/ref-name.ts';
import { makeSalt, makeUuidV7 } from '../ids.ts';
import type { Writer } from '../reader.ts';
import { identifierOf } from '../views/describe-seen.ts';
import { findOwnRecord } from '../views/own-record.ts';

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
  const outcome = writer.append(ACCESS_REF, {
    message: `Show the identifier of a ${definition.label}`,
    kind: 'edit',
    changes: [
      {
        type: 'view_access',
        id: makeUuidV7(writer.clock(), writer.random),
        op: 'create',
        fields: { entityType: type, entityId: id, what: 'identifier', ...(reason === undefined || reason === '' ? {} : { reason }) },
        salt: makeSalt(writer.random),
      },
    ],
  });
  if (outcome.kind === 'stale') throw new Error('the line of accesses moved within one command');
  writer.log('info', 'identifier shown', { type, id, user: writer.actor.userId });
  return { identifier: identifierOf(definition, seen), at: outcome.commit.at };
}

import type { Instant } from '../../../shared/ids.ts';
import type { Writer } from '../reader.ts';
import { findOwnLink, findOwnVersion } from '../views/own-record.ts';
import { appendToView } from '../views/write-view.ts';
import { refuseProtectedVersion } from './refuse-protected-version.ts';

/**
 * Removes an own version; its number is not given again. Refuses PROTECTED one that is in use or offered, and NOT_FOUND one that is not one's
 * own.
 */
export function removeOwnVersion(
  writer: Writer,
  request: { readonly type: string; readonly id: string; readonly version: number },
): { readonly removed: true; readonly at: Instant } {
  const found = findOwnLink(writer.whole, writer.actor.userId, request);
  if (request.version === 1 && found.link.first) refuseProtectedVersion(writer, found, null);
  const version = findOwnVersion(found, request.version);
  refuseProtectedVersion(writer, found, version);
  const { at } = appendToView(writer, {
    message: `Remove a version of a ${found.definition.label}`,
    changes: [{ type: 'own_version', id: version.own, op: 'delete', fields: null }],
  });
  return { removed: true, at };
}

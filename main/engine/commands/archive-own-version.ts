import type { OwnVersion as OwnVersionAnswer } from '../../../shared/contract/app/views.ts';
import { MAIN_REF } from '../../../shared/versioning/ref-name.ts';
import type { Writer } from '../reader.ts';
import { describeFirstVersion, describeOwnVersion } from '../views/describe-own-version.ts';
import { findOwnLink, findOwnVersion } from '../views/own-record.ts';
import { appendToView, draftStatus } from '../views/write-view.ts';
import { namesAt } from '../words/names-at.ts';
import { refuseProtectedVersion } from './refuse-protected-version.ts';

/**
 * Puts an own version away, or takes it out again as a draft; what shows stays what it is. Refuses PROTECTED one that is in use or offered, and
 * NOT_FOUND one that is not one's own.
 */
export function archiveOwnVersion(
  writer: Writer,
  request: { readonly type: string; readonly id: string; readonly version: number; readonly archived: boolean },
): OwnVersionAnswer {
  const { whole, users, actor, store } = writer;
  const found = findOwnLink(whole, actor.userId, request);
  const { definition } = found;
  const words = { whole, users, names: namesAt(store, store.placeAt(MAIN_REF)) };
  if (request.version === 1 && found.link.first) {
    if (request.archived) refuseProtectedVersion(writer, found, null);
    return describeFirstVersion(words, found.link);
  }
  const version = findOwnVersion(found, request.version);
  if (request.archived) refuseProtectedVersion(writer, found, version);
  const isChanged = request.archived ? version.status !== 'archived' : version.status === 'archived';
  if (isChanged)
    appendToView(writer, {
      message: request.archived ? `Put a version of a ${definition.label} away` : `Take a version of a ${definition.label} out again`,
      changes: [draftStatus(version, request.archived ? 'archived' : statusOfTakenOut(found.link.using, version.own))],
    });
  const now = findOwnLink(whole, actor.userId, request);
  return describeOwnVersion(words, definition, { view: now.view, version: findOwnVersion(now, request.version) });
}

function statusOfTakenOut(using: string | null, own: string): 'active' | 'draft' {
  return using === own ? 'active' : 'draft';
}

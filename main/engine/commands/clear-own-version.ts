import type { ViewChange } from '../../../shared/contract/app/views.ts';
import { nothingOwn, ownFieldNames, sameOwn, withoutFields } from '../../../shared/versioning/overlay.ts';
import type { Writer } from '../reader.ts';
import { answerChange } from '../views/answer-change.ts';
import { findOwnRecord } from '../views/own-record.ts';
import { keepOwnVersion, labelsText, showShared } from '../views/write-view.ts';
import { refuseUnknownFields } from './refuse-unknown-fields.ts';

export interface ClearRequest {
  readonly type: string;
  readonly id: string;
  readonly fields?: readonly string[] | undefined;
  readonly branch: string;
  readonly summary?: string | undefined;
}

/**
 * Lets the shared record show again: in some fields, by a new own version without them, or in all, by using none. Own versions stay, put away.
 * Fields that have no own value stay as they are. Refuses INVALID fields that the type does not have.
 */
export function clearOwnVersion(writer: Writer, request: ClearRequest): ViewChange & { readonly cleared: string[] } {
  const { definition, shared, seen, link, branch } = findOwnRecord(writer.whole, writer.actor.userId, request);
  const { version, differs } = seen;
  const spoken = ownFieldNames(differs);
  refuseUnknownFields(definition, request.fields ?? []);
  const cleared = spoken.filter((name) => request.fields?.includes(name) ?? true);
  const rest = withoutFields(differs, cleared);
  const leavesNone = request.fields === undefined || sameOwn(rest, nothingOwn);
  if (version === null || (cleared.length === 0 && request.fields !== undefined))
    return { ...answerChange(writer, request, null), cleared: [] };
  const message = `Clear a ${definition.label}`;
  const summary = request.summary ?? `Without ${labelsText(request.type, cleared)}`.slice(0, 500);
  const written = leavesNone
    ? showShared(writer, { link, version }, { message, reason: request.summary })
    : keepOwnVersion(writer, { shared, tip: branch.tip, own: rest, message, summary, settled: cleared });
  return { ...answerChange(writer, request, written), cleared };
}

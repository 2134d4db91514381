import type { ViewChange } from '../../../shared/contract/app/views.ts';
import type { Writer } from '../reader.ts';
import { answerChange } from '../views/answer-change.ts';
import { findOwnRecord, findOwnVersion } from '../views/own-record.ts';
import { appendToView, draftLink, draftStatus } from '../views/write-view.ts';

/**
 * Lets another of the acting user's own versions show, and puts the one that showed away. No new number is given. Number 1 is the version the
 * record began with, for who registered it: the shared record shows. Refuses NOT_FOUND a number that is not one's own.
 */
export function useOwnVersion(
  writer: Writer,
  request: { readonly type: string; readonly id: string; readonly version: number; readonly branch: string },
): ViewChange {
  const record = findOwnRecord(writer.whole, writer.actor.userId, request);
  const { definition, link, seen, shared } = record;
  const wanted = request.version === 1 && link.first ? null : findOwnVersion(record, request.version);
  if ((wanted?.own ?? null) === link.using) return answerChange(writer, request, null);
  const written = appendToView(writer, {
    message: `Use another version of a ${definition.label}`,
    changes: [
      ...(seen.version === null ? [] : [draftStatus(seen.version, 'archived')]),
      ...(wanted === null ? [] : [draftStatus(wanted, 'active')]),
      draftLink(writer, link, shared, { using: wanted?.own ?? null }),
    ],
  });
  return answerChange(writer, request, written);
}

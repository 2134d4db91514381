import type { ViewChange } from '../../../shared/contract/app/views.ts';
import type { Fields } from '../../../shared/json.ts';
import { sameFields } from '../../../shared/versioning/diff.ts';
import { sameOwn, type Own } from '../../../shared/versioning/overlay.ts';
import type { Writer } from '../reader.ts';
import { amendOwn } from '../views/amend-own.ts';
import { answerChange } from '../views/answer-change.ts';
import { findOwnRecord } from '../views/own-record.ts';
import { readUserView } from '../views/user-view.ts';
import { keepOwnVersion } from '../views/write-view.ts';
import { checkWhole } from './check-whole.ts';

export interface SaveRequest {
  readonly type: string;
  readonly id: string;
  readonly fields: Fields;
  readonly branch: string;
  readonly summary?: string | undefined;
  readonly status: 'draft' | 'active';
  readonly expectedVersion?: number | null | undefined;
}

/**
 * Keeps what the acting user wants to see as an own version: the fields that were sent over what is seen now. Equal data makes none. Answers
 * `stale` when another version shows than the form was opened on. A draft is kept and does not show. Refuses INVALID what makes no record.
 */
export function saveOwnVersion(writer: Writer, request: SaveRequest): ViewChange & { readonly kind: 'saved' | 'unchanged' | 'stale' } {
  const { definition, branch, shared, seen } = findOwnRecord(writer.whole, writer.actor.userId, request);
  if (request.expectedVersion !== undefined && request.expectedVersion !== seen.number)
    return { ...answerChange(writer, request, null), kind: 'stale' };
  const wanted = checkWhole(definition, { before: seen.fields, patch: request.fields, id: request.id });
  if (sameFields(seen.fields, wanted)) return { ...answerChange(writer, request, null), kind: 'unchanged' };
  const { status, summary } = request;
  const spoken = Object.keys(request.fields);
  const own = amendOwn(writer.whole, { shared, before: seen.differs, wanted, spoken });
  if (status === 'draft' && hasDraft(writer, request, own)) return { ...answerChange(writer, request, null), kind: 'unchanged' };
  const kept = keepOwnVersion(writer, {
    shared,
    tip: branch.tip,
    own,
    message: status === 'draft' ? `Keep a draft of a ${definition.label}` : `Save a ${definition.label}`,
    status,
    summary,
    settled: spoken,
  });
  return { ...answerChange(writer, request, kept), kind: 'saved' };
}

/** Whether the acting user keeps a draft that says the same already. */
function hasDraft({ whole, actor }: Writer, { type, id }: SaveRequest, own: Own): boolean {
  const versions = readUserView(whole, actor.userId)?.versionsOf(type, id) ?? [];
  return versions.some(({ status, differs }) => status === 'draft' && sameOwn(differs, own));
}

import type { ViewChange } from '../../../shared/contract/app/views.ts';
import { sameFields } from '../../../shared/versioning/diff.ts';
import { overlay, ownFieldNames, withoutFields } from '../../../shared/versioning/overlay.ts';
import type { Writer } from '../reader.ts';
import { amendOwn } from '../views/amend-own.ts';
import { answerChange } from '../views/answer-change.ts';
import { findOwnRecord } from '../views/own-record.ts';
import { recordDriftOf } from '../views/record-drift.ts';
import { ownVersionToFields } from '../views/view-records.ts';
import { appendToView, keepOwnVersion, showShared } from '../views/write-view.ts';
import { refuseUnknownFields } from './refuse-unknown-fields.ts';

export interface SettleRequest {
  readonly type: string;
  readonly id: string;
  readonly choices: Readonly<Record<string, 'shared' | 'mine'>>;
  readonly branch: string;
}

/**
 * Settles where the shared record moved on: per field the shared value, or one's own as it is. Fields that are not named count as seen. What
 * shows changes only where the shared value was chosen; then it is a new own version, or none where nothing of one's own is left. Otherwise the
 * own version keeps its number and is from now on compared with the shared record of now.
 */
export function settleDrift(writer: Writer, request: SettleRequest): ViewChange {
  const { whole, actor } = writer;
  const { definition, seen, shared, branch, link } = findOwnRecord(whole, actor.userId, request);
  refuseUnknownFields(definition, Object.keys(request.choices));
  const { version } = seen;
  if (version === null) return answerChange(writer, request, null);
  const given = ownFieldNames(seen.differs).filter((field) => request.choices[field] === 'shared');
  const wanted = overlay(shared.fields, withoutFields(seen.differs, given));
  const message = `Settle a ${definition.label} whose shared record moved on`;
  if (!sameFields(wanted, seen.fields)) {
    const own = amendOwn(whole, { shared, before: seen.differs, wanted, spoken: given });
    const written =
      ownFieldNames(own).length === 0
        ? showShared(writer, { link, version }, { message })
        : keepOwnVersion(writer, { shared, tip: branch.tip, own, message });
    return answerChange(writer, request, written);
  }
  if (given.length === 0 && recordDriftOf(whole, seen) === null) return answerChange(writer, request, null);
  const fields = ownVersionToFields({
    ...version,
    differs: withoutFields(seen.differs, given),
    base: shared.version,
    baseCommit: branch.tip,
  });
  const written = appendToView(writer, { message, changes: [{ type: 'own_version', id: version.own, op: 'update', fields }] });
  return answerChange(writer, request, written);
}

import type { ViewChange } from '../../../shared/contract/app/views.ts';
import { notFound } from '../../../shared/errors.ts';
import { valueOf } from '../../../shared/json.ts';
import { ownFieldNames } from '../../../shared/versioning/overlay.ts';
import { findBranch } from '../queries/find-branch.ts';
import type { Writer } from '../reader.ts';
import { answerChange } from '../views/answer-change.ts';
import { viewTypeOf } from '../views/own-record.ts';
import { offersTo, seeOffer } from '../views/standing-offers.ts';
import { refuseBrokenText } from './refuse-broken-text.ts';
import { refuseUnknownFields } from './refuse-unknown-fields.ts';
import { takeUpRecord } from './take-up-record.ts';

export interface AdoptRequest {
  readonly offer: string;
  readonly fields?: readonly string[] | undefined;
  readonly summary?: string | undefined;
  readonly branch: string;
}

/**
 * Takes over what was offered as a new own version: every field in which the offered version differs from the shared record, or the named fields
 * as it shows them. Other fields stay as they are seen. The record comes onto the list where it is not on it yet. Refuses NOT_FOUND what is not
 * offered to the acting user, in the same words whether there is such an offer or not.
 */
export function adoptOffer(writer: Writer, request: AdoptRequest): ViewChange & { readonly kind: 'adopted' | 'unchanged' } {
  const { whole, actor } = writer;
  refuseBrokenText({ summary: request.summary ?? '' });
  const branch = findBranch(whole, request.branch);
  const standing = offersTo(whole, actor.userId).find(({ offer }) => offer.offer === request.offer);
  if (standing === undefined) throw notFound('offer', request.offer);
  const { type, id } = standing.offer;
  const definition = viewTypeOf(type);
  const shared = whole.versionAt(type, id, whole.placeAt(branch.ref));
  if (shared === null) throw notFound(definition.label, id);
  const offered = seeOffer(shared, standing);
  const names = request.fields ?? ownFieldNames(offered.differs);
  refuseUnknownFields(definition, names);
  const written = takeUpRecord(writer, definition, {
    shared,
    tip: branch.tip,
    patch: Object.fromEntries(names.map((name) => [name, valueOf(offered.fields, name)])),
    message: `Adopt an offered version of a ${definition.label}`,
    summary: request.summary,
    adoptedFrom: { user: standing.from, number: standing.version.number },
    origin: 'adopt',
  });
  return { ...answerChange(writer, { type, id, branch: request.branch }, written), kind: written === null ? 'unchanged' : 'adopted' };
}

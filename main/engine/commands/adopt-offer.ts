import type { ViewChange } from '../../../shared/contract/app/views.ts';
import { notFound, quote, RefusedError } from '../../../shared/errors.ts';
import type { Json } from '../../../shared/json.ts';
import type { EntityTypeDefinition } from '../../../shared/roster/entity-type.ts';
import { sameFields } from '../../../shared/versioning/diff.ts';
import { nothingOwn, overlay, ownFieldNames } from '../../../shared/versioning/overlay.ts';
import { findBranch } from '../queries/find-branch.ts';
import type { Writer } from '../reader.ts';
import { amendOwn } from '../views/amend-own.ts';
import { answerChange } from '../views/answer-change.ts';
import { viewTypeOf } from '../views/own-record.ts';
import { offersTo, seeOffer } from '../views/standing-offers.ts';
import { readUserView } from '../views/user-view.ts';
import { appendToView, draftLink, keepOwnVersion } from '../views/write-view.ts';
import { checkWhole } from './check-whole.ts';
import { refuseBrokenText } from './refuse-broken-text.ts';

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
  const patch = Object.fromEntries(names.map((name): [string, Json] => [name, offered.fields[name] ?? null]));

  const view = readUserView(whole, actor.userId);
  const link = view?.link(type, id) ?? null;
  // Own versions that stayed when a record was taken off the list show again.
  const own = link?.using == null ? nothingOwn : (view?.version(link.using)?.differs ?? nothingOwn);
  const seen = overlay(shared.fields, own);
  const wanted = checkWhole(definition, { before: seen, patch, id });
  const answer = { type, id, branch: request.branch };
  const message = `Adopt an offered version of a ${definition.label}`;
  if (!sameFields(seen, wanted)) {
    const kept = keepOwnVersion(writer, {
      shared,
      tip: branch.tip,
      own: amendOwn(whole, { shared, before: own, wanted, spoken: names }),
      message,
      summary: request.summary,
      adoptedFrom: { user: standing.from, number: standing.version.number },
      origin: 'adopt',
      settled: names,
    });
    return { ...answerChange(writer, answer, kept), kind: 'adopted' };
  }
  if (link?.linked === true) return { ...answerChange(writer, answer, null), kind: 'unchanged' };
  const written = appendToView(writer, { message, changes: [draftLink(writer, link, { type, id }, { linked: true, origin: 'adopt' })] });
  return { ...answerChange(writer, answer, written), kind: 'adopted' };
}

/** Refuses INVALID fields that records of a type do not have. */
export function refuseUnknownFields(definition: EntityTypeDefinition, names: readonly string[]): void {
  const unknown = names.filter((name) => definition.fields[name] === undefined);
  if (unknown.length === 0) return;
  const problems = unknown.map((name) => ({ field: quote(name), problem: `A ${definition.label} has no field “${quote(name)}”.` }));
  throw new RefusedError('INVALID', `Nothing was changed. ${problems[0]?.problem ?? ''}`, { what: 'field', fields: problems });
}

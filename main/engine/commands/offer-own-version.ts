import type { Offer } from '../../../shared/contract/app/views.ts';
import { notFound, RefusedError } from '../../../shared/errors.ts';
import type { EntityTypeDefinition } from '../../../shared/roster/entity-type.ts';
import { makeUuidV7 } from '../ids.ts';
import type { DraftChange } from '../local-store/store.ts';
import type { Writer } from '../reader.ts';
import { findOwnRecord, findOwnVersion, type OwnRecord } from '../views/own-record.ts';
import { describeOffer, offersOf } from '../views/standing-offers.ts';
import type { OwnVersion } from '../views/user-view.ts';
import { appendToView } from '../views/write-view.ts';
import { namesAt } from '../words/names-at.ts';
import { refuseBrokenText } from './refuse-broken-text.ts';

export interface OfferRequest {
  readonly type: string;
  readonly id: string;
  readonly to: string;
  readonly version?: number | undefined;
  readonly note?: string | undefined;
  readonly branch: string;
}

/**
 * Lets another user see and adopt one own version, the one that shows unless told, as it is: what is saved later stays private. Offering the
 * same version to the same user again changes its note at most. Refuses NOT_FOUND an unknown user, and INVALID where there is nothing of one's own.
 */
export function offerOwnVersion(writer: Writer, request: OfferRequest): Offer {
  const { whole, actor, users } = writer;
  const { type, id, to } = request;
  const note = request.note === undefined || request.note === '' ? null : request.note;
  refuseBrokenText({ note: note ?? '' });
  const record = findOwnRecord(whole, actor.userId, request);
  const { definition, shared, place } = record;
  refuseReceiver(writer, to);
  const version = versionToOffer(record, request.version);
  const standing = offersOf(whole, actor.userId, { type, id }).find(({ offer }) => offer.to === to && offer.own === version.own);
  if (standing === undefined || standing.offer.note !== note) {
    const offer = standing?.offer.offer ?? makeUuidV7(writer.clock(), writer.random);
    const change: DraftChange = {
      type: 'view_offer',
      id: offer,
      op: standing === undefined ? 'create' : 'update',
      fields: { entityType: type, entityId: id, version: version.own, to, ...(note === null ? {} : { note }) },
    };
    appendToView(writer, { message: `Offer a version of a ${definition.label}`, changes: [change] });
  }
  const written = offersOf(whole, actor.userId, { type, id }).find(({ offer }) => offer.to === to && offer.own === version.own);
  if (written === undefined) throw new Error('an offer that was made just now is not there');
  return describeOffer({ users, names: namesAt(writer.store, place), mask: false }, definition, written, shared);
}

function refuseReceiver({ actor, users }: Writer, to: string): void {
  if (to === actor.userId)
    throw new RefusedError('INVALID', 'You see your own versions already: offer this one to somebody else.', {
      what: 'user',
      fields: [{ field: 'to', problem: 'is yourself' }],
    });
  if (users.nameOf(to) === null) throw notFound('user', to);
}

function versionToOffer({ definition, view, link, seen }: OwnRecord, number: number | undefined): OwnVersion {
  // Number 1 of who registered the record says nothing of its own.
  if (number !== undefined && !(number === 1 && link.first)) return findOwnVersion({ view, link }, number);
  if (number !== undefined || seen.version === null) throw nothingToOffer(definition);
  return seen.version;
}

function nothingToOffer({ label }: EntityTypeDefinition): RefusedError {
  return new RefusedError(
    'INVALID',
    `You have nothing of your own to offer here: the ${label} shows as everybody sees it. Save your version first, then offer it.`,
    { what: 'version', fields: [{ field: 'version', problem: 'differs in nothing from the shared record' }] },
  );
}

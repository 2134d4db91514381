import type { Basis } from '../../../shared/contract/app/base.ts';
import type { SeenRecord } from '../../../shared/contract/app/views.ts';
import { notFound } from '../../../shared/errors.ts';
import type { Moment } from '../../../shared/ids.ts';
import type { Asker, StoreReader } from '../reader.ts';
import { describeSeen } from '../views/describe-seen.ts';
import { placeAndInstant, viewTypeOf } from '../views/own-record.ts';
import { openSight } from '../views/sight.ts';
import { namesAt } from '../words/names-at.ts';
import { basisOf } from './basis-of.ts';

export interface SeenRequest {
  readonly type: string;
  readonly id: string;
  readonly branch: string;
  readonly at?: Moment | undefined;
  readonly view?: string | undefined;
  readonly mask: boolean;
}

/** A record as the asker sees it on a branch at a moment, in the own view or in one that was offered. Refuses NOT_FOUND what does not show. */
export function readSeen(store: StoreReader, asker: Asker, request: SeenRequest): SeenRecord & { readonly basis: Basis } {
  const { whole, userId } = asker;
  const definition = viewTypeOf(request.type);
  const { place, instant } = placeAndInstant(store, request.branch, request.at);
  const sight = openSight(whole, { asker: userId, as: request.view, at: instant });
  const shared = whole.versionAt(request.type, request.id, place);
  const seen = shared === null ? null : sight.see(shared);
  if (seen === null) throw notFound(definition.label, request.id);
  const names = namesAt(store, place);
  return { ...describeSeen({ whole, names, sight, mask: request.mask }, definition, seen), basis: basisOf(place) };
}

import type { Moment } from '../../../shared/ids.ts';
import type { AtMoment } from '../../../shared/contract/app/versions.ts';
import { EntityId } from '../../../shared/ids.ts';
import { publicTypeOf } from '../../../shared/roster/entity-type.ts';
import type { Asker, StoreReader } from '../reader.ts';
import { placeAndInstant } from '../views/own-record.ts';
import { openSight } from '../views/sight.ts';
import { basisOf } from './basis-of.ts';

export interface AtRequest {
  readonly type: string;
  readonly id: string;
  readonly branch: string;
  readonly at?: Moment | undefined;
  /** Whose view is laid over the branch; none unless told. */
  readonly view?: string | undefined;
}

/**
 * One entity as the branch showed it at a moment, that moment included; with a view, as it showed then in that view. Where it did not exist or
 * did not show: version -1 and no fields. The version is that of the branch, whatever is laid over it.
 */
export function readAt(store: StoreReader, { type, id, branch, at, view }: AtRequest, asker: Asker): AtMoment {
  publicTypeOf(type);
  const { place, instant } = placeAndInstant(store, branch, at);
  const version = (view === undefined ? store : asker.whole).versionAt(type, id, place);
  const sight = view === undefined ? null : openSight(asker.whole, { asker: asker.userId, as: view, at: instant });
  const shown = version === null || sight === null ? version : sight.see(version);
  return {
    type,
    id: EntityId.parse(id),
    existed: shown !== null,
    version: shown === null ? -1 : (version?.version ?? -1),
    fields: shown?.fields ?? {},
    basis: basisOf(place),
  };
}

import type { Moment } from '../../../shared/ids.ts';
import type { AtMoment } from '../../../shared/contract/app/versions.ts';
import { EntityId } from '../../../shared/ids.ts';
import { publicTypeOf } from '../../../shared/roster/entity-type.ts';
import type { StoreReader } from '../reader.ts';
import { basisOf } from './basis-of.ts';
import { placeOnBranch } from './find-branch.ts';

/** One entity as the branch showed it at a moment, that moment included. Where it did not exist: version -1 and no fields. */
export function readAt(
  store: StoreReader,
  { type, id, branch, at }: { readonly type: string; readonly id: string; readonly branch: string; readonly at?: Moment | undefined },
): AtMoment {
  publicTypeOf(type);
  const place = placeOnBranch(store, branch, at);
  const version = store.versionAt(type, id, place);
  return {
    type,
    id: EntityId.parse(id),
    existed: version !== null,
    version: version?.version ?? -1,
    fields: version?.fields ?? {},
    basis: basisOf(place),
  };
}

import type { Basis, Filters } from '../../../shared/contract/app/base.ts';
import { EntityId, type Moment, type VersionHash } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import { publicTypeOf } from '../../../shared/roster/entity-type.ts';
import type { StoredVersion } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { basisOf } from './basis-of.ts';
import { placeOnBranch } from './find-branch.ts';
import { matchFilters } from './match-filters.ts';
import type { PageAnswer, PageRequest } from './page-of.ts';

export interface AllAtRequest extends PageRequest {
  readonly type: string;
  readonly branch: string;
  readonly at?: Moment | undefined;
  readonly filters?: Filters | undefined;
}

type Entity = { readonly type: string; readonly id: EntityId; readonly version: VersionHash; readonly fields: Fields };

/** All entities of a type that existed on the branch at a moment and pass the filters, in the order of their ids. */
export function readAllAt(store: StoreReader, request: AllAtRequest): PageAnswer<Entity> & { readonly basis: Basis } {
  const passes = matchFilters([publicTypeOf(request.type)], request.filters);
  const place = placeOnBranch(store, request.branch, request.at);
  const found: StoredVersion[] = [];
  for (const version of store.entitiesAt(request.type, place)) if (passes(version.fields)) found.push(version);
  found.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  // The cursor is an id and need not exist any more: entities may have gone between two pages.
  const start = request.cursor === undefined ? 0 : firstAfter(found, request.cursor);
  const items = found.slice(start, start + request.limit);
  return {
    items: items.map(({ type, id, version, fields }) => ({ type, id: EntityId.parse(id), version, fields })),
    total: found.length,
    next: start + request.limit < found.length ? (items.at(-1)?.id ?? null) : null,
    basis: basisOf(place),
  };
}

function firstAfter(sorted: readonly StoredVersion[], id: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.id ?? '') <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}

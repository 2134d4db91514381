import type { Basis, Filters } from '../../../shared/contract/app/base.ts';
import { EntityId, type Moment, type VersionHash } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import { publicTypeOf } from '../../../shared/roster/entity-type.ts';
import type { Asker, StoreReader } from '../reader.ts';
import { placeAndInstant } from '../views/own-record.ts';
import { seeAll } from '../views/see-all.ts';
import { openSight } from '../views/sight.ts';
import { basisOf } from './basis-of.ts';
import { matchFilters } from './match-filters.ts';
import type { PageAnswer, PageRequest } from './page-of.ts';

export interface AllAtRequest extends PageRequest {
  readonly type: string;
  readonly branch: string;
  readonly at?: Moment | undefined;
  readonly filters?: Filters | undefined;
  /** Whose view is laid over the branch; none unless told. */
  readonly view?: string | undefined;
}

type Entity = { readonly type: string; readonly id: EntityId; readonly version: VersionHash; readonly fields: Fields };

/**
 * All entities of a type that existed on the branch at a moment and pass the filters, in the order of their ids; with a view, as they showed then
 * in that view: filters test what is seen.
 */
export function readAllAt(store: StoreReader, request: AllAtRequest, asker: Asker): PageAnswer<Entity> & { readonly basis: Basis } {
  const passes = matchFilters([publicTypeOf(request.type)], request.filters);
  const { place, instant } = placeAndInstant(store, request.branch, request.at);
  const found: Shown[] = [];
  for (const shown of shownAt(store, asker, request, { place, instant })) if (passes(shown.fields)) found.push(shown);
  found.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  // The cursor is an id and need not exist any more: entities may have gone between two pages.
  const start = request.cursor === undefined ? 0 : firstAfter(found, request.cursor);
  const items = found.slice(start, start + request.limit);
  return {
    items: items.map(({ id, version, fields }) => ({ type: request.type, id: EntityId.parse(id), version, fields })),
    total: found.length,
    next: start + request.limit < found.length ? (items.at(-1)?.id ?? null) : null,
    basis: basisOf(place),
  };
}

interface Shown {
  readonly id: string;
  readonly version: VersionHash;
  readonly fields: Fields;
}

function* shownAt(
  store: StoreReader,
  { whole, userId }: Asker,
  { type, view }: AllAtRequest,
  { place, instant }: ReturnType<typeof placeAndInstant>,
): Generator<Shown> {
  if (view === undefined) {
    yield* store.entitiesAt(type, place);
    return;
  }
  const sight = openSight(whole, { asker: userId, as: view, at: instant });
  for (const { shared, fields } of seeAll(whole, sight, type, place)) yield { id: shared.id, version: shared.version, fields };
}

function firstAfter(sorted: readonly { readonly id: string }[], id: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.id ?? '') <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}

import type { SeenRecord } from '../../../shared/contract/app/views.ts';
import type { Fields } from '../../../shared/json.ts';
import type { Moment } from '../../../shared/ids.ts';
import { textOf } from '../../../shared/roster/field.ts';
import { foldText, matchText } from '../../../shared/roster/fold-text.ts';
import type { Asker, StoreReader } from '../reader.ts';
import { describeSeen, identifierOf } from '../views/describe-seen.ts';
import { placeAndInstant, viewTypeOf } from '../views/own-record.ts';
import { seeAll } from '../views/see-all.ts';
import { openSight, type Seen } from '../views/sight.ts';
import { namesAt } from '../words/names-at.ts';
import { pageOf, type PageAnswer, type PageRequest } from './page-of.ts';

export interface SearchRequest extends PageRequest {
  readonly type: string;
  readonly text?: string | undefined;
  readonly branch: string;
  readonly at?: Moment | undefined;
  readonly view?: string | undefined;
  readonly mask: boolean;
}

interface Found {
  readonly seen: Seen;
  readonly foldedName: string;
}

/**
 * The records that show in a view, in the order of the names they show under, found by that name or by the identifier. The total counts what
 * the asker sees: what others call a record, and records that are not there for the asker, change neither.
 */
export function searchSeen(store: StoreReader, asker: Asker, request: SearchRequest): PageAnswer<SeenRecord> {
  const { whole, userId } = asker;
  const definition = viewTypeOf(request.type);
  const { place, instant } = placeAndInstant(store, request.branch, request.at);
  const sight = openSight(whole, { asker: userId, as: request.view, at: instant });
  const matches = matchText(request.text ?? '');
  const found: Found[] = [];
  for (const seen of seeAll(whole, sight, request.type, place)) {
    const foldedName = foldedNameOf(seen.fields);
    if (matches({ foldedName, identifier: identifierOf(definition, seen) })) found.push({ seen, foldedName });
  }
  found.sort(compareFound);
  const page = pageOf(found, request, ({ seen }) => seen.shared.id);
  const names = namesAt(store, place);
  return { ...page, items: page.items.map(({ seen }) => describeSeen({ whole, names, sight, mask: request.mask }, definition, seen)) };
}

// Stored fields are frozen and shared between answers, so most names are folded once.
const foldedNames = new WeakMap<Fields, string>();

function foldedNameOf(fields: Fields): string {
  const known = foldedNames.get(fields);
  if (known !== undefined) return known;
  const folded = foldText(textOf(fields, 'name') ?? '');
  foldedNames.set(fields, folded);
  return folded;
}

function compareFound(a: Found, b: Found): number {
  if (a.foldedName !== b.foldedName) return a.foldedName < b.foldedName ? -1 : 1;
  return a.seen.shared.id < b.seen.shared.id ? -1 : 1;
}

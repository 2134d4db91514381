import type { ChangeTotals, EntityChange, Filters } from '../../../shared/contract/app/base.ts';
import type { ResolvedSide, Side } from '../../../shared/contract/app/diff.ts';
import type { z } from 'zod';
import { RefusedError } from '../../../shared/errors.ts';
import type { Fields } from '../../../shared/json.ts';
import { entityTypeOf, entityTypes, publicTypeOf } from '../../../shared/roster/entity-type.ts';
import { dateToDay } from '../../../shared/roster/slot.ts';
import type { CommitRecord, NetChange, Place, StoredVersion } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { describeEntityChange } from '../words/entity-change.ts';
import { namesAt } from '../words/names-at.ts';
import { loadVersions } from './load-versions.ts';
import { matchFilters } from './match-filters.ts';
import { pageOf, type PageRequest } from './page-of.ts';
import { resolveSide } from './resolve-side.ts';

export interface DiffRequest extends PageRequest {
  readonly from: Side;
  readonly to: Side;
  readonly types?: readonly string[] | undefined;
  readonly kinds?: readonly EntityChange['kind'][] | undefined;
  readonly person?: string | undefined;
  readonly author?: string | undefined;
  readonly days?: { readonly from: string; readonly to: string } | undefined;
  readonly filters?: Filters | undefined;
}

type Totals = z.infer<typeof ChangeTotals>;

export interface DiffAnswer {
  readonly from: ResolvedSide;
  readonly to: ResolvedSide;
  readonly items: EntityChange[];
  readonly total: number;
  readonly totals: Totals;
  readonly byType: (Totals & { readonly type: string; readonly label: string })[];
  readonly next: string | null;
}

/** One entity that differs, with both its sides. */
interface Difference {
  readonly type: string;
  readonly id: string;
  readonly kind: EntityChange['kind'];
  readonly before: StoredVersion | null;
  readonly after: StoredVersion | null;
  readonly cause: () => CommitRecord | null;
}

/**
 * What differs between two moments, by type, then by day, then by whom it is about. Everything that passes the filters is counted; `items`
 * are one page of it. A filter on a record holds when either of its sides passes it.
 */
export function diffCommits(store: StoreReader, request: DiffRequest): DiffAnswer {
  const types =
    request.types === undefined ? entityTypes.map((definition) => definition.type) : request.types.map((type) => publicTypeOf(type).type);
  const passes = diffTest(request, types);
  const [from, to] = [resolveSide(store, request.from), resolveSide(store, request.to)];
  const found = readDifferences(store, { from: from.place, to: to.place, types }).filter(passes);
  const sorted = sortForReading(found);
  const { items, total, next } = pageOf(sorted, request, (difference) => `${difference.type} ${difference.id}`);
  const [fromNames, toNames] = [namesAt(store, from.place), namesAt(store, to.place)];
  return {
    from: from.side,
    to: to.side,
    items: items.map((item) => describeEntityChange({ ...item, cause: item.cause(), fromNames, toNames })),
    total,
    totals: countKinds(found),
    byType: entityTypes.flatMap((definition) => {
      const ofType = found.filter((difference) => difference.type === definition.type);
      return ofType.length === 0 ? [] : [{ type: definition.type, label: definition.plural, ...countKinds(ofType) }];
    }),
    next,
  };
}

function readDifferences(
  store: StoreReader,
  { from, to, types }: { readonly from: Place; readonly to: Place; readonly types: readonly string[] },
): Difference[] {
  const changes = store.changesBetween(from, to, { types });
  const versionByRow = loadVersions(store, changes);
  return changes.map((change) => ({
    type: change.type,
    id: change.id,
    kind: kindOf(change),
    before: versionByRow(change.before),
    after: versionByRow(change.after),
    cause: () => (change.cause === null ? null : store.commitOf(change.cause)),
  }));
}

function kindOf(change: NetChange): EntityChange['kind'] {
  return change.before === null ? 'added' : change.after === null ? 'removed' : 'changed';
}

function diffTest(request: DiffRequest, types: readonly string[]): (difference: Difference) => boolean {
  const { kinds, person, author, days } = request;
  const definitions = types.map(publicTypeOf);
  const matches = matchFilters(definitions, request.filters);
  const slots = days === undefined ? null : daysAsSlots(days);
  const passes = (type: string, id: string, fields: Fields): boolean => {
    const axes = person === undefined && slots === null ? null : entityTypeOf(type).axes(fields);
    if (person !== undefined && axes?.subject !== person && fields['personId'] !== person && !(type === 'person' && id === person))
      return false;
    if (slots !== null && (axes === null || axes.from > slots.to || axes.to < slots.from)) return false;
    return matches(fields);
  };
  return (difference) =>
    (kinds === undefined || kinds.includes(difference.kind)) &&
    [difference.before, difference.after].some((side) => side !== null && passes(difference.type, difference.id, side.fields)) &&
    (author === undefined || difference.cause()?.author === author);
}

function daysAsSlots({ from, to }: { readonly from: string; readonly to: string }): { readonly from: number; readonly to: number } {
  const [first, last] = [dateToDay(from), dateToDay(to)];
  if (last < first)
    throw new RefusedError('INVALID', `The days end (${to}) before they start (${from}).`, {
      what: 'days',
      fields: [{ field: 'to', problem: `lies before ${from}` }],
    });
  return { from: first * 2, to: last * 2 + 1 };
}

function sortForReading(differences: readonly Difference[]): Difference[] {
  const typeOrder = new Map(entityTypes.map((definition, index) => [definition.type, index]));
  return differences
    .map((difference) => {
      const axes = entityTypeOf(difference.type).axes((difference.after ?? difference.before)?.fields ?? {});
      return { difference, order: typeOrder.get(difference.type) ?? 0, slot: axes?.from ?? 0, subject: axes?.subject ?? '' };
    })
    .toSorted(
      (a, b) => a.order - b.order || a.slot - b.slot || compareText(a.subject, b.subject) || compareText(a.difference.id, b.difference.id),
    )
    .map(({ difference }) => difference);
}

function countKinds(differences: readonly Difference[]): Totals {
  const totals = { added: 0, removed: 0, changed: 0 };
  for (const { kind } of differences) totals[kind] += 1;
  return totals;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

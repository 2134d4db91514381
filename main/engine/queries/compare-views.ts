import type { FieldChange } from '../../../shared/contract/app/base.ts';
import type { ViewSide } from '../../../shared/contract/app/views.ts';
import { EntityId, type Moment } from '../../../shared/ids.ts';
import type { Asker, StoreReader } from '../reader.ts';
import { placeAndInstant, viewTypeOf } from '../views/own-record.ts';
import { findViewSides, pickSide } from '../views/view-sides.ts';
import { describeFieldChanges, summariseFieldChanges } from '../words/field-changes.ts';
import { namesAt } from '../words/names-at.ts';

export interface CompareViewsRequest {
  readonly type: string;
  readonly id: string;
  readonly a: ViewSide;
  readonly b: ViewSide;
  readonly branch: string;
  readonly at?: Moment | undefined;
}

export interface ViewComparison {
  readonly type: string;
  readonly id: EntityId;
  readonly a: { readonly label: string; readonly number: number | null };
  readonly b: { readonly label: string; readonly number: number | null };
  readonly changes: FieldChange[];
  readonly summary: string;
}

/**
 * What leads from one side to another, each laid over the shared record of that moment: the shared record, one's own versions, and versions that
 * were offered. Refuses NOT_FOUND any other, in the same words whether there is one or not.
 */
export function compareViews(store: StoreReader, asker: Asker, request: CompareViewsRequest): ViewComparison {
  const { type, id } = request;
  const definition = viewTypeOf(type);
  const { place, instant } = placeAndInstant(store, request.branch, request.at);
  const sides = findViewSides(asker, { type, id, place, at: instant });
  const a = pickSide(asker, sides, request.a, instant);
  const b = pickSide(asker, sides, request.b, instant);
  const names = namesAt(store, place);
  const changes = describeFieldChanges({ definition, from: a.fields, to: b.fields, fromNames: names, toNames: names });
  return {
    type,
    id: EntityId.parse(id),
    a: { label: a.label, number: a.number },
    b: { label: b.label, number: b.number },
    changes,
    summary: summariseFieldChanges(changes),
  };
}

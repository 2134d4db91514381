import type { RestoreScope } from '../../../shared/contract/app/changes.ts';
import { RefusedError } from '../../../shared/errors.ts';
import type { Fields } from '../../../shared/json.ts';
import { entityTypeOf, publicTypeOf } from '../../../shared/roster/entity-type.ts';
import { dateToDay, slotOf } from '../../../shared/roster/slot.ts';
import type { NetChange, Place, StoredVersion } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { loadVersions } from './load-versions.ts';

/** One entity that a restore touches: how it is, and how it was and will be again. `null` where it does not exist. */
export interface RestoreStep {
  readonly type: string;
  readonly id: string;
  readonly now: StoredVersion | null;
  readonly past: StoredVersion | null;
}

/** What is brought back, from where to where. */
export interface RestorePlace {
  readonly now: Place;
  readonly past: Place;
  readonly scope: RestoreScope;
  /** A record that stays although it was not there then: somebody else works with it. */
  readonly stays: (record: { readonly type: string; readonly id: string }) => boolean;
}

export interface RestorePlan {
  readonly steps: readonly RestoreStep[];
  /** How many records stay that would go. */
  readonly kept: number;
}

/** Everything in scope that differs between now and past, in canonical entity order. */
export function planRestore(store: StoreReader, { now, past, scope, stays }: RestorePlace): RestorePlan {
  const isInScope = scopeTest(scope);
  const changes = changesToward(store, now, past, scope);
  const versionByRow = loadVersions(store, changes);
  const all = changes
    .map(({ type, id, before, after }) => ({ type, id, now: versionByRow(before), past: versionByRow(after) }))
    .filter((step) => isInScope(step));
  const steps = all.filter((step) => step.past !== null || !stays(step));
  return { steps, kept: all.length - steps.length };
}

function changesToward(store: StoreReader, now: Place, past: Place, scope: RestoreScope): readonly NetChange[] {
  if (scope.kind !== 'entities') return store.changesBetween(now, past, scope.kind === 'cell' ? { types: ['assignment'] } : {});
  const wanted = new Set(scope.entities.map(({ type, id }) => `${publicTypeOf(type).type} ${id}`));
  return store
    .changesBetween(now, past, { types: [...new Set(scope.entities.map(({ type }) => type))] })
    .filter(({ type, id }) => wanted.has(`${type} ${id}`));
}

function scopeTest(scope: RestoreScope): (step: RestoreStep) => boolean {
  switch (scope.kind) {
    case 'all':
    case 'entities':
      return () => true;
    case 'person':
      return eitherSide((type, id, fields) => isOfPerson(type, id, fields, scope.personId));
    case 'days': {
      const [from, to] = daysAsSlots(scope);
      const { personId } = scope;
      return eitherSide(
        (type, id, fields) => standsWithin(type, fields, from, to) && (personId === undefined || isOfPerson(type, id, fields, personId)),
      );
    }
    case 'cell': {
      const slot = slotOf(scope.date, scope.half);
      return eitherSide((type, _id, fields) => fields['personId'] === scope.personId && standsWithin(type, fields, slot, slot));
    }
  }
}

/** A record that moved is in scope where it was and where it is: else a restore would leave it in both places or in none. */
function eitherSide(test: (type: string, id: string, fields: Fields) => boolean): (step: RestoreStep) => boolean {
  return ({ type, id, now, past }) => (now !== null && test(type, id, now.fields)) || (past !== null && test(type, id, past.fields));
}

function isOfPerson(type: string, id: string, fields: Fields, personId: string): boolean {
  return (type === 'person' && id === personId) || fields['personId'] === personId || entityTypeOf(type).axes(fields)?.subject === personId;
}

function standsWithin(type: string, fields: Fields, from: number, to: number): boolean {
  const axes = entityTypeOf(type).axes(fields);
  return axes !== null && axes.from <= to && axes.to >= from;
}

function daysAsSlots({ from, to }: { readonly from: string; readonly to: string }): readonly [number, number] {
  const [first, last] = [dateToDay(from), dateToDay(to)];
  if (last < first)
    throw new RefusedError('INVALID', `The days to bring back end (${to}) before they start (${from}).`, {
      what: 'scope',
      fields: [{ field: 'to', problem: `lies before ${from}` }],
    });
  return [first * 2, last * 2 + 1];
}

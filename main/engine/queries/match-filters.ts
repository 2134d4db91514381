import type { Filters } from '../../../shared/contract/app/base.ts';
import { RefusedError, quote } from '../../../shared/errors.ts';
import { valueOf, type Fields, type Json } from '../../../shared/json.ts';
import type { EntityTypeDefinition } from '../../../shared/roster/entity-type.ts';
import { sameJson } from '../../../shared/versioning/canonical.ts';

/**
 * Makes the test of a record against field conditions, all of which must hold. Refuses INVALID a field that none of the types has.
 * A bound holds only for values of its own kind: text for text, numbers for numbers. `null` asks for records without the field.
 */
export function matchFilters(definitions: readonly EntityTypeDefinition[], filters: Filters | undefined): (fields: Fields) => boolean {
  const conditions = Object.entries(filters ?? {});
  const unknown = conditions.filter(([field]) => !definitions.some((definition) => definition.fields[field] !== undefined));
  if (unknown.length > 0) {
    const types = definitions.map((definition) => definition.type).join(', ');
    throw new RefusedError('INVALID', `There is no field “${quote(unknown[0]?.[0] ?? '')}” to filter by in ${types}.`, {
      what: 'filter',
      fields: unknown.slice(0, 20).map(([field]) => ({ field: quote(field), problem: 'no such field' })),
    });
  }
  const tests = conditions.map(([field, condition]) => {
    const holds = conditionTest(condition);
    return (fields: Fields) => holds(valueOf(fields, field));
  });
  return (fields) => tests.every((test) => test(fields));
}

function conditionTest(condition: Filters[string]): (value: Json) => boolean {
  if (condition === null || typeof condition !== 'object') return (value) => sameJson(value, condition);
  if ('in' in condition) {
    const wanted = condition.in;
    return (value) => wanted.some((one) => sameJson(value, one));
  }
  const { from, to } = condition;
  return (value) => (from === undefined || isInOrder(from, value)) && (to === undefined || isInOrder(value, to));
}

function isInOrder(low: Json, high: Json): boolean {
  if (typeof low === 'string' && typeof high === 'string') return low <= high;
  return typeof low === 'number' && typeof high === 'number' && low <= high;
}

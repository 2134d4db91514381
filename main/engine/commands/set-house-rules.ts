import type { HouseRule } from '../../../shared/contract/app/merges.ts';
import { RefusedError } from '../../../shared/errors.ts';
import { publicTypeOf } from '../../../shared/roster/entity-type.ts';
import { readHouseRules } from '../merging/house-rules.ts';
import type { Writer } from '../reader.ts';
import { refuseUnlessApprover } from './refuse-protected.ts';

/** Replaces the house rules of the programme. Refuses UNKNOWN_TYPE and INVALID for what no record has, and two rules for the same thing. */
export function setHouseRules(writer: Writer, { rules }: { readonly rules: readonly HouseRule[] }): { readonly rules: HouseRule[] } {
  refuseUnlessApprover(writer, 'set the house rules');
  const seen = new Set<string>();
  for (const { type, field } of rules) {
    const definition = publicTypeOf(type);
    const problem =
      field !== null && !Object.hasOwn(definition.fields, field)
        ? `${definition.plural} have no field “${field}”`
        : seen.has(`${type} ${field}`)
          ? 'has two rules'
          : null;
    if (problem !== null)
      throw new RefusedError(
        'INVALID',
        `The house rules were not changed: ${definition.label}${field === null ? '' : `, ${field}`}: ${problem}.`,
        {
          what: 'rule',
          fields: [{ field: field ?? 'type', problem, type }],
        },
      );
    seen.add(`${type} ${field}`);
  }
  writer.merges((merges) => merges.setHouseRules(rules.map(({ type, field, prefer }) => ({ type, field, prefer }))));
  return { rules: readHouseRules(writer.store) };
}

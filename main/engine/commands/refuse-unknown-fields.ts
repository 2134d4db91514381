import { quote, RefusedError } from '../../../shared/errors.ts';
import type { EntityTypeDefinition } from '../../../shared/roster/entity-type.ts';

/** Refuses INVALID fields that records of a type do not have. */
export function refuseUnknownFields({ type, label, fields }: EntityTypeDefinition, names: readonly string[]): void {
  const unknown = names.filter((name) => !Object.hasOwn(fields, name));
  if (unknown.length === 0) return;
  const problems = unknown.map((name) => ({ field: quote(name), problem: `A ${label} has no field “${quote(name)}”.`, type }));
  throw new RefusedError('INVALID', `Nothing was changed. ${problems[0]?.problem ?? ''}`, { what: 'field', fields: problems });
}

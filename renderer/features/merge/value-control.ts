import type { Json } from '../../../shared/json.ts';
import { findEntityType, type FieldType } from '../../../shared/roster/entity-type.ts';

/** Which control a value is set with. */
export type ValueControl = 'choice' | 'person' | 'rotation' | 'code' | 'set' | 'yes-no' | 'number' | 'date' | 'long-text' | 'text' | 'json';

/** The definition of a field, `undefined` for one that this program does not know. */
export function fieldTypeOf(type: string, field: string): FieldType | undefined {
  const fields = findEntityType(type)?.fields;
  return fields && Object.hasOwn(fields, field) ? fields[field] : undefined;
}

/** The control that fits a field: found by asking the field what it accepts, so that a new kind of field needs no list here. */
export function controlOf(type: string, field: string): ValueControl {
  const known = fieldTypeOf(type, field);
  if (!known) return 'json';
  const accepts = (value: Json): boolean => known.check(value) === null;
  if (known.options) return 'choice';
  if (known.reference === 'person' || known.reference === 'rotation') return known.reference;
  if (type === 'assignment' && field === 'activity') return 'code';
  if (known.kind === 'set') return 'set';
  if (known.kind === 'object' || accepts([{}])) return 'json';
  if (accepts(true)) return 'yes-no';
  // A telephone number may look like a date, but a date never like a telephone number.
  if (accepts('2026-01-05') && !accepts('x') && !accepts('33334444')) return 'date';
  if ([0, 1, 0.5, 10, 100, 2026].some(accepts)) return 'number';
  return accepts('x'.repeat(300)) ? 'long-text' : 'text';
}

/** What is wrong with a value for a field, as a sentence; `null` when it can be saved. `null` as a value leaves the field empty. */
export function problemOfValue(type: string, field: string, value: Json): string | null {
  const known = fieldTypeOf(type, field);
  if (!known) return null;
  if (value === null || value === '') return known.required ? `${known.label} is required.` : null;
  return known.check(known.normalise?.(value) ?? value);
}

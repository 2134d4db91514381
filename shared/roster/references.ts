import type { ReferenceType } from './definition.ts';
import { findEntityType } from './entity-type.ts';

/** A field that holds the id of another record. */
export interface Reference {
  readonly field: string;
  readonly to: ReferenceType;
  /** The record means nothing without what it points to. */
  readonly required: boolean;
}

const referencesByType = new Map<string, readonly Reference[]>();

/** The fields of a type that point to other records, in the order of the registry; none for a type that is unknown here. */
export function referencesOf(type: string): readonly Reference[] {
  const known = referencesByType.get(type);
  if (known) return known;
  const definition = findEntityType(type);
  if (!definition) return [];
  const references = Object.entries(definition.fields).flatMap(([field, { reference, required }]) =>
    reference === undefined ? [] : [{ field, to: reference, required: required === true }],
  );
  referencesByType.set(type, references);
  return references;
}

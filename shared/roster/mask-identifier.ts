import type { Fields } from '../json.ts';
import type { EntityTypeDefinition } from './definition.ts';
import { textOf } from './field.ts';

/** Whether identifiers of a type are hidden where masking is asked for: those that are personal. */
export function isMaskable(definition: EntityTypeDefinition): boolean {
  return definition.identifier !== null && definition.fields[definition.identifier]?.personal === true;
}

/** An identifier with most of its digits hidden: `***.456.789-**`. One of another form is hidden whole. */
export function maskIdentifier(identifier: string): string {
  const middle = /^\d{3}(\d{3})(\d{3})\d{2}$/.exec(identifier);
  return middle === null ? '*'.repeat(identifier.length) : `***.${middle[1]}.${middle[2]}-**`;
}

/** The record with its identifier hidden; as it is where the type has none that is hidden. */
export function maskFields(definition: EntityTypeDefinition, fields: Fields): Fields {
  const { identifier } = definition;
  const value = identifier === null ? null : textOf(fields, identifier);
  return identifier === null || value === null || !isMaskable(definition) ? fields : { ...fields, [identifier]: maskIdentifier(value) };
}

import { RefusedError } from '../../../shared/errors.ts';
import { publicTypeOf, type EntityTypeDefinition } from '../../../shared/roster/entity-type.ts';

/** The definition of a type that users keep views of. Refuses UNKNOWN_TYPE for what is no type, and UNSUPPORTED for one without views. */
export function viewTypeOf(type: string): EntityTypeDefinition {
  const definition = publicTypeOf(type);
  if (!definition.views)
    throw new RefusedError('UNSUPPORTED', `Everybody sees the same ${definition.plural}: nobody keeps a version of one’s own of them.`, {
      what: 'type',
      id: type,
    });
  return definition;
}

import type { Fields } from '../../../shared/json.ts';
import { checkFields, checkImmutable, type EntityTypeDefinition } from '../../../shared/roster/entity-type.ts';
import { applyPatch, invalid } from './prepare-changes.ts';

/**
 * The whole record that a patch makes of what is there (`null`: of nothing), in its stored form: fields not sent stay, `null` clears. Refuses
 * INVALID what the type does not allow, every problem at once.
 */
export function checkWhole(
  definition: EntityTypeDefinition,
  { before, patch, id }: { readonly before: Fields | null; readonly patch: Fields; readonly id?: string | undefined },
): Fields {
  const after = definition.normalise(applyPatch(before ?? {}, patch));
  const found = [
    ...checkFields(definition, { ...unknownIn(definition, patch), ...after }),
    ...(before === null ? [] : checkImmutable(definition, before, after)),
  ];
  if (found.length > 0) throw invalid(found.map((problem) => ({ ...problem, type: definition.type, ...(id === undefined ? {} : { id }) })));
  return after;
}

/** A patch that empties a field which does not exist is mistyped: that nothing was emptied would go unnoticed. */
function unknownIn({ fields }: EntityTypeDefinition, patch: Fields): Fields {
  return Object.fromEntries(Object.entries(patch).filter(([name]) => !Object.hasOwn(fields, name)));
}

import { notFound } from '../../../shared/errors.ts';
import { publicTypeOf } from '../../../shared/roster/entity-type.ts';
import type { BranchRecord } from '../local-store/store.ts';
import type { Writer } from '../reader.ts';
import { hidesFrom } from '../sighted-store/merging-store.ts';

/** The records of a pick, each once. Refuses UNKNOWN_TYPE, and NOT_FOUND for a record that neither branch ever had. */
export function refusePickOfNothing(
  { store }: Writer,
  { source, target }: { readonly source: BranchRecord; readonly target: BranchRecord },
  entities: readonly { readonly type: string; readonly id: string }[],
): { readonly type: string; readonly id: string }[] {
  const byKey = new Map(entities.map(({ type, id }) => [`${publicTypeOf(type).type} ${id}`, { type, id }]));
  const places = [store.placeAt(source.ref), store.placeAt(target.ref)];
  for (const { type, id } of byKey.values())
    if (hidesFrom(store, { type, id }) || places.every((place) => store.versionsOf(type, id, place).length === 0))
      throw notFound(publicTypeOf(type).label, id);
  return [...byKey.values()];
}

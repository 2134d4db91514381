import type { EntityTypeDefinition } from '../../../shared/roster/entity-type.ts';
import { textOf } from '../../../shared/roster/field.ts';
import { isBranchRef } from '../../../shared/versioning/ref-name.ts';
import type { Place, StoredVersion } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';

interface Known {
  readonly place: Place;
  readonly idByIdentifier: Map<string, string>;
  readonly identifierById: Map<string, string>;
}

// One index per line that is asked for; from move to move only the difference is read.
const kept = new WeakMap<StoreReader, Map<string, Known>>();

/**
 * The record with an identifier: on this branch, else the same record on another one. `place` is that of the branch; `isHere` says whether it
 * stands there now. Whoever may see it is not asked.
 */
export function findByIdentifier(
  whole: StoreReader,
  definition: EntityTypeDefinition,
  identifier: string,
  ref: string,
): { readonly id: string; readonly here: StoredVersion | null } | null {
  const others = whole.refs().filter((record) => isBranchRef(record.ref) && record.ref !== ref);
  for (const name of [ref, ...others.map((record) => record.ref)]) {
    const place = whole.placeAt(name);
    const id = identifiersAt(whole, definition, name, place).idByIdentifier.get(identifier);
    if (id !== undefined) return { id, here: name === ref ? whole.versionAt(definition.type, id, place) : null };
  }
  return null;
}

function identifiersAt(whole: StoreReader, definition: EntityTypeDefinition, ref: string, place: Place): Known {
  const indexes = kept.get(whole) ?? new Map<string, Known>();
  kept.set(whole, indexes);
  const key = `${definition.type} ${ref}`;
  const before = indexes.get(key);
  // A place that a command took back when it failed is no longer held by the line.
  const stands = before !== undefined && before.place.commit !== null && whole.holds(place, before.place.commit);
  const known = stands ? readDifference(whole, definition, before, place) : readAll(whole, definition, place);
  indexes.set(key, known);
  return known;
}

function readAll(whole: StoreReader, definition: EntityTypeDefinition, place: Place): Known {
  const known: Known = { place, idByIdentifier: new Map(), identifierById: new Map() };
  for (const version of whole.entitiesAt(definition.type, place)) put(known, definition, version);
  return known;
}

function readDifference(whole: StoreReader, definition: EntityTypeDefinition, before: Known, place: Place): Known {
  if (before.place.commit === place.commit) return before;
  const known: Known = { ...before, place };
  const changes = whole.changesBetween(before.place, place, { types: [definition.type] });
  for (const { id } of changes) drop(known, id);
  for (const version of whole.versions(changes.flatMap(({ after }) => (after === null ? [] : [after])))) put(known, definition, version);
  return known;
}

function put(known: Known, { identifier }: EntityTypeDefinition, { id, fields }: StoredVersion): void {
  const value = identifier === null ? null : textOf(fields, identifier);
  if (value === null) return;
  known.idByIdentifier.set(value, id);
  known.identifierById.set(id, value);
}

function drop(known: Known, id: string): void {
  const value = known.identifierById.get(id);
  if (value === undefined) return;
  known.identifierById.delete(id);
  if (known.idByIdentifier.get(value) === id) known.idByIdentifier.delete(value);
}

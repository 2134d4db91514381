import type { Fields } from '../../../shared/json.ts';
import type { Names } from '../../../shared/roster/entity-type.ts';
import type { Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';

/** The people and rotations as of a place, looked up when they are first asked for. */
export function namesAt(store: StoreReader, place: Place): Names {
  const known = new Map<string, Fields | undefined>();
  function find(type: 'person' | 'rotation', id: string): Fields | undefined {
    const key = `${type} ${id}`;
    if (!known.has(key)) known.set(key, store.versionAt(type, id, place)?.fields);
    return known.get(key);
  }
  return { person: (id) => find('person', id), rotation: (id) => find('rotation', id) };
}

/** The names of the first, and where they know nothing, of the second: for what was removed since. */
export function namesOfEither(first: Names, second: Names): Names {
  return {
    person: (id) => first.person(id) ?? second.person(id),
    rotation: (id) => first.rotation(id) ?? second.rotation(id),
  };
}

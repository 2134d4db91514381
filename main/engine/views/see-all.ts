import type { Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import type { Seen, Sight } from './sight.ts';

// Up to here single look-ups cost less than reading every record of the type.
const few = 300;

/** Every record of a type that shows at a place, in no promised order. */
export function* seeAll(whole: StoreReader, sight: Sight, type: string, place: Place): Generator<Seen> {
  const listed = sight.listed(type, few);
  const records = listed === null ? whole.entitiesAt(type, place) : listed.map((id) => whole.versionAt(type, id, place));
  for (const shared of records) {
    const seen = shared === null ? null : sight.see(shared);
    if (seen !== null) yield seen;
  }
}

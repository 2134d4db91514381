import type { Basis } from '../../../shared/contract/app/base.ts';
import type { Place } from '../local-store/store.ts';

/** On what an answer about a place rests. Without a server every branch follows this computer's own ref log, which is complete. */
export function basisOf(place: Place): Basis {
  return { basis: 'local', complete: true, commit: place.commit, position: place.position, at: place.at };
}

import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import { openLocalStore } from '../local-store/open-store.ts';
import type { LocalStore, NewFile } from '../local-store/store.ts';

export interface StoreOpening {
  readonly file: string;
  readonly clock: () => number;
  readonly create?: NewFile;
  readonly readonly?: boolean;
}

/** Raise it when some type's `axes` answers differently than before. */
const axesVersion = 1;

/** Opens a programme's file with what the roster knows about grid places. Refuses as the store does: DAMAGED, UNSUPPORTED, READ_ONLY, STORAGE_FULL, NOT_FOUND. */
export function openStore(opening: StoreOpening): LocalStore {
  return openLocalStore({ ...opening, axes: (type, fields) => entityTypeOf(type).axes(fields), axesVersion });
}

import type { Fields } from '../../../shared/json.ts';
import { amend, type Own } from '../../../shared/versioning/overlay.ts';
import { MAIN_REF } from '../../../shared/versioning/ref-name.ts';
import type { StoredVersion } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';

/**
 * What an own version says after its user spoke of some fields on one branch. It lies over every branch: what it said of other fields stays where
 * the record on `main` differs from it.
 */
export function amendOwn(
  whole: StoreReader,
  {
    shared,
    before,
    wanted,
    spoken,
  }: { readonly shared: StoredVersion; readonly before: Own; readonly wanted: Fields; readonly spoken: readonly string[] },
): Own {
  const onMain = whole.versionAt(shared.type, shared.id, whole.placeAt(MAIN_REF));
  return amend(before, { shared: shared.fields, elsewhere: (onMain ?? shared).fields, wanted, spoken });
}

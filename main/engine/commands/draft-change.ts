import type { Fields } from '../../../shared/json.ts';
import { findEntityType } from '../../../shared/roster/entity-type.ts';
import { sameFields } from '../../../shared/versioning/diff.ts';
import { makeSalt } from '../ids.ts';
import type { DraftChange, StoredVersion } from '../local-store/store.ts';

/**
 * The change that leads from what is there to what is wanted; `null` when both are the same. Content that stood there before keeps its salt,
 * so that it is the same version again and anybody can see that it is.
 */
export function draftChange(input: {
  readonly type: string;
  readonly id: string;
  readonly now: StoredVersion | null;
  readonly wanted: Fields | null;
  /** Versions that may have had the wanted content before. */
  readonly earlier?: readonly (StoredVersion | null)[];
  readonly random: (bytes: number) => Uint8Array;
}): DraftChange | null {
  const { type, id, now, wanted, earlier = [], random } = input;
  if (sameFields(now?.fields ?? null, wanted)) return null;
  if (wanted === null) return { type, id, op: 'delete', fields: null };
  const op = now === null ? 'create' : 'update';
  // A record of a type that is unknown here goes on being salted as it was.
  if (!(findEntityType(type)?.personal ?? earlier.some((version) => version !== null && version.salt !== null)))
    return { type, id, op, fields: wanted };
  const same = earlier.find((version) => version !== null && version.salt !== null && sameFields(version.fields, wanted));
  return { type, id, op, fields: wanted, salt: same?.salt ?? makeSalt(random) };
}

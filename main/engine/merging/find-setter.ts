import type { CommitRecord, Occurrence, Place } from '../local-store/store.ts';
import { valueOf, type Fields } from '../../../shared/json.ts';
import { sameJson } from '../../../shared/versioning/canonical.ts';
import { sameFields } from '../../../shared/versioning/diff.ts';
import type { StoreReader } from '../reader.ts';

/** Where a value comes from: the commit that set it, and the merges it came through on the way, the nearest first. */
export interface FoundSetter {
  readonly commit: CommitRecord;
  readonly through: readonly CommitRecord[];
}

/**
 * The commit that gave a field the value it has at a place, found through merges: a merge that only took over what its other side had is
 * passed on to that side. With `field: null` the record as a whole: who wrote it last, or deleted it. `null` when nobody ever wrote it.
 */
export function findSetter(
  store: StoreReader,
  { type, id, field }: { readonly type: string; readonly id: string; readonly field: string | null },
  place: Place,
): FoundSetter | null {
  const through: CommitRecord[] = [];
  let from = place;
  for (;;) {
    const commit = findOnLine(store, { type, id, field }, from);
    if (commit === null) return null;
    const [first, second] = commit.parents;
    if (first === undefined || second === undefined) return { commit, through };
    const fieldsAt = (at: Place): Fields | null => store.versionAt(type, id, at)?.fields ?? null;
    const now = fieldsAt(store.placeOf(commit.commit));
    const other = store.placeOf(second);
    // What was decided otherwise than by taking over the other side was made by the merge itself.
    if (!sameStand(now, fieldsAt(other), field)) return { commit, through };
    through.push(commit);
    from = other;
  }
}

function findOnLine(
  store: StoreReader,
  { type, id, field }: { readonly type: string; readonly id: string; readonly field: string | null },
  place: Place,
): CommitRecord | null {
  const history = store.versionsOf(type, id, place).toReversed();
  if (field === null) return history[0]?.commit ?? null;
  const fieldsOf = (entry: Occurrence | undefined): Fields | null =>
    entry === undefined || entry.op === 'delete' ? null : (store.versions([entry.row])[0]?.fields ?? null);
  for (const [index, occurrence] of history.entries())
    if (!sameStand(fieldsOf(occurrence), fieldsOf(history[index + 1]), field) || index === history.length - 1) return occurrence.commit;
  return null;
}

function sameStand(left: Fields | null, right: Fields | null, field: string | null): boolean {
  if (field === null) return sameFields(left, right);
  // A field of a record that is gone is not the same as one that is empty.
  if ((left === null) !== (right === null)) return false;
  return sameJson(valueOf(left, field), valueOf(right, field));
}

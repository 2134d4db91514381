import type { Fields } from '../../../shared/json.ts';
import { sameJson } from '../../../shared/versioning/canonical.ts';
import { diffFields } from '../../../shared/versioning/diff.ts';
import type { NetChange, Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { loadVersions } from './load-versions.ts';

const statusByTips = new WeakMap<StoreReader, Map<string, 'clean' | 'conflicts'>>();
const mostKept = 500;

/**
 * Whether a merge of one place into another would have to ask: some field of some entity was changed to different values on both sides since
 * they parted, or changed on one and deleted on the other. Cost follows the changes; an answer about two commits is kept.
 */
export function mergeStatusOf(store: StoreReader, source: Place, target: Place): 'clean' | 'conflicts' {
  const kept = statusByTips.get(store) ?? new Map<string, 'clean' | 'conflicts'>();
  statusByTips.set(store, kept);
  const key = `${source.commit} ${target.commit}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const status = computeStatus(store, source, target);
  kept.set(key, status);
  if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? '');
  return status;
}

function computeStatus(store: StoreReader, source: Place, target: Place): 'clean' | 'conflicts' {
  const base = store.forkOf(source, target);
  const targetByKey = new Map(store.changesBetween(base, target).map((change) => [keyOf(change), change]));
  const both = store.changesBetween(base, source).flatMap((change) => {
    const other = targetByKey.get(keyOf(change));
    return other === undefined ? [] : [{ before: change.before, source: change.after, target: other.after }];
  });
  const versionByRow = loadVersions(
    store,
    both.flatMap((entry) => [
      { before: entry.before, after: entry.source },
      { before: null, after: entry.target },
    ]),
  );
  const conflicts = both.some((entry) =>
    disagree(
      versionByRow(entry.before)?.fields ?? null,
      versionByRow(entry.source)?.fields ?? null,
      versionByRow(entry.target)?.fields ?? null,
    ),
  );
  return conflicts ? 'conflicts' : 'clean';
}

function disagree(base: Fields | null, source: Fields | null, target: Fields | null): boolean {
  // Both sides changed this entity: a side without it deleted it.
  if (source === null || target === null) return source !== target;
  const targetByField = new Map(diffFields(base, target).map((difference) => [difference.field, difference.new]));
  return diffFields(base, source).some(
    (difference) => targetByField.has(difference.field) && !sameJson(difference.new, targetByField.get(difference.field)),
  );
}

function keyOf({ type, id }: NetChange): string {
  return `${type} ${id}`;
}

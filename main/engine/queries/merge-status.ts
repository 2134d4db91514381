import type { Fields } from '../../../shared/json.ts';
import { sameJson } from '../../../shared/versioning/canonical.ts';
import { diffFields, sameFields } from '../../../shared/versioning/diff.ts';
import type { Place } from '../local-store/store.ts';
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
  const sinceBase = store.changesBetween(base, source);
  const versionByRow = loadVersions(store, sinceBase);
  const conflicts = sinceBase.some(({ type, id, before, after }) => {
    // A few seeks for what the source changed cost less than reading everything the target did meanwhile.
    const now = store.versionAt(type, id, target);
    if ((now?.row ?? null) === before) return false;
    return disagree(versionByRow(before)?.fields ?? null, versionByRow(after)?.fields ?? null, now?.fields ?? null);
  });
  return conflicts ? 'conflicts' : 'clean';
}

function disagree(base: Fields | null, source: Fields | null, target: Fields | null): boolean {
  // A side without the entity deleted it; deleting it on both sides, or leaving it as it was, is no disagreement.
  if (source === null || target === null) return source !== target && !sameFields(source ?? target, base);
  const targetByField = new Map(diffFields(base, target).map((difference) => [difference.field, difference.new]));
  return diffFields(base, source).some(
    (difference) => targetByField.has(difference.field) && !sameJson(difference.new, targetByField.get(difference.field)),
  );
}

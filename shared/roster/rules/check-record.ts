import type { Names } from '../definition.ts';
import { checkFields, findEntityType } from '../entity-type.ts';
import { recordKey } from '../focus.ts';
import { sameFields } from '../same-value.ts';
import { makeClash, type Finding } from './clash.ts';
import { isBrought, type MergedRecord } from './merged-record.ts';

export const checkRecordRule = 'check-record';

/**
 * Merged records that could not have been written: each side was right, and what they make together is not, as when the first day was moved
 * here and the last day there. Deleted and undecided records are not checked, nor what was wrong on the target already.
 */
export function checkMergedRecords(merges: readonly MergedRecord[], names: Names): readonly Finding[] {
  return merges.flatMap((merge) => {
    const { type, id, merged, target, source } = merge;
    const definition = findEntityType(type);
    if (!definition || merged === null || merge.undecided || !isBrought(merge) || sameFields(merged, source)) return [];
    const known = new Set(target === null ? [] : checkFields(definition, target).map(({ problem }) => problem));
    const problems = checkFields(definition, merged).filter(({ problem }) => !known.has(problem));
    if (problems.length === 0) return [];
    return makeClash({
      rule: checkRecordRule,
      key: [recordKey(type, id)],
      severity: 'error',
      text: `${capitalise(definition.title(merged, names))}: ${problems.map(({ problem }) => problem).join(' ')}`,
      cells: [],
      others: [merge],
      weight: problems.length,
    });
  });
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

import type { Names } from '../definition.ts';
import { findEntityType } from '../entity-type.ts';
import { valueOf } from '../../json.ts';
import { sameValue } from '../same-value.ts';
import { recordKey } from '../focus.ts';
import { makeClash, type Finding } from './clash.ts';
import { differsIn, type MergedRecord } from './merged-record.ts';

/** Fields that only mean something together: who it is for, and when it is. */
const partsByType: ReadonlyMap<string, { readonly who: readonly string[]; readonly when: readonly string[]; readonly words: string }> =
  new Map([
    ['assignment', { who: ['personId'], when: ['date', 'half'], words: 'half day' }],
    ['absence', { who: ['personId'], when: ['startDate', 'endDate'], words: 'days' }],
  ]);

const entangledEditRule = 'entangled-edit';

const nobody: Names = { person: () => undefined, rotation: () => undefined };

/**
 * Records whose person was changed on one side and whose half day or days on the other. The fields merge without a question, and yet nobody
 * asked for what comes out. Names are for the sentence alone.
 */
export function entangledEdits(merges: readonly MergedRecord[], names: Names = nobody): readonly Finding[] {
  return merges.flatMap((merge) => {
    const parts = partsByType.get(merge.type);
    const { base, source, target, merged } = merge;
    if (!parts || base === null || source === null || target === null || merged === null || merge.undecided) return [];
    const isApart =
      (onlyOn(merge, 'source', parts.who) && onlyOn(merge, 'target', parts.when)) ||
      (onlyOn(merge, 'target', parts.who) && onlyOn(merge, 'source', parts.when));
    // A decision, or a repair, may have taken one of the two back.
    if (!isApart || !differsIn(merged, base, parts.who) || !differsIn(merged, base, parts.when)) return [];
    const definition = findEntityType(merge.type);
    const [before, after] = [base, merged].map((fields) => definition?.title(fields, names) ?? merge.id);
    const who = definition?.fields['personId']?.text(valueOf(merged, 'personId'), names) ?? '';
    return makeClash({
      rule: entangledEditRule,
      key: [recordKey(merge.type, merge.id)],
      severity: 'warning',
      text: `One side gave “${before ?? ''}” to ${who} and the other changed its ${parts.words}; together they make “${after ?? ''}”, which neither meant.`,
      cells: [],
      others: [merge],
    });
  });
}

function onlyOn({ base, source, target }: MergedRecord, side: 'source' | 'target', fields: readonly string[]): boolean {
  const [changed, kept] = side === 'source' ? [source, target] : [target, source];
  return differsIn(changed, base, fields) && fields.every((field) => sameValue(valueOf(kept, field), valueOf(base, field)));
}

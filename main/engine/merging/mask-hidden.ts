import type { AutomaticMerge, Conflict, Decision, MergeClash } from '../../../shared/contract/app/merges.ts';
import { findEntityType } from '../../../shared/roster/entity-type.ts';
import type { StoreReader } from '../reader.ts';
import { hidesFrom } from '../sighted-store/merging-store.ts';
import type { AppliedRepair } from './merge-steps.ts';

interface Named {
  readonly type: string;
  readonly id: string;
}

/** What stands where a value of somebody else's record would. */
const hiddenText = 'hidden';

/** What a record is called for whom it is not there: `A patient that is not yours`. */
function hiddenTitle(type: string): string {
  return `A ${findEntityType(type)?.label ?? 'record'} that is not yours`;
}

/** A conflict as it is told to who may not see the record: that it is there and which side may be taken, and nothing of what it says. */
export function maskConflict(store: StoreReader, conflict: Conflict): Conflict {
  if (!hidesFrom(store, conflict.entity)) return conflict;
  const title = hiddenTitle(conflict.entity.type);
  return {
    ...conflict,
    base: null,
    source: null,
    target: null,
    title,
    sentence: conflict.field === null ? `${title}: changed on both` : `${title}, ${conflict.label}: changed on both`,
    baseText: hiddenText,
    sourceText: hiddenText,
    targetText: hiddenText,
    sourceStory: null,
    targetStory: null,
    baseToSource: [],
    baseToTarget: [],
    offered: conflict.offered.filter((kind) => kind !== 'custom'),
    decision: maskDecision(conflict.decision),
    remembered: maskDecision(conflict.remembered),
  };
}

/** As `maskConflict`, for what merged by itself. */
export function maskAutomatic(store: StoreReader, automatic: AutomaticMerge): AutomaticMerge {
  if (!hidesFrom(store, automatic.entity)) return automatic;
  return {
    ...automatic,
    title: hiddenTitle(automatic.entity.type),
    baseText: hiddenText,
    sourceText: hiddenText,
    targetText: hiddenText,
    valueText: hiddenText,
    base: null,
    source: null,
    target: null,
    value: null,
    override: maskDecision(automatic.override),
  };
}

/** A clash in which somebody else's record takes part is counted, and names nobody. */
export function maskClash(store: StoreReader, clash: MergeClash): MergeClash {
  const { entities, sourceEntities, targetEntities, repairs } = clash;
  const changed = repairs.flatMap(({ changes }) => changes);
  const hidden = [...entities, ...sourceEntities, ...targetEntities, ...changed].find((named) => hidesFrom(store, named));
  if (hidden === undefined) return clash;
  return { ...clash, text: `${hiddenTitle(hidden.type)} would break the rule “${clash.rule}”.`, slots: [], repairs: [] };
}

/** The words of a repair that was taken, without those about somebody else's record. */
export function maskRepair(
  store: StoreReader,
  { clashText, text, changes }: Pick<AppliedRepair, 'clashText' | 'text'> & { readonly changes: readonly Named[] },
): { readonly clashText: string; readonly text: string } {
  const hidden = changes.find((change) => hidesFrom(store, change));
  if (hidden === undefined) return { clashText, text };
  return { clashText: hiddenTitle(hidden.type), text: hiddenText };
}

function maskDecision(decision: Decision | null): Decision | null {
  if (decision === null) return null;
  const { resolution } = decision;
  return { ...decision, resolution: resolution.kind === 'custom' ? { kind: 'custom', value: null } : resolution, reason: null };
}

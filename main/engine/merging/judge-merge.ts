import type { MergeClash, MergePreview } from '../../../shared/contract/app/merges.ts';
import type { StoreReader } from '../reader.ts';
import { decideByRule, readHouseRules } from './house-rules.ts';
import { findClashesOf } from './merge-clashes.ts';
import type { ChosenState } from './merge-steps.ts';
import type { MergeSubject } from './merge-subject.ts';
import { changedEntities, resolveMerge, type ResolvedMerge } from './resolve-merge.ts';

/** A merge as it would come out now, with the clashes that it would bring. */
export interface JudgedMerge {
  readonly subject: MergeSubject;
  readonly resolved: ResolvedMerge;
  readonly clashes: readonly MergeClash[];
  readonly outcome: MergePreview['outcome'];
}

export const nothingChosen: ChosenState = { choices: new Map(), opened: new Map(), repairs: [], lastGroup: null };

/** Lays what was chosen over a merge and asks the roster rules about the result. Writes nothing. `today` is a calendar date. */
export function judgeMerge(store: StoreReader, subject: MergeSubject, chosen: ChosenState, today: string): JudgedMerge {
  const resolved = resolveMerge(subject.computed, chosen, decideByRule(store, readHouseRules(store), subject));
  const changes = changedEntities(resolved);
  const clashes = changes.length === 0 ? [] : findClashesOf(store, { target: subject.target, entities: resolved.entities, today });
  return { subject, resolved, clashes, outcome: outcomeOf(subject, resolved, clashes) };
}

/** What a merge comes to. A clash that is only worth knowing stops nobody. */
function outcomeOf(subject: MergeSubject, resolved: ResolvedMerge, clashes: readonly MergeClash[]): MergePreview['outcome'] {
  if (subject.upToDate) return 'up-to-date';
  if (resolved.conflicts.length > 0) return 'conflicts';
  return clashes.some(({ severity }) => severity !== 'info') ? 'clashes' : 'merged';
}

/** The calendar date of an instant in milliseconds, in UTC. */
export function dateOfMillis(millis: number): string {
  return new Date(millis).toISOString().slice(0, 10);
}

import type { MergeClash, MergePreview, Repair } from '../../../shared/contract/app/merges.ts';
import { isProtected } from '../queries/branch-protection.ts';
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
  /** Without repairs. */
  readonly clashes: readonly MergeClash[];
  /** What would clear a clash: each costs a few reads, so they are asked for one by one. */
  readonly repairsOf: (clash: string) => readonly Repair[];
  readonly outcome: MergePreview['outcome'];
}

export const nothingChosen: ChosenState = { choices: new Map(), opened: new Map(), repairs: [], lastGroup: null };

/** Lays what was chosen over a merge, after the house rules; asks nobody about the result. */
export function resolveSubject(store: StoreReader, subject: MergeSubject, chosen: ChosenState): ResolvedMerge {
  // A house rule is about branches; what is taken back or published was asked for by somebody.
  const rules = subject.kind === 'revert' || subject.publishes !== undefined ? [] : readHouseRules(store);
  return resolveMerge(subject.computed, chosen, decideByRule(store, rules, subject));
}

/** Lays what was chosen over a merge and asks the roster rules about the result. Writes nothing. `today` is a calendar date. */
export function judgeMerge(store: StoreReader, subject: MergeSubject, chosen: ChosenState, today: string): JudgedMerge {
  const resolved = resolveSubject(store, subject, chosen);
  if (changedEntities(resolved).length === 0)
    return { subject, resolved, clashes: [], repairsOf: () => [], outcome: outcomeOf(store, subject, resolved, []) };
  const analysis = findClashesOf(store, {
    target: subject.target,
    entities: resolved.entities,
    today,
    sideNames: { source: subject.sourceName, target: subject.targetName },
  });
  const { clashes } = analysis;
  return {
    subject,
    resolved,
    clashes,
    repairsOf: (clash) => analysis.repairsOf(clash),
    outcome: outcomeOf(store, subject, resolved, clashes),
  };
}

/** What a merge comes to. A clash that is only worth knowing stops nobody, except on a protected branch. */
function outcomeOf(
  store: StoreReader,
  subject: MergeSubject,
  resolved: ResolvedMerge,
  clashes: readonly MergeClash[],
): MergePreview['outcome'] {
  if (subject.upToDate) return 'up-to-date';
  if (resolved.conflicts.length > 0) return 'conflicts';
  const stops = clashes.some(({ severity }) => severity !== 'info') || (clashes.length > 0 && isProtected(store, subject.targetRef));
  return stops ? 'clashes' : 'merged';
}

/** The calendar date of an instant in milliseconds, in UTC. */
export function dateOfMillis(millis: number): string {
  return new Date(millis).toISOString().slice(0, 10);
}

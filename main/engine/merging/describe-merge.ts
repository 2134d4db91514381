import type { Decision, MergeClash, MergePreview, MergeSession } from '../../../shared/contract/app/merges.ts';
import { quote } from '../../../shared/errors.ts';
import type { MergeRecord } from '../local-store/merge-table.ts';
import type { StoreReader } from '../reader.ts';
import { isProtected } from '../queries/branch-protection.ts';
import type { ComputedMerge } from './compute-merge.ts';
import { describeAutomatic, describeChoice, describeConflict, publicResolution, type MergeWords } from './describe-conflict.ts';
import type { JudgedMerge } from './judge-merge.ts';
import type { Choice } from './merge-steps.ts';
import { deletedBranches, wordsOf, type MergeSubject } from './merge-subject.ts';
import { maskAutomatic, maskClash, maskConflict, maskRepair } from './mask-hidden.ts';
import { changedEntities, type DecidedConflict, type ResolvedMerge } from './resolve-merge.ts';

/** At most so many automatic merges are put into words; what somebody overrode is always among them. */
const automaticShown = 2_000;

/** What a merge would do, for people. */
export function describePreview(store: StoreReader, judged: JudgedMerge): MergePreview {
  const { subject, resolved, clashes, outcome } = judged;
  const changed = changedEntities(resolved);
  return {
    source: subject.sourceName,
    target: subject.targetName,
    base: subject.bases[0]?.commit ?? null,
    bases: subject.bases.flatMap(({ commit }) => (commit === null ? [] : [commit])),
    sourceTip: subject.source?.commit ?? null,
    targetTip: subject.target.commit,
    outcome,
    conflicts: describeConflicts(store, subject, resolved),
    conflictCount: resolved.conflicts.length,
    canAutoMerge: resolved.conflicts.length === 0,
    clashes: describeClashes(store, judged),
    clashCount: clashes.length,
    cleanCount: resolved.automatic.length,
    automatic: describeAutomatics(store, subject, resolved),
    changes: {
      added: changed.filter(({ target }) => target === null).length,
      changed: changed.filter(({ target, merged }) => target !== null && merged !== null).length,
      removed: changed.filter(({ merged }) => merged === null).length,
    },
  };
}

/** A merge in progress, for people: everything that was chosen, what is left, and whether it can be finished. */
export function describeSession(store: StoreReader, session: MergeRecord, judged: JudgedMerge): MergeSession {
  const { subject, resolved, clashes } = judged;
  const choices = resolved.conflicts.flatMap(({ choice }) => (choice === null ? [] : [choice]));
  return {
    ...describePreview(store, judged),
    merge: session.merge,
    kind: session.kind,
    reverts: session.reverts,
    state: session.state,
    startedBy: session.author,
    startedByName: session.authorName,
    startedAt: session.startedAt,
    left: resolved.left,
    decidedByPerson: choices.filter(({ by }) => by !== 'rule').length,
    decidedByRule: choices.filter(({ by }) => by === 'rule').length,
    dropped: [...resolved.dropped],
    appliedRepairs: resolved.repairs.map((applied) => {
      const { clash, repair, author, authorName, at } = applied;
      return { clash, repair, author, authorName, at, ...maskRepair(store, applied) };
    }),
    blockedReason: blockedReason(store, session, resolved),
    needsReason: needsReason(store, subject, clashes),
    commit: session.commit,
  };
}

/** At most so many clashes are shown with what would clear them; for any other it is found when it is asked for. */
const repairsShown = 40;

/** The clashes of a merge with what would clear each. */
export function describeClashes(store: StoreReader, { clashes, repairsOf }: Pick<JudgedMerge, 'clashes' | 'repairsOf'>): MergeClash[] {
  return clashes.map((clash, index) => maskClash(store, { ...clash, repairs: index < repairsShown ? [...repairsOf(clash.key)] : [] }));
}

/** Why a merge cannot be concluded now; `null` when it can. */
function blockedReason(store: StoreReader, session: MergeRecord, resolved: ResolvedMerge): string | null {
  const [deleted] = deletedBranches(store, session);
  if (deleted !== undefined) return `The branch “${quote(deleted)}” was deleted: restore it, or abort this merge.`;
  if (resolved.left === 0) return null;
  return resolved.left === 1 ? '1 conflict is still open.' : `${resolved.left} conflicts are still open.`;
}

/** Whether the clashes of a merge ask for a reason: errors always do, on a protected branch every clash does. */
export function needsReason(store: StoreReader, subject: MergeSubject, clashes: JudgedMerge['clashes']): boolean {
  return clashes.some(({ severity }) => severity === 'error') || (clashes.length > 0 && isProtected(store, subject.targetRef));
}

function describeAutomatics(store: StoreReader, subject: MergeSubject, { automatic }: ResolvedMerge): MergePreview['automatic'] {
  const words = wordsOf(store, subject);
  const shown = [
    ...automatic.filter(({ override }) => override !== null),
    ...automatic.filter(({ override }) => override === null).slice(0, automaticShown),
  ];
  return shown.map((found) =>
    maskAutomatic(store, {
      ...describeAutomatic(words, found),
      override: found.override === null ? null : describeChoice(found.override),
    }),
  );
}

const wordsKept = new WeakMap<ComputedMerge, { readonly names: string; readonly told: Map<string, ReturnType<typeof describeConflict>> }>();

function describeConflicts(store: StoreReader, subject: MergeSubject, resolved: ResolvedMerge): MergePreview['conflicts'] {
  const words = wordsOf(store, subject);
  return resolved.conflicts.map((found) =>
    maskConflict(store, {
      ...tellOnce(words, subject, found),
      decision: found.choice === null ? null : describeChoice(found.choice),
      remembered: rememberedFor(store, found),
    }),
  );
}

/** The words of a conflict follow from the two tips and the names of the branches: they are made once. */
function tellOnce(
  words: MergeWords,
  { computed, sourceName, targetName }: MergeSubject,
  found: DecidedConflict,
): ReturnType<typeof describeConflict> {
  const names = `${sourceName} ${targetName}`;
  let kept = wordsKept.get(computed);
  if (kept?.names !== names) wordsKept.set(computed, (kept = { names, told: new Map() }));
  const told = kept.told.get(found.id) ?? describeConflict(words, found);
  kept.told.set(found.id, told);
  return told;
}

function rememberedFor(store: StoreReader, { stands, conflict }: DecidedConflict): Decision | null {
  const found = store.merges.remembered(stands, conflict.entity.id);
  if (found === null) return null;
  const choice = found.body as unknown as Pick<Choice, 'resolution' | 'author' | 'authorName' | 'at' | 'reason'>;
  const { resolution, author, authorName, at, reason } = choice;
  return { resolution: publicResolution(resolution), by: 'memory', author, authorName, at, reason, origin: found.commit };
}

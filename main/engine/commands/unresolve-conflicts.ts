import type { MergeSession } from '../../../shared/contract/app/merges.ts';
import { RefusedError } from '../../../shared/errors.ts';
import { describeSession } from '../merging/describe-merge.ts';
import { dateOfMillis } from '../merging/judge-merge.ts';
import { replaySteps, stepToJson, type MergeStepBody } from '../merging/merge-steps.ts';
import { findOpenMerge } from '../queries/find-merge.ts';
import { judgeSession, resolveSession } from '../queries/read-merge.ts';
import type { Writer } from '../reader.ts';
import { refuseMerging } from './refuse-protected.ts';
import { decidablesOf, type ConflictName } from './resolve-conflicts.ts';

/**
 * Takes decisions back: the named ones, a house rule's too, or without names the last saved group. Refuses NOT_A_CONFLICT for what is none,
 * and NOT_FOUND when nothing of it was decided.
 */
export function unresolveConflicts(
  writer: Writer,
  { merge, conflicts }: { readonly merge: string; readonly conflicts?: readonly ConflictName[] | undefined },
): MergeSession {
  const { store } = writer;
  const session = findOpenMerge(store, merge);
  refuseMerging(writer, { ref: session.target });
  const today = dateOfMillis(writer.clock());
  const chosen = replaySteps(store.merges.steps(merge));
  const steps: MergeStepBody[] = [];
  if (conflicts === undefined) {
    if (chosen.lastGroup !== null) steps.push({ do: 'undo', group: chosen.lastGroup });
  } else {
    const resolved = resolveSession(store, session);
    const find = decidablesOf(resolved);
    const decided = new Set([
      ...resolved.conflicts.filter(({ choice }) => choice !== null).map(({ id }) => id),
      ...resolved.automatic.filter(({ override }) => override !== null).map(({ id }) => id),
    ]);
    for (const { id, stands } of conflicts.map(find)) if (decided.has(id)) steps.push({ do: 'open', conflict: id, stands });
  }
  if (steps.length === 0)
    throw new RefusedError('NOT_FOUND', 'There is no decision to take back here. Nothing was changed.', { what: 'decision', id: merge });
  writer.merges((merges) => merges.choose(merge, steps.map(stepToJson)));
  return describeSession(store, session, judgeSession(store, session, today));
}

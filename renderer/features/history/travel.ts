import type { HistoryEntry } from '../../../shared/contract/app/base.ts';
import type { CommitSummary } from '../../../shared/contract/app/base.ts';
import type { Engine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { position } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';

/** Shows the branch as it was right after a step; the newest step is now. */
export function goToStep(
  step: { readonly commit: CommitSummary['commit']; readonly position: number; readonly at: string },
  tipPosition: number,
): void {
  const { go } = position.getState();
  if (step.position >= tipPosition) go({ moment: { kind: 'now' }, place: { screen: 'roster' } });
  else
    go({
      moment: { kind: 'commit', commit: step.commit, position: step.position, at: step.at },
      place: { screen: 'roster' },
    });
}

/** Shows the branch as it was right after a version was made. */
export function goToEntry(entry: HistoryEntry, tipPosition: number): void {
  goToStep({ commit: entry.commit, position: entry.position, at: entry.officialAt }, tipPosition);
}

/** Shows the branch as it was just before a step. The first step has nothing before it: it is shown itself. */
export async function goBefore(engine: Engine, branch: string, stepPosition: number): Promise<void> {
  try {
    const before = await engine.call.commits.at({ branch, position: stepPosition - 1 });
    if (before) goToStep(before, Infinity);
  } catch (error) {
    announce(problemOf(error).message);
  }
}

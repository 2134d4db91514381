import type { CommitSummary } from '../../../shared/contract/app/base.ts';

/** Steps that one person made without a longer pause. */
export interface Sitting {
  readonly author: string;
  readonly authorName: string;
  /** Newest first, as given. */
  readonly steps: readonly CommitSummary[];
}

const pauseMillis = 10 * 60_000;

/** Groups a line (newest first) into sittings: another author or a pause of more than ten minutes begins a new one. */
export function sittingsOf(steps: readonly CommitSummary[]): readonly Sitting[] {
  const sittings: { author: string; authorName: string; steps: CommitSummary[] }[] = [];
  for (const step of steps) {
    const open = sittings.at(-1);
    const before = open?.steps.at(-1);
    if (open && before && open.author === step.author && Date.parse(before.at) - Date.parse(step.at) <= pauseMillis) open.steps.push(step);
    else sittings.push({ author: step.author, authorName: step.authorName, steps: [step] });
  }
  return sittings;
}

import type { MergeClash } from '../../../shared/contract/app/merges.ts';
import type { CommitHash } from '../../../shared/ids.ts';
import { describeClashes } from '../merging/describe-merge.ts';
import { dateOfMillis, judgeMerge, nothingChosen, type JudgedMerge } from '../merging/judge-merge.ts';
import { replaySteps } from '../merging/merge-steps.ts';
import { findBranchPair, openMerge, openPick, type MergeSubject } from '../merging/merge-subject.ts';
import { findOpenMergeOf } from '../queries/find-merge.ts';
import type { StoreReader, Writer } from '../reader.ts';
import { openOrResume, type WantedMerge } from './open-merge.ts';
import { refuseBrokenText } from './refuse-broken-text.ts';
import { refuseMerging } from './refuse-protected.ts';
import { refusePickOfNothing } from './refuse-pick.ts';
import { writeMerge } from './write-merge.ts';

export interface MergeRequest {
  readonly source: string;
  readonly target: string;
  readonly message?: string | undefined;
  readonly reason?: string | undefined;
  /** Opens a session also where nobody has to decide. */
  readonly review?: boolean | undefined;
}

export type StartAnswer =
  | { readonly kind: 'up-to-date'; readonly target: string; readonly tip: CommitHash | null }
  | { readonly kind: 'merged'; readonly commit: CommitHash; readonly position: number; readonly clean: number }
  | { readonly kind: 'clashes'; readonly merge: string; readonly clashes: MergeClash[]; readonly count: number }
  | { readonly kind: 'conflicts'; readonly merge: string; readonly count: number; readonly clashCount: number };

/**
 * Merges one branch into another at once where nobody has to be asked, or opens a merge in which people decide. One that is open for the same
 * two branches is gone on with.
 */
export function startMerge(writer: Writer, request: MergeRequest): StartAnswer {
  const pair = findBranchPair(writer.store, request);
  refuseMerging(writer, pair.target);
  const wanted = { kind: 'merge', source: pair.source.ref, target: pair.target.ref, reverts: null, picked: null } as const;
  return startWanted(writer, wanted, openMerge(writer.store, pair), request);
}

/** Brings chosen records of a branch into another, field by field against the merge base: one commit with one parent, or a merge to decide. */
export function pickEntities(
  writer: Writer,
  { entities, ...request }: MergeRequest & { readonly entities: readonly { readonly type: string; readonly id: string }[] },
): StartAnswer {
  const pair = findBranchPair(writer.store, request);
  refuseMerging(writer, pair.target);
  const picked = refusePickOfNothing(writer, pair, entities);
  const wanted = { kind: 'pick', source: pair.source.ref, target: pair.target.ref, reverts: null, picked } as const;
  return startWanted(writer, wanted, openPick(writer.store, pair, picked), request);
}

/** Goes on with an open merge, merges at once, or opens a new one. Who may is the caller's to know. */
export function startWanted(
  writer: Writer,
  wanted: WantedMerge,
  subject: MergeSubject,
  { message, reason, review = false }: Pick<MergeRequest, 'message' | 'reason' | 'review'>,
): StartAnswer {
  refuseBrokenText({ message: message ?? '', reason: reason ?? '' });
  const { store } = writer;
  const open = findOpenMergeOf(store, wanted);
  const chosen = open === null ? nothingChosen : replaySteps(store.merges.steps(open.merge));
  const judged = judgeMerge(store, subject, chosen, dateOfMillis(writer.clock()));
  if (judged.outcome === 'up-to-date' || (judged.outcome === 'merged' && !review)) {
    // The sides came together without anybody deciding: what was open is no longer needed.
    if (open !== null) writer.merges((merges) => merges.remove(open.merge));
    if (judged.outcome === 'up-to-date') return { kind: 'up-to-date', target: subject.targetName, tip: subject.target.commit };
    const written = writeMerge(writer, judged, { kind: wanted.kind, reverts: wanted.reverts, message, reason });
    return { kind: 'merged', commit: written.commit, position: written.position, clean: judged.resolved.automatic.length };
  }
  return answerOpen(store, openOrResume(writer, wanted, { message, reason }), judged);
}

function answerOpen(store: StoreReader, merge: string, judged: JudgedMerge): StartAnswer {
  const { outcome, resolved, clashes } = judged;
  return outcome === 'clashes'
    ? { kind: 'clashes', merge, clashes: describeClashes(store, judged), count: clashes.length }
    : { kind: 'conflicts', merge, count: resolved.conflicts.length, clashCount: clashes.length };
}

import { RefusedError, quote } from '../../../shared/errors.ts';
import type { CommitHash } from '../../../shared/ids.ts';
import type { MergeRecord } from '../local-store/merge-table.ts';
import { needsReason } from '../merging/describe-merge.ts';
import { dateOfMillis, type JudgedMerge } from '../merging/judge-merge.ts';
import { maskClash } from '../merging/mask-hidden.ts';
import { stepToJson } from '../merging/merge-steps.ts';
import { choicesOf } from '../merging/record-decisions.ts';
import { findOpenMerge } from '../queries/find-merge.ts';
import { judgeSession } from '../queries/read-merge.ts';
import type { Writer } from '../reader.ts';
import { refuseBrokenText } from './refuse-broken-text.ts';
import { refuseMerging } from './refuse-protected.ts';
import { writeMerge } from './write-merge.ts';

export interface ConcludeRequest {
  readonly merge: string;
  readonly message?: string | undefined;
  readonly reason?: string | undefined;
}

export interface ConcludeAnswer {
  readonly kind: 'merged';
  readonly commit: CommitHash;
  readonly position: number;
  readonly decisions: number;
}

/**
 * Finishes a merge with one commit, against both branches as they are now: what was decided for three values that are the same still holds,
 * anything else is open again. Refuses CONFLICT_OPEN while something is open, or while new clashes ask for a reason that is not given.
 */
export function concludeMerge(writer: Writer, { merge, message, reason }: ConcludeRequest): ConcludeAnswer {
  refuseBrokenText({ message: message ?? '', reason: reason ?? '' });
  const { store } = writer;
  const session = findOpenMerge(store, merge);
  refuseMerging(writer, { ref: session.target });
  const judged = judgeSession(store, session, dateOfMillis(writer.clock()));
  refuseOpen(judged);
  const why = orElse(reason, session.reason);
  if (why === undefined) refuseWithoutReason(writer, judged);
  const { kind, reverts } = session;
  const written = writeMerge(writer, judged, { kind, reverts, message: orElse(message, session.message), reason: why });
  closeSession(writer, session, judged, written.commit);
  return { kind: 'merged', commit: written.commit, position: written.position, decisions: store.decisionsOf(written.commit).length };
}

/** What rules decided is kept beside what people decided, so that the merge can be looked at later whatever the rules are then. */
function closeSession(writer: Writer, { merge }: MergeRecord, { resolved }: JudgedMerge, commit: CommitHash): void {
  const byRule = choicesOf(resolved).flatMap(({ choice }) => (choice.by === 'rule' ? [stepToJson({ do: 'decide', ...choice })] : []));
  writer.merges((merges) => {
    if (byRule.length > 0) merges.choose(merge, byRule);
    merges.conclude(merge, commit);
  });
}

function refuseOpen({ resolved, subject }: JudgedMerge): void {
  if (resolved.left === 0) return;
  const open = resolved.conflicts.filter(({ choice }) => choice === null).map(({ id }) => id);
  const since = resolved.dropped.length > 0 ? ' A branch changed since some of them were decided.' : '';
  throw new RefusedError(
    'CONFLICT_OPEN',
    `${open.length} ${open.length === 1 ? 'conflict waits' : 'conflicts wait'} for a decision between “${quote(subject.sourceName)}” and “${quote(subject.targetName)}”.${since} Nothing was changed.`,
    { what: 'conflict', id: open[0] ?? '', left: open.length, conflicts: open.slice(0, 100), dropped: resolved.dropped.slice(0, 100) },
  );
}

function refuseWithoutReason(writer: Writer, { subject, clashes }: JudgedMerge): void {
  if (!needsReason(writer.store, subject, clashes)) return;
  const told = clashes.map((clash) => maskClash(writer.store, clash));
  const [first] = told;
  throw new RefusedError(
    'CONFLICT_OPEN',
    `This merge brings ${clashes.length} new ${clashes.length === 1 ? 'clash' : 'clashes'}: ${first?.text ?? ''} Repair ${clashes.length === 1 ? 'it' : 'them'}, or give a reason. Nothing was changed.`,
    {
      what: 'reason',
      fields: [{ field: 'reason', problem: 'is needed, because the merge brings new clashes' }],
      clashes: told.slice(0, 50).map(({ key, rule, severity, text }) => ({ key, rule, severity, text })),
    },
  );
}

function orElse(given: string | undefined, kept: string | null): string | undefined {
  if (given !== undefined && given !== '') return given;
  return kept ?? undefined;
}

import { EntityId, type CommitHash, type Instant, type VersionHash } from '../../../shared/ids.ts';
import { RefusedError } from '../../../shared/errors.ts';
import type { Op } from '../../../shared/contract/app/base.ts';
import { mostChanges, type AppendOutcome, type CommitDraft, type DraftChange } from '../local-store/store.ts';
import type { Gesture, Writer } from '../reader.ts';
import { checkUnique } from './check-unique.ts';
import { refuseInUse } from './refuse-in-use.ts';

export interface CommittedAnswer {
  readonly kind: 'committed';
  readonly commit: CommitHash;
  readonly position: number;
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly changes: { readonly op: Op; readonly type: string; readonly id: EntityId; readonly version: VersionHash | null }[];
}

export type StaleAnswer = { readonly kind: 'stale'; readonly tip: CommitHash | null };
export type UnchangedAnswer = { readonly kind: 'unchanged'; readonly tip: CommitHash | null };

/**
 * Appends a gesture whose changes are final and answers with its changes in their order. Refuses what would give two entities the same
 * unique identifier, what would take a shared record from somebody who works with it, and more changes than one commit holds.
 */
export function appendGesture(
  writer: Writer,
  ref: string,
  gesture: Gesture,
  options: { readonly expectedTip?: CommitHash | null | undefined } = {},
): CommittedAnswer | StaleAnswer {
  if (gesture.changes.length > mostChanges)
    throw new RefusedError(
      'UNSUPPORTED',
      `This would change ${gesture.changes.length} records; one commit holds at most ${mostChanges}. Choose a smaller part.`,
      { what: 'changes', id: String(gesture.changes.length) },
    );
  checkUnique(writer.whole, writer.whole.placeAt(ref), gesture.changes);
  refuseInUse(writer, ref, gesture.changes);
  const outcome = writer.append(ref, gesture, options.expectedTip === undefined ? {} : { expectedTip: options.expectedTip });
  return outcome.kind === 'stale' ? outcome : toCommitted(outcome, gesture.changes);
}

/** As `appendGesture`, for gestures computed from the tip of now, which nobody can have moved in between. */
export function appendOnTip(writer: Writer, ref: string, gesture: Gesture): CommittedAnswer {
  const answer = appendGesture(writer, ref, gesture);
  if (answer.kind === 'stale') throw new Error('the tip moved within one command');
  return answer;
}

function toCommitted(outcome: AppendOutcome & { kind: 'committed' }, order: CommitDraft['changes']): CommittedAnswer {
  const { commit, position, at, recordedAt } = outcome.commit;
  const versionByKey = new Map(outcome.changes.map((change) => [keyOf(change), change]));
  return {
    kind: 'committed',
    commit,
    position,
    at,
    recordedAt,
    changes: order.map((change) => ({
      op: change.op,
      type: change.type,
      id: EntityId.parse(change.id),
      version: change.op === 'delete' ? null : (versionByKey.get(keyOf(change))?.version ?? null),
    })),
  };
}

/** A key that no other entity has: types hold no spaces. */
export function keyOf({ type, id }: Pick<DraftChange, 'type' | 'id'>): string {
  return `${type} ${id}`;
}

import { ACCESS_REF } from '../../../shared/versioning/ref-name.ts';
import { makeSalt, makeUuidV7 } from '../ids.ts';
import type { CommitRecord, DraftChange } from '../local-store/store.ts';
import type { Gesture, Writer } from '../reader.ts';

/**
 * Appends one commit to the line of those who decide: who asked to see or take along what is personal, and migrations. Its records are salted
 * here. The message holds no values.
 */
export function appendToAccess(writer: Writer, gesture: Pick<Gesture, 'message' | 'reason' | 'kind' | 'changes'>): CommitRecord {
  const changes = gesture.changes.map((change) => ({ ...change, salt: makeSalt(writer.random) }));
  const outcome = writer.append(ACCESS_REF, { ...gesture, changes });
  if (outcome.kind === 'stale') throw new Error('the line of accesses moved within one command');
  return outcome.commit;
}

/** Keeps that something personal of a record was asked for, by its id alone. */
export function draftAccess(
  writer: Writer,
  {
    type,
    id,
    what,
    reason = '',
  }: {
    readonly type: string;
    readonly id: string;
    readonly what: 'identifier' | 'export';
    readonly reason: string | undefined;
  },
): DraftChange {
  const fields = { entityType: type, entityId: id, what, ...(reason === '' ? {} : { reason }) };
  return { type: 'view_access', id: makeUuidV7(writer.clock(), writer.random), op: 'create', fields };
}

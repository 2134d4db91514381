import { EntityId, type CommitHash, type Instant, type VersionHash } from '../../../shared/ids.ts';
import { RefusedError, quote } from '../../../shared/errors.ts';
import { publicTypeOf } from '../../../shared/roster/entity-type.ts';
import type { Occurrence, StoredVersion } from '../local-store/store.ts';
import { findBranch } from '../queries/find-branch.ts';
import type { Writer } from '../reader.ts';
import { namesAt } from '../words/names-at.ts';
import { appendOnTip } from './append-gesture.ts';
import { draftChange } from './draft-change.ts';
import { refuseProtected } from './refuse-protected.ts';
import { writeNote } from './write-note.ts';

export interface RollbackRequest {
  readonly type: string;
  readonly id: string;
  readonly version: VersionHash;
  readonly reason: string;
  readonly branch: string;
}

export interface RollbackAnswer {
  readonly success: true;
  readonly type: string;
  readonly id: EntityId;
  readonly targetVersion: VersionHash;
  readonly newVersion: VersionHash;
  readonly commit: CommitHash;
  readonly rolledBackBy: string;
  readonly rolledBackAt: Instant;
  readonly reason: string;
  readonly changed: boolean;
}

/**
 * Brings one entity back to an older version by appending, also a deleted one, and leaves a comment with target and reason on the new stand.
 * Refuses NOT_FOUND unless the version is one of this entity's. Where the content is current already nothing is appended: `changed` is false,
 * and commit and time are those that made it so.
 */
export function rollbackEntity(writer: Writer, request: RollbackRequest): RollbackAnswer {
  const { store, actor } = writer;
  const { type, version, reason } = request;
  const id = EntityId.parse(request.id);
  const definition = publicTypeOf(type);
  const branch = findBranch(store, request.branch);
  refuseProtected(writer, branch.ref);
  const { body, occurrence } = findTarget(writer, request);
  const place = store.placeAt(branch.ref);
  const now = store.versionAt(type, id, place);
  const answer = { success: true, type, id, targetVersion: version, reason } as const;
  const draft = draftChange({ type, id, now, wanted: body.fields, earlier: [body], random: writer.random });
  if (draft === null && now !== null) {
    const set = store.commitOf(now.row);
    return { ...answer, newVersion: now.version, commit: set.commit, rolledBackBy: set.author, rolledBackAt: set.at, changed: false };
  }
  // The message is read by everybody on the branch; a record with views is there only for its linked users.
  const title = definition.views ? `a ${definition.label}` : definition.title(body.fields, namesAt(store, place));
  const when = `${occurrence.commit.at.slice(0, 16).replace('T', ' ')} UTC`;
  const committed = appendOnTip(writer, branch.ref, {
    message: `Roll back ${title} to ${when}`.slice(0, 2_000),
    reason,
    kind: 'restore',
    changes: draft === null ? [] : [draft],
  });
  const newVersion = committed.changes[0]?.version ?? version;
  writeNote(writer, {
    kind: 'comment',
    text: `Rolled back to version ${version.slice(0, 12)} (${when}). Reason: ${reason}`,
    on: { commit: committed.commit, type, id, version: newVersion },
  });
  return { ...answer, newVersion, commit: committed.commit, rolledBackBy: actor.userId, rolledBackAt: committed.at, changed: true };
}

function findTarget({ store }: Writer, request: RollbackRequest): { readonly body: StoredVersion; readonly occurrence: Occurrence } {
  const occurrence = store
    .versionsOf(request.type, request.id)
    .findLast((entry) => entry.op !== 'delete' && entry.version === request.version);
  const [body] = occurrence === undefined ? [] : store.versions([occurrence.row]);
  if (occurrence === undefined || body === undefined)
    throw new RefusedError(
      'NOT_FOUND',
      `The ${request.type} “${quote(request.id)}” has no version ${request.version}. Nothing was changed.`,
      {
        what: 'version',
        id: request.version,
      },
    );
  return { body, occurrence };
}

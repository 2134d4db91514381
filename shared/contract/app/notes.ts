import { z } from 'zod';
import { call, CommitHash, EntityId, EntityType, Instant, Page, paging, VersionHash } from './base.ts';

/** A tag or a comment, on a commit or on one version of an entity. */
export const Note = z.object({
  note: EntityId,
  kind: z.enum(['tag', 'comment']),
  text: z.string(),
  author: z.string(),
  authorName: z.string(),
  at: Instant,
  commit: CommitHash.nullable(),
  type: EntityType.nullable(),
  id: EntityId.nullable(),
  version: VersionHash.nullable(),
});
export type Note = z.infer<typeof Note>;

const onCommit = { commit: CommitHash };
/** `commit` says at which step the version is meant when the same content stood there more than once; the newest unless told. */
const onVersion = { type: EntityType, id: EntityId, version: VersionHash, commit: CommitHash.optional() };
const tag = z.string().trim().min(1).max(100);

export const notes = {
  /** The same tag twice is once. */
  tag: call.input(z.union([z.strictObject({ ...onVersion, tag }), z.strictObject({ ...onCommit, tag })])).output(Note),
  untag: call
    .input(z.union([z.strictObject({ ...onVersion, tag }), z.strictObject({ ...onCommit, tag })]))
    .output(z.object({ removed: z.boolean() })),
  comment: call
    .input(
      z.union([
        z.strictObject({ ...onVersion, text: z.string().trim().min(1).max(10_000) }),
        z.strictObject({ ...onCommit, text: z.string().trim().min(1).max(10_000) }),
      ]),
    )
    .output(Note),
  remove: call.input(z.strictObject({ note: EntityId })).output(z.object({ removed: z.boolean() })),
  list: call
    .input(
      z.strictObject({
        commit: CommitHash.optional(),
        type: EntityType.optional(),
        id: EntityId.optional(),
        version: VersionHash.optional(),
        kind: z.enum(['tag', 'comment']).optional(),
        ...paging,
      }),
    )
    .output(Page(Note)),
};

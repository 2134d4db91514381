import { makeUuidV7 } from '../ids.ts';
import type { MergeRecord } from '../local-store/merge-table.ts';
import { findOpenMergeOf } from '../queries/find-merge.ts';
import type { Writer } from '../reader.ts';

/** Which merge is meant: one that is open for the same is gone on with. */
export type WantedMerge = Pick<MergeRecord, 'kind' | 'source' | 'target' | 'reverts' | 'picked' | 'publishes'>;

/** The id of the open merge that is wanted; it is opened when there is none. */
export function openOrResume(
  writer: Writer,
  wanted: WantedMerge,
  { message, reason }: { readonly message?: string | undefined; readonly reason?: string | undefined },
): string {
  const open = findOpenMergeOf(writer.store, wanted);
  if (open !== null) return open.merge;
  const { clock, random, actor } = writer;
  const merge = makeUuidV7(clock(), random);
  writer.merges((merges) =>
    merges.add({
      merge,
      ...wanted,
      state: 'open',
      message: message === undefined || message === '' ? null : message,
      reason: reason === undefined || reason === '' ? null : reason,
      author: actor.userId,
      authorName: actor.userName,
      startedAt: new Date(clock()).toISOString(),
      commit: null,
    }),
  );
  return merge;
}

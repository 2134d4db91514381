import { RefusedError } from '../../../shared/errors.ts';
import type { CommitHash, Instant } from '../../../shared/ids.ts';
import type { Writer } from '../reader.ts';
import { settledInstant } from '../views/own-record.ts';
import { findUnused, type CleanupScope } from '../views/unused-versions.ts';
import { appendToView } from '../views/write-view.ts';

/**
 * Removes the acting user's unused drafts and archived versions as one commit: nobody sees anything else than before. Refuses STALE when there
 * are not as many as were listed.
 */
export function cleanUpViews(
  writer: Writer,
  { expected, ...scope }: CleanupScope & { readonly expected?: number | undefined },
): { readonly removed: number; readonly commit: CommitHash | null; readonly at: Instant } {
  const { whole, users, actor } = writer;
  const { versions } = findUnused({ whole, users, user: actor.userId }, scope);
  const removed = versions.length;
  if (expected !== undefined && expected !== removed)
    throw new RefusedError('STALE', `The list has ${removed} unused versions by now, not ${expected}. Look at it again.`, {
      what: 'cleanup',
      expected,
      total: removed,
    });
  if (removed === 0) return { removed, commit: null, at: settledInstant(whole, actor.userId, null) };
  const { commit, at } = appendToView(writer, {
    message: removed === 1 ? 'Clean up 1 unused version' : `Clean up ${removed} unused versions`,
    changes: versions.map(({ own }) => ({ type: 'own_version', id: own, op: 'delete' as const, fields: null })),
  });
  return { removed, commit, at };
}

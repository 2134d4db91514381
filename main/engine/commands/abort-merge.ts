import { RefusedError } from '../../../shared/errors.ts';
import { findMerge } from '../queries/find-merge.ts';
import type { Writer } from '../reader.ts';
import { refuseViewer } from './refuse-protected.ts';

/** Forgets a merge in progress with everything that was chosen in it. Refuses STALE for one that was concluded: that is taken back by a revert. */
export function abortMerge(writer: Writer, { merge }: { readonly merge: string }): { readonly merge: string; readonly aborted: boolean } {
  refuseViewer(writer);
  const session = findMerge(writer.store, merge);
  if (session.state !== 'open')
    throw new RefusedError(
      'STALE',
      `This merge was concluded already, as commit ${session.commit ?? ''}. Revert that commit to take it back.`,
      {
        what: 'merge',
        id: merge,
        commit: session.commit,
      },
    );
  writer.merges((merges) => merges.remove(merge));
  return { merge, aborted: true };
}

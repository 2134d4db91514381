import type { ViewChange } from '../../../shared/contract/app/views.ts';
import { EntityId, type CommitHash, type Instant } from '../../../shared/ids.ts';
import type { Writer } from '../reader.ts';
import { findBranch } from '../queries/find-branch.ts';
import { originsOf } from './describe-seen.ts';
import { openSight } from './sight.ts';
import { settledInstant } from './own-record.ts';

/** The commit that made a change of a view. */
export interface Written {
  readonly commit: CommitHash;
  readonly at: Instant;
}

/**
 * What a change of the acting user's view came to: the record as it shows now. `written` is the commit that made it so; `null` where nothing was
 * written.
 */
export function answerChange(
  writer: Writer,
  { type, id, branch }: { readonly type: string; readonly id: string; readonly branch: string },
  written: Written | null,
): ViewChange {
  const { whole, actor } = writer;
  const record = findBranch(whole, branch);
  const shared = whole.versionAt(type, id, whole.placeAt(record.ref));
  const seen = shared === null ? null : openSight(whole, { asker: actor.userId }).see(shared);
  return {
    type,
    id: EntityId.parse(id),
    version: seen?.number ?? null,
    fields: seen?.fields ?? {},
    origins: seen === null ? {} : originsOf(seen),
    commit: written?.commit ?? null,
    at: written?.at ?? settledInstant(whole, actor.userId, record),
  };
}

import type { MergeClash } from '../../../shared/contract/app/merges.ts';
import { assertNever } from '../../../shared/errors.ts';
import type { CommitHash, Instant } from '../../../shared/ids.ts';
import { onlyFields, ownFieldNames } from '../../../shared/versioning/overlay.ts';
import type { Publishing } from '../local-store/merge-table.ts';
import { openPublishing } from '../merging/open-publishing.ts';
import { findBranch } from '../queries/find-branch.ts';
import type { Writer } from '../reader.ts';
import { mergingStore } from '../sighted-store/merging-store.ts';
import { findOwnRecord } from '../views/own-record.ts';
import { refuseUnknownFields } from './refuse-unknown-fields.ts';
import { refuseProtected } from './refuse-protected.ts';
import { startWanted } from './start-merge.ts';

export interface PublishRequest {
  readonly type: string;
  readonly id: string;
  readonly fields: readonly string[];
  readonly branch: string;
  readonly message?: string | undefined;
  readonly reason?: string | undefined;
}

export type PublishAnswer =
  | {
      readonly kind: 'published';
      readonly commit: CommitHash;
      readonly position: number;
      readonly at: Instant;
      readonly fields: string[];
    }
  | { readonly kind: 'unchanged'; readonly tip: CommitHash | null }
  | { readonly kind: 'conflicts'; readonly merge: string; readonly count: number }
  | { readonly kind: 'clashes'; readonly merge: string; readonly clashes: MergeClash[]; readonly count: number };

/**
 * Puts chosen values of one's own into the shared record of a branch, three-way against the shared record they came from: at once where nobody
 * has to be asked, else in a merge that only its publisher sees until it is concluded. What was not chosen reaches nobody. The own version
 * stays as it is.
 */
export function publishOwnVersion(writer: Writer, request: PublishRequest): PublishAnswer {
  const { type, id, fields, message, reason } = request;
  const { whole, actor } = writer;
  refuseProtected(writer, findBranch(whole, request.branch).ref);
  const { definition, branch: target, place, seen } = findOwnRecord(whole, actor.userId, request);
  refuseUnknownFields(definition, fields);
  const own = ownFieldNames(seen.differs).filter((field) => seen.originOf(field) === 'own');
  const published = own.filter((field) => fields.includes(field));
  if (seen.version === null || published.length === 0) return { kind: 'unchanged', tip: target.tip };
  const publishes: Publishing = {
    type,
    id,
    user: actor.userId,
    userName: actor.userName,
    number: seen.version.number,
    base: seen.version.base,
    ...onlyFields(seen.differs, published),
  };
  const store = mergingStore(whole, actor.userId);
  const wanted = { kind: 'pick', source: null, target: target.ref, reverts: null, picked: null, publishes } as const;
  const answer = startWanted({ ...writer, store }, wanted, openPublishing(store, { target, place }, publishes), { message, reason });
  switch (answer.kind) {
    case 'up-to-date':
      return { kind: 'unchanged', tip: answer.tip };
    case 'merged': {
      const { commit, position } = answer;
      const at = whole.commit(commit)?.at;
      if (at === undefined) throw new Error(`commit ${commit} was written and is not there`);
      return { kind: 'published', commit, position, at, fields: published };
    }
    case 'conflicts':
      return { kind: 'conflicts', merge: answer.merge, count: answer.count };
    case 'clashes':
      return answer;
    default:
      return assertNever(answer);
  }
}

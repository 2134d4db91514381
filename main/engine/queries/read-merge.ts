import type { MergePreview, MergeSession } from '../../../shared/contract/app/merges.ts';
import { EntityId } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import { publicTypeOf } from '../../../shared/roster/entity-type.ts';
import { refToName } from '../../../shared/versioning/ref-name.ts';
import { sameFields } from '../../../shared/versioning/diff.ts';
import { describePreview, describeSession } from '../merging/describe-merge.ts';
import { judgeMerge, nothingChosen, resolveSubject, type JudgedMerge } from '../merging/judge-merge.ts';
import { replaySteps } from '../merging/merge-steps.ts';
import { findBranchPair, openMerge, openPick, openSession } from '../merging/merge-subject.ts';
import { isStored } from '../merging/open-publishing.ts';
import { changedEntities, type MergedEntity, type ResolvedMerge } from '../merging/resolve-merge.ts';
import type { MergeRecord } from '../local-store/merge-table.ts';
import type { StoreReader } from '../reader.ts';
import { hidesFrom } from '../sighted-store/merging-store.ts';
import { findMerge, sourceNameOf } from './find-merge.ts';
import { pageOf, type PageAnswer, type PageRequest } from './page-of.ts';

/** What a merge of two branches would do, of some types or of all, or a pick of some records. The same as `startMerge` finds. Writes nothing. */
export function previewMerge(
  store: StoreReader,
  request: {
    readonly source: string;
    readonly target: string;
    readonly types?: readonly string[] | undefined;
    readonly entities?: readonly { readonly type: string; readonly id: string }[] | undefined;
  },
  today: string,
): MergePreview {
  const types = request.types === undefined ? undefined : [...new Set(request.types.map((type) => publicTypeOf(type).type))];
  const pair = findBranchPair(store, request);
  const picked = request.entities
    ?.map(({ type, id }) => ({ type: publicTypeOf(type).type, id }))
    .filter(({ type }) => types === undefined || types.includes(type));
  const subject = picked === undefined ? openMerge(store, pair, { types }) : openPick(store, pair, picked);
  return describePreview(store, judgeMerge(store, subject, nothingChosen, today));
}

/** A merge in progress as it stands against both tips of now; a concluded one as it was. */
export function readMerge(store: StoreReader, { merge }: { readonly merge: string }, today: string): MergeSession {
  const session = findMerge(store, merge);
  return describeSession(store, session, judgeSession(store, session, today));
}

/** What was chosen so far, laid over both sides as they are now. */
export function judgeSession(store: StoreReader, session: MergeRecord, today: string): JudgedMerge {
  return judgeMerge(store, openSession(store, session), replaySteps(store.merges.steps(session.merge)), today);
}

/** The same without asking for clashes: enough to know what is decided and what is left. */
export function resolveSession(store: StoreReader, session: MergeRecord): ResolvedMerge {
  return resolveSubject(store, openSession(store, session), replaySteps(store.merges.steps(session.merge)));
}

export type MergeListItem = Pick<
  MergeSession,
  'merge' | 'kind' | 'source' | 'target' | 'state' | 'startedBy' | 'startedByName' | 'startedAt' | 'left' | 'conflictCount' | 'commit'
>;

/** Merges in progress or concluded, newest first. */
export function listMerges(
  store: StoreReader,
  { state, ...page }: PageRequest & { readonly state: 'open' | 'concluded' | 'aborted' },
): PageAnswer<MergeListItem> {
  // An aborted merge leaves no trace.
  const sessions = state === 'aborted' ? [] : store.merges.sessions(state);
  const { items, total, next } = pageOf(sessions, page, (session) => session.merge);
  return { items: items.map((session) => describeItem(store, session)), total, next };
}

function describeItem(store: StoreReader, session: MergeRecord): MergeListItem {
  const { merge, kind, state, author, authorName, startedAt, commit } = session;
  const resolved = state === 'open' ? resolveSession(store, session) : null;
  return {
    merge,
    kind,
    source: sourceNameOf(store, session),
    target: refToName(session.target),
    state,
    startedBy: author,
    startedByName: authorName,
    startedAt,
    left: resolved?.left ?? 0,
    conflictCount: resolved?.conflicts.length ?? (commit === null ? 0 : store.decisionsOf(commit).length),
    commit,
  };
}

export interface ResultItem {
  readonly type: string;
  readonly id: EntityId;
  readonly fields: Fields | null;
  readonly version: MergedVersion;
}
type MergedVersion = NonNullable<NonNullable<MergedEntity['record']>['source']>['version'] | null;

/** The records that a merge changes on its target, as they would be, those that are not the asker's without what they say. What has stood somewhere before keeps the name of its version. */
export function readMergeResult(store: StoreReader, { merge }: { readonly merge: string }): PageAnswer<ResultItem> {
  const items = changedEntities(resolveSession(store, findMerge(store, merge))).map((entity): ResultItem => {
    const { type, id, merged, record } = entity;
    if (hidesFrom(store, entity)) return { type, id, fields: merged === null ? null : {}, version: null };
    const known = [record?.source, ...(record?.bases ?? [])].find(
      (version) => version != null && isStored(version) && sameFields(version.fields, merged),
    );
    return { type, id, fields: merged, version: known?.version ?? null };
  });
  return { items, total: items.length, next: null };
}

import type { BlamedField } from '../../../shared/contract/app/versions.ts';
import type { Basis, RecordedDecision } from '../../../shared/contract/app/base.ts';
import { EntityId, type Moment } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import { publicTypeOf } from '../../../shared/roster/entity-type.ts';
import type { CommitRecord, Place } from '../local-store/store.ts';
import { findSetter, type FoundSetter } from '../merging/find-setter.ts';
import { valueInWords } from '../merging/describe-conflict.ts';
import type { StoreReader } from '../reader.ts';
import { mergeSourceOf } from '../words/merge-source.ts';
import { describeDecisions } from '../words/recorded-decision.ts';
import { namesAt } from '../words/names-at.ts';
import { basisOf } from './basis-of.ts';
import { branchNamesByLine } from './branch-names-by-line.ts';
import { placeOnBranch } from './find-branch.ts';

export interface Blame {
  readonly type: string;
  readonly id: EntityId;
  readonly title: string;
  readonly basis: Basis;
  readonly existed: boolean;
  readonly fields: BlamedField[];
}

/**
 * For every field that an entity has at a moment: the commit its value comes from, found through merges, and the merges it came through, with
 * what was decided there. For one that is gone: who deleted it.
 */
export function readBlame(
  store: StoreReader,
  request: { readonly type: string; readonly id: string; readonly branch: string; readonly at?: Moment | undefined },
): Blame {
  const { type, branch, at } = request;
  const definition = publicTypeOf(type);
  const id = EntityId.parse(request.id);
  const place = placeOnBranch(store, branch, at);
  const fields = store.versionAt(type, id, place)?.fields ?? null;
  const names = namesAt(store, place);
  const nameByLine = branchNamesByLine(store);
  const order = Object.keys(definition.fields);
  const wanted = fields === null ? [null] : Object.keys(fields).toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
  return {
    type,
    id,
    title: definition.title(fields ?? lastFieldsOf(store, { type, id }, place), names),
    basis: basisOf(place),
    existed: fields !== null,
    fields: wanted.flatMap((field) => {
      const found = findSetter(store, { type, id, field }, place);
      if (found === null) return [];
      const value = field === null || fields === null ? null : (fields[field] ?? null);
      const { commit, author, authorName, at: setAt, message, reason, line } = found.commit;
      return {
        field,
        label: field === null ? definition.label : (definition.fields[field]?.label ?? field),
        value,
        text: valueInWords(names, type, field, value),
        commit,
        branch: nameByLine(line),
        author,
        authorName,
        at: setAt,
        message,
        reason,
        through: throughOf(store, { type, id, field }, place, found),
      };
    }),
  };
}

type Blamed = { readonly type: string; readonly id: string; readonly field: string | null };

/** The merges that a value came through or was kept in, the nearest first. */
function throughOf(store: StoreReader, blamed: Blamed, place: Place, { commit, through }: FoundSetter): BlamedField['through'] {
  const [passed, made] = [new Set(through.map((merge) => merge.commit)), commit.parents.length > 1 ? commit : null];
  const kept = keptIn(store, blamed, place, through[0] ?? commit).filter((merge) => !passed.has(merge.commit));
  const entries = [
    ...kept.map((merge) => ({ merge, side: 'target' as const })),
    ...through.map((merge) => ({ merge, side: 'source' as const })),
    ...(made === null ? [] : [{ merge: made, side: 'neither' as const }]),
  ];
  return entries.map(({ merge, side }) => ({
    commit: merge.commit,
    author: merge.author,
    authorName: merge.authorName,
    at: merge.at,
    side,
    source: mergeSourceOf(store, merge),
    decision: decisionAbout(store, blamed, merge),
  }));
}

/** The merges on the same line after a value was set, in which somebody decided that it stays. */
function keptIn(store: StoreReader, blamed: Blamed, place: Place, since: CommitRecord): CommitRecord[] {
  return store
    .commitsOfKinds(place, ['merge'])
    .filter(({ position }) => position > since.position)
    .filter((merge) => merge.hasDecisions && decisionAbout(store, blamed, merge) !== null);
}

function decisionAbout(store: StoreReader, { type, id, field }: Blamed, merge: CommitRecord): RecordedDecision | null {
  const about = describeDecisions(store, merge, { entity: { type, id } });
  return about.find((decision) => decision.field === field) ?? about.find((decision) => decision.field === null) ?? null;
}

function lastFieldsOf(store: StoreReader, { type, id }: { readonly type: string; readonly id: string }, place: Place): Fields {
  const last = store.versionsOf(type, id, place).findLast((occurrence) => occurrence.op !== 'delete');
  return last === undefined ? {} : (store.versions([last.row])[0]?.fields ?? {});
}

import type { RecordedDecision } from '../../../shared/contract/app/base.ts';
import { EntityId, VersionHash } from '../../../shared/ids.ts';
import type { Fields, Json } from '../../../shared/json.ts';
import type { Names } from '../../../shared/roster/entity-type.ts';
import type { CommitRecord } from '../local-store/store.ts';
import { momentInWords, nameThing, valueInWords } from '../merging/describe-conflict.ts';
import { parseDecisions, type MergeDecision } from '../merging/merge-steps.ts';
import { asFields } from '../merging/compute-merge.ts';
import type { StoreReader } from '../reader.ts';
import { namesAt } from './names-at.ts';

/** What was chosen in a commit, in words, as of that commit; of one entity, or of the first so many. */
export function describeDecisions(
  store: StoreReader,
  commit: CommitRecord,
  { entity, limit = Infinity }: { readonly entity?: { readonly type: string; readonly id: string }; readonly limit?: number } = {},
): RecordedDecision[] {
  if (!commit.hasDecisions) return [];
  const place = store.placeOf(commit.commit);
  const names = namesAt(store, place);
  return parseDecisions(store.decisionsOf(commit.commit))
    .filter((decision) => entity === undefined || (decision.entity.type === entity.type && decision.entity.id === entity.id))
    .slice(0, limit)
    .map((decision) => {
      const standing = store.versionAt(decision.entity.type, decision.entity.id, place)?.fields ?? null;
      return describeDecision(store, names, decision, standing);
    });
}

function describeDecision(store: StoreReader, names: Names, decision: MergeDecision, standing: Fields | null): RecordedDecision {
  const { entity, field, kind, resolution, by, author, authorName, at, reason, origin, sourceName, targetName } = decision;
  const value = (side: 'base' | 'source' | 'target'): Json => sideValue(store, decision, side, standing);
  const text = (stand: Json): string => valueInWords(names, entity.type, field, stand);
  const named = nameThing(names, entity.type, entity.id, field, [standing, asFields(decision.target), asFields(decision.source)]);
  const chose = kind === 'repair' ? 'repair' : resolution.kind;
  const isRepair = kind === 'repair' && resolution.kind === 'custom';
  const out =
    isRepair && typeof resolution.value === 'string'
      ? resolution.value
      : chose === 'keep-both'
        ? 'both'
        : text(outcomeOf(decision, value, standing));
  const [sourceText, targetText] = [text(value('source')), text(value('target'))];
  const when = momentInWords(at);
  const why = reason === null || reason === '' ? '' : ` because ${reason}`;
  const who = by === 'rule' ? `the house rule “${origin ?? ''}” chose` : `${authorName} chose`;
  return {
    entity: { type: entity.type, id: EntityId.parse(entity.id) },
    field,
    label: named.label,
    title: named.title,
    source: sourceName,
    target: targetName,
    baseText: text(value('base')),
    sourceText,
    targetText,
    valueText: out,
    chose,
    by,
    author,
    authorName,
    at,
    reason,
    origin,
    text: isRepair
      ? `${authorName} on ${when}: ${out}, to clear: ${reason ?? ''}`
      : `${targetName}: ${targetText}, ${sourceName}: ${sourceText}; ${who} ${out}${by === 'rule' ? '' : ` on ${when}`}${why}`,
  };
}

/** What came out; where it is personal, it is read from the record itself. */
function outcomeOf(decision: MergeDecision, value: (side: 'base' | 'source' | 'target') => Json, standing: Fields | null): Json {
  const { resolution, hidden, field } = decision;
  if (hidden === undefined) return decision.value;
  switch (resolution.kind) {
    case 'source':
    case 'target':
    case 'base':
      return value(resolution.kind);
    case 'delete':
      return null;
    case 'custom':
    case 'keep-both':
      return field === null || standing === null ? standing : (standing[field] ?? null);
  }
}

function sideValue(
  store: StoreReader,
  { hidden, field, ...decision }: MergeDecision,
  side: 'base' | 'source' | 'target',
  standing: Fields | null,
): Json {
  if (hidden === undefined) return decision[side];
  const hash = VersionHash.safeParse(hidden[side]);
  // What somebody published was no version of the store before it was taken: then it is what stands.
  const isTaken = hidden[side] === null && decision.resolution.kind === side;
  const fields = isTaken ? standing : hash.success ? (store.versionByHash(hash.data)?.fields ?? null) : null;
  return field === null || fields === null ? fields : (fields[field] ?? null);
}

import type { MergeSession } from '../../../shared/contract/app/merges.ts';
import { notFound } from '../../../shared/errors.ts';
import { describeSession } from '../merging/describe-merge.ts';
import { dateOfMillis, type JudgedMerge } from '../merging/judge-merge.ts';
import { stepToJson, type MergeStepBody } from '../merging/merge-steps.ts';
import { repairStands } from '../merging/resolve-merge.ts';
import { findOpenMerge } from '../queries/find-merge.ts';
import { judgeSession } from '../queries/read-merge.ts';
import type { Fields } from '../../../shared/json.ts';
import type { Writer } from '../reader.ts';
import { refuseMerging } from './refuse-protected.ts';

/** Takes a repair that is offered for a clash, or (with `repair: null`) takes one back. Refuses NOT_FOUND for what is not offered or not taken. */
export function repairClash(
  writer: Writer,
  { merge, clash, repair }: { readonly merge: string; readonly clash: string; readonly repair: string | null },
): MergeSession {
  const { store } = writer;
  const session = findOpenMerge(store, merge);
  refuseMerging(writer, { ref: session.target });
  const today = dateOfMillis(writer.clock());
  const judged = judgeSession(store, session, today);
  const step = repair === null ? takeBack(judged, clash) : take(writer, judged, clash, repair);
  writer.merges((merges) => merges.choose(merge, [stepToJson(step)]));
  return describeSession(store, session, judgeSession(store, session, today));
}

function takeBack({ resolved }: JudgedMerge, clash: string): MergeStepBody {
  if (!resolved.repairs.some((repair) => repair.clash === clash)) throw notFound('repair of the clash', clash);
  return { do: 'unrepair', clash };
}

function take(writer: Writer, { clashes, repairsOf, resolved, subject }: JudgedMerge, key: string, id: string): MergeStepBody {
  const clash = clashes.find((each) => each.key === key);
  if (clash === undefined) throw notFound('clash', key);
  const repair = repairsOf(key).find((each) => each.id === id);
  if (repair === undefined) throw notFound('repair', id);
  const mergedByKey = new Map(resolved.entities.map((entity) => [`${entity.type} ${entity.id}`, entity.merged]));
  const targetOf = (type: string, of: string): Fields | null => writer.store.versionAt(type, of, subject.target)?.fields ?? null;
  const standing = (type: string, of: string): Fields | null => {
    const merged = mergedByKey.get(`${type} ${of}`);
    return merged === undefined ? targetOf(type, of) : merged;
  };
  return {
    do: 'repair',
    clash: key,
    clashText: clash.text,
    repair: id,
    text: repair.text,
    stands: repairStands(
      repair.changes.map((change) => ({ ...change, before: null })),
      standing,
    ),
    changes: repair.changes.map((change) => ({ ...change, before: targetOf(change.type, change.id) })),
    author: writer.actor.userId,
    authorName: writer.actor.userName,
    at: new Date(writer.clock()).toISOString(),
    reason: null,
  };
}

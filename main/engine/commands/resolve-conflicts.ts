import type { MergeSession, Resolution as WantedResolution } from '../../../shared/contract/app/merges.ts';
import { RefusedError, quote, type RefusalData } from '../../../shared/errors.ts';
import type { Fields, Json } from '../../../shared/json.ts';
import { checkFields, findEntityType } from '../../../shared/roster/entity-type.ts';
import { canonicalJson } from '../../../shared/versioning/canonical.ts';
import { conflictKey, isOffered, type Conflict, type Resolution } from '../../../shared/versioning/conflict.ts';
import { makeUuidV7 } from '../ids.ts';
import { asConflict, asFields } from '../merging/compute-merge.ts';
import { describeSession } from '../merging/describe-merge.ts';
import { dateOfMillis } from '../merging/judge-merge.ts';
import { stepToJson, type MergeStepBody } from '../merging/merge-steps.ts';
import type { ResolvedMerge } from '../merging/resolve-merge.ts';
import { findOpenMerge } from '../queries/find-merge.ts';
import { judgeSession, resolveSession } from '../queries/read-merge.ts';
import type { Writer } from '../reader.ts';
import { hidesFrom } from '../sighted-store/merging-store.ts';
import { refuseBrokenText } from './refuse-broken-text.ts';
import { refuseMerging } from './refuse-protected.ts';

/** A conflict by its id, or by its record and field. */
export type ConflictName = string | { readonly entity: { readonly type: string; readonly id: string }; readonly field: string | null };

export interface ResolveRequest {
  readonly merge: string;
  readonly resolutions: readonly {
    readonly conflict: ConflictName;
    readonly resolution: WantedResolution;
    readonly reason?: string | undefined;
  }[];
}

type Problem = NonNullable<RefusalData['fields']>[number];

/** Something that a decision can be made about. */
interface Decidable {
  readonly id: string;
  readonly stands: string;
  readonly conflict: Conflict;
}

/**
 * Saves decisions as one group, all or none. Refuses NOT_A_CONFLICT for what nobody is asked about and nothing merged by itself, and INVALID,
 * naming the field, for a value that the record could not have and for a resolution that is not offered.
 */
export function resolveConflicts(writer: Writer, { merge, resolutions }: ResolveRequest): MergeSession {
  const { store, actor } = writer;
  const session = findOpenMerge(store, merge);
  refuseMerging(writer, { ref: session.target });
  const today = dateOfMillis(writer.clock());
  const find = decidablesOf(resolveSession(store, session));
  const at = new Date(writer.clock()).toISOString();
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const steps = resolutions.map(({ conflict: name, resolution, reason }): MergeStepBody => {
    const found = find(name);
    if (seen.has(found.id)) problems.push(problemOf(found.conflict, 'is decided twice in one call'));
    seen.add(found.id);
    refuseBrokenText({ reason: reason ?? '' });
    const chosen = checkResolution(writer, found.conflict, resolution, problems);
    return {
      do: 'decide',
      conflict: found.id,
      stands: found.stands,
      resolution: chosen,
      by: 'person',
      author: actor.userId,
      authorName: actor.userName,
      at,
      reason: reason === undefined || reason === '' ? null : reason,
      origin: null,
    };
  });
  if (problems.length === 0) {
    writer.merges((merges) => merges.choose(merge, steps.map(stepToJson)));
    checkDecidedRecords(resolveSession(store, session), steps, problems);
    if (problems.length === 0) return describeSession(store, session, judgeSession(store, session, today));
  }
  // Thrown from inside the transaction: what was saved above is taken back with it.
  throw invalid(problems);
}

/** Looks up what a decision names. */
export function decidablesOf(resolved: ResolvedMerge): (name: ConflictName) => Decidable {
  const byId = new Map<string, Decidable>();
  for (const { id, stands, merge } of resolved.automatic) byId.set(id, { id, stands, conflict: asConflict(merge) });
  for (const { id, stands, conflict } of resolved.conflicts) byId.set(id, { id, stands, conflict });
  return (name) => {
    const id = typeof name === 'string' ? name : conflictKey(name);
    const found = byId.get(id);
    if (found === undefined)
      throw new RefusedError('NOT_A_CONFLICT', `Nothing is to be decided about ${nameOf(name)} in this merge. Nothing was saved.`, {
        what: 'conflict',
        id: quote(id),
      });
    return found;
  };
}

function nameOf(name: ConflictName): string {
  if (typeof name === 'string') return `“${quote(name)}”`;
  return `${name.field === null ? '' : `${quote(name.field)} of `}${name.entity.type} “${quote(name.entity.id)}”`;
}

function checkResolution(writer: Writer, conflict: Conflict, wanted: WantedResolution, problems: Problem[]): Resolution {
  const resolution: Resolution =
    wanted.kind === 'keep-both'
      ? { kind: 'keep-both', newId: makeUuidV7(writer.clock(), writer.random) }
      : wanted.kind === 'custom'
        ? { kind: 'custom', value: normaliseValue(conflict, wanted.value) }
        : wanted;
  // Nobody writes a value into a record that they cannot see.
  const isBlind = resolution.kind === 'custom' && hidesFrom(writer.store, conflict.entity);
  if (isBlind || !isOffered(conflict, resolution)) problems.push(problemOf(conflict, `“${wanted.kind}” cannot be chosen here`));
  if (resolution.kind === 'custom' && !isBlind) for (const problem of checkValue(conflict, resolution.value)) problems.push(problem);
  return resolution;
}

/** A value as a commit would store it. */
function normaliseValue({ entity, field }: Conflict, value: Json): Json {
  const definition = findEntityType(entity.type);
  if (definition?.normalise === undefined || value === null) return value;
  if (field !== null) return definition.normalise({ [field]: value })[field] ?? null;
  const fields = asFields(value);
  return fields === null ? value : definition.normalise(fields);
}

function checkValue(conflict: Conflict, value: Json): Problem[] {
  if (!hasCanonicalForm(value)) return [problemOf(conflict, 'holds half of a character')];
  const { entity, field } = conflict;
  const definition = findEntityType(entity.type);
  if (definition === undefined) return [];
  if (field === null) {
    const fields = asFields(value);
    if (fields === null) return [problemOf(conflict, 'needs a whole record as its value; choose “delete” for none')];
    return checkFields(definition, withoutNulls(fields)).map((problem) => ({ ...problem, type: entity.type, id: entity.id }));
  }
  const known = Object.hasOwn(definition.fields, field) ? definition.fields[field] : undefined;
  if (known === undefined) return [];
  if (value === null) return known.required ? [problemOf(conflict, `${known.label} is required.`)] : [];
  const problem = known.check(value);
  return problem === null ? [] : [problemOf(conflict, problem)];
}

function hasCanonicalForm(value: Json): boolean {
  try {
    canonicalJson(value);
    return true;
  } catch (error) {
    if (error instanceof RefusedError) return false;
    throw error;
  }
}

function withoutNulls(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** Values that are right each for itself can make a record that is not: an own value must not. */
function checkDecidedRecords(resolved: ResolvedMerge, steps: readonly MergeStepBody[], problems: Problem[]): void {
  const own = new Set(steps.flatMap((step) => (step.do === 'decide' && step.resolution.kind === 'custom' ? [step.conflict] : [])));
  if (own.size === 0) return;
  const decided = [
    ...resolved.conflicts.map(({ id, record, conflict }) => ({ id, record, field: conflict.field })),
    ...resolved.automatic.map(({ id, record, merge }) => ({ id, record, field: merge.field })),
  ];
  for (const { id, record, field } of decided) {
    const definition = findEntityType(record.type);
    if (!own.has(id) || field === null || definition === undefined) continue;
    const entity = resolved.entities.find((each) => each.record === record);
    if (entity === undefined || entity.merged === null || entity.undecided) continue;
    for (const problem of checkFields(definition, entity.merged)) problems.push({ ...problem, type: record.type, id: record.id });
  }
}

function problemOf({ entity, field }: Conflict, problem: string): Problem {
  return { field: field ?? 'record', problem, type: entity.type, id: entity.id };
}

const problemsShown = 100;

function invalid(problems: readonly Problem[]): RefusedError {
  const [first] = problems;
  const more = problems.length > 1 ? ` And ${problems.length - 1} more.` : '';
  return new RefusedError(
    'INVALID',
    `Nothing was saved. ${first?.type ?? ''} “${quote(first?.id ?? '')}”, ${first?.field ?? ''}: ${first?.problem ?? ''}${more}`,
    {
      what: 'resolution',
      fields: problems.slice(0, problemsShown),
    },
  );
}

import type { Json } from '../../../shared/json.ts';
import { findEntityType } from '../../../shared/roster/entity-type.ts';
import type { Conflict } from '../../../shared/versioning/conflict.ts';
import type { StoredVersion } from '../local-store/store.ts';
import type { EntityMerge } from './compute-merge.ts';
import { asConflict } from './compute-merge.ts';
import { decisionToJson, type Choice, type MergeDecision } from './merge-steps.ts';
import type { MergeSubject } from './merge-subject.ts';
import type { ResolvedMerge } from './resolve-merge.ts';

/** One decision with the conflict it was made for. */
export interface RecordedChoice {
  /** It was made about something that had merged by itself. */
  readonly automatic: boolean;
  readonly conflict: Conflict;
  readonly choice: Choice;
  readonly record: EntityMerge;
}

/** Everything that was decided in a merge, by people and by rules. */
export function choicesOf(resolved: ResolvedMerge): RecordedChoice[] {
  return [
    ...resolved.conflicts.flatMap(({ conflict, choice, record }) =>
      choice === null ? [] : [{ automatic: false, conflict, choice, record }],
    ),
    ...resolved.automatic.flatMap(({ merge, override, record }) =>
      override === null ? [] : [{ automatic: true, conflict: asConflict(merge), choice: override, record }],
    ),
  ];
}

/**
 * What may be told of what was decided, and be kept beyond the merge: of values of somebody's own only those that were taken. The others stay
 * private, also as one of the three values that a decision was made about.
 */
export function lastingChoicesOf({ publishes }: MergeSubject, resolved: ResolvedMerge): RecordedChoice[] {
  return choicesOf(resolved).filter(({ choice }) => publishes === undefined || choice.resolution.kind === 'source');
}

/**
 * The decisions of a merge as its commit keeps them. What is personal is not repeated there, where it could never be erased: the versions that
 * hold it are named instead.
 */
export function recordDecisions(subject: MergeSubject, resolved: ResolvedMerge): Json[] {
  const { sourceName, targetName, publishes } = subject;
  const mergedByKey = new Map(resolved.entities.map((entity) => [`${entity.type} ${entity.id}`, entity.merged]));
  const decisions = lastingChoicesOf(subject, resolved).map(({ automatic, conflict, choice, record }): MergeDecision => {
    const { entity, field, kind, base, source, target } = conflict;
    const merged = mergedByKey.get(`${entity.type} ${entity.id}`) ?? null;
    const hidden = isPersonal(entity.type, field);
    const value = field === null ? merged : merged === null ? null : (merged[field] ?? null);
    const { resolution, by, author, authorName, at, reason, origin } = choice;
    return {
      entity,
      field,
      kind: automatic ? 'automatic' : kind,
      base: hidden ? null : base,
      source: hidden ? null : source,
      target: hidden ? null : target,
      resolution: hidden && resolution.kind === 'custom' ? { kind: 'custom', value: null } : resolution,
      value: hidden ? null : value,
      ...(hidden
        ? {
            hidden: {
              base: hashOf(record.bases[0] ?? null),
              source: publishes === undefined ? hashOf(record.source) : null,
              target: hashOf(record.target),
            },
          }
        : {}),
      by,
      author,
      authorName,
      at,
      reason,
      origin,
      sourceName,
      targetName,
    };
  });
  const repairs = resolved.repairs.map(({ clash, clashText, text, changes, author, authorName, at, reason }): MergeDecision => ({
    entity: { type: changes[0]?.type ?? '', id: changes[0]?.id ?? '' },
    field: null,
    kind: 'repair',
    base: null,
    source: null,
    target: null,
    resolution: { kind: 'custom', value: text },
    value: changes.map(({ op, type, id }) => ({ op, type, id })),
    by: 'repair',
    author,
    authorName,
    at,
    reason: reason ?? clashText,
    origin: clash,
    sourceName,
    targetName,
  }));
  return [...decisions, ...repairs].map(decisionToJson);
}

function isPersonal(type: string, field: string | null): boolean {
  const definition = findEntityType(type);
  if (definition === undefined) return false;
  if (field === null) return definition.personal;
  return Object.hasOwn(definition.fields, field) && definition.fields[field]?.personal === true;
}

function hashOf(version: StoredVersion | null): string | null {
  return version?.version ?? null;
}

import { EntityId } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import { canonicalJson } from '../../../shared/versioning/canonical.ts';
import type { Conflict, Resolution } from '../../../shared/versioning/conflict.ts';
import { sameFields } from '../../../shared/versioning/diff.ts';
import { sha256 } from '../../../shared/versioning/hash.ts';
import { resolveRecord } from '../../../shared/versioning/three-way.ts';
import { asConflict, kindOfField, type ComputedMerge, type EntityMerge, type FoundAutomatic, type FoundConflict } from './compute-merge.ts';
import type { AppliedRepair, Choice, ChosenState, RepairChange } from './merge-steps.ts';

/** A conflict with what was chosen for it, if anything was. */
export interface DecidedConflict extends FoundConflict {
  readonly choice: Choice | null;
}

export interface DecidedAutomatic extends FoundAutomatic {
  /** What somebody wants instead of what the merge did by itself. */
  readonly override: Choice | null;
}

/** One record of the merged state. */
export interface MergedEntity {
  readonly type: EntityMerge['type'];
  readonly id: EntityId;
  readonly base: Fields | null;
  readonly source: Fields | null;
  readonly target: Fields | null;
  /** How it comes out of the merge; an undecided one stands as the target has it. */
  readonly merged: Fields | null;
  readonly undecided: boolean;
  /** The three sides it came from; `null` for a record that only a repair or a “keep both” made. */
  readonly record: EntityMerge | null;
}

/** A merge with everything that was chosen in it so far. */
export interface ResolvedMerge {
  readonly conflicts: readonly DecidedConflict[];
  readonly automatic: readonly DecidedAutomatic[];
  readonly entities: readonly MergedEntity[];
  /** Ids of decisions and repairs that no longer apply, because a side moved since they were made. */
  readonly dropped: readonly string[];
  readonly repairs: readonly AppliedRepair[];
  readonly left: number;
}

/** Lays decisions and repairs over a merge. Rules decide first; a person's decision holds as long as its three values do. */
export function resolveMerge(
  computed: ComputedMerge,
  chosen: ChosenState,
  ruleOf: (conflict: FoundConflict) => Choice | null,
): ResolvedMerge {
  const applied = new Set<string>();
  const choiceOf = (id: string, stands: string): Choice | null => {
    const choice = chosen.choices.get(id);
    if (choice === undefined || choice.stands !== stands) return null;
    applied.add(id);
    return choice;
  };
  const conflicts = computed.conflicts.map((found): DecidedConflict => {
    const own = choiceOf(found.id, found.stands);
    return { ...found, choice: own ?? (chosen.opened.get(found.id) === found.stands ? null : ruleOf(found)) };
  });
  const automatic = computed.automatic.map((found): DecidedAutomatic => ({ ...found, override: choiceOf(found.id, found.stands) }));
  const entities = mergeEntities(computed, conflicts, automatic);
  const repaired = applyRepairs(entities, chosen.repairs);
  return {
    conflicts,
    automatic,
    entities: repaired.entities,
    dropped: [...[...chosen.choices.keys()].filter((id) => !applied.has(id)), ...repaired.dropped],
    repairs: repaired.applied,
    left: conflicts.filter(({ choice }) => choice === null).length,
  };
}

function mergeEntities(
  computed: ComputedMerge,
  conflicts: readonly DecidedConflict[],
  automatic: readonly DecidedAutomatic[],
): MergedEntity[] {
  const resolutions = new Map<string, Resolution>();
  const overridden = new Map<EntityMerge, Conflict[]>();
  for (const { id, choice } of conflicts) if (choice !== null) resolutions.set(id, choice.resolution);
  for (const { id, override, merge, record } of automatic) {
    if (override === null) continue;
    resolutions.set(id, override.resolution);
    overridden.set(record, [...(overridden.get(record) ?? []), asConflict(merge)]);
  }
  return computed.records.flatMap((record) => {
    const more = overridden.get(record);
    const merge = more === undefined ? record.merge : { ...record.merge, conflicts: [...record.merge.conflicts, ...more] };
    const { fields, extra, open } = resolveRecord(merge, resolutions, kindOfField);
    const entity: MergedEntity = {
      type: record.type,
      id: EntityId.parse(record.id),
      base: record.bases[0]?.fields ?? null,
      source: record.source?.fields ?? null,
      target: record.target?.fields ?? null,
      merged: fields,
      undecided: open.length > 0,
      record,
    };
    return extra === null ? [entity] : [entity, madeEntity(record.type, extra.id, extra.fields, null)];
  });
}

function madeEntity(type: string, id: string, merged: Fields | null, target: Fields | null): MergedEntity {
  return { type, id: EntityId.parse(id), base: target, source: target, target, merged, undecided: false, record: null };
}

/** What a repair was proved on: the records it changes, as they stood then. */
export function repairStands(changes: readonly RepairChange[], mergedOf: (type: string, id: string) => Fields | null): string {
  return sha256(canonicalJson(changes.map(({ type, id }) => [type, id, mergedOf(type, id)])));
}

function applyRepairs(
  entities: readonly MergedEntity[],
  repairs: readonly AppliedRepair[],
): { readonly entities: readonly MergedEntity[]; readonly applied: readonly AppliedRepair[]; readonly dropped: readonly string[] } {
  if (repairs.length === 0) return { entities, applied: [], dropped: [] };
  const byKey = new Map(entities.map((entity) => [`${entity.type} ${entity.id}`, entity]));
  const applied: AppliedRepair[] = [];
  const dropped: string[] = [];
  for (const repair of repairs) {
    const outside = new Map(repair.changes.map((change) => [`${change.type} ${change.id}`, change.before]));
    const standing = (type: string, id: string): Fields | null => {
      const known = byKey.get(`${type} ${id}`);
      return known === undefined ? (outside.get(`${type} ${id}`) ?? null) : known.merged;
    };
    if (repairStands(repair.changes, standing) !== repair.stands) {
      dropped.push(repair.clash);
      continue;
    }
    for (const change of repair.changes) {
      const key = `${change.type} ${change.id}`;
      const known = byKey.get(key);
      const merged = change.op === 'delete' ? null : change.fields;
      byKey.set(key, known === undefined ? madeEntity(change.type, change.id, merged, change.before) : { ...known, merged });
    }
    applied.push(repair);
  }
  return { entities: [...byKey.values()], applied, dropped };
}

/** The records that the merge changes on the target. */
export function changedEntities(resolved: ResolvedMerge): readonly MergedEntity[] {
  return resolved.entities.filter(({ target, merged }) => !sameFields(target, merged));
}

import type { Fields, Json } from '../../../shared/json.ts';
import { findEntityType } from '../../../shared/roster/entity-type.ts';
import { canonicalJson } from '../../../shared/versioning/canonical.ts';
import { conflictKey, type Conflict } from '../../../shared/versioning/conflict.ts';
import { sha256 } from '../../../shared/versioning/hash.ts';
import { mergeRecord, type AutomaticMerge, type KindOfField, type RecordMerge } from '../../../shared/versioning/three-way.ts';
import type { Stands } from './read-stands.ts';

/** One record that a merge touched, with what came out of it. */
export interface EntityMerge extends Stands {
  readonly merge: RecordMerge;
}

/** A merge before anybody decides: what merges by itself and what does not. It follows from the three sides alone. */
export interface ComputedMerge {
  readonly records: readonly EntityMerge[];
  readonly conflicts: readonly FoundConflict[];
  /** What the merge does without asking: records that came from the source, or that both sides changed alike; in records that both touched, every field. */
  readonly automatic: readonly FoundAutomatic[];
}

export interface FoundConflict {
  readonly id: string;
  /** SHA-256 of the three values: a decision holds as long as they do. */
  readonly stands: string;
  readonly conflict: Conflict;
  readonly record: EntityMerge;
}

export interface FoundAutomatic {
  readonly id: string;
  readonly stands: string;
  readonly merge: AutomaticMerge;
  readonly record: EntityMerge;
}

/** How the registry merges a field. What it does not know merges whole, so that an older program never wipes it. */
export const kindOfField: KindOfField = (type, field) => {
  const fields = findEntityType(type)?.fields;
  return (fields !== undefined && Object.hasOwn(fields, field) ? fields[field]?.kind : undefined) ?? 'scalar';
};

/** Merges every record by itself; total, and the same whichever side is called the source, up to swapping the two. */
export function computeMerge(stands: readonly Stands[]): ComputedMerge {
  const records = stands.map((stand): EntityMerge => {
    const { type, id, bases, source, target } = stand;
    // Most of what the target did the source never touched; equal versions say so without comparing a field.
    const isUntouched = bases.every((base) => base?.version === source?.version);
    if (isUntouched) return { ...stand, merge: { fields: fieldsOf(target), conflicts: [], automatic: [] } };
    const merge = mergeRecord({ type, id }, bases.map(fieldsOf), fieldsOf(source), fieldsOf(target), kindOfField);
    return { ...stand, merge };
  });
  return {
    records,
    conflicts: records.flatMap((record) =>
      record.merge.conflicts.map((conflict) => ({ id: conflictKey(conflict), stands: standsOf(conflict), conflict, record })),
    ),
    automatic: records.flatMap((record) =>
      record.merge.automatic
        .filter(({ field, from }) => field !== null || from !== 'target')
        .map((merge) => ({ id: conflictKey(merge), stands: standsOf(merge), merge, record })),
    ),
  };
}

/** An automatic merge as if somebody had been asked about it, for those who want it otherwise. */
export function asConflict({ entity, field, base, source, target }: AutomaticMerge): Conflict {
  if (field === null)
    return {
      entity,
      field,
      kind: 'modify-delete',
      base: asFields(base),
      source: asFields(source),
      target: asFields(target),
      baseUnknown: false,
    };
  return { entity, field, kind: 'modify-modify', base, source, target, baseUnknown: false };
}

function standsOf(conflict: {
  readonly entity: { readonly type: string };
  readonly field: string | null;
  readonly base: Json;
  readonly source: Json;
  readonly target: Json;
  readonly baseUnknown?: boolean;
}): string {
  const { entity, field, base, source, target, baseUnknown = false } = conflict;
  return sha256(canonicalJson([entity.type, field, base, source, target, baseUnknown]));
}

function fieldsOf(version: { readonly fields: Fields } | null): Fields | null {
  return version?.fields ?? null;
}

export function asFields(value: Json): Fields | null {
  return isFields(value) ? value : null;
}

function isFields(value: Json): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { valueOf, type Fields, type Json } from '../json.ts';
import { sameJson } from './canonical.ts';

/** One field that differs between two stands of an entity. `null` is absent. */
export interface FieldDifference {
  readonly field: string;
  readonly kind: 'added' | 'removed' | 'modified';
  readonly old: Json;
  readonly new: Json;
}

export interface DescribedDifference extends FieldDifference {
  readonly label: string;
  readonly oldText: string;
  readonly newText: string;
}

/** Who knows the words. The registry does; this folder does not know the registry. */
export interface FieldDescriber {
  label(field: string): string;
  /** The value in words; `null` is absent. */
  text(field: string, value: Json): string;
}

/** The fields that differ by value after canonical form, in the order of their names. A missing record has no fields. */
export function diffFields(from: Fields | null, to: Fields | null): readonly FieldDifference[] {
  const names = new Set([...Object.keys(from ?? {}), ...Object.keys(to ?? {})]);
  const differences: FieldDifference[] = [];
  for (const field of [...names].sort()) {
    const old = valueOf(from, field);
    const next = valueOf(to, field);
    if (sameJson(old, next)) continue;
    differences.push({ field, kind: old === null ? 'added' : next === null ? 'removed' : 'modified', old, new: next });
  }
  return differences;
}

/** Whether two records hold the same data. */
export function sameFields(left: Fields | null, right: Fields | null): boolean {
  return left === right || ((left === null) === (right === null) && diffFields(left, right).length === 0);
}

/** The differences with their words. */
export function describeDifferences(differences: readonly FieldDifference[], describer: FieldDescriber): readonly DescribedDifference[] {
  return differences.map((difference) => ({
    ...difference,
    label: describer.label(difference.field),
    oldText: describer.text(difference.field, difference.old),
    newText: describer.text(difference.field, difference.new),
  }));
}

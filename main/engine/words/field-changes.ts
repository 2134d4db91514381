import type { FieldChange } from '../../../shared/contract/app/base.ts';
import type { Fields, Json } from '../../../shared/json.ts';
import type { EntityTypeDefinition, Names } from '../../../shared/roster/entity-type.ts';
import { diffFields } from '../../../shared/versioning/diff.ts';

export interface FieldChangesInput {
  readonly definition: EntityTypeDefinition;
  readonly from: Fields | null;
  readonly to: Fields | null;
  /** The names of each side's own moment: the past shows the names of then. */
  readonly fromNames: Names;
  readonly toNames: Names;
}

/** The fields that differ, with label and both values in words, in the order the type declares them. */
export function describeFieldChanges({ definition, from, to, fromNames, toNames }: FieldChangesInput): FieldChange[] {
  const order = Object.keys(definition.fields);
  return diffFields(from, to)
    .map((difference) => ({
      field: difference.field,
      label: definition.fields[difference.field]?.label ?? difference.field,
      kind: difference.kind,
      old: difference.old,
      new: difference.new,
      oldText: textOfValue(definition, difference.field, difference.old, fromNames),
      newText: textOfValue(definition, difference.field, difference.new, toNames),
    }))
    .toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
}

/** A value of a field in words; empty for none. */
export function textOfValue(definition: EntityTypeDefinition, field: string, value: Json, names: Names): string {
  if (value === null) return '';
  return definition.fields[field]?.text(value, names) ?? JSON.stringify(value);
}

/** `2 fields modified`, `1 field added, 1 field modified`, or `No changes`. */
export function summariseFieldChanges(changes: readonly FieldChange[]): string {
  const parts = (['added', 'removed', 'modified'] as const).flatMap((kind) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  if (parts.length === 0) return 'No changes';
  const total = `${changes.length} ${changes.length === 1 ? 'field' : 'fields'}`;
  const only = parts.length === 1 ? changes[0]?.kind : undefined;
  return only === undefined ? `${total} changed: ${parts.join(', ')}` : `${total} ${only}`;
}

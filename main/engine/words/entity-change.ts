import { EntityId, VersionHash } from '../../../shared/ids.ts';
import type { EntityChange, FieldChange } from '../../../shared/contract/app/base.ts';
import type { Fields } from '../../../shared/json.ts';
import { entityTypeOf, type EntityTypeDefinition, type Names } from '../../../shared/roster/entity-type.ts';
import type { CommitRecord } from '../local-store/store.ts';
import { describeFieldChanges } from './field-changes.ts';
import { namesOfEither } from './names-at.ts';

export interface EntityChangeInput {
  readonly type: string;
  readonly id: string;
  readonly before: Side | null;
  readonly after: Side | null;
  /** The commit that set the `after` side. */
  readonly cause: CommitRecord | null;
  readonly fromNames: Names;
  readonly toNames: Names;
}

/** One stand of an entity. A side that is only planned has no version yet. */
interface Side {
  readonly version: string | null;
  readonly fields: Fields;
}

const longestText = 500;

/** One entity that differs between two moments, in words for people: what it is, what became of it, who did it and why. */
export function describeEntityChange({ type, id, before, after, cause, fromNames, toNames }: EntityChangeInput): EntityChange {
  const definition = entityTypeOf(type);
  const kind = before === null ? 'added' : after === null ? 'removed' : 'changed';
  const fields = describeFieldChanges({ definition, from: before?.fields ?? null, to: after?.fields ?? null, fromNames, toNames });
  const shown = after?.fields ?? before?.fields ?? {};
  const titleNames = after === null ? namesOfEither(fromNames, toNames) : namesOfEither(toNames, fromNames);
  return {
    kind,
    type,
    typeLabel: definition.label,
    id: EntityId.parse(id),
    title: definition.title(shown, titleNames),
    text: cut(lineOf({ definition, before: before?.fields ?? null, after: after?.fields ?? null, fields, fromNames, toNames })),
    from: before?.version == null ? null : VersionHash.parse(before.version),
    to: after?.version == null ? null : VersionHash.parse(after.version),
    fromFields: before?.fields ?? null,
    toFields: after?.fields ?? null,
    fields,
    author: cause?.author ?? null,
    authorName: cause?.authorName ?? null,
    at: cause?.at ?? null,
    commit: cause?.commit ?? null,
    message: cause?.message ?? null,
    reason: cause?.reason ?? null,
    slot: slotOfCell(type, shown),
  };
}

function lineOf(input: {
  readonly definition: EntityTypeDefinition;
  readonly before: Fields | null;
  readonly after: Fields | null;
  readonly fields: readonly FieldChange[];
  readonly fromNames: Names;
  readonly toNames: Names;
}): string {
  const { definition, before, after, fields, fromNames, toNames } = input;
  const old = before === null ? '' : definition.text(before, fromNames);
  const now = after === null ? '' : definition.text(after, toNames);
  if (before === null) return now;
  if (after === null) return `removed, was ${old}`;
  if (old !== now) return `${old} → ${now}`;
  return fields.map((change) => `${change.label}: ${change.oldText || 'nothing'} → ${change.newText || 'nothing'}`).join('; ');
}

function slotOfCell(type: string, fields: Fields): EntityChange['slot'] {
  if (type !== 'assignment') return null;
  const { personId, date, half } = fields;
  if (typeof personId !== 'string' || typeof date !== 'string' || (half !== 'AM' && half !== 'PM')) return null;
  return { personId, date, half };
}

function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
}

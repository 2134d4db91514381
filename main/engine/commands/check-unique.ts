import { RefusedError, quote } from '../../../shared/errors.ts';
import type { Fields } from '../../../shared/json.ts';
import { textOf } from '../../../shared/roster/field.ts';
import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import type { DraftChange, Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { namesAt } from '../words/names-at.ts';

/** Identifiers that no two entities of a type may share on one branch. */
const uniqueFields: readonly { readonly type: string; readonly field: string }[] = [
  { type: 'person', field: 'email' },
  { type: 'clinic', field: 'cns' },
  { type: 'patient', field: 'cpf' },
];

/** Refuses EXISTS, naming the other one, when the changes would give two entities of a branch the same identifier. */
export function checkUnique(store: StoreReader, place: Place, changes: readonly DraftChange[]): void {
  for (const { type, field } of uniqueFields) {
    const written = changes.filter((change) => change.type === type);
    const claims = written.filter((change) => change.fields !== null && identifierOf(change.fields, field) !== null);
    // Nobody else has to be asked when the identifier stays as it is: that is most edits.
    const isNew = claims.filter(
      (change) => identifierOf(store.versionAt(type, change.id, place)?.fields ?? {}, field) !== identifierOf(change.fields ?? {}, field),
    );
    if (isNew.length > 0) refuseDoubles(store, place, { type, field, written, claims });
  }
}

function refuseDoubles(
  store: StoreReader,
  place: Place,
  input: {
    readonly type: string;
    readonly field: string;
    readonly written: readonly DraftChange[];
    readonly claims: readonly DraftChange[];
  },
): void {
  const { type, field, written, claims } = input;
  const ownerByIdentifier = new Map<string, { readonly id: string; readonly fields: Fields }>();
  const replaced = new Set(written.map((change) => change.id));
  for (const { id, fields } of store.entitiesAt(type, place)) {
    const identifier = replaced.has(id) ? null : identifierOf(fields, field);
    if (identifier !== null) ownerByIdentifier.set(identifier, { id, fields });
  }
  for (const { id, fields } of claims) {
    const identifier = identifierOf(fields ?? {}, field);
    if (identifier === null || fields === null) continue;
    const owner = ownerByIdentifier.get(identifier);
    if (owner !== undefined && owner.id !== id) {
      const definition = entityTypeOf(type);
      const label = definition.fields[field]?.label ?? field;
      // Who may see the other one is not asked here: a record with views is neither named nor told by its id.
      if (definition.views)
        throw new RefusedError('EXISTS', `${label} belongs to another ${definition.label} already. Register it to see that one.`, {
          what: type,
          fields: [{ field, problem: `belongs to another ${definition.label} already`, type, id }],
        });
      const name = definition.title(owner.fields, namesAt(store, place));
      throw new RefusedError('EXISTS', `${label} belongs to ${name} already (${definition.label} “${quote(owner.id)}”).`, {
        what: type,
        id: owner.id,
        fields: [{ field, problem: `belongs to ${definition.label} ${owner.id} already`, type, id }],
      });
    }
    ownerByIdentifier.set(identifier, { id, fields });
  }
}

function identifierOf(fields: Fields, field: string): string | null {
  return textOf(fields, field)?.toLowerCase() ?? null;
}

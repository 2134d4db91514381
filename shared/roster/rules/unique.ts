import { findEntityType } from '../entity-type.ts';
import { textOf } from '../field.ts';
import type { EntityRecord } from '../entity-record.ts';
import type { Fields } from '../../json.ts';
import type { RosterState } from '../roster-state.ts';
import { listNames, makeClash, type Finding, type Rule } from './clash.ts';

/** Fields whose value no two records of a type may share. */
export const uniqueFields: readonly { readonly type: string; readonly field: string }[] = [
  { type: 'person', field: 'email' },
  { type: 'clinic', field: 'cns' },
  { type: 'patient', field: 'cpf' },
];

/** A unique field's value as it is compared: without case and outer space. `null` never collides. */
export function identifierOf(fields: Fields, field: string): string | null {
  return textOf(fields, field)?.trim().toLowerCase() || null;
}

/** Records share what must tell them apart. Every record of a collision is named; the value is not, since it may be a patient's. */
export const unique: Rule = {
  rule: 'unique',
  label: 'The same identifier twice',
  find: (state) =>
    uniqueFields.flatMap(({ type, field }) => {
      const owners = Map.groupBy(recordsOf(state, type), (record) => identifierOf(record.fields, field) ?? '');
      return [...owners]
        .filter(([value, records]) => value !== '' && records.length > 1)
        .map(([value, records]) => describe(type, field, value, records));
    }),
};

function recordsOf(state: RosterState, type: string): readonly Pick<EntityRecord, 'id' | 'fields'>[] {
  return type === 'person' ? [...state.people.values()] : state.others.filter((record) => record.type === type);
}

function describe(type: string, field: string, value: string, records: readonly Pick<EntityRecord, 'id' | 'fields'>[]): Finding {
  const definition = findEntityType(type);
  const owners = records.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const nobody = { person: () => undefined, rotation: () => undefined };
  return makeClash({
    rule: unique.rule,
    key: [type, field, ...owners.map(({ id }) => id)],
    group: [type, field, value],
    severity: 'error',
    text: `${owners.length} ${definition?.plural ?? type} have the same ${inSentence(definition?.fields[field]?.label ?? field)}: ${listNames(owners.map(({ fields }) => definition?.title(fields, nobody) ?? type))}.`,
    cells: [],
    others: owners.map(({ id }) => ({ type, id })),
    weight: owners.length,
    byMember: true,
  });
}

// `E-mail` becomes `e-mail` in a sentence; `CPF` stays.
function inSentence(label: string): string {
  return /^[A-Z][a-z-]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

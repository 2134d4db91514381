import type { Json } from '../../../shared/json.ts';
import type { EntityTypeDefinition, Names } from '../../../shared/roster/definition.ts';
import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import type { Place } from '../../position/position.ts';

export type RecordsScreenName = 'clinics' | 'patients';
export type RecordsPlace = Extract<Place, { screen: RecordsScreenName }>;

/** What the screen of one type of record shows. */
export interface RecordKind {
  readonly screen: RecordsScreenName;
  readonly type: 'clinic' | 'patient';
  readonly definition: EntityTypeDefinition;
  /** The field that identifies a record. */
  readonly identifier: string;
  /** Fields of the list beside the name and the identifier. */
  readonly columns: readonly string[];
  /** Whether the identifier is masked until it is asked for. */
  readonly masked: boolean;
}

const clinic = entityTypeOf('clinic');
const patient = entityTypeOf('patient');

export const kinds: Readonly<Record<RecordsScreenName, RecordKind>> = {
  clinics: {
    screen: 'clinics',
    type: 'clinic',
    definition: clinic,
    identifier: clinic.identifier ?? 'cns',
    columns: ['city', 'phone', 'hours'],
    masked: false,
  },
  patients: {
    screen: 'patients',
    type: 'patient',
    definition: patient,
    identifier: patient.identifier ?? 'cpf',
    columns: ['motherName', 'city', 'phone1'],
    masked: true,
  },
};

/** The kind of record that a type is of; a type without a screen is a bug. */
export function kindOfType(type: string): RecordKind {
  const kind = Object.values(kinds).find((one) => one.type === type);
  if (!kind) throw new Error(`no screen shows records of type ${type}`);
  return kind;
}

/** The fields of a form in the order of the definition, the identifier apart; the name comes first. */
export function formFields({ definition, identifier }: RecordKind): readonly string[] {
  const names = Object.keys(definition.fields).filter((field) => field !== identifier);
  return ['name', ...names.filter((field) => field !== 'name')];
}

/** What a field is called on screen. */
export function labelOf({ definition }: RecordKind, field: string): string {
  return definition.fields[field]?.label ?? field;
}

const noNames: Names = { person: () => undefined, rotation: () => undefined };

/** A value in words; empty text for none. */
export function valueText({ definition }: RecordKind, field: string, value: Json | undefined): string {
  return value === undefined || value === null ? '' : (definition.fields[field]?.text(value, noNames) ?? JSON.stringify(value));
}

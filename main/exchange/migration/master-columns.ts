import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import { foldSpaces } from '../sheet.ts';

/** What a column of a list says: who is linked, the record's number elsewhere, or one of its fields. */
export type ColumnMeaning =
  | { readonly kind: 'user' }
  /** The record's own number in another system, and a link that names a record by it. */
  | { readonly kind: 'key' }
  | { readonly kind: 'identifier'; readonly field: string }
  | { readonly kind: 'field'; readonly field: string };

/** The types that have lists of their own, and how many digits identify a record. */
export const digitsOf: Readonly<Record<string, number>> = { clinic: 7, patient: 11 };

const userNames = [
  'user',
  'users',
  'user id',
  'user name',
  'user email',
  'user e-mail',
  'linked user',
  'assigned to',
  'login',
  'usuario',
  'usuarios',
  'usuario id',
  'id usuario',
  'usuario email',
  'email usuario',
  'nome usuario',
];

/** Headings besides the fields' own names and labels: what the programs before called them, and their everyday words. */
const otherNames: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  clinic: {
    cns: ['cns clinica', 'cnes', 'cnes clinica', 'clinic cns', 'identifier', 'identificador'],
    name: ['nome clinica', 'nome', 'clinic', 'clinica', 'clinic name'],
    street: ['logradouro', 'rua', 'address', 'endereco'],
    streetNumber: ['logradouro num', 'logradouro numero', 'numero', 'street number'],
    city: ['cidade', 'cidade clinica'],
    district: ['bairro'],
    postcode: ['cep', 'cep clinica', 'zip', 'postal code'],
    phone: ['telefone clinica', 'telefone', 'telephone', 'phone number'],
    hours: ['horario', 'opening hours', 'funcionamento'],
  },
  patient: {
    cpf: ['cpf paciente', 'patient cpf', 'identifier', 'identificador'],
    name: ['nome paciente', 'nome', 'patient', 'paciente', 'patient name'],
    age: ['idade'],
    sex: ['sexo'],
    motherName: ['nome mae', 'mother', 'mae'],
    isIncapable: ['incapaz', 'incapable'],
    guardianName: ['nome responsavel', 'responsavel', 'guardian name'],
    stateId: ['rg'],
    weight: ['peso'],
    height: ['altura'],
    ethnicityChoice: ['escolha etnia'],
    ethnicity: ['etnia'],
    healthCard: ['cns paciente', 'cns', 'cartao sus'],
    email: ['email paciente', 'e-mail paciente'],
    city: ['cidade paciente', 'cidade'],
    address: ['end paciente', 'endereco', 'endereco paciente'],
    postcode: ['cep paciente', 'cep', 'zip', 'postal code'],
    phone1: ['telefone1 paciente', 'telefone 1', 'telefone', 'phone'],
    phone2: ['telefone2 paciente', 'telefone 2'],
  },
};

const keyNames: Readonly<Record<string, readonly string[]>> = {
  clinic: ['id', 'clinica id'],
  patient: ['id', 'paciente id', 'patient id'],
};

const meaningsByType = new Map<string, ReadonlyMap<string, ColumnMeaning>>();

/** What a heading means in a list of a type; `null` for one that means nothing here. Case, accents, blanks and punctuation make no difference. */
export function columnMeaning(type: string, heading: string): ColumnMeaning | null {
  const known = meaningsByType.get(type) ?? makeMeanings(type);
  meaningsByType.set(type, known);
  return known.get(foldHeading(heading)) ?? null;
}

/** The column in words: the field's label, `User` or `Number elsewhere`. */
export function describeMeaning(type: string, meaning: ColumnMeaning): string {
  if (meaning.kind === 'user') return 'User';
  if (meaning.kind === 'key') return 'Number elsewhere';
  return entityTypeOf(type).fields[meaning.field]?.label ?? meaning.field;
}

function makeMeanings(type: string): Map<string, ColumnMeaning> {
  const { fields, identifier } = entityTypeOf(type);
  const meanings = new Map<string, ColumnMeaning>();
  const add = (name: string, meaning: ColumnMeaning): void => {
    // The first to claim a heading has it: the fields' own names before everyday words.
    if (!meanings.has(foldHeading(name))) meanings.set(foldHeading(name), meaning);
  };
  const meaningOf = (field: string): ColumnMeaning => ({ kind: field === identifier ? 'identifier' : 'field', field });
  for (const name of userNames) add(name, { kind: 'user' });
  for (const field of Object.keys(fields)) add(field, meaningOf(field));
  for (const [field, definition] of Object.entries(fields)) add(definition.label, meaningOf(field));
  for (const [field, names] of Object.entries(otherNames[type] ?? {})) for (const name of names) add(name, meaningOf(field));
  for (const name of keyNames[type] ?? []) add(name, { kind: 'key' });
  return meanings;
}

/** A heading as it is compared: letters and digits only, small, without marks. */
function foldHeading(heading: string): string {
  return foldSpaces(heading.slice(0, 100))
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

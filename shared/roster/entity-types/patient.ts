import { defineEntityType, type FieldType } from '../definition.ts';
import { booleanField, patternField, textField, textOf } from '../field.ts';
import type { Json } from '../../json.ts';
import { phone, postcode, punctuation } from './clinic.ts';

const personal = { personal: true } as const;
const line = { max: 100, personal: true } as const;

export const patient = defineEntityType({
  type: 'patient',
  label: 'patient',
  plural: 'patients',
  views: true,
  identifier: 'cpf',
  fields: {
    cpf: cpfField(),
    name: textField('Name', { max: 100, required: true, personal: true }),
    age: textField('Age', line),
    sex: textField('Sex', line),
    motherName: textField("Mother's name", line),
    isIncapable: booleanField('Legally incapable', personal),
    guardianName: textField('Guardian', line),
    stateId: textField('State id', line),
    weight: textField('Weight', line),
    height: textField('Height', line),
    ethnicityChoice: textField('Ethnicity choice', line),
    ethnicity: textField('Ethnicity', line),
    healthCard: textField('Health card', line),
    email: patternField('E-mail', {
      pattern: /^[^\s@]+@[^\s@]+$/,
      form: 'an e-mail address such as ana@example.org',
      max: 100,
      personal: true,
    }),
    city: textField('City', line),
    address: textField('Address', line),
    postcode: patternField('Postcode', { ...postcode, personal: true }),
    phone1: patternField('Telephone', { ...phone, personal: true }),
    phone2: patternField('Second telephone', { ...phone, personal: true }),
  },
  title: (fields) => textOf(fields, 'name') ?? 'unnamed patient',
  text: (fields) => [textOf(fields, 'name') ?? 'unnamed patient', textOf(fields, 'city')].filter(Boolean).join(', '),
});

/** The eleven digits must agree with their two check digits; eleven equal digits agree too and are nobody's. */
export function isCpf(digits: string): boolean {
  if (!/^\d{11}$/.test(digits) || /^(\d)\1{10}$/.test(digits)) return false;
  return checkDigit(digits, 9) === Number(digits[9]) && checkDigit(digits, 10) === Number(digits[10]);
}

function cpfField(): FieldType {
  return {
    ...patternField('CPF', {
      pattern: /^\d{11}$/,
      form: '11 digits, with or without punctuation',
      max: 30,
      strip: punctuation,
      required: true,
      immutable: true,
      personal: true,
    }),
    check: (value: Json) => {
      if (typeof value !== 'string' || !/^\d{11}$/.test(value)) return 'CPF must be 11 digits, with or without punctuation.';
      if (/^(\d)\1{10}$/.test(value)) return 'CPF must not be eleven equal digits.';
      return isCpf(value) ? null : 'CPF is mistyped: its check digits do not agree.';
    },
  };
}

function checkDigit(digits: string, length: number): number {
  let sum = 0;
  for (let index = 0; index < length; index++) sum += Number(digits[index]) * (length + 1 - index);
  const remainder = (sum * 10) % 11;
  return remainder === 10 ? 0 : remainder;
}

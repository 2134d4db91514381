import { defineEntityType } from '../definition.ts';
import { patternField, textField, textOf } from '../field.ts';

/** Two to one forms of a Brazilian telephone number, with or without its area code. */
export const phone = {
  pattern: /^(?=(?:\D*\d){8,13}\D*$)\+?[\d ().-]+$/,
  form: 'a telephone number such as (11) 3333-4444',
  max: 15,
} as const;

/** What people and programs put between the digits of an identifier: blanks, dots, slashes, brackets, and every kind of dash. */
export const punctuation = /[\s./()\u2010-\u2015\u2212-]/g;

export const postcode = { pattern: /^\d{5}-?\d{3}$/, form: 'a postcode such as 12345-678', max: 9 } as const;

export const clinic = defineEntityType({
  type: 'clinic',
  label: 'clinic',
  plural: 'clinics',
  views: true,
  identifier: 'cns',
  fields: {
    name: textField('Name', { max: 200, required: true }),
    cns: patternField('Clinic id', {
      pattern: /^\d{7}$/,
      form: 'exactly 7 digits, leading zeros included',
      max: 20,
      strip: punctuation,
      required: true,
      immutable: true,
    }),
    street: textField('Street', { max: 200 }),
    streetNumber: textField('Number', { max: 6 }),
    city: textField('City', { max: 30 }),
    district: textField('District', { max: 30 }),
    postcode: patternField('Postcode', postcode),
    phone: patternField('Telephone', phone),
    hours: textField('Hours', { max: 200 }),
  },
  title: (fields) => textOf(fields, 'name') ?? 'unnamed clinic',
  text: (fields) =>
    [textOf(fields, 'name') ?? 'unnamed clinic', textOf(fields, 'city'), textOf(fields, 'phone')].filter(Boolean).join(', '),
});

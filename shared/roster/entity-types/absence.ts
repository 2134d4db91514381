import { defineEntityType, type FieldProblem } from '../definition.ts';
import { booleanField, choiceField, dateField, instantField, referenceField, textField, textOf } from '../field.ts';
import { dateToWords, parseDay } from '../slot.ts';
import type { Fields } from '../../json.ts';

const absenceTypes = {
  vacation: 'vacation',
  deployment: 'deployment',
  tdy: 'TDY',
  medical: 'medical',
  family_emergency: 'family emergency',
  conference: 'conference',
  bereavement: 'bereavement',
  emergency_leave: 'emergency leave',
  sick: 'sick',
  convalescent: 'convalescent leave',
  maternity_paternity: 'maternity or paternity leave',
  training: 'training',
  military_duty: 'military duty',
} as const;

export const absence = defineEntityType({
  type: 'absence',
  label: 'absence',
  plural: 'absences',
  fields: {
    personId: referenceField('Person', 'person', { required: true }),
    startDate: dateField('First day', { required: true }),
    endDate: dateField('Last day', { required: true }),
    absenceType: choiceField('Type', absenceTypes, { required: true }),
    status: choiceField('Status', {
      pending: 'pending',
      approved: 'approved',
      rejected: 'rejected',
      cancelled: 'cancelled',
      anticipated: 'anticipated',
      confirmed: 'confirmed',
      denied: 'denied',
    }),
    isBlocking: booleanField('Blocks assignments'),
    isAwayFromProgram: booleanField('Away from the program'),
    returnDateTentative: booleanField('Return date tentative'),
    deploymentOrders: booleanField('Deployment orders'),
    tdyLocation: textField('TDY location', { max: 255, personal: true }),
    replacementActivity: textField('Replacement activity', { max: 255 }),
    notes: textField('Notes', { max: 2_000, personal: true }),
    createdById: referenceField('Entered by', 'person'),
    reviewedById: referenceField('Reviewed by', 'person'),
    reviewedAt: instantField('Reviewed'),
    reviewNotes: textField('Review notes', { max: 2_000, personal: true }),
  },
  title: (fields, names) => {
    const person = names.person(textOf(fields, 'personId') ?? '');
    return `${person ? (textOf(person, 'name') ?? 'unnamed person') : 'unknown person'}, ${absenceWords(fields)}`;
  },
  text: (fields) => [absenceWords(fields), textOf(fields, 'status')].filter(Boolean).join(', '),
  axes: (fields) => {
    const first = parseDay(textOf(fields, 'startDate') ?? '');
    const last = parseDay(textOf(fields, 'endDate') ?? '');
    return first === null || last === null || last < first
      ? null
      : { subject: textOf(fields, 'personId'), from: first * 2, to: last * 2 + 1 };
  },
  checkRecord: (fields): readonly FieldProblem[] => {
    const first = textOf(fields, 'startDate');
    const last = textOf(fields, 'endDate');
    return first !== null && last !== null && last < first
      ? [{ field: 'endDate', problem: `Last day ${last} lies before the first day ${first}.` }]
      : [];
  },
});

/** `vacation Mon 2026-01-12 to Fri 2026-01-16`, or one day when it is one. */
export function absenceWords(fields: Fields): string {
  const type = textOf(fields, 'absenceType') ?? 'absent';
  const first = textOf(fields, 'startDate') ?? '';
  const last = textOf(fields, 'endDate') ?? '';
  const words = new Map<string, string>(Object.entries(absenceTypes)).get(type) ?? type;
  return first === last ? `${words} ${dateToWords(first)}` : `${words} ${dateToWords(first)} to ${dateToWords(last)}`;
}

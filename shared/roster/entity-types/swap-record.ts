import { defineEntityType, type FieldProblem, type Names } from '../definition.ts';
import { choiceField, dateField, instantField, listField, referenceField, textField, textOf } from '../field.ts';
import { dateToWords } from '../slot.ts';
import type { Fields } from '../../json.ts';

export const swapRecord = defineEntityType({
  type: 'swap_record',
  label: 'swap',
  plural: 'swaps',
  fields: {
    sourceFacultyId: referenceField('From', 'person', { required: true }),
    sourceWeek: dateField('Week given', { required: true }),
    targetFacultyId: referenceField('To', 'person', { required: true }),
    targetWeek: dateField('Week taken'),
    swapType: choiceField('Type', { one_to_one: 'one to one', absorb: 'absorb' }),
    status: choiceField('Status', {
      pending: 'pending',
      approved: 'approved',
      executed: 'executed',
      rejected: 'rejected',
      cancelled: 'cancelled',
      rolled_back: 'rolled back',
    }),
    reason: textField('Reason', { max: 500 }),
    notes: textField('Notes', { max: 1_000 }),
    requestedBy: textField('Requested by', { max: 200 }),
    requestedAt: instantField('Requested'),
    approvedBy: textField('Approved by', { max: 200 }),
    approvedAt: instantField('Approved'),
    executedBy: textField('Executed by', { max: 200 }),
    executedAt: instantField('Executed'),
    rolledBackBy: textField('Rolled back by', { max: 200 }),
    rolledBackAt: instantField('Rolled back'),
    rollbackReason: textField('Reason for rolling back', { max: 500 }),
    approvals: listField('Approvals', { max: 20_000 }),
  },
  title: (fields, names) => `Swap of ${nameOf(fields, 'sourceFacultyId', names)} and ${nameOf(fields, 'targetFacultyId', names)}`,
  text: (fields, names) => {
    const given = `${nameOf(fields, 'sourceFacultyId', names)} gives the week of ${dateToWords(textOf(fields, 'sourceWeek') ?? '')} to ${nameOf(fields, 'targetFacultyId', names)}`;
    const targetWeek = textOf(fields, 'targetWeek');
    return [
      targetWeek === null ? given : `${given} for the week of ${dateToWords(targetWeek)}`,
      textOf(fields, 'status')?.replace('_', ' '),
      textOf(fields, 'reason'),
    ]
      .filter(Boolean)
      .join(', ');
  },
  checkRecord: (fields): readonly FieldProblem[] => {
    const reason = textOf(fields, 'rollbackReason');
    return [
      ...(textOf(fields, 'swapType') === 'one_to_one' && textOf(fields, 'targetWeek') === null
        ? [{ field: 'targetWeek', problem: 'A one-to-one swap needs the week that is taken.' }]
        : []),
      ...(reason !== null && reason.trim().length < 10
        ? [{ field: 'rollbackReason', problem: 'Reason for rolling back must be at least 10 characters long.' }]
        : []),
    ];
  },
});

function nameOf(fields: Fields, field: string, names: Names): string {
  const person = names.person(textOf(fields, field) ?? '');
  return person ? (textOf(person, 'name') ?? 'unnamed person') : 'unknown person';
}

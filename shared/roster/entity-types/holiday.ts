import { defineEntityType } from '../definition.ts';
import { choiceField, dateField, textField, textOf } from '../field.ts';
import { dateToWords, parseDay } from '../slot.ts';

const dayTypes: Readonly<Record<string, string>> = {
  NORMAL: 'normal day',
  FEDERAL_HOLIDAY: 'federal holiday',
  TRAINING_HOLIDAY: 'training holiday',
  MINIMAL_MANNING: 'minimal manning',
  EO_CLOSURE: 'closed by executive order',
  INAUGURATION_DAY: 'inauguration day',
};

/** What is special about one day: its kind, its name, and how much of the program works. */
export const holiday = defineEntityType({
  type: 'holiday',
  label: 'holiday',
  plural: 'holidays',
  fields: {
    date: dateField('Date', { required: true }),
    name: textField('Name', { max: 200 }),
    dayType: choiceField('Kind of day', dayTypes),
    operationalIntent: choiceField('Operation', {
      NORMAL: 'normal',
      REDUCED_CAPACITY: 'reduced capacity',
      NON_OPERATIONAL: 'closed',
    }),
    actualDate: dateField('Actual date'),
  },
  title: (fields) => `${dayName(textOf(fields, 'name'), textOf(fields, 'dayType'))}, ${dateToWords(textOf(fields, 'date') ?? '')}`,
  text: (fields) => dayName(textOf(fields, 'name'), textOf(fields, 'dayType')),
  axes: (fields) => {
    const day = parseDay(textOf(fields, 'date') ?? '');
    return day === null ? null : { subject: null, from: day * 2, to: day * 2 + 1 };
  },
});

function dayName(name: string | null, dayType: string | null): string {
  return name ?? dayTypes[dayType ?? ''] ?? 'special day';
}

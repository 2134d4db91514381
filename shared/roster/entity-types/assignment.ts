import { cellWords, rotationCode } from '../codes.ts';
import { defineEntityType, type Names } from '../definition.ts';
import {
  choiceField,
  dateField,
  instantField,
  listField,
  numberField,
  objectField,
  referenceField,
  setField,
  textField,
  textOf,
} from '../field.ts';
import { parseSlot, slotToWords } from '../slot.ts';
import type { Fields } from '../../json.ts';

/** One cell of the grid: what one person does in one half day. */
export const assignment = defineEntityType({
  type: 'assignment',
  label: 'assignment',
  plural: 'assignments',
  fields: {
    personId: referenceField('Person', 'person', { required: true }),
    date: dateField('Date', { required: true }),
    half: choiceField('Half day', { AM: 'AM', PM: 'PM' }, { required: true }),
    rotationId: referenceField('Rotation', 'rotation'),
    activity: textField('Activity', { max: 200 }),
    role: choiceField('Role', { primary: 'primary', supervising: 'supervising', backup: 'backup' }),
    location: textField('Location', { max: 200 }),
    notes: textField('Notes', { max: 1_000 }),
    tags: setField('Tags', { max: 50, count: 50 }),
    overrideReason: textField('Reason for override', { max: 500 }),
    overrideAcknowledgedAt: instantField('Override acknowledged'),
    scheduleRunId: referenceField('Schedule run', 'schedule_run'),
    confidence: numberField('Confidence', { min: 0, max: 1 }),
    score: numberField('Score', { min: -1e12, max: 1e12 }),
    source: choiceField('Source', {
      preload: 'preloaded',
      manual: 'set by hand',
      solver: 'generated',
      template: 'from the rotation',
      swap: 'from a swap',
      import: 'imported',
      resilience: 'emergency cover',
    }),
    explain: objectField('Explanation', { max: 20_000 }),
    alternatives: listField('Alternatives', { max: 20_000 }),
  },
  title: (fields, names) => {
    const slot = parseSlot(fields['date'], fields['half']);
    return `${personName(fields, names)}, ${slot === null ? 'no half day' : slotToWords(slot)}`;
  },
  text: (fields, names) =>
    [
      ...activityWords(fields, names),
      textOf(fields, 'location') ?? textOf(rotationOf(fields, names) ?? {}, 'clinicLocation'),
      textOf(fields, 'role'),
    ]
      .filter(Boolean)
      .join(', '),
  axes: (fields) => {
    const slot = parseSlot(fields['date'], fields['half']);
    return slot === null ? null : { subject: textOf(fields, 'personId'), from: slot, to: slot };
  },
});

function personName(fields: Fields, names: Names): string {
  const person = names.person(textOf(fields, 'personId') ?? '');
  return person ? (textOf(person, 'name') ?? 'unnamed person') : 'unknown person';
}

function rotationOf(fields: Fields, names: Names): Fields | undefined {
  const id = textOf(fields, 'rotationId');
  return id === null ? undefined : names.rotation(id);
}

// The activity is what the cell shows; the rotation is said beside it only where it says something else.
function activityWords(fields: Fields, names: Names): readonly string[] {
  const rotation = rotationOf(fields, names);
  const activity = textOf(fields, 'activity');
  if (!rotation && textOf(fields, 'rotationId') !== null)
    return activity === null ? ['unknown rotation'] : [cellWords(fields, undefined), 'unknown rotation'];
  const isOther = rotation && activity !== null && activity !== rotationCode(rotation);
  return [cellWords(fields, rotation), ...(isOther ? [textOf(rotation, 'name') ?? 'unnamed rotation'] : [])];
}

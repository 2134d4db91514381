import { rotationCode } from '../codes.ts';
import { defineEntityType } from '../definition.ts';
import {
  booleanField,
  booleanOf,
  choiceField,
  integerField,
  numberField,
  patternField,
  referenceField,
  textField,
  textOf,
} from '../field.ts';

const people = { min: 0, max: 1_000 } as const;
const colour = { pattern: /^(#[0-9A-Fa-f]{3,8}|[A-Za-z][A-Za-z0-9-]*)$/, form: 'a colour such as #1f6feb', max: 50 } as const;

export const rotation = defineEntityType({
  type: 'rotation',
  label: 'rotation',
  plural: 'rotations',
  fields: {
    name: textField('Name', { max: 200, required: true }),
    rotationType: choiceField('Rotation type', {
      inpatient: 'inpatient',
      outpatient: 'outpatient',
      off: 'off',
      absence: 'absence',
      recovery: 'recovery',
      education: 'education',
      conference: 'conference',
      lecture: 'lecture',
    }),
    templateCategory: choiceField('Category', {
      rotation: 'rotation',
      time_off: 'time off',
      absence: 'absence',
      educational: 'educational',
    }),
    abbreviation: textField('Abbreviation', { max: 10 }),
    displayAbbreviation: textField('Shown as', { max: 20 }),
    fontColor: patternField('Font colour', colour),
    backgroundColor: patternField('Background colour', colour),
    leaveEligible: booleanField('Leave allowed'),
    clinicLocation: textField('Clinic location', { max: 200 }),
    maxResidents: integerField('Most residents', people),
    capacity: integerField('Most people per half day', people),
    coverageMinimum: integerField('People wanted per half day', people),
    requiresSpecialty: textField('Specialty wanted', { max: 100 }),
    requiresSupervision: booleanField('Residents here are supervised'),
    providesSupervision: booleanField('People here supervise'),
    maxSupervisionRatio: integerField('Most residents per supervisor', { min: 1, max: 100 }),
    isBlockHalfRotation: booleanField('Takes half a block'),
    firstHalfComponentId: referenceField('First half', 'rotation'),
    secondHalfComponentId: referenceField('Second half', 'rotation'),
    hoursPerHalfDay: numberField('Hours per half day', { min: 0, max: 24, decimals: 2 }),
    includesWeekend: booleanField('Also works on weekends and holidays'),
    isOffsite: booleanField('Away from the main site'),
    isExempt: booleanField('Exempt from half-day rules'),
    preloadActivityCode: textField('Activity to preload', { max: 50 }),
    isArchived: booleanField('Archived'),
  },
  title: (fields) => textOf(fields, 'name') ?? 'unnamed rotation',
  text: (fields) => {
    const code = rotationCode(fields);
    const name = textOf(fields, 'name') ?? 'unnamed rotation';
    return [
      code && code !== name ? `${name} (${code})` : name,
      textOf(fields, 'clinicLocation'),
      booleanOf(fields, 'isArchived') ? 'archived' : null,
    ]
      .filter(Boolean)
      .join(', ');
  },
});

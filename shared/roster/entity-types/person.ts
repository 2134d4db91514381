import { defineEntityType, type FieldProblem } from '../definition.ts';
import { booleanField, choiceField, dateField, integerField, numberOf, patternField, setField, textField, textOf } from '../field.ts';
import type { Fields } from '../../json.ts';

const halfDays = { min: 0, max: 14 } as const;
const counter = { min: 0, max: 10_000, kind: 'computed' } as const;

export const person = defineEntityType({
  type: 'person',
  label: 'person',
  plural: 'people',
  fields: {
    name: textField('Name', { max: 200, required: true }),
    type: choiceField('Type', {
      resident: 'resident',
      faculty: 'faculty',
      med_student: 'medical student',
      rotating_intern: 'rotating intern',
    }),
    pgyLevel: integerField('PGY level', { min: 1, max: 8 }),
    facultyRole: choiceField('Faculty role', {
      pd: 'program director',
      apd: 'associate program director',
      oic: 'officer in charge',
      dept_chief: 'department chief',
      sports_med: 'sports medicine',
      core: 'core faculty',
      adjunct: 'adjunct faculty',
    }),
    role: textField('Role', { max: 100 }),
    startDate: dateField('First day in the programme'),
    endDate: dateField('Last day in the programme'),
    template: textField('Template', { max: 100 }),
    specialties: setField('Specialties', { max: 100, count: 50 }),
    email: patternField('E-mail', { pattern: /^[^\s@]+@[^\s@]+$/, form: 'an e-mail address such as ana@example.org', max: 255 }),
    primaryDuty: textField('Primary duty', { max: 255 }),
    adminType: textField('Administrative type', { max: 50 }),
    minClinicHalfDays: integerField('Minimum clinic half days', halfDays),
    maxClinicHalfDays: integerField('Maximum clinic half days', halfDays),
    minAtHalfDays: integerField('Minimum attending half days', halfDays),
    maxAtHalfDays: integerField('Maximum attending half days', halfDays),
    minGmeHalfDays: integerField('Minimum GME half days', halfDays),
    maxGmeHalfDays: integerField('Maximum GME half days', halfDays),
    minDfmHalfDays: integerField('Minimum DFM half days', halfDays),
    maxDfmHalfDays: integerField('Maximum DFM half days', halfDays),
    minSmHalfDays: integerField('Minimum sports medicine half days', halfDays),
    maxSmHalfDays: integerField('Maximum sports medicine half days', halfDays),
    targetClinicalBlocks: integerField('Target clinical blocks', { min: 0, max: 14 }),
    learnerType: choiceField('Learner type', { MS: 'medical student', TY: 'transitional year', PSYCH: 'psychiatry' }),
    medSchool: textField('Medical school', { max: 200 }),
    msYear: integerField('Medical school year', { min: 1, max: 8 }),
    isScreener: booleanField('Screener'),
    screenerRole: textField('Screener role', { max: 50 }),
    screeningEfficiency: integerField('Screening efficiency', { min: 0, max: 100 }),
    overnightCallCount: integerField('Overnight calls', counter),
    sundayCallCount: integerField('Sunday calls', counter),
    weekdayCallCount: integerField('Weekday calls', counter),
    fmitWeeksCount: integerField('FMIT weeks', counter),
  },
  title: (fields) => textOf(fields, 'name') ?? 'unnamed person',
  text: (fields) => [textOf(fields, 'name') ?? 'unnamed person', levelOf(fields) || textOf(fields, 'role')].filter(Boolean).join(', '),
  checkRecord: (fields) => [
    ...['Clinic', 'At', 'Gme', 'Dfm', 'Sm'].flatMap((part) => checkBounds(fields, `min${part}HalfDays`, `max${part}HalfDays`)),
    ...checkStay(fields),
  ],
});

/** How a person's level is said: `PGY-2`, `Faculty`, `Medical student`; empty where nothing says it. */
export function levelOf(fields: Fields): string {
  const type = textOf(fields, 'type');
  if (type === 'faculty') return 'Faculty';
  if (type === 'med_student') return 'Medical student';
  const level = numberOf(fields, 'pgyLevel');
  if (level !== null) return `PGY-${level}`;
  return type === 'resident' ? 'Resident' : type === 'rotating_intern' ? 'Rotating intern' : '';
}

function checkStay(fields: Fields): readonly FieldProblem[] {
  const first = textOf(fields, 'startDate');
  const last = textOf(fields, 'endDate');
  return first !== null && last !== null && last < first
    ? [{ field: 'endDate', problem: `Last day ${last} lies before the first day ${first}.` }]
    : [];
}

function checkBounds(fields: Fields, min: string, max: string): readonly FieldProblem[] {
  const least = numberOf(fields, min);
  const most = numberOf(fields, max);
  return least !== null && most !== null && least > most
    ? [{ field: max, problem: `The maximum (${most}) is below the minimum (${least}).` }]
    : [];
}

import type { Fields } from '../json.ts';
import { numberOf, textOf } from './field.ts';

export type CodeCategory = 'clinical' | 'educational' | 'administrative' | 'time_off';

/** A standard activity code of a half day, and what the rules need to know about it. */
export interface ActivityCode {
  readonly code: string;
  readonly name: string;
  readonly category: CodeCategory;
  /**
   * How a resident who has this code must be supervised: by their level (1:2 for PGY-1, 1:4 above), each by a supervisor of their own
   * (procedures), or not within the clinic.
   */
  readonly supervision: 'by-level' | 'one-to-one' | 'none';
  /** A faculty member who has this code supervises. */
  readonly supervises: boolean;
  /** What a half day of it counts for the hour rules. */
  readonly hours: number;
  /** One shift, whichever halves of the day show it: its hours count once a day. */
  readonly isNight: boolean;
}

/** What half a day of ordinary work counts: a day of clinic, lectures or procedures is ten hours. */
const dayHours = 5;
/** Ward days are twelve hours long. */
const wardHours = 6;
/** A night float's shift, from the evening to the next morning. */
const nightHours = 12;

const byLevel = { supervision: 'by-level' } as const;
const oneToOne = { supervision: 'one-to-one' } as const;
const supervises = { supervises: true } as const;

export const activityCodes: readonly ActivityCode[] = [
  activity('C', 'Clinic', 'clinical', byLevel),
  activity('C30', 'Clinic, 30-minute visits', 'clinical', byLevel),
  activity('C40', 'Clinic, 40-minute visits', 'clinical', byLevel),
  activity('C60', 'Clinic, 60-minute visits', 'clinical', byLevel),
  activity('CC', 'Continuity clinic', 'clinical', byLevel),
  activity('CV', 'Virtual clinic', 'clinical', byLevel),
  activity('FMIT', 'Family medicine inpatient team', 'clinical', { hours: wardHours }),
  activity('NF', 'Night float', 'clinical', { hours: nightHours, isNight: true }),
  activity('AT', 'Attending', 'clinical', supervises),
  activity('PCAT', 'Post-call attending', 'clinical', supervises),
  activity('DO', 'Direct observation', 'educational'),
  activity('PR', 'Procedures', 'clinical', oneToOne),
  activity('VAS', 'Vasectomy', 'clinical', oneToOne),
  activity('VASC', 'Vasectomy clinic', 'clinical', byLevel),
  activity('BTX', 'Botulinum toxin clinic', 'clinical', oneToOne),
  activity('COLP', 'Colposcopy', 'clinical', oneToOne),
  activity('HV', 'Home visit', 'clinical'),
  activity('SM', 'Sports medicine', 'clinical'),
  activity('ASM', 'Academic sports medicine', 'educational'),
  activity('LEC', 'Lecture', 'educational'),
  activity('ADV', 'Advising', 'educational'),
  activity('SIM', 'Simulation', 'educational'),
  activity('PI', 'Process improvement', 'educational'),
  activity('MUC', 'Military unique curriculum', 'educational'),
  activity('C4', 'Combat casualty care course', 'educational'),
  activity('GME', 'Graduate medical education', 'administrative'),
  activity('DFM', 'Department of family medicine', 'administrative'),
  activity('ADM', 'Administration', 'administrative'),
  activity('FLX', 'Flexible time', 'administrative'),
  activity('PC', 'Post-call', 'time_off'),
  activity('W', 'Weekend', 'time_off'),
  activity('LV', 'Leave', 'time_off'),
  activity('HOL', 'Holiday', 'time_off'),
  activity('FED', 'Federal holiday', 'time_off'),
  activity('TDY', 'Temporary duty', 'time_off'),
  activity('DEP', 'Deployment', 'time_off'),
  activity('OFF', 'Off', 'time_off'),
];

const activityByCode = new Map(activityCodes.map((each) => [each.code, each]));

/** The standard code with this text in any case, or `undefined` for one of the programme's own. */
export function findActivityCode(code: string): ActivityCode | undefined {
  return activityByCode.get(code) ?? activityByCode.get(code.toUpperCase());
}

/**
 * The hours that half a day counts, before leave and days off are taken out: what its rotation says, else what the code is known for, else
 * twelve hours a day on inpatient rotations and ten elsewhere. A night's hours count once a day, unless the rotation says how long it is.
 */
export function hoursOf(
  standard: ActivityCode | undefined,
  shown: Fields | undefined,
): { readonly hours: number; readonly isNight: boolean } {
  const told = shown ? numberOf(shown, 'hoursPerHalfDay') : null;
  if (told !== null) return { hours: told, isNight: false };
  if (standard && standard.category !== 'time_off' && standard.hours !== dayHours) return standard;
  return { hours: shown && textOf(shown, 'rotationType') === 'inpatient' ? wardHours : dayHours, isNight: false };
}

/** The code a rotation shows in a cell: its display abbreviation, else its abbreviation, else the first three letters of its name, upper-cased. */
export function rotationCode(rotation: Fields): string {
  return (
    textOf(rotation, 'displayAbbreviation') ??
    textOf(rotation, 'abbreviation') ??
    Array.from(textOf(rotation, 'name') ?? '')
      .slice(0, 3)
      .join('')
      .toUpperCase()
  );
}

/** What a cell shows: the assignment's activity, else its rotation's code, else nothing. */
export function cellCode(assignment: Fields, rotation: Fields | undefined): string {
  return textOf(assignment, 'activity') ?? (rotation ? rotationCode(rotation) : '');
}

/** What a cell means in full: the activity, else the rotation's name, else `Unassigned`. */
export function cellText(assignment: Fields, rotation: Fields | undefined): string {
  return textOf(assignment, 'activity') ?? (rotation ? (textOf(rotation, 'name') ?? rotationCode(rotation)) : 'Unassigned');
}

/** What a cell shows, for a sentence: `Clinic (C)`, `Lecture (LEC)`, or the activity's own text. */
export function cellWords(assignment: Fields, rotation: Fields | undefined): string {
  const code = cellCode(assignment, rotation);
  const rotationName = rotation ? textOf(rotation, 'name') : null;
  const name = rotation && rotationCode(rotation) === code ? rotationName : findActivityCode(code)?.name;
  if (code === '') return 'Unassigned';
  return name && name !== code ? `${name} (${code})` : code;
}

function activity(
  code: string,
  name: string,
  category: CodeCategory,
  { supervision = 'none', supervises: doesSupervise = false, hours, isNight = false }: Partial<ActivityCode> = {},
): ActivityCode {
  return {
    code,
    name,
    category,
    supervision,
    supervises: doesSupervise,
    hours: hours ?? (category === 'time_off' ? 0 : dayHours),
    isNight,
  };
}

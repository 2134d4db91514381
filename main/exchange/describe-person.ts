import type { Fields } from '../../shared/json.ts';
import type { RotaGroup } from './rota.ts';
import { foldSpaces } from './sheet.ts';

/** What a rota's words for a person mean: which group, and which fields of the entity `person`. */
export interface PersonDescription {
  readonly group: RotaGroup;
  readonly fields: Fields;
}

/** Longer texts are neither roles nor headings, and patterns are not run over them. */
const longestText = 60;

/**
 * Reads role and template as rotas write them: `PGY 3`, `R2`, `FAC`, `ADJ`, `MS3`, `TY`. The role decides; where it says nothing, the
 * template does, then the heading above the rows. What is none of these is other staff.
 */
export function describePerson({
  role,
  template,
  heading,
}: {
  role: string;
  template: string;
  heading: RotaGroup | null;
}): PersonDescription {
  const known = describeWord(role) ?? describeWord(template);
  if (known !== null) return known;
  if (role !== '' || template !== '') return { group: 'staff', fields: {} };
  return heading === null ? { group: 'unknown', fields: {} } : describeGroup(heading);
}

/** Whether a text reads like a role, so that a column of such texts is the column of roles. */
export function looksLikeRole(text: string): boolean {
  if (text.length > longestText) return false;
  return describeWord(text) !== null || /^(PSY|SPEC|BRPA?|CP|BHC|NP|PA|RN|LPN|MSA|FLT ?\d?|IPAP|USU)$/i.test(foldSpaces(text));
}

/** The group that a heading between rows begins, or `null` for a text that is no such heading. */
export function parseHeading(text: string): RotaGroup | null {
  if (text.length > longestText) return null;
  const word = foldSpaces(text)
    .toLowerCase()
    .replace(/[:\-–—\s]+$/, '');
  if (/^(residents?|interns?|pgy[ -]?\d|r[1-4]|(family medicine )?residency)( \(.*\))?$/.test(word)) return 'resident';
  if (/^(faculty|attendings?|core faculty|adjuncts?|adjunct faculty|preceptors?|teaching staff)$/.test(word)) return 'faculty';
  if (/^((medical )?students?|ms ?[1-4]?|clerks?|clerkship)$/.test(word)) return 'med_student';
  if (/^(rotators?|rotating( interns?| residents?)?|transitional( year)?|ty)$/.test(word)) return 'rotating_intern';
  // Students and rotating interns together: each row says which.
  if (/^learners?$/.test(word)) return 'unknown';
  return /^(staff|other staff|others?|support staff|nurses|nursing|specialists?)$/.test(word) ? 'staff' : null;
}

function describeWord(text: string): PersonDescription | null {
  if (text.length > longestText) return null;
  const word = foldSpaces(text).toUpperCase();
  if (word === '') return null;
  const level = /^(?:PGY|R)[ -]?([1-8])$/.exec(word);
  if (level) return { group: 'resident', fields: { type: 'resident', pgyLevel: Number(level[1]) } };
  if (/^(RES|RESIDENT|INTERN|CHIEF RESIDENT)$/.test(word)) return describeGroup('resident');
  if (word === 'ROTATING INTERN') return describeGroup('rotating_intern');
  const student = /^(?:MS|MSI|STUDENT|MED STUDENT|MEDICAL STUDENT)[ -]?([1-4])?$/.exec(word);
  if (student)
    return {
      group: 'med_student',
      fields: { type: 'med_student', learnerType: 'MS', ...(student[1] === undefined ? {} : { msYear: Number(student[1]) }) },
    };
  if (word === 'TY' || word === 'PSYCH') return { group: 'rotating_intern', fields: { type: 'rotating_intern', learnerType: word } };
  if (/^(ADJ|ADJUNCT|ADJUNCT FACULTY)$/.test(word)) return { group: 'faculty', fields: { type: 'faculty', facultyRole: 'adjunct' } };
  const facultyRole = facultyRoles.get(word);
  if (facultyRole !== undefined) return { group: 'faculty', fields: { type: 'faculty', facultyRole } };
  return /^(FAC|FACULTY|ATTENDING|ATT|PRECEPTOR)$/.test(word) ? describeGroup('faculty') : null;
}

const facultyRoles = new Map([
  ['PD', 'pd'],
  ['APD', 'apd'],
  ['OIC', 'oic'],
  ['DEPT CHIEF', 'dept_chief'],
  ['SPORTS MED', 'sports_med'],
  ['CORE', 'core'],
  ['CORE FACULTY', 'core'],
]);

function describeGroup(group: RotaGroup): PersonDescription {
  return { group, fields: group === 'staff' || group === 'unknown' ? {} : { type: group } };
}

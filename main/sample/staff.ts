import names from '../../assets/sample/names.json' with { type: 'json' };
import { makeId } from './identity.ts';
import type { Random } from './random.ts';

export type FacultyRole = 'pd' | 'apd' | 'oic' | 'dept_chief' | 'sports_med' | 'core' | 'adjunct';

/** Somebody who is, was or will be in the programme. */
export interface Member {
  readonly id: string;
  /** Counts everybody from 0, in the order of the list. */
  readonly number: number;
  /** `Lima, A`: unique within the programme. */
  readonly name: string;
  /** The family name alone, as reasons say it. */
  readonly family: string;
  readonly email: string;
  readonly kind: 'resident' | 'faculty';
  /** Residents: the academic year of their PGY-1. Faculty: 0. */
  readonly cohort: number;
  /** Residents: place within the class. Faculty: the seat. */
  readonly seat: number;
  readonly facultyRole: FacultyRole | null;
  /** First academic year with duties, and the last one. */
  readonly firstYear: number;
  readonly lastYear: number;
}

const facultyRoles: readonly FacultyRole[] = ['pd', 'apd', 'oic', 'dept_chief', 'sports_med', 'core', 'core', 'core', 'adjunct'];

/**
 * Everybody over all years. In each academic year two thirds of `people` are residents of three classes, the rest faculty, so that the
 * current roster counts exactly `people`. A faculty seat now and then changes hands in July.
 */
export function planStaff(
  { people, firstYear, lastYear }: { readonly people: number; readonly firstYear: number; readonly lastYear: number },
  random: Random,
  millisOfYear: (year: number) => number,
): readonly Member[] {
  const residents = Math.max(1, Math.round((people * 2) / 3));
  const faculty = Math.max(1, people - residents);
  const takeName = nameTaker(random);
  const members: Member[] = [];
  const add = (member: Omit<Member, 'id' | 'number' | 'name' | 'family' | 'email'>): void => {
    const { name, family, email } = takeName();
    const millis = millisOfYear(Math.max(firstYear, member.firstYear));
    members.push({ id: makeId(random, millis), number: members.length, name, family, email, ...member });
  };

  for (let cohort = firstYear - 2; cohort <= lastYear; cohort++)
    for (let seat = 0; seat < classSize(residents, cohort); seat++)
      add({ kind: 'resident', cohort, seat, facultyRole: null, firstYear: cohort, lastYear: cohort + 2 });

  for (let seat = 0; seat < faculty; seat++) {
    const facultyRole = facultyRoles[seat % facultyRoles.length] ?? 'core';
    let since = firstYear - 1;
    for (let year = firstYear; year <= lastYear; year++) {
      const leaves = year < lastYear && year - since >= 1 && random.chance(0.14);
      if (!leaves) continue;
      add({ kind: 'faculty', cohort: 0, seat, facultyRole, firstYear: since, lastYear: year });
      since = year + 1;
    }
    add({ kind: 'faculty', cohort: 0, seat, facultyRole, firstYear: since, lastYear: lastYear + 10 });
  }
  return members;
}

/** A resident's training level in an academic year; 0 for faculty. */
export function levelIn(member: Member, year: number): number {
  return member.kind === 'resident' ? year - member.cohort + 1 : 0;
}

/** Whether somebody has duties in an academic year. */
export function servesIn(member: Member, year: number): boolean {
  return member.firstYear <= year && year <= member.lastYear;
}

// Any three classes in a row add up to all residents, whatever their number.
function classSize(residents: number, cohort: number): number {
  return Math.floor(residents / 3) + (((cohort % 3) + 3) % 3 < residents % 3 ? 1 : 0);
}

function nameTaker(random: Random): () => { name: string; family: string; email: string } {
  const families = random.shuffle(names.family);
  const given = random.shuffle(names.given);
  let taken = 0;
  return () => {
    const index = taken++;
    const round = Math.floor(index / families.length);
    const first = families[index % families.length] ?? 'Lima';
    // More people than names: two family names, then two with a number.
    const second = round > 0 ? `-${families[(index * 7 + round) % families.length]}` : '';
    const family = `${first}${second}${round > 1 ? ` ${round}` : ''}`;
    const called = given[(index + round) % given.length] ?? 'Alex';
    const email = `${called}.${family}`.toLowerCase().replaceAll(/[^a-z.-]+/g, '');
    return { name: `${family}, ${called.slice(0, 1)}`, family, email: `${email}${round > 1 ? round : ''}@residency.example` };
  };
}

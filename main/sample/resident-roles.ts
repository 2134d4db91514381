import type { AcademicBlock } from '../../shared/roster/academic-calendar.ts';
import type { Random } from './random.ts';
import { levelIn, servesIn, type Member } from './staff.ts';

/** What residents of one level do in turn, a block each; `A/B` changes after the first fourteen days. */
const rolesByLevel: readonly (readonly string[])[] = [
  ['FMIT', 'PW', 'FMC', 'LND', 'ED', 'SURG'],
  ['FMIT', 'ICU', 'FMC', 'NF/CARD', 'ELEC', 'GYN'],
  ['FMIT', 'FMC', 'ELEC/NF', 'SM', 'GER', 'PCL'],
];

const electives = ['DERM', 'RAD', 'PSY', 'NEU', 'CARD', 'ELEC', 'SM'] as const;

/** Which resident does what in which block. */
export interface RolePlan {
  /** The residents with duties in an academic year, class by class. */
  residents(year: number): readonly Member[];
  /** The final plan's role of a resident in a block. */
  roleOf(member: Member, block: AcademicBlock): string;
  /** The same on a day of it, with half-block roles resolved. */
  roleOn(member: Member, block: AcademicBlock, day: number): string;
}

/** Members may join later without changing anybody's turn: it depends on the class alone. */
export function createRolePlan(members: readonly Member[]): RolePlan {
  const residentsByYear = new Map<number, readonly Member[]>();
  const classSizes = new Map<number, number>();
  for (const member of members) if (member.kind === 'resident') classSizes.set(member.cohort, (classSizes.get(member.cohort) ?? 0) + 1);
  const roleOf = (member: Member, block: AcademicBlock): string => turnOf(member, block, classSizes.get(member.cohort) ?? 1);
  return {
    residents: (year) => {
      const known = residentsByYear.get(year) ?? members.filter((member) => member.kind === 'resident' && servesIn(member, year));
      residentsByYear.set(year, known);
      return known;
    },
    roleOf,
    roleOn: (member, block, day) => halfOfRole(roleOf(member, block), block, day),
  };
}

/** The roles of a draft: some pairs of one level have theirs the wrong way round. `mayTake` keeps people on leave off the wards. */
export function draftRoles(
  plan: RolePlan,
  block: AcademicBlock,
  { exchanges, random, mayTake }: { readonly exchanges: number; readonly random: Random; mayTake(member: Member, role: string): boolean },
): ReadonlyMap<Member, string> {
  const residents = plan.residents(block.academicYear);
  const roles = new Map(residents.map((member) => [member, plan.roleOf(member, block)]));
  for (let exchange = 0; exchange < exchanges; exchange++) {
    const left = random.pick(residents);
    const right = random.pick(residents.filter((other) => other !== left && other.cohort === left?.cohort));
    const leftRole = left && roles.get(left);
    const rightRole = right && roles.get(right);
    if (!left || !right || !leftRole || !rightRole || !mayTake(left, rightRole) || !mayTake(right, leftRole)) continue;
    roles.set(left, rightRole);
    roles.set(right, leftRole);
  }
  return roles;
}

/** The part of a role that holds on a day: roles written `A/B` change after fourteen days. */
export function halfOfRole(role: string, block: AcademicBlock, day: number): string {
  const cut = role.indexOf('/');
  if (cut < 0) return role;
  return day - block.firstDay < 14 ? role.slice(0, cut) : role.slice(cut + 1);
}

function turnOf(member: Member, block: AcademicBlock, classSize: number): string {
  const level = levelIn(member, block.academicYear);
  if (block.number === 0 && level === 1) return 'ORI';
  const roles = rolesByLevel[level - 1] ?? [];
  const turns = Math.min(roles.length, classSize);
  const role = roles[(member.seat + Math.max(1, block.number)) % turns] ?? 'ELEC';
  if (!role.includes('ELEC')) return role;
  return role.replace('ELEC', electives[(member.seat + block.number * 3) % electives.length] ?? 'ELEC');
}

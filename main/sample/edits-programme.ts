import { academicYearOf } from '../../shared/roster/academic-calendar.ts';
import { dayToDate } from '../../shared/roster/slot.ts';
import type { Fields } from '../../shared/json.ts';
import type { DraftChange } from '../engine/local-store/store.ts';
import type { Desk, Edit } from './desk.ts';
import { rotationList, type RotationInput } from './rotation-list.ts';
import { levelIn, servesIn, type Member } from './staff.ts';

/** Rotations with their codes, colours and numbers. */
export function enterRotations(desk: Desk): Edit {
  const { world } = desk;
  const records = rotationList.map((rotation) => {
    const id = world.newId(desk.millis);
    world.rotationIds.set(rotation.code, id);
    return world.records.put('rotation', id, rotationFields(rotation, world.people));
  });
  return { message: 'Enter rotations', reason: 'new programme', records };
}

const clinics = [
  {
    name: 'Main Clinic',
    cns: '2077701',
    street: 'Harbor Road',
    streetNumber: '12',
    city: 'Fort Calder',
    phone: '(91) 3344-1000',
    hours: '8–17',
  },
  {
    name: 'Pediatric Clinic',
    cns: '2077702',
    street: 'Harbor Road',
    streetNumber: '14',
    city: 'Fort Calder',
    phone: '(91) 3344-1010',
    hours: '8–16',
  },
  {
    name: 'Sports Clinic',
    cns: '0033105',
    street: 'Stadium Street',
    streetNumber: '3',
    city: 'Fort Calder',
    phone: '(91) 3344-1020',
    hours: '13–19',
  },
  {
    name: 'Procedure Clinic',
    cns: '0033106',
    street: 'Harbor Road',
    streetNumber: '12',
    city: 'Fort Calder',
    phone: '(91) 3344-1001',
    hours: '7–12',
  },
] as const;

export function enterClinics(desk: Desk): Edit {
  const records = clinics.map((clinic) => desk.world.records.put('clinic', desk.world.newId(desk.millis), clinic));
  return { message: 'Enter clinics', reason: 'new programme', records };
}

/** The holidays of an academic year. */
export function enterHolidays(desk: Desk, academicYear: number): Edit {
  const { world } = desk;
  const records: DraftChange[] = [];
  for (const dayOff of world.daysOff.values()) {
    if (academicYearOf(dayToDate(dayOff.day)) !== academicYear) continue;
    records.push(
      world.records.put('holiday', world.newId(desk.millis), {
        date: dayToDate(dayOff.day),
        name: dayOff.name,
        dayType: dayOff.dayType,
        operationalIntent: dayOff.dayType === 'FEDERAL_HOLIDAY' ? 'NON_OPERATIONAL' : 'REDUCED_CAPACITY',
        ...(dayOff.actualDay === dayOff.day ? {} : { actualDate: dayToDate(dayOff.actualDay) }),
      }),
    );
  }
  return { message: `Enter holidays of ${academicYear}`, records };
}

/** People who are new; residents stand at their level of the running academic year, and at PGY-1 before they begin. */
export function enterPeople(desk: Desk, members: readonly Member[], message: string, reason?: string): Edit | null {
  if (members.length === 0) return null;
  const year = academicYearOf(dayToDate(desk.day));
  const records = members.map((member) => desk.world.records.put('person', member.id, personFields(member, year)));
  return { message, reason, records };
}

/** The first of July: every resident one level up. Those who are done keep their record and its last day. */
export function rollOver(desk: Desk, year: number): Edit | null {
  const { world } = desk;
  const records: DraftChange[] = [];
  for (const member of world.members) {
    const known = world.records.fieldsOf(member.id);
    if (known === undefined || member.kind !== 'resident' || !servesIn(member, year)) continue;
    const next = personFields(member, year);
    if (known['pgyLevel'] !== next['pgyLevel']) records.push(world.records.put('person', member.id, next));
  }
  return records.length === 0 ? null : { message: `Academic year ${year} begins`, reason: 'residents advance', records };
}

/** Faculty who move on in summer get their last day in spring, so that the next year is planned without them. */
export function enterDepartures(desk: Desk, year: number): Edit | null {
  const { world } = desk;
  const records: DraftChange[] = [];
  for (const member of world.members) {
    const known = world.records.fieldsOf(member.id);
    if (known === undefined || member.kind !== 'faculty' || member.lastYear !== year - 1) continue;
    records.push(world.records.put('person', member.id, { ...known, endDate: `${year}-06-30` }));
  }
  return records.length === 0 ? null : { message: `Faculty who leave in ${year}`, reason: 'orders received', records };
}

function personFields(member: Member, year: number): Fields {
  const common = { name: member.name, email: member.email };
  if (member.kind === 'resident') {
    const pgyLevel = Math.max(1, levelIn(member, year));
    const stay = { startDate: `${member.firstYear}-07-01`, endDate: `${member.lastYear + 1}-06-30` };
    return { ...common, type: 'resident', pgyLevel, ...stay, targetClinicalBlocks: 13 };
  }
  const role = member.facultyRole ?? 'core';
  return {
    ...common,
    type: 'faculty',
    facultyRole: role,
    startDate: `${member.firstYear}-07-01`,
    specialties: role === 'sports_med' ? ['family medicine', 'sports medicine'] : ['family medicine'],
    maxClinicHalfDays: role === 'core' ? 6 : 4,
    minAtHalfDays: 2,
    maxAtHalfDays: 5,
  };
}

function rotationFields(rotation: RotationInput, people: number): Fields {
  const worksWeekends = rotation.kind === 'inpatient';
  const minimum = Math.floor(((rotation.minimum ?? 0) * people) / 27);
  return {
    name: rotation.name,
    rotationType: rotation.kind,
    templateCategory: rotation.category,
    abbreviation: rotation.code,
    displayAbbreviation: rotation.code,
    ...colours(rotation.hue),
    leaveEligible: !worksWeekends,
    ...(rotation.location === undefined ? {} : { clinicLocation: rotation.location }),
    ...(rotation.capacity === undefined ? {} : { capacity: Math.ceil((rotation.capacity * people) / 27) }),
    ...(minimum > 0 ? { coverageMinimum: minimum } : {}),
    ...(worksWeekends ? { includesWeekend: true } : {}),
    ...(rotation.code === 'C' ? { requiresSupervision: true } : {}),
    ...(rotation.supervision ? { providesSupervision: true } : {}),
  };
}

/** A light background of the hue with dark text of the same: 7:1 and more; a page in dark colours takes the hue and turns it round. */
function colours(hue: number | null): Fields {
  return hue === null
    ? { backgroundColor: '#e8eaed', fontColor: '#3c4043' }
    : { backgroundColor: hueToHex(hue, 0.72, 0.88), fontColor: hueToHex(hue, 0.7, 0.17) };
}

function hueToHex(hue: number, saturation: number, lightness: number): string {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (shift: number): string => {
    const turn = (shift + hue / 30) % 12;
    const value = lightness - reach * Math.max(-1, Math.min(turn - 3, 9 - turn, 1));
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}

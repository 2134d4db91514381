import { weekdayNumber } from './calendar.ts';
import { awayDay, isClinicDay, type Draft } from './plan-parts.ts';
import type { FacultyRole, Member } from './staff.ts';

/** What is left of a faculty member's week after precepting, most important first. */
const ownWork: Readonly<Record<FacultyRole, readonly string[]>> = {
  pd: ['GME', 'GME', 'C', 'GME', 'C', 'CV', 'ADV', 'DFM', 'GME'],
  apd: ['GME', 'C', 'GME', 'C', 'ADV', 'CV', 'DO', 'GME', 'C'],
  oic: ['DFM', 'C', 'DFM', 'C', 'CV', 'PR', 'DFM', 'C', 'GME'],
  dept_chief: ['DFM', 'DFM', 'C', 'DFM', 'C', 'CV', 'DFM', 'GME', 'DFM'],
  sports_med: ['SM', 'SM', 'C', 'SM', 'PR', 'CV', 'SM', 'DFM', 'SM'],
  core: ['C', 'C', 'CV', 'PR', 'C', 'GME', 'DO', 'VAS', 'C'],
  adjunct: ['C', 'OFF', 'C', 'OFF', 'COLP', 'OFF', 'C', 'OFF', 'BTX'],
};

/** Inpatient weeks run with the block, Thursday to Wednesday, and go round by seat; everybody else precepts in turn. */
export function placeFaculty(draft: Draft): void {
  const { input, rows } = draft;
  const { faculty, block } = input;
  for (const member of faculty) rows.set(member, facultyRow(draft, member));
  for (let week = 0; week < block.days; week += 7) {
    const days = Math.min(7, block.days - week);
    const attended = new Map<Member, number>();
    for (let offset = week; offset < week + days; offset++) placeAttendings(draft, offset, attended);
    for (const member of faculty) fillOwnWork(draft, member, week, days);
  }
}

/** Whose inpatient week a week of a block is; nobody's when the faculty is too small for it. */
export function inpatientAttending(faculty: readonly Member[], firstDay: number): Member | undefined {
  if (faculty.length < 5) return undefined;
  // 1970-01-01 was a Thursday, as the first day of every block but 0 is.
  return faculty[Math.floor(firstDay / 7) % faculty.length];
}

const unfilled = '';

function facultyRow({ input }: Draft, member: Member): string[] {
  const { block, daysOff, faculty } = input;
  const row: string[] = [];
  for (let offset = 0; offset < block.days; offset++) {
    const day = block.firstDay + offset;
    const weekday = weekdayNumber(day);
    const away = input.awayCode(member, day);
    const onWard = inpatientAttending(faculty, day) === member;
    const wasOnWard = weekday === 4 && inpatientAttending(faculty, day - 7) === member;
    if (away !== null) row.push(...awayDay(day, away, daysOff));
    else if (onWard) row.push('FMIT', 'FMIT');
    else if (weekday === 0 || weekday === 6) row.push('W', 'W');
    else if (daysOff.has(day)) row.push('HOL', 'HOL');
    else row.push(wasOnWard ? 'PC' : unfilled, weekday === 3 ? 'LEC' : unfilled);
  }
  return row;
}

function placeAttendings({ input, rows, attendings }: Draft, offset: number, attended: Map<Member, number>): void {
  const { faculty, facultyRandom, block } = input;
  if (!isClinicDay(block.firstDay + offset, input.daysOff)) return;
  const wanted = Math.max(1, Math.round(faculty.length / 3));
  for (const slot of [offset * 2, offset * 2 + 1]) {
    const open = faculty.filter((member) => rows.get(member)?.[slot] === unfilled);
    const ranked = facultyRandom.shuffle(open).toSorted((left, right) => (attended.get(left) ?? 0) - (attended.get(right) ?? 0));
    for (const member of ranked.slice(0, wanted)) {
      const row = rows.get(member);
      if (row) row[slot] = 'AT';
      attended.set(member, (attended.get(member) ?? 0) + 1);
      attendings[slot] = (attendings[slot] ?? 0) + 1;
    }
  }
}

function fillOwnWork({ input, rows }: Draft, member: Member, week: number, days: number): void {
  const row = rows.get(member) ?? [];
  const open: number[] = [];
  for (let slot = week * 2; slot < (week + days) * 2; slot++) if (row[slot] === unfilled) open.push(slot);
  const work = ownWork[member.facultyRole ?? 'core'];
  for (const [index, slot] of input.facultyRandom.shuffle(open).entries()) row[slot] = work[index % work.length] ?? 'C';
}

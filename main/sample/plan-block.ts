import { weekdayNumber } from './calendar.ts';
import { placeFaculty } from './plan-faculty.ts';
import { awayDay, isClinicDay, type BlockPlan, type BlockPlanInput, type Draft } from './plan-parts.ts';
import type { Random } from './random.ts';
import { halfOfRole } from './resident-roles.ts';
import { coveredCodes, inpatientCodes, isReplaceable, minimumOf, needsAttending } from './rotation-list.ts';
import { levelIn, type Member } from './staff.ts';

/**
 * Fills a block: ward duty and leave first, then the wards' minimum, then attendings, then as many clinics as they can supervise, then
 * everything else. Total and without surprises: when there are too few people, something stays uncovered.
 */
export function planBlock(input: BlockPlanInput): BlockPlan {
  const halfDays = input.block.days * 2;
  const draft: Draft = { input, rows: new Map(), load: Array<number>(halfDays).fill(0), attendings: Array<number>(halfDays).fill(0) };
  for (const [member, role] of input.roles) draft.rows.set(member, residentRow(draft, member, role));
  coverWards(draft);
  placeFaculty(draft);
  placeClinics(draft);
  return draft.rows;
}

/** How much of an attending a resident in clinic takes: half at PGY-1, a quarter above. */
export function attendingShare(member: Member, year: number): number {
  return levelIn(member, year) === 1 ? 0.5 : 0.25;
}

function residentRow({ input }: Draft, member: Member, role: string): string[] {
  const { block, awayCode, codeBefore } = input;
  const row: string[] = [];
  for (let offset = 0; offset < block.days; offset++) {
    const day = block.firstDay + offset;
    const away = awayCode(member, day);
    const before = row.at(-1) ?? codeBefore(member);
    row.push(...(away === null ? workDay(input, member, halfOfRole(role, block, day), day, before) : awayDay(day, away, input.daysOff)));
  }
  return row;
}

function workDay(input: BlockPlanInput, member: Member, role: string, day: number, before: string): readonly [string, string] {
  const weekday = weekdayNumber(day);
  const level = levelIn(member, input.block.academicYear);
  if (role === 'NF') return nightDay(weekday, before);
  const morning = before === 'NF' ? 'PC' : null;
  if (role === 'FMIT' || role === 'ICU' || role === 'PW') {
    // One day off in seven, never the same one for the whole team.
    const dayOff = role === 'FMIT' ? [6, 0, 5][level - 1] : 0;
    if (weekday === dayOff) return weekday === 5 ? ['OFF', 'OFF'] : ['W', 'W'];
    return [morning ?? role, role];
  }
  if (role === 'LND' && weekday !== 0) return [morning ?? role, weekday === 3 && !input.daysOff.has(day) ? 'LEC' : role];
  if (weekday === 0 || weekday === 6) return [morning ?? 'W', 'W'];
  if (input.daysOff.has(day)) return [morning ?? 'HOL', 'HOL'];
  const work = role === 'FMC' ? 'ADV' : role;
  return [morning ?? work, weekday === 3 && role !== 'ORI' ? 'LEC' : work];
}

function nightDay(weekday: number, before: string): readonly [string, string] {
  if (weekday === 5) return ['OFF', 'OFF'];
  if (weekday === 6) return ['W', 'W'];
  return [before === 'NF' ? 'PC' : weekday === 0 ? 'W' : 'OFF', 'NF'];
}

/** Fetches people from outpatient work or from their weekend until each ward has its minimum. */
function coverWards({ input, rows }: Draft): void {
  const covers = new Map<Member, number>();
  for (const code of coveredCodes) {
    const minimum = minimumOf(code, input.people);
    if (minimum === 0) continue;
    for (let slot = 0; slot < input.block.days * 2; slot++) {
      let count = 0;
      for (const row of rows.values()) if (row[slot] === code) count++;
      for (; count < minimum; count++) {
        const taken = bestCover(input, rows, covers, code, slot);
        if (!taken) break;
        // The afternoon follows the morning where it can, so that a cover is a day and not two halves.
        const row = rows.get(taken);
        if (row) row[slot] = code;
        covers.set(taken, (covers.get(taken) ?? 0) + 1);
      }
    }
  }
}

function bestCover(
  { block, awayCode }: BlockPlanInput,
  rows: ReadonlyMap<Member, readonly string[]>,
  covers: ReadonlyMap<Member, number>,
  code: string,
  slot: number,
): Member | undefined {
  let best: Member | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const [member, row] of rows) {
    const now = row[slot] ?? '';
    if (!isReplaceable(now) || (code === 'ICU' && levelIn(member, block.academicYear) === 1)) continue;
    if (awayCode(member, block.firstDay + (slot >> 1)) !== null) continue;
    const didMorning = slot % 2 === 1 && row[slot - 1] === code;
    const cost = (covers.get(member) ?? 0) - (didMorning ? 100 : 0) + (row[slot - 2] === 'NF' || row[slot - 1] === 'NF' ? 50 : 0);
    if (cost < bestCost) {
      best = member;
      bestCost = cost;
    }
  }
  return best;
}

const clinicsPerWeek: Readonly<Record<string, readonly number[]>> = {
  FMC: [4, 6, 7],
  LND: [1, 1, 1],
  ward: [0, 0, 0],
  other: [1, 2, 3],
};

/** Spreads continuity clinic over the week, each where the least is going on, as far as the attendings reach. */
function placeClinics(draft: Draft): void {
  const { input, rows, load, attendings } = draft;
  const { block, clinicRandom, daysOff } = input;
  for (let week = 0; week < block.days; week += 7) {
    for (const member of clinicRandom.shuffle([...rows.keys()].filter((each) => each.kind === 'resident'))) {
      const row = rows.get(member) ?? [];
      const role = halfOfRole(input.roles.get(member) ?? '', block, block.firstDay + week);
      const level = levelIn(member, block.academicYear);
      const kind = inpatientCodes.has(role) && role !== 'LND' ? 'ward' : role in clinicsPerWeek ? role : 'other';
      const wanted = role === 'ORI' ? 0 : (clinicsPerWeek[kind]?.[level - 1] ?? 0);
      const share = attendingShare(member, block.academicYear);
      const free: number[] = [];
      for (let slot = week * 2; slot < Math.min(week + 7, block.days) * 2; slot++) {
        const code = row[slot] ?? '';
        const isOpen = code === role || (role === 'FMC' && code === 'ADV');
        if (isOpen && isClinicDay(block.firstDay + (slot >> 1), daysOff)) free.push(slot);
      }
      const order = clinicRandom
        .shuffle(free)
        .toSorted((left, right) => Math.round((load[left] ?? 0) * 2) - Math.round((load[right] ?? 0) * 2));
      let placed = 0;
      for (const slot of order) {
        const room = (attendings[slot] ?? 0) * 0.75 - (load[slot] ?? 0);
        if (placed === wanted || room < share) break;
        row[slot] = placed === 5 ? 'CV' : 'C';
        load[slot] = (load[slot] ?? 0) + share;
        placed++;
      }
      if (role === 'FMC') fillClinicBlock(row, order.slice(placed), clinicRandom);
    }
  }
}

const betweenClinics = ['HV', 'PI', 'ADV', 'FLX', 'PSY', 'RAD'] as const;

function fillClinicBlock(row: string[], slots: readonly number[], random: Random): void {
  for (const slot of slots) row[slot] = random.pick(betweenClinics) ?? 'ADV';
}

/** What residents' and others' codes add up to in attendings, at one half day. */
export function clinicLoad(
  codes: Iterable<readonly [Member, string]>,
  year: number,
): { readonly needed: number; readonly attendings: number } {
  let needed = 0;
  let attendings = 0;
  for (const [member, code] of codes) {
    if (member.kind === 'resident' && needsAttending(code)) needed += attendingShare(member, year);
    if (member.kind === 'faculty' && code === 'AT') attendings++;
  }
  return { needed, attendings };
}

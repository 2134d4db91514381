import { academicYearOf } from '../../shared/roster/academic-calendar.ts';
import { slotToDate } from '../../shared/roster/slot.ts';
import reasons from '../../assets/sample/reasons.json' with { type: 'json' };
import { cellToFields, type BoardCell } from './board.ts';
import { attendingShare } from './plan-block.ts';
import { dayWords, drawDay, exchangeSlot, setByHand, slotsOfWeek, slotWords, spareAttendings, type Desk, type Edit } from './desk.ts';
import { rotationByCode } from './rotation-list.ts';
import type { Member } from './staff.ts';

const ownFacultyWork: ReadonlySet<string> = new Set(['C', 'CV', 'GME', 'DFM', 'ADV', 'DO', 'PR', 'VAS', 'COLP', 'BTX', 'SM']);
const fillers: ReadonlySet<string> = new Set(['HV', 'PI', 'ADV', 'FLX']);

/** Outpatient work of a resident that can change places with clinic. */
export function isElectiveWork(code: string): boolean {
  return fillers.has(code) || (rotationByCode.get(code)?.kind === 'outpatient' && !['C', 'CV', 'AT', 'ED'].includes(code));
}

export function isFacultyOwnWork(code: string): boolean {
  return ownFacultyWork.has(code);
}

function residents(desk: Desk, day: number): readonly Member[] {
  return desk.world.serving(day).filter((member) => member.kind === 'resident');
}

function faculty(desk: Desk, day: number): readonly Member[] {
  return desk.world.serving(day).filter((member) => member.kind === 'faculty');
}

/** A continuity clinic goes to another half day of its week. */
export function moveClinic(desk: Desk): Edit | null {
  const day = drawDay(desk, 24);
  const member = day === null ? undefined : desk.random.pick(residents(desk, day));
  if (day === null || !member) return null;
  const slots = slotsOfWeek(desk, day);
  const from = desk.random.pick(slots.filter((slot) => desk.board.codeAt(member, slot) === 'C'));
  if (from === undefined) return null;
  const share = attendingShare(member, academicYearOf(slotToDate(from)));
  const to = desk.random.pick(
    slots.filter((slot) => isElectiveWork(desk.board.codeAt(member, slot)) && spareAttendings(desk, slot) >= share + 0.25),
  );
  if (to === undefined) return null;
  const other = desk.board.codeAt(member, to);
  const reason = desk.random.pick(reasons.clinic);
  setByHand(desk, member, to, 'C');
  setByHand(desk, member, from, other);
  return { message: `Move clinic of ${member.family} from ${slotWords(from)} to ${slotWords(to)}`, reason };
}

/** Two residents of a class trade a clinic of one for a clinic of the other. */
export function exchangeClinics(desk: Desk): Edit | null {
  const day = drawDay(desk, 24);
  const left = day === null ? undefined : desk.random.pick(residents(desk, day));
  const right =
    day === null ? undefined : desk.random.pick(residents(desk, day).filter((each) => each !== left && each.cohort === left?.cohort));
  if (day === null || !left || !right || !tradeClinics(desk, left, right, day)) return null;
  return {
    message: `Exchange clinics of ${left.family} and ${right.family}, week of ${dayWords(day)}`,
    reason: desk.random.pick(reasons.exchange),
  };
}

function tradeClinics(desk: Desk, left: Member, right: Member, day: number): boolean {
  const slots = slotsOfWeek(desk, day);
  const code = (member: Member, slot: number): string => desk.board.codeAt(member, slot);
  const given = desk.random.pick(slots.filter((slot) => code(left, slot) === 'C' && isElectiveWork(code(right, slot))));
  const taken = desk.random.pick(slots.filter((slot) => code(right, slot) === 'C' && isElectiveWork(code(left, slot))));
  if (given === undefined || taken === undefined) return false;
  // Each keeps to the own elective: only the clinic moves.
  const leftElective = code(left, taken);
  const rightElective = code(right, given);
  setByHand(desk, left, given, leftElective);
  setByHand(desk, right, given, 'C');
  setByHand(desk, right, taken, rightElective);
  setByHand(desk, left, taken, 'C');
  return true;
}

/** Many exchanges in one commit: a block is being evened out before it is published. */
export function balanceBlock(desk: Desk, firstDay: number, days: number, label: string): Edit | null {
  let exchanges = 0;
  for (let attempt = 0; attempt < 24 && exchanges < 12; attempt++) {
    const day = firstDay + desk.random.int(days);
    const left = desk.random.pick(residents(desk, day));
    const right = desk.random.pick(residents(desk, day).filter((each) => each !== left && each.cohort === left?.cohort));
    if (left && right && tradeClinics(desk, left, right, day)) exchanges++;
  }
  return exchanges === 0 ? null : { message: `Balance clinics in ${label}`, reason: desk.random.pick(reasons.balance) };
}

/** Precepting goes from one faculty member to another, who gives own work for it. */
export function exchangeAttendings(desk: Desk): Edit | null {
  const day = drawDay(desk, 20);
  if (day === null) return null;
  const slot = day * 2 + desk.random.int(2);
  const from = desk.random.pick(faculty(desk, day).filter((member) => desk.board.codeAt(member, slot) === 'AT'));
  const to = desk.random.pick(faculty(desk, day).filter((member) => isFacultyOwnWork(desk.board.codeAt(member, slot))));
  if (!from || !to || !exchangeSlot(desk, from, to, slot)) return null;
  return { message: `${to.family} precepts for ${from.family}, ${slotWords(slot)}`, reason: desk.random.pick(reasons.attending) };
}

const procedures = [
  ['VAS', 'Vasectomy list'],
  ['COLP', 'Colposcopy'],
  ['PR', 'Procedures'],
  ['BTX', 'Botulinum toxin clinic'],
] as const;

/** A faculty member's half day becomes a procedure clinic. */
export function addProcedures(desk: Desk): Edit | null {
  const day = drawDay(desk, 24);
  if (day === null) return null;
  const slot = day * 2 + desk.random.int(2);
  const member = desk.random.pick(faculty(desk, day).filter((each) => ['C', 'GME', 'DFM', 'CV'].includes(desk.board.codeAt(each, slot))));
  const [code, words] = desk.random.pick(procedures) ?? procedures[0];
  if (!member) return null;
  setByHand(desk, member, slot, code, { location: 'Procedure Clinic', tags: ['procedures'] });
  return { message: `${words} with ${member.family}, ${slotWords(slot)}`, reason: desk.random.pick(reasons.procedure) };
}

/** Somebody has an appointment and is away for a half day or a day. */
export function addAppointment(desk: Desk): Edit | null {
  const day = drawDay(desk, 16);
  const member = day === null ? undefined : desk.random.pick(desk.world.serving(day));
  if (day === null || !member) return null;
  const slots = desk.random.chance(0.3) ? [day * 2, day * 2 + 1] : [day * 2 + desk.random.int(2)];
  const isFree = (code: string): boolean => isElectiveWork(code) || code === 'C' || (member.kind === 'faculty' && isFacultyOwnWork(code));
  if (!slots.every((slot) => isFree(desk.board.codeAt(member, slot)))) return null;
  const reason = desk.random.pick(reasons.appointment) ?? 'appointment';
  const code = desk.random.chance(0.6) ? 'ADM' : 'MUC';
  for (const slot of slots) setByHand(desk, member, slot, code, { overrideReason: reason });
  return { message: `${member.family}: ${reason}, ${slots.length === 2 ? dayWords(day) : slotWords(slots[0] ?? 0)}`, reason };
}

/** A word for those who read the cell. */
export function addNote(desk: Desk): Edit | null {
  const day = drawDay(desk, 12);
  const member = day === null ? undefined : desk.random.pick(desk.world.serving(day));
  const slot = (day ?? 0) * 2 + desk.random.int(2);
  const cell = member && desk.board.cell(member, slot);
  const notes = desk.random.pick(reasons.notes);
  if (!member || !cell || notes === undefined || cell.value.notes === notes || rotationByCode.get(cell.value.code)?.kind === 'off')
    return null;
  desk.gesture.set(member, slot, { ...cell.value, notes });
  return { message: `Note for ${member.family}, ${slotWords(slot)}` };
}

/** A resident does another elective for a week. */
export function changeElective(desk: Desk): Edit | null {
  const day = drawDay(desk, 27);
  const member = day === null ? undefined : desk.random.pick(residents(desk, day));
  if (day === null || !member) return null;
  const slots = slotsOfWeek(desk, day).filter((slot) => {
    const code = desk.board.codeAt(member, slot);
    return isElectiveWork(code) && !fillers.has(code);
  });
  const code = desk.random.pick(
    ['DERM', 'RAD', 'NEU', 'PSY', 'CARD', 'SM', 'GER'].filter((each) => desk.board.codeAt(member, slots[0] ?? 0) !== each),
  );
  if (slots.length < 3 || code === undefined) return null;
  for (const slot of slots) setByHand(desk, member, slot, code);
  const name = rotationByCode.get(code)?.name ?? code;
  return { message: `${name} instead for ${member.family}, week of ${dayWords(day)}`, reason: desk.random.pick(reasons.exchange) };
}

/** A slip that is mended a minute later: a value in the wrong row, or something entered a second time. */
export function mistype(desk: Desk): Edit | null {
  const { world, random } = desk;
  const day = drawDay(desk, 10);
  // Nobody is there to mend what happens in the last hour.
  if (day === null || desk.day === world.lastDay) return null;
  const slot = day * 2 + random.int(2);
  const member = random.pick(residents(desk, day).filter((each) => isElectiveWork(desk.board.codeAt(each, slot))));
  const cell = member && desk.board.cell(member, slot);
  if (!member || !cell) return null;
  return random.chance(0.4) ? enterTwice(desk, cell) : enterInWrongRow(desk, cell);
}

function enterInWrongRow(desk: Desk, { member, slot, value: before }: BoardCell): Edit {
  setByHand(desk, member, slot, 'SIM');
  return {
    message: `${member.family} to simulation, ${slotWords(slot)}`,
    followsAtOnce: true,
    follow: {
      by: desk.by,
      part: 0,
      run: (later) => {
        later.gesture.set(member, slot, before);
        return { message: `${member.family} back to ${before.code}, ${slotWords(slot)}`, reason: later.random.pick(reasons.correct) };
      },
    },
  };
}

function enterTwice(desk: Desk, { member, slot, value }: BoardCell): Edit {
  const { world } = desk;
  const id = world.newId(desk.millis);
  const fields = cellToFields({ id, member, slot, value: { code: value.code, role: 'primary', source: 'manual' } }, world.rotationIds);
  return {
    message: `Enter ${value.code} for ${member.family}, ${slotWords(slot)}`,
    records: [{ type: 'assignment', id, op: 'create', fields }],
    followsAtOnce: true,
    follow: {
      by: desk.by,
      part: 0,
      run: () => ({
        message: `Delete the second entry of ${member.family}, ${slotWords(slot)}`,
        reason: 'entered twice',
        records: [{ type: 'assignment', id, op: 'delete', fields: null }],
      }),
    },
  };
}

/** A class goes to training together, or the clinic closes for an afternoon. */
export function addTraining(desk: Desk): Edit | null {
  const day = drawDay(desk, 27);
  if (day === null) return null;
  const slot = day * 2 + desk.random.int(2);
  const reason = desk.random.pick(reasons.training) ?? 'training';
  const isClosed = desk.random.chance(0.4);
  const cohort = desk.random.pick(residents(desk, day))?.cohort;
  const people = desk.world.serving(day).filter((member) => {
    const code = desk.board.codeAt(member, slot);
    if (isClosed) return code === 'C' || code === 'CV' || code === 'AT';
    return member.kind === 'resident' && member.cohort === cohort && (code === 'C' || isElectiveWork(code));
  });
  if (people.length < 2) return null;
  for (const member of people) setByHand(desk, member, slot, isClosed ? 'MUC' : 'SIM', { tags: ['training'] });
  return {
    message: isClosed ? `Clinic closed for training, ${slotWords(slot)}` : `Simulation for ${people.length} residents, ${slotWords(slot)}`,
    reason,
  };
}

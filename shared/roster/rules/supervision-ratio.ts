import { columnsOf } from '../focus.ts';
import { isFirstYear, isTrainee } from '../person-row.ts';
import { cellsAt, personName, type RosterState, type StateCell } from '../roster-state.ts';
import { slotToText, slotToWords } from '../slot.ts';
import { listNames, makeClash, type Finding, type Rule } from './clash.ts';

/**
 * Residents in clinic have too few supervisors. One supervisor has room for two in their first year or four above it, a procedure takes one
 * whole: what all take up in a half day is summed, and only the sum is rounded up. Half days without a supervised clinic ask for nobody.
 */
export const supervisionRatio: Rule = {
  rule: 'supervision-ratio',
  label: 'Too few supervisors',
  find: (state) => {
    const columns = columnsOf(state);
    const wanted = new Float64Array(columns.count);
    const there = new Int32Array(columns.count);
    let person = '';
    let slot = -1;
    for (const cell of state.cells) {
      // Somebody who is booked twice is one person; the double booking is a clash of its own.
      if (cell.slot === slot && cell.personId === person) continue;
      const column = columns.indexOf(cell.slot);
      if (column === -1) continue;
      const load = loadOf(state, cell);
      const supervises = load === 0 && isSupervisor(state, cell);
      if (load === 0 && !supervises) continue;
      person = cell.personId;
      slot = cell.slot;
      wanted[column] = (wanted[column] ?? 0) + load;
      there[column] = (there[column] ?? 0) + (supervises ? 1 : 0);
    }
    const clashes: Finding[] = [];
    for (let column = 0; column < columns.count; column++) {
      const needed = supervisorsNeeded(wanted[column] ?? 0);
      const missing = needed - (there[column] ?? 0);
      if (missing > 0) clashes.push(describe(state, columns.slotAt(column), needed, missing));
    }
    return clashes;
  },
};

/** Rounds up what is taken up. A sum of thirds may miss a whole number by the last bit, which must not call for one more person. */
export function supervisorsNeeded(load: number): number {
  return Math.ceil(load - 1e-9);
}

function loadOf(state: RosterState, cell: StateCell): number {
  if (cell.supervision.above === 0) return 0;
  const person = state.people.get(cell.personId);
  if (!person || !isTrainee(person)) return 0;
  return isFirstYear(person) ? cell.supervision.firstYear : cell.supervision.above;
}

function isSupervisor(state: RosterState, cell: StateCell): boolean {
  if (cell.supervises === 'no') return false;
  const person = state.people.get(cell.personId);
  return person !== undefined && (cell.supervises === 'by-role' || !isTrainee(person));
}

function describe(state: RosterState, slot: number, needed: number, missing: number): Finding {
  const cells = cellsAt(state, slot);
  const supervised = oncePerPerson(cells.filter((cell) => loadOf(state, cell) > 0));
  const supervisors = oncePerPerson(cells.filter((cell) => loadOf(state, cell) === 0 && isSupervisor(state, cell)));
  const residents = listNames(supervised.map((cell) => personName(state, cell.personId)));
  const present =
    supervisors.length === 0
      ? 'nobody supervises'
      : `only ${listNames(supervisors.map((cell) => personName(state, cell.personId)))} ${supervisors.length === 1 ? 'supervises' : 'supervise'}`;
  return makeClash({
    rule: supervisionRatio.rule,
    key: [slotToText(slot)],
    weight: missing,
    scope: { supervision: true, from: slot, to: slot },
    severity: 'warning',
    text: `On ${slotToWords(slot)} clinic needs ${needed} ${needed === 1 ? 'supervisor' : 'supervisors'} for ${residents}; ${present}.`,
    cells: [...supervised, ...supervisors],
  });
}

function oncePerPerson(cells: readonly StateCell[]): readonly StateCell[] {
  return cells.filter((cell, index) => cells[index - 1]?.personId !== cell.personId);
}

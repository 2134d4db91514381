import { cellWords } from '../codes.ts';
import { absenceWords } from '../entity-types/absence.ts';
import { booleanOf, textOf } from '../field.ts';
import { isJudged } from '../focus.ts';
import { personName, type RosterState, type StateAbsence, type StateCell } from '../roster-state.ts';
import { slotToWords } from '../slot.ts';
import { makeClash, type Finding, type Rule } from './clash.ts';

/** Statuses of an absence that keeps nobody away. */
export const idleStatuses: ReadonlySet<string | null> = new Set(['cancelled', 'rejected', 'denied']);
const openStatuses: ReadonlySet<string | null> = new Set(['pending', 'anticipated']);

/**
 * Somebody who is away has work in the grid. First and last day of the absence both count; absences that were turned down, and those
 * marked as not blocking, do not. Leave codes and days off agree with an absence, and so does its own replacement activity.
 */
export const absenceOverlap: Rule = {
  rule: 'absence-overlap',
  label: 'Work during an absence',
  find: (state) => {
    const clashes: Finding[] = [];
    for (const absence of state.absences) {
      const { fields } = absence.record;
      if (idleStatuses.has(textOf(fields, 'status')) || booleanOf(fields, 'isBlocking') === false) continue;
      const [start, end] = state.cellsOf.get(absence.personId) ?? [0, 0];
      for (let index = firstAtOrAfter(state, absence.from, start, end); index < end; index++) {
        const cell = state.cells[index];
        if (!cell || cell.slot > absence.to) break;
        if (isJudged(state, cell.personId, cell.slot) && !cell.off && cell.code !== textOf(fields, 'replacementActivity'))
          clashes.push(describe(state, absence, cell));
      }
    }
    return clashes;
  },
};

function describe(state: RosterState, absence: StateAbsence, cell: StateCell): Finding {
  const { fields, id, type } = absence.record;
  const status = textOf(fields, 'status');
  const isOpen = openStatuses.has(status);
  return makeClash({
    rule: absenceOverlap.rule,
    key: [id, cell.record.id],
    severity: isOpen ? 'warning' : 'error',
    text: `${personName(state, cell.personId)} is away (${absenceWords(fields)}${isOpen ? `, ${status}` : ''}) but has ${cellWords(cell.record.fields, cell.rotation?.fields)} on ${slotToWords(cell.slot)}.`,
    cells: [cell],
    others: [{ type, id }],
  });
}

/** The first of a person's cells, which lie in order from `start` to `end`, that is not before a half day. */
function firstAtOrAfter(state: RosterState, slot: number, start: number, end: number): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((state.cells[middle]?.slot ?? Infinity) < slot) low = middle + 1;
    else high = middle;
  }
  return low;
}

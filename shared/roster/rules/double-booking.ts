import { cellWords } from '../codes.ts';
import { isJudged } from '../focus.ts';
import { personName, type RosterState, type StateCell } from '../roster-state.ts';
import { slotToText, slotToWords } from '../slot.ts';
import { makeClash, type Finding, type Rule } from './clash.ts';

/** One person stands at two places in one half day. Every record of the collision is named. */
export const doubleBooking: Rule = {
  rule: 'double-booking',
  label: 'Double booking',
  find: (state) => {
    const clashes: Finding[] = [];
    let twins: StateCell[] = [];
    // Cells of one person and half day lie together; one step past the end closes the last group.
    for (let index = 0; index <= state.cells.length; index++) {
      const cell = state.cells[index];
      const first = twins[0];
      if (cell && first && cell.slot === first.slot && cell.personId === first.personId) {
        twins.push(cell);
        continue;
      }
      if (first && twins.length > 1 && isJudged(state, first.personId, first.slot)) clashes.push(describe(state, first, twins));
      twins = cell ? [cell] : [];
    }
    return clashes;
  },
};

function describe(state: RosterState, first: StateCell, cells: readonly StateCell[]): Finding {
  const places = cells.map((cell) => cellWords(cell.record.fields, cell.rotation?.fields));
  return makeClash({
    rule: doubleBooking.rule,
    key: [first.personId, slotToText(first.slot), ...cells.map((cell) => cell.record.id)],
    group: [first.personId, slotToText(first.slot)],
    weight: cells.length,
    byMember: true,
    severity: 'error',
    text: `${personName(state, first.personId)} is booked ${cells.length === 2 ? 'twice' : `${cells.length} times`} on ${slotToWords(first.slot)}: ${places.join(' and ')}.`,
    cells,
  });
}

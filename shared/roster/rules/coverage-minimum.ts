import { countCoverage, coveringCells } from '../coverage.ts';
import { columnsOf } from '../focus.ts';
import { personName } from '../roster-state.ts';
import { slotToText, slotToWords } from '../slot.ts';
import { listNames, makeClash, type Finding, type Rule } from './clash.ts';

/**
 * A rotation has fewer people in a half day than it wants. Days off for everybody ask for nobody, and neither do half days that nobody was
 * planned for yet. Those who are there are named in the text and take no part: it is not their cells that are wrong.
 */
export const coverageMinimum: Rule = {
  rule: 'coverage-minimum',
  label: 'Too few people',
  find: (state) => {
    const clashes: Finding[] = [];
    const columns = columnsOf(state);
    for (const { rotation, name, counts } of countCoverage(state)) {
      for (const [column, { count, minimum, short }] of counts.entries()) {
        if (!short || minimum === null) continue;
        const slot = columns.slotAt(column);
        const people = coveringCells(state, rotation.id, slot).map((cell) => personName(state, cell.personId));
        clashes.push(
          makeClash({
            rule: coverageMinimum.rule,
            key: [rotation.id, slotToText(slot)],
            weight: minimum - count,
            scope: { rotationId: rotation.id, from: slot, to: slot },
            severity: 'warning',
            text: `${name} has ${count === 0 ? 'nobody' : `${count} of ${minimum}`} on ${slotToWords(slot)}${count === 0 ? ` and wants ${minimum}` : `: ${listNames(people)}`}.`,
            cells: [],
            others: [{ type: rotation.type, id: rotation.id }],
            slots: [slot],
          }),
        );
      }
    }
    return clashes;
  },
};

import { countCoverage, coveringCells } from '../coverage.ts';
import { columnsOf } from '../focus.ts';
import { personName } from '../roster-state.ts';
import { slotToText, slotToWords } from '../slot.ts';
import { listNames, makeClash, type Finding, type Rule } from './clash.ts';

/** A rotation has more people in a half day than it has room for. */
export const capacity: Rule = {
  rule: 'capacity',
  label: 'Too many people',
  find: (state) => {
    const clashes: Finding[] = [];
    const columns = columnsOf(state);
    for (const { rotation, name, capacity: room, counts } of countCoverage(state)) {
      if (room === null) continue;
      for (const [column, { count }] of counts.entries()) {
        if (count <= room) continue;
        const slot = columns.slotAt(column);
        const cells = coveringCells(state, rotation.id, slot);
        clashes.push(
          makeClash({
            rule: capacity.rule,
            key: [rotation.id, slotToText(slot)],
            weight: count - room,
            scope: { rotationId: rotation.id, from: slot, to: slot },
            severity: 'warning',
            text: `${name} has ${count} people on ${slotToWords(slot)} and room for ${room}: ${listNames(cells.map((cell) => personName(state, cell.personId)))}.`,
            cells,
            others: [{ type: rotation.type, id: rotation.id }],
          }),
        );
      }
    }
    return clashes;
  },
};

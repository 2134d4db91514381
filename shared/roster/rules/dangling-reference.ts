import { isInWindow, type RosterState, type StateAbsence, type StateCell } from '../roster-state.ts';
import { slotToWords } from '../slot.ts';
import { makeClash, type Clash, type Rule } from './clash.ts';

/**
 * Something points to a person or a rotation that is gone. One clash for each that is missing, with all that still points to it in the
 * window: bringing it back, or clearing these, cures all at once.
 */
export const danglingReference: Rule = {
  rule: 'dangling-reference',
  label: 'Points to something that is gone',
  find: (state) => {
    const cellsOfMissingPerson = new Map<string, StateCell[]>();
    const cellsOfMissingRotation = new Map<string, StateCell[]>();
    const absencesOfMissingPerson = new Map<string, StateAbsence[]>();
    for (const [personId, [start, end]] of state.cellsOf)
      if (!state.people.has(personId))
        cellsOfMissingPerson.set(
          personId,
          state.cells.slice(start, end).filter((cell) => isInWindow(state, cell.slot)),
        );
    for (const cell of state.cells)
      if (cell.rotationId !== null && !cell.rotation && isInWindow(state, cell.slot)) gather(cellsOfMissingRotation, cell.rotationId, cell);
    for (const absence of state.absences)
      if (!state.people.has(absence.personId) && absence.to >= state.from && absence.from <= state.to)
        gather(absencesOfMissingPerson, absence.personId, absence);
    const missingPeople = new Set([...cellsOfMissingPerson.keys(), ...absencesOfMissingPerson.keys()]);
    return [
      ...[...missingPeople].flatMap((personId) =>
        describePerson(state, personId, cellsOfMissingPerson.get(personId) ?? [], absencesOfMissingPerson.get(personId) ?? []),
      ),
      ...[...cellsOfMissingRotation].map(([rotationId, cells]) => describeRotation(rotationId, cells)),
    ];
  },
};

function describePerson(
  state: RosterState,
  personId: string,
  cells: readonly StateCell[],
  absences: readonly StateAbsence[],
): readonly Clash[] {
  if (cells.length + absences.length === 0) return [];
  const absenceSlots = absences.map((absence) => Math.max(absence.from, state.from));
  const counts = [countWords(cells.length, 'assignment'), countWords(absences.length, 'absence')].filter((words) => words !== '');
  return [
    makeClash({
      rule: danglingReference.rule,
      key: ['person', personId],
      severity: 'error',
      text: `${counts.join(' and ')} from ${slotToWords(Math.min(...cells.map((cell) => cell.slot), ...absenceSlots))} on ${cells.length + absences.length === 1 ? 'belongs' : 'belong'} to a person who is no longer in the roster.`,
      cells,
      others: absences.map(({ record }) => ({ type: record.type, id: record.id })),
      slots: [...cells.map((cell) => cell.slot), ...absenceSlots],
    }),
  ];
}

function describeRotation(rotationId: string, cells: readonly StateCell[]): Clash {
  const first = Math.min(...cells.map((cell) => cell.slot));
  return makeClash({
    rule: danglingReference.rule,
    key: ['rotation', rotationId],
    severity: 'warning',
    text: `${countWords(cells.length, 'assignment')} from ${slotToWords(first)} on ${cells.length === 1 ? 'points' : 'point'} to a rotation that no longer exists.`,
    cells,
  });
}

function countWords(count: number, thing: string): string {
  return count === 0 ? '' : `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function gather<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
}

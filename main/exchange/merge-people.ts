import { slotOf } from '../../shared/roster/slot.ts';
import { foldName } from './fold-name.ts';
import type { IssueList } from './issue-list.ts';
import { groupLabels } from './group-labels.ts';
import type { RotaCell, RotaPerson } from './rota.ts';

/**
 * One person for each row that names one. Rows of the same name and group are one person where they speak of different half days (the
 * weeks of a block below each other), and two people where they speak of the same. The same name in two groups is always two people.
 */
export function mergePeople(rows: readonly RotaPerson[], issues: IssueList): readonly RotaPerson[] {
  const people: { person: RotaPerson; cells: Map<number, RotaCell> }[] = [];
  const byIdentity = new Map<string, { person: RotaPerson; cells: Map<number, RotaCell> }[]>();
  for (const row of rows) {
    const identity = `${row.key ?? ''} ${row.group} ${foldName(row.name)}`;
    const known = byIdentity.get(identity) ?? [];
    byIdentity.set(identity, known);
    const slots = row.cells.map((cell) => [slotOf(cell.date, cell.half), cell] as const);
    const same = known.find(({ cells }) => slots.every(([slot]) => !cells.has(slot)));
    if (same !== undefined) for (const [slot, cell] of slots) same.cells.set(slot, cell);
    else {
      const entry = { person: row, cells: new Map(slots) };
      people.push(entry);
      known.push(entry);
    }
  }
  const merged = people.map(({ person, cells }) => ({
    ...person,
    cells: [...cells].toSorted(([a], [b]) => a - b).map(([, cell]) => cell),
  }));
  reportSharedNames(merged, issues);
  return merged;
}

function reportSharedNames(people: readonly RotaPerson[], issues: IssueList): void {
  const byName = new Map<string, RotaPerson[]>();
  // Who carries a key is told apart by it.
  for (const person of people.filter(({ key }) => key === undefined))
    byName.set(foldName(person.name), [...(byName.get(foldName(person.name)) ?? []), person]);
  for (const sharing of byName.values()) {
    const [first] = sharing;
    if (first === undefined || sharing.length < 2) continue;
    const alike = new Set(sharing.map(({ group }) => group)).size < sharing.length;
    const who = sharing.map(({ row, group, role }) => `row ${row} (${role || groupLabels[group]})`).join(' and ');
    issues.add({
      kind: 'duplicate-name',
      severity: alike ? 'warning' : 'info',
      where: `row ${first.row}`,
      text: alike
        ? `“${first.name}” names ${sharing.length} people of the same kind, in ${who}. They stay ${sharing.length} people, told apart by their order: give them different names.`
        : `“${first.name}” names ${sharing.length} people: ${who}. They stay ${sharing.length} people.`,
      data: { name: first.name, rows: sharing.map(({ row }) => row) },
    });
  }
}

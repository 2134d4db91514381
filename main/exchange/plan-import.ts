import { EntityId } from '../../shared/ids.ts';
import type { Change } from '../../shared/contract/app/changes.ts';
import type { Fields } from '../../shared/json.ts';
import { cellCode } from '../../shared/roster/codes.ts';
import { parseSlot, slotOf } from '../../shared/roster/slot.ts';
import { diffFields, sameFields } from '../../shared/versioning/diff.ts';
import { groupLabels } from './group-labels.ts';
import { planCalls } from './plan-calls.ts';
import { planCodes } from './plan-codes.ts';
import { matchPeople, type MatchedPerson } from './match-people.ts';
import { keyHeading } from './person-key.ts';
import { shownCode, shownRole } from './shown-cell.ts';
import { foldSpaces } from './sheet.ts';
import type {
  BranchEntity,
  ImportIssue,
  ImportPlan,
  ImportState,
  PlannedChange,
  RotaCell,
  RotaDecisions,
  RotaPerson,
  RotaReading,
} from './rota.ts';

/**
 * What importing the reading would change on the branch. For the people and half days the file speaks of, the file is the truth: a code
 * sets the cell, an empty cell empties it; what it does not speak of, what cannot be read and what is skipped stays as it is. Codes that
 * are still open count as new ones and are listed in `preview.questions`; do not commit before they are decided. Importing what is
 * already there gives no changes. `newId` makes the ids of new entities.
 */
export function planImport(reading: RotaReading, state: ImportState, decisions: RotaDecisions, newId: () => string): ImportPlan {
  const roster = indexAssignments(state);
  const people = matchPeople(reading, state, newId, (person, id) => countEqualCells(person.cells, roster.of(id)));
  const idOf = new Map(people.map(({ person, id }) => [person, id]));
  const standingAt = (id: string, cell: RotaCell) => roster.of(id).get(slotOf(cell.date, cell.half)) ?? [];
  const codes = planCodes(reading, state, decisions, (person, cell) => saysAll(cell, standingAt(idOf.get(person) ?? '', cell)));
  const planned: PlannedChange[] = [];
  let unchanged = 0;
  const note = (change: PlannedChange): void => {
    if (change.before !== null && change.after !== null && sameFields(change.before, change.after)) unchanged += 1;
    else planned.push(change);
  };

  for (const { person, id, before } of people) {
    const after = before === null ? { name: person.name, ...person.fields } : { ...before, ...readFields(person, id, before) };
    note({ type: 'person', id, before, after });
  }
  const cells = new Map<string, CellPlan>();
  for (const { person, id } of people)
    for (const cell of person.cells) cells.set(placeOf(id, cell), planCell(id, cell, standingAt(id, cell), codes.decide));
  const calls = planCalls(reading, people, decisions, (id, date) => cells.get(placeOf(id, { date, half: 'PM' }))?.kept?.after ?? null);
  for (const [place, cell] of cells) {
    if (cell.kept !== null) note({ ...cell.kept, id: cell.kept.id ?? newId(), after: calls.tagged(place, cell.kept.after) });
    for (const { id, fields } of cell.removed) note({ type: 'assignment', id, before: fields, after: null });
  }

  return {
    changes: planned.map(toChange),
    planned,
    people: people.length,
    halfDays: people.reduce((sum, { person }) => sum + countFilled(person.cells), 0),
    preview: {
      file: reading.file,
      sheet: reading.sheet,
      sheets: [...reading.sheets],
      from: reading.from,
      to: reading.to,
      years: reading.years,
      people: people.map(describeMatch),
      codes: codes.list,
      issues: [...reading.issues, ...codes.issues, ...people.flatMap(describeRename), ...calls.issues],
      questions: codes.questions,
      totals: {
        added: planned.filter(({ before }) => before === null).length,
        removed: planned.filter(({ after }) => after === null).length,
        changed: planned.filter(({ before, after }) => before !== null && after !== null).length,
      },
      unchanged,
    },
  };
}

interface CellPlan {
  /** The assignment that stands in the cell afterwards; without an id where it is new. */
  readonly kept: { readonly type: 'assignment'; readonly id: string | null; readonly before: Fields | null; readonly after: Fields } | null;
  readonly removed: readonly BranchEntity[];
}

type Standing = BranchEntity & { readonly code: string };

function planCell(personId: string, cell: RotaCell, standing: readonly Standing[], decide: (code: string) => string | null): CellPlan {
  if (cell.kind === 'empty') return { kept: null, removed: standing };
  const [first] = standing;
  const code = cell.kind === 'code' && !saysAll(cell, standing) ? decide(cell.code) : null;
  if (code === null) return { kept: first === undefined ? null : keep(first), removed: [] };
  // Where two stand in one cell, the one that already says the same stays.
  const kept = standing.find((each) => each.code === code) ?? first;
  if (kept === undefined) {
    const after = { personId, date: cell.date, half: cell.half, activity: code, source: 'import' };
    return { kept: { type: 'assignment', id: null, before: null, after }, removed: [] };
  }
  const removed = standing.filter((each) => each !== kept);
  return {
    kept: kept.code === code ? keep(kept) : { ...keep(kept), after: { ...kept.fields, activity: code, source: 'import' } },
    removed,
  };
}

/** Whether the cell says in our own words what stands there, where that is more or less than one code. */
function saysAll(cell: RotaCell, standing: readonly Standing[]): boolean {
  const [first] = standing;
  if (first === undefined || cell.kind !== 'code') return false;
  return (standing.length > 1 || first.code !== cell.code) && shownCode(standing.map(({ code }) => code)) === cell.code;
}

/**
 * What a row says about somebody on the branch. Role and level are one word in a rota and several fields on the branch: where a row of our own
 * export still has the word that stands for them, it says nothing about them.
 */
function readFields(person: RotaPerson, id: string, before: Fields): Fields {
  if (person.key === undefined) return person.fields;
  const { name, template } = before;
  const isSame =
    person.role === foldSpaces(shownRole(before)).slice(0, 100) &&
    person.template === (typeof template === 'string' ? foldSpaces(template).slice(0, 100) : '');
  const isNamed = person.key !== id || (typeof name === 'string' && foldSpaces(name) === person.name);
  return { ...(isSame ? {} : person.fields), ...(isNamed ? {} : { name: person.name }) };
}

/** A row of our own export with another name: most likely a correction, but it could be somebody else who took the row over. */
function describeRename({ person, id, before }: MatchedPerson): readonly ImportIssue[] {
  const name = before?.['name'];
  if (person.key !== id || typeof name !== 'string' || foldSpaces(name) === person.name) return [];
  return [
    {
      kind: 'renamed',
      severity: 'warning',
      where: `row ${person.row}`,
      text: `“${name}” is called “${person.name}” from now on, and stays the same person with the same history. Where this is somebody else, empty the cell under “${keyHeading}” (a hidden column) in that row.`,
      data: { row: person.row, id },
    },
  ];
}

const keep = ({ id, fields }: BranchEntity) => ({ type: 'assignment', id, before: fields, after: fields }) as const;

const placeOf = (personId: string, { date, half }: Pick<RotaCell, 'date' | 'half'>) => `${date} ${half} ${personId}`;

function indexAssignments(state: ImportState) {
  const rotations = new Map(state.rotations.map(({ id, fields }) => [id, fields]));
  const byPerson = new Map<string, Map<number, Standing[]>>();
  for (const assignment of state.assignments) {
    const { personId, date, half, rotationId } = assignment.fields;
    const slot = parseSlot(date, half);
    if (slot === null || typeof personId !== 'string') continue;
    const slots = byPerson.get(personId) ?? new Map<number, Standing[]>();
    byPerson.set(personId, slots);
    const rotation = typeof rotationId === 'string' ? rotations.get(rotationId) : undefined;
    slots.set(slot, [...(slots.get(slot) ?? []), { ...assignment, code: cellCode(assignment.fields, rotation) }]);
  }
  const none = new Map<number, Standing[]>();
  return { of: (personId: string): ReadonlyMap<number, readonly Standing[]> => byPerson.get(personId) ?? none };
}

function countEqualCells(cells: readonly RotaCell[], standing: ReadonlyMap<number, readonly Standing[]>): number {
  return cells.filter((cell) => {
    const there = standing.get(slotOf(cell.date, cell.half)) ?? [];
    return cell.kind === 'code' ? there.some(({ code }) => code === cell.code) : there.length === 0;
  }).length;
}

const countFilled = (cells: readonly RotaCell[]) => cells.filter(({ kind }) => kind === 'code').length;

function describeMatch({ person, id, before }: MatchedPerson): ImportPlan['preview']['people'][number] {
  return {
    row: person.row,
    name: person.name,
    group: groupLabels[person.group],
    role: person.role,
    template: person.template,
    halfDays: person.cells.length,
    filled: countFilled(person.cells),
    match: before === null ? 'new' : 'existing',
    id,
  };
}

/** Only the fields that differ are sent: what somebody else changes meanwhile is kept. */
function toChange({ type, id, before, after }: PlannedChange): Change {
  const entity = { type, id: EntityId.parse(id) };
  if (after === null) return { op: 'delete', ...entity };
  if (before === null) return { op: 'create', ...entity, fields: after };
  return { op: 'update', ...entity, fields: Object.fromEntries(diffFields(before, after).map((each) => [each.field, each.new])) };
}

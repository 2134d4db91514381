import { levelOf } from './entity-types/person.ts';
import type { EntityRecord } from './entity-record.ts';
import { numberOf, textOf } from './field.ts';
import type { EntityId, VersionHash } from '../ids.ts';
import type { Fields } from '../json.ts';

/** A row of the grid. */
export interface PersonRow {
  readonly id: EntityId;
  readonly version: VersionHash;
  readonly name: string;
  /** `PGY-2`, `Faculty`; what the workbook calls the role where nothing else is known. */
  readonly level: string;
  /** The heading the row stands under: `PGY-1`, `Residents`, `Faculty`, `Learners`, `Others`. */
  readonly group: string;
  readonly fields: Fields;
}

/** A resident or an intern, whom somebody must supervise in clinic. */
export function isTrainee({ fields }: { readonly fields: Fields }): boolean {
  const type = textOf(fields, 'type');
  return type === 'resident' || type === 'rotating_intern' || (type === null && numberOf(fields, 'pgyLevel') !== null);
}

/** In the first year, or of a level that nobody wrote down: the stricter case is the safe one. */
export function isFirstYear({ fields }: PersonRow): boolean {
  return (numberOf(fields, 'pgyLevel') ?? 1) === 1;
}

/** Whether somebody belongs to the programme on some day between two, both included. Without a first or last day that end is open. */
export function isInProgramme({ fields }: { readonly fields: Fields }, from: string, to: string): boolean {
  const first = textOf(fields, 'startDate');
  const last = textOf(fields, 'endDate');
  return (first === null || first <= to) && (last === null || last >= from);
}

const rowsByPeople = new WeakMap<readonly EntityRecord[], readonly PersonRow[]>();
const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** People in the order of the grid: residents by level, then faculty, learners and others; within a group by name, then id. */
export function orderPeople(people: readonly EntityRecord[]): readonly PersonRow[] {
  const known = rowsByPeople.get(people);
  if (known) return known;
  const rows = people
    .map((record) => ({ row: readRow(record), rank: rankOf(record.fields) }))
    .toSorted(
      (a, b) => a.rank - b.rank || collator.compare(a.row.name, b.row.name) || (a.row.id < b.row.id ? -1 : a.row.id > b.row.id ? 1 : 0),
    )
    .map(({ row }) => row);
  rowsByPeople.set(people, rows);
  return rows;
}

function readRow({ id, version, fields }: EntityRecord): PersonRow {
  return {
    id,
    version,
    name: textOf(fields, 'name') ?? 'unnamed person',
    level: levelOf(fields) || (textOf(fields, 'role') ?? ''),
    group: groupOf(fields),
    fields,
  };
}

const residentsWithoutLevel = 9;
const facultyRank = 10;
const learnersRank = 11;
const othersRank = 12;

function rankOf(fields: Fields): number {
  const level = numberOf(fields, 'pgyLevel');
  switch (textOf(fields, 'type') ?? 'unknown') {
    case 'faculty':
      return facultyRank;
    case 'med_student':
    case 'rotating_intern':
      return learnersRank;
    case 'resident':
      return level ?? residentsWithoutLevel;
    default:
      return level ?? othersRank;
  }
}

function groupOf(fields: Fields): string {
  const rank = rankOf(fields);
  if (rank < residentsWithoutLevel) return `PGY-${rank}`;
  return rank === residentsWithoutLevel ? 'Residents' : rank === facultyRank ? 'Faculty' : rank === learnersRank ? 'Learners' : 'Others';
}

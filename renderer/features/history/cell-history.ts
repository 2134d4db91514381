import type { HistoryEntry } from '../../../shared/contract/app/base.ts';
import type { Change } from '../../../shared/contract/app/changes.ts';
import type { EntityId, VersionHash } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import { cellCode } from '../../../shared/roster/codes.ts';
import { type EntityTypeDefinition, entityTypeOf, type Names } from '../../../shared/roster/entity-type.ts';
import { datesInWords } from '../../ui/format.ts';

/** A person's half day: what a cell of the grid is. */
export interface CellKey {
  readonly personId: string;
  readonly date: string;
  readonly half: 'AM' | 'PM';
}

/** One field that a version changed, in words. */
export interface FieldWords {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

/** One line of a history that people read. */
export interface HistoryRow {
  readonly type: string;
  readonly id: EntityId;
  readonly entry: HistoryEntry;
  /** What the cell shows, or the thing's name; empty when nothing stood there any more. */
  readonly code: string;
  /** Whether something stands in the cell after this version: false for a delete and for a move to elsewhere. */
  readonly stands: boolean;
  /** What else changed, without what `code` says already. */
  readonly changed: readonly FieldWords[];
}

/** The history of each thing that ever stood in a cell, as the engine answers it: newest first. */
export interface EntityHistory {
  readonly id: EntityId;
  readonly entries: readonly HistoryEntry[];
}

/** All versions of everything that stood in the cell, as one history, newest first. What an assignment was elsewhere is left out. */
export function cellHistoryOf(histories: readonly EntityHistory[], cell: CellKey, names: Names): readonly HistoryRow[] {
  const definition = entityTypeOf('assignment');
  const rows = histories.flatMap(({ id, entries }) =>
    entries.flatMap((entry, index): HistoryRow[] => {
      const before = entries[index + 1]?.fields ?? null;
      const stands = isIn(entry.fields, cell);
      if (!stands && !isIn(before, cell)) return [];
      const code = entry.fields ? cellCode(entry.fields, rotationOf(entry.fields, names)) : '';
      return [
        { type: 'assignment', id, entry, code, stands, changed: changedFields(definition, before, entry.fields, names, unsaidFields) },
      ];
    }),
  );
  return newestFirst(rows);
}

/** The versions of one thing, newest first, each with what it changed. */
export function entityHistoryOf(type: string, { id, entries }: EntityHistory, names: Names): readonly HistoryRow[] {
  const definition = entityTypeOf(type);
  return entries.map((entry, index) => ({
    type,
    id,
    entry,
    code: entry.fields ? definition.title(entry.fields, names) : '',
    stands: entry.fields !== null,
    changed: changedFields(definition, entries[index + 1]?.fields ?? null, entry.fields, names, []),
  }));
}

/** The row that is in force at a position of the line: the newest one that is not later. */
export function rowAt(rows: readonly HistoryRow[], position: number): HistoryRow | null {
  return rows.find((row) => row.entry.position <= position) ?? null;
}

/** How “Use this value” is carried out: always by adding a version, never by touching an old one. */
export type UsePlan =
  | { readonly kind: 'same' }
  | { readonly kind: 'rollback'; readonly id: EntityId; readonly version: VersionHash }
  | { readonly kind: 'commit'; readonly changes: readonly Change[] };

/** What stands in the cell now. */
export interface Standing {
  readonly id: EntityId;
  readonly fields: Fields;
}

const placeFields: ReadonlySet<string> = new Set(['personId', 'date', 'half']);
/** Said by the code, or how it was derived: neither is what people look for in a line of the history. */
const unsaidFields: readonly string[] = ['activity', 'rotationId', 'scheduleRunId', 'confidence', 'score', 'explain', 'alternatives'];

/**
 * The plan that makes the cell show this row's value again. An own version is brought back as it was. The value of another assignment,
 * which is gone, is given to the one that stands there now, so that the cell does not end up with two. An emptied cell is emptied again.
 */
export function planUse(row: HistoryRow, standing: readonly Standing[]): UsePlan {
  const own = standing.find(({ id }) => id === row.id);
  if (!row.stands) {
    if (standing.length === 0) return { kind: 'same' };
    return { kind: 'commit', changes: standing.map(({ id }) => ({ op: 'delete', type: 'assignment', id })) };
  }
  const wanted = row.entry.fields ?? {};
  if (own) return isEqual(own.fields, wanted) ? { kind: 'same' } : { kind: 'rollback', id: row.id, version: row.entry.version };
  const [other] = standing;
  if (!other) return { kind: 'rollback', id: row.id, version: row.entry.version };
  const fields: Record<string, Fields[string]> = {};
  for (const name of new Set([...Object.keys(other.fields), ...Object.keys(wanted)]))
    if (!placeFields.has(name) && JSON.stringify(other.fields[name]) !== JSON.stringify(wanted[name])) fields[name] = wanted[name] ?? null;
  if (Object.keys(fields).length === 0) return { kind: 'same' };
  return { kind: 'commit', changes: [{ op: 'update', type: 'assignment', id: other.id, fields }] };
}

/** The newest value on each other branch that this branch's own history does not hold. */
export function otherBranches(lineage: readonly HistoryEntry[], own: readonly HistoryEntry[], branch: string): readonly HistoryEntry[] {
  const known = new Set(own.map((entry) => entry.commit));
  const newest = new Map<string, HistoryEntry>();
  for (const entry of lineage) {
    if (entry.branch === branch || known.has(entry.commit)) continue;
    const found = newest.get(entry.branch);
    if (!found || entry.position > found.position) newest.set(entry.branch, entry);
  }
  return [...newest.values()];
}

/** Every field of a record in words, in the registry's order; fields of the program's own bookkeeping come last. */
export function fieldWords(
  type: string,
  fields: Fields,
  names: Names,
  without: readonly string[] = [],
): readonly { label: string; text: string }[] {
  const definition = entityTypeOf(type);
  return Object.entries(definition.fields).flatMap(([name, field]) => {
    const value = fields[name] ?? null;
    return value === null || without.includes(name) ? [] : [{ label: field.label, text: datesInWords(field.text(value, names), true) }];
  });
}

function changedFields(
  definition: EntityTypeDefinition,
  before: Fields | null,
  after: Fields | null,
  names: Names,
  without: readonly string[],
): readonly FieldWords[] {
  if (before === null || after === null) return [];
  return Object.entries(definition.fields).flatMap(([name, field]) => {
    if (without.includes(name) || JSON.stringify(before[name] ?? null) === JSON.stringify(after[name] ?? null)) return [];
    const text = (value: Fields[string] | undefined): string => (value == null ? '' : datesInWords(field.text(value, names), true));
    return [{ label: field.label, before: text(before[name]), after: text(after[name]) }];
  });
}

function isIn(fields: Fields | null, cell: CellKey): boolean {
  return fields !== null && fields['personId'] === cell.personId && fields['date'] === cell.date && fields['half'] === cell.half;
}

function rotationOf(fields: Fields, names: Names): Fields | undefined {
  const id = fields['rotationId'];
  return typeof id === 'string' ? names.rotation(id) : undefined;
}

function newestFirst(rows: readonly HistoryRow[]): readonly HistoryRow[] {
  return rows.toSorted((a, b) => b.entry.position - a.entry.position || b.entry.number - a.entry.number);
}

function isEqual(a: Fields, b: Fields): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => JSON.stringify(a[name] ?? null) === JSON.stringify(b[name] ?? null));
}

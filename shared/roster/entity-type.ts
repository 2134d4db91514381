import { quote, RefusedError } from '../errors.ts';
import { valueOf, type Fields } from '../json.ts';
import type { EntityTypeDefinition, FieldProblem } from './definition.ts';
import { absence } from './entity-types/absence.ts';
import { assignment } from './entity-types/assignment.ts';
import { clinic } from './entity-types/clinic.ts';
import { holiday } from './entity-types/holiday.ts';
import { note } from './entity-types/note.ts';
import { ownVersion } from './entity-types/own-version.ts';
import { patient } from './entity-types/patient.ts';
import { person } from './entity-types/person.ts';
import { rotation } from './entity-types/rotation.ts';
import { scheduleRun } from './entity-types/schedule-run.ts';
import { swapRecord } from './entity-types/swap-record.ts';
import { viewAccess } from './entity-types/view-access.ts';
import { viewLink } from './entity-types/view-link.ts';
import { viewMigration } from './entity-types/view-migration.ts';
import { viewOffer } from './entity-types/view-offer.ts';

export type { Axes, EntityTypeDefinition, FieldKind, FieldProblem, FieldType, Names, ReferenceType } from './definition.ts';

/** Every type of record a programme holds, in the order lists show them. The program's own types are apart, in `internalTypes`. */
export const entityTypes: readonly EntityTypeDefinition[] = [
  assignment,
  absence,
  person,
  rotation,
  scheduleRun,
  swapRecord,
  holiday,
  clinic,
  patient,
];

/** Types that the program keeps for itself: not listed, and refused by `changes/commit`. */
export const internalTypes: readonly EntityTypeDefinition[] = [note, ownVersion, viewLink, viewOffer, viewAccess, viewMigration];

const definitionByType: ReadonlyMap<string, EntityTypeDefinition> = new Map(
  [...entityTypes, ...internalTypes].map((definition) => [definition.type, definition]),
);

const mostProblems = 100;

/** The definition of a type, the program's own types included. Refuses an unknown one with UNKNOWN_TYPE. */
export function entityTypeOf(type: string): EntityTypeDefinition {
  const definition = definitionByType.get(type);
  if (!definition) throw unsupported(type);
  return definition;
}

/** The definition of a type, or `undefined` for one that is unknown here: records of a newer program pass through merges untouched. */
export function findEntityType(type: string): EntityTypeDefinition | undefined {
  return definitionByType.get(type);
}

/** The definition of a type that people write. Refuses the program's own types as if they did not exist. */
export function publicTypeOf(type: string): EntityTypeDefinition {
  const definition = definitionByType.get(type);
  if (!definition || definition.internal) throw unsupported(type);
  return definition;
}

/**
 * What is wrong with a whole record, after a patch was applied and the record was normalised: fields that do not exist, required ones that
 * are missing, values that do not fit. `null` counts as absent. At most 100 problems are named.
 */
export function checkFields(definition: EntityTypeDefinition, fields: Fields): readonly FieldProblem[] {
  const problems: FieldProblem[] = [];
  for (const name of Object.keys(fields)) {
    if (problems.length >= mostProblems) return problems;
    const field = definition.fields[name];
    const value = fields[name] ?? null;
    if (!field) problems.push({ field: quote(name), problem: `${capitalise(definition.plural)} have no field “${quote(name)}”.` });
    else if (value !== null) {
      const problem = field.check(value);
      if (problem) problems.push({ field: name, problem });
    }
  }
  for (const name of Object.keys(definition.fields)) {
    const field = definition.fields[name];
    if (field?.required && isAbsent(fields, name)) problems.push({ field: name, problem: `${field.label} is required.` });
  }
  return problems.length > 0 ? problems.slice(0, mostProblems) : (definition.checkRecord?.(fields) ?? problems);
}

/** What is wrong with changing a record: identifiers that were set once may neither change nor go. */
export function checkImmutable(definition: EntityTypeDefinition, before: Fields, after: Fields): readonly FieldProblem[] {
  return Object.keys(definition.fields).flatMap((name) => {
    const field = definition.fields[name];
    if (!field?.immutable || isAbsent(before, name) || JSON.stringify(before[name]) === JSON.stringify(valueOf(after, name))) return [];
    return [{ field: name, problem: `${field.label} was set once and cannot change.` }];
  });
}

/** How many records of each type: `3 assignments, 1 absence`; counts per operation are summed. `no changes` for none. */
export function typeCountsText(
  counts:
    | readonly { readonly type: string; readonly create: number; readonly update: number; readonly delete: number }[]
    | Readonly<Record<string, number>>,
): string {
  const totals = new Map<string, number>();
  if (isCountList(counts))
    for (const count of counts) totals.set(count.type, (totals.get(count.type) ?? 0) + count.create + count.update + count.delete);
  else for (const [type, count] of Object.entries(counts)) totals.set(type, count);
  const known = [...definitionByType.keys()];
  const words = [...totals]
    .filter(([, count]) => count > 0)
    .toSorted(([a], [b]) => orderOf(known, a) - orderOf(known, b) || (a < b ? -1 : 1))
    .map(([type, count]) => countText(type, count));
  return words.length > 0 ? words.join(', ') : 'no changes';
}

/** `1 absence`, `3 assignments`; a type that is unknown here is called by its own name. */
export function countText(type: string, count: number): string {
  const definition = definitionByType.get(type);
  if (!definition) return `${count} ${type}`;
  return `${count} ${count === 1 ? definition.label : definition.plural}`;
}

type Counts = readonly { readonly type: string; readonly create: number; readonly update: number; readonly delete: number }[];

function isCountList(counts: Counts | Readonly<Record<string, number>>): counts is Counts {
  return Array.isArray(counts);
}

function orderOf(known: readonly string[], type: string): number {
  const index = known.indexOf(type);
  return index === -1 ? known.length : index;
}

function unsupported(type: string): RefusedError {
  return new RefusedError(
    'UNKNOWN_TYPE',
    `Unsupported entity type “${quote(type)}”. Known types are ${entityTypes.map((definition) => definition.type).join(', ')}.`,
    { what: 'entity type', id: quote(type) },
  );
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function isAbsent(fields: Fields, name: string): boolean {
  return valueOf(fields, name) === null;
}

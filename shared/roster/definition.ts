import type { Fields, Json } from '../json.ts';

/** How a field behaves in a merge: one value, a set of texts, an object by key, or something that is computed again. */
export type FieldKind = 'scalar' | 'set' | 'object' | 'computed';

export type ReferenceType = 'person' | 'rotation' | 'schedule_run' | 'clinic' | 'patient' | 'absence' | 'assignment';

/** Looks up the records that ids point to, as of the moment that is viewed, so that words show names and not ids. */
export interface Names {
  person(id: string): Fields | undefined;
  rotation(id: string): Fields | undefined;
}

export interface FieldType {
  readonly label: string;
  readonly kind: FieldKind;
  readonly required?: true;
  /** Personal text: exports, logs and diagnostics leave it out, and versions of its type carry a salt. */
  readonly personal?: true;
  /** Set once: an update may not change or clear it. */
  readonly immutable?: true;
  readonly reference?: ReferenceType;
  /** The values of an enumeration with the words for them. */
  readonly options?: ReadonlyMap<string, string>;
  /** What is wrong with the value, as a short sentence, or `null`. Never called with `null`. */
  check(value: Json): string | null;
  /** The same value in its one stored form: digits without punctuation, a set in order. Leaves wrong values for `check` to name. */
  normalise?(value: Json): Json;
  /** The value in words. Never throws, also for values that `check` would refuse; `null` gives empty text. */
  text(value: Json, names: Names): string;
}

export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
}

/** Where an entity stands in the grid: whose row, and its first and last half day, both included. */
export interface Axes {
  readonly subject: string | null;
  readonly from: number;
  readonly to: number;
}

export interface EntityTypeDefinition {
  readonly type: string;
  readonly label: string;
  readonly plural: string;
  /** Some field is personal. */
  readonly personal: boolean;
  /** Users may keep views of their own over it. */
  readonly views: boolean;
  /** The field that identifies a record of the type among all of them, for types with views: unique, required and immutable. */
  readonly identifier: string | null;
  /** Kept by the program itself: `changes/commit` refuses it and lists of types leave it out. */
  readonly internal: boolean;
  /** By name; the object has no prototype, so that `constructor` is no field. */
  readonly fields: Readonly<Record<string, FieldType>>;
  /** Names the thing: `Lima, A, Thu 2026-01-15 AM`. */
  title(fields: Fields, names: Names): string;
  /** Its value in words: `Clinic (C), Main Clinic, primary`. */
  text(fields: Fields, names: Names): string;
  /** `null` where the fields do not say, or the type has no place in the grid. */
  axes(fields: Fields): Axes | null;
  /** The record with every field in its one stored form. Run it before `checkFields`; running it twice changes nothing more. */
  normalise(fields: Fields): Fields;
  /** What is wrong between fields that are each right. */
  checkRecord?(fields: Fields): readonly FieldProblem[];
}

/** A definition as its file writes it; the marks that follow from the fields are filled in. */
export interface EntityTypeDraft extends Omit<
  EntityTypeDefinition,
  'personal' | 'views' | 'identifier' | 'internal' | 'axes' | 'normalise'
> {
  readonly views?: true;
  readonly identifier?: string;
  readonly internal?: true;
  readonly axes?: (fields: Fields) => Axes | null;
}

/** Makes a definition from its draft: marks it personal when a field is, and gathers the fields' stored forms. */
export function defineEntityType(draft: EntityTypeDraft): EntityTypeDefinition {
  const fields: Readonly<Record<string, FieldType>> = Object.freeze(Object.assign(Object.create(null), draft.fields));
  const normalised = Object.keys(fields).filter((name) => fields[name]?.normalise !== undefined);
  const axes = draft.axes;
  return Object.freeze({
    ...draft,
    fields,
    personal: Object.values(fields).some((field) => field.personal === true),
    views: draft.views === true,
    identifier: draft.identifier ?? null,
    internal: draft.internal === true,
    axes: axes ? (given: Fields) => axes(given) : () => null,
    normalise: (given: Fields) => normaliseFields(given, fields, normalised),
  });
}

function normaliseFields(given: Fields, types: Readonly<Record<string, FieldType>>, names: readonly string[]): Fields {
  let fields = given;
  for (const name of names) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value === undefined || value === null) continue;
    const stored = types[name]?.normalise?.(value) ?? value;
    if (stored !== value) fields = { ...fields, [name]: stored };
  }
  return fields;
}

import { quote } from '../errors.ts';
import type { Fields, Json } from '../json.ts';
import type { FieldKind, FieldType, ReferenceType } from './definition.ts';
import { dateToWords, firstDate, lastDate, parseDay } from './slot.ts';

interface Marks {
  readonly required?: true;
  readonly personal?: true;
  readonly immutable?: true;
}

/** One line or more of text. `max` counts UTF-16 units, as the databases of the originals did for the texts people type. */
export function textField(label: string, { max, ...marks }: Marks & { readonly max: number }): FieldType {
  return {
    label,
    kind: 'scalar',
    ...marks,
    check: (value) => checkText(label, value, max) ?? (marks.required && isBlank(value) ? `${label} must not be empty.` : null),
    text: valueToText,
  };
}

/** A whole number within bounds, both included. */
export function integerField(
  label: string,
  { min, max, kind = 'scalar', ...marks }: Marks & { readonly min: number; readonly max: number; readonly kind?: FieldKind },
): FieldType {
  return {
    label,
    kind,
    ...marks,
    check: (value) => {
      if (typeof value !== 'number' || !Number.isFinite(value)) return `${label} must be a number.`;
      if (!Number.isInteger(value)) return `${label} must be a whole number.`;
      return value < min || value > max ? `${label} must be between ${min} and ${max}.` : null;
    },
    text: valueToText,
  };
}

/** A number within bounds, both included; with `decimals`, rounded to no more places than that. */
export function numberField(
  label: string,
  { min, max, decimals, ...marks }: Marks & { readonly min: number; readonly max: number; readonly decimals?: number },
): FieldType {
  return {
    label,
    kind: 'scalar',
    ...marks,
    check: (value) => {
      if (typeof value !== 'number' || !Number.isFinite(value)) return `${label} must be a number.`;
      if (value < min || value > max) return `${label} must be between ${min} and ${max}.`;
      return decimals !== undefined && Number(value.toFixed(decimals)) !== value
        ? `${label} can have at most ${decimals} decimal places.`
        : null;
    },
    text: valueToText,
  };
}

export function booleanField(label: string, marks: Marks = {}): FieldType {
  return {
    label,
    kind: 'scalar',
    ...marks,
    check: (value) => (typeof value === 'boolean' ? null : `${label} must be true or false.`),
    text: valueToText,
  };
}

/** A calendar date. */
export function dateField(label: string, marks: Marks = {}): FieldType {
  return {
    label,
    kind: 'scalar',
    ...marks,
    check: (value) => {
      if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return `${label} must be a date written YYYY-MM-DD.`;
      if (parseDay(value) !== null) return null;
      return value < firstDate || value > lastDate
        ? `${label} must lie between ${firstDate} and ${lastDate}.`
        : `${label}: there is no day ${value}.`;
    },
    text: (value) => (typeof value === 'string' ? dateToWords(value) : valueToText(value)),
  };
}

/** An instant, stored in UTC with milliseconds: `2026-05-12T14:30:00.000Z`. An offset is accepted and converted. */
export function instantField(label: string, marks: Marks = {}): FieldType {
  return {
    label,
    kind: 'scalar',
    ...marks,
    check: (value) =>
      typeof value === 'string' && isInstant(value) ? null : `${label} must be a time in UTC such as 2026-05-12T14:30:00.000Z.`,
    normalise: (value) =>
      typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(Z|[+-]\d{2}:\d{2})$/.test(value) && !Number.isNaN(Date.parse(value))
        ? new Date(value).toISOString()
        : value,
    text: (value) =>
      typeof value === 'string' && isInstant(value) ? `${value.slice(0, 10)} ${value.slice(11, 16)} UTC` : valueToText(value),
  };
}

/** One of the values in `words`, which also gives how each is said. */
export function choiceField(label: string, words: Readonly<Record<string, string>>, marks: Marks = {}): FieldType {
  const options = new Map(Object.entries(words));
  return {
    label,
    kind: 'scalar',
    ...marks,
    options,
    check: (value) =>
      typeof value === 'string' && options.has(value)
        ? null
        : `${label} must be one of ${[...options.keys()].join(', ')}${typeof value === 'string' ? `, not “${quote(value)}”` : ''}.`,
    text: (value) => (typeof value === 'string' ? (options.get(value) ?? value) : valueToText(value)),
  };
}

/** A set of texts without doubles; its stored order means nothing. */
export function setField(label: string, { max, count, ...marks }: Marks & { readonly max: number; readonly count: number }): FieldType {
  return {
    label,
    kind: 'set',
    ...marks,
    check: (value) => {
      if (!isTextList(value)) return `${label} must be a list of texts.`;
      if (value.length > count) return `${label} can hold at most ${count} entries; this has ${value.length}.`;
      const seen = new Set<string>();
      for (const item of value) {
        const problem = checkText(`An entry of ${label.toLowerCase()}`, item, max);
        if (problem) return problem;
        if (item === '') return `${label} must not hold an empty entry.`;
        if (seen.has(item)) return `${label} must not hold “${quote(item)}” twice.`;
        seen.add(item);
      }
      return null;
    },
    // Doubles are left in place: the check names them instead of losing one silently.
    normalise: (value) => (isTextList(value) ? value.toSorted(compareText) : value),
    text: (value) => (isList(value) ? value.map(valueToText).join(', ') : valueToText(value)),
  };
}

/** An object of JSON values, merged by key. `max` counts the characters of its JSON. */
export function objectField(label: string, { max, ...marks }: Marks & { readonly max: number }): FieldType {
  return {
    label,
    kind: 'object',
    ...marks,
    check: (value) => {
      if (value === null || typeof value !== 'object' || isList(value)) return `${label} must be an object.`;
      return checkTree(label, value, 0) ?? checkJsonLength(label, value, max);
    },
    text: valueToText,
  };
}

/** A list of JSON objects, taken as one value. */
export function listField(label: string, { max, ...marks }: Marks & { readonly max: number }): FieldType {
  return {
    label,
    kind: 'scalar',
    ...marks,
    check: (value) => {
      if (!isList(value) || !value.every((item) => item !== null && typeof item === 'object' && !isList(item)))
        return `${label} must be a list of objects.`;
      return checkTree(label, value, 0) ?? checkJsonLength(label, value, max);
    },
    text: valueToText,
  };
}

/** The id of another record. That it exists is not asked: a record that is gone is a clash and a matter of words, not of writing. */
export function referenceField(label: string, reference: ReferenceType, marks: Marks = {}): FieldType {
  const called = referenceWords[reference];
  return {
    label,
    kind: 'scalar',
    ...marks,
    reference,
    check: (value) =>
      typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/.test(value) ? null : `${label} must be the id of ${called}.`,
    text: (value, names) => {
      if (typeof value !== 'string') return valueToText(value);
      const fields = reference === 'person' ? names.person(value) : reference === 'rotation' ? names.rotation(value) : undefined;
      const name = fields ? textOf(fields, 'name') : null;
      if (name !== null) return name;
      // Only people and rotations are named everywhere; the others are told apart by the start of their id.
      return reference === 'person' || reference === 'rotation'
        ? `unknown ${reference}`
        : `${reference.replace('_', ' ')} ${value.slice(0, 13)}`;
    },
  };
}

/** Text of a fixed form, which `form` says in words; `strip` names the punctuation that is left out when it is stored. */
export function patternField(
  label: string,
  {
    pattern,
    form,
    max,
    strip,
    ...marks
  }: Marks & { readonly pattern: RegExp; readonly form: string; readonly max: number; readonly strip?: RegExp },
): FieldType {
  return {
    label,
    kind: 'scalar',
    ...marks,
    ...(strip ? { normalise: (value: Json) => (typeof value === 'string' ? value.replace(strip, '') : value) } : {}),
    check: (value) => {
      const problem = checkText(label, value, max);
      if (problem !== null || typeof value !== 'string') return problem;
      // A form that was emptied sends empty text where nothing is required.
      return pattern.test(value) || (value === '' && !marks.required) ? null : `${label} must be ${form}.`;
    },
    text: valueToText,
  };
}

/** Own text value of a record, or `null`. */
export function textOf(fields: Fields, name: string): string | null {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Own number of a record, or `null`. */
export function numberOf(fields: Fields, name: string): number | null {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === 'number' ? value : null;
}

/** Own boolean of a record, or `null`. */
export function booleanOf(fields: Fields, name: string): boolean | null {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === 'boolean' ? value : null;
}

/** Any JSON value in words: yes and no, lists joined, objects by key. */
function valueToText(value: Json | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (isList(value)) return value.map(valueToText).join(', ');
  return Object.keys(value)
    .toSorted(compareText)
    .map((key) => `${key}: ${valueToText(value[key])}`)
    .join('; ');
}

const referenceWords: Readonly<Record<ReferenceType, string>> = {
  person: 'a person',
  rotation: 'a rotation',
  schedule_run: 'a schedule run',
  clinic: 'a clinic',
  patient: 'a patient',
  absence: 'an absence',
  assignment: 'an assignment',
};

const maxDepth = 20;

function checkText(label: string, value: Json, max: number): string | null {
  if (typeof value !== 'string') return `${label} must be text.`;
  if (value.length > max) return `${label} can be at most ${max} characters long; this has ${value.length}.`;
  return value.isWellFormed() ? null : `${label} holds half a character, which cannot be stored.`;
}

function checkTree(label: string, value: Json, depth: number): string | null {
  if (depth > maxDepth) return `${label} is nested more than ${maxDepth} levels deep.`;
  if (typeof value === 'number') return Number.isFinite(value) ? null : `${label} holds a number that is not finite.`;
  if (typeof value === 'string') return value.isWellFormed() ? null : `${label} holds half a character, which cannot be stored.`;
  if (value === null || typeof value !== 'object') return null;
  if (isList(value)) return firstProblem(value, (item) => checkTree(label, item, depth + 1));
  return firstProblem(Object.keys(value), (key) => {
    if (key === '__proto__') return `${label} must not hold a key named __proto__.`;
    return checkTree(label, key, depth + 1) ?? checkTree(label, value[key] ?? null, depth + 1);
  });
}

function checkJsonLength(label: string, value: Json, max: number): string | null {
  const length = JSON.stringify(value).length;
  return length > max ? `${label} can be at most ${max} characters long as JSON; this has ${length}.` : null;
}

function firstProblem<T>(items: readonly T[], check: (item: T) => string | null): string | null {
  for (const item of items) {
    const problem = check(item);
    if (problem) return problem;
  }
  return null;
}

// By code unit and not by locale: the same set gives the same bytes everywhere.
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Blanks alone name nothing: on screen and in a list they look like a value that was lost. */
function isBlank(value: Json): boolean {
  return typeof value === 'string' && value.trim() === '';
}

function isTextList(value: Json): value is readonly string[] {
  return isList(value) && value.every((item) => typeof item === 'string');
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isInstant(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text
  );
}

import { RefusedError } from '../errors.ts';
import type { Json } from '../json.ts';

/**
 * The canonical JSON of a value (RFC 8785): keys in the order of their UTF-16 code units, numbers as ECMAScript writes them, `-0` as `0`,
 * no white space. Equal values have equal text. Refuses INVALID what has no canonical form: NaN, infinities, `undefined`, lone surrogates.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return canonicalString(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'object') return isArray(value) ? canonicalArray(value) : canonicalObject(value);
  throw new RefusedError('INVALID', `A value of kind ${typeof value} cannot be stored.`, { what: 'value' });
}

/** Whether two values are the same after canonical form: `1` and `1.0`, and objects whatever the order of their keys. Absent is `null`. */
export function sameJson(left: Json | undefined, right: Json | undefined): boolean {
  const one = left ?? null;
  const other = right ?? null;
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  return canonicalJson(one) === canonicalJson(other);
}

/** Printable ASCII without quotes and backslashes: most texts, and written as they are. */
const plainText = /^[ !#-[\]-~]*$/;

export function canonicalString(text: string): string {
  if (plainText.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new RefusedError('INVALID', 'A text holds half of a character (a lone surrogate).', { what: 'value' });
  return JSON.stringify(text);
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RefusedError('INVALID', `${value} is not a number that can be stored.`, { what: 'value' });
  // String(-0) is '0', and String() is the number formatting that RFC 8785 asks for.
  return String(value);
}

function canonicalArray(values: readonly Json[]): string {
  let text = '[';
  for (let index = 0; index < values.length; index++) {
    if (index > 0) text += ',';
    // A hole reads as undefined and is refused by canonicalJson.
    text += canonicalJson(values[index]!);
  }
  return text + ']';
}

function canonicalObject(value: { readonly [key: string]: Json }): string {
  let text = '{';
  for (const key of Object.keys(value).sort()) {
    if (text.length > 1) text += ',';
    text += `${canonicalString(key)}:${canonicalJson(value[key]!)}`;
  }
  return text + '}';
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

import { valueOf, type Fields, type Json } from '../json.ts';

/** Whether two values are the same, whatever the order of their keys. `null` and absent are the same. */
export function sameValue(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  if (isList(a) || isList(b)) return isList(a) && isList(b) && a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  return sameFields(a, b);
}

/** Whether two records hold the same fields; `null` for a record that does not exist. */
export function sameFields(a: Fields | null, b: Fields | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  return (
    Object.keys(a).every((key) => sameValue(a[key], valueOf(b, key))) &&
    Object.keys(b).every((key) => Object.hasOwn(a, key) || b[key] === null)
  );
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

import { valueOf, type Fields, type Json } from '../json.ts';
import { sameJson } from './canonical.ts';
import { diffFields } from './diff.ts';

/**
 * What an own version says: only the fields that differ from the shared record. `cleared` names those it leaves empty, since a stored record
 * holds no `null`.
 */
export interface Own {
  readonly fields: Fields;
  readonly cleared: readonly string[];
}

/** Differs in nothing: the shared record shows through. */
export const nothingOwn: Own = Object.freeze({ fields: Object.freeze({}), cleared: Object.freeze([]) });

export type Origin = 'own' | 'shared';

/** A field that an own version and the shared record have come apart in since the own version was made. */
export interface FieldDrift {
  readonly field: string;
  /** The shared record when the own version was made, the shared record now, and what the own version shows. `null` is empty. */
  readonly base: Json;
  readonly shared: Json;
  readonly mine: Json;
  /** `apart`: the shared one moved and the own version says something else. `followed`: the shared one moved and shows through. */
  readonly kind: 'apart' | 'followed';
}

/** The shared record with the own version laid over it: `overlay(shared, nothingOwn)` is the shared record. */
export function overlay(shared: Fields, own: Own): Fields {
  if (own.cleared.length === 0 && Object.keys(own.fields).length === 0) return shared;
  const seen: { [field: string]: Json } = {};
  const cleared = new Set(own.cleared);
  for (const source of [shared, own.fields])
    for (const field of Object.keys(source)) if (source !== shared || !cleared.has(field)) setOwn(seen, field, source[field] ?? null);
  return seen;
}

/** What must be laid over the shared record so that the wanted one shows: `overlay(shared, differences(shared, wanted))` is `wanted`. */
export function differences(shared: Fields, wanted: Fields): Own {
  const fields: { [field: string]: Json } = {};
  const cleared: string[] = [];
  for (const difference of diffFields(shared, wanted))
    if (difference.new === null) cleared.push(difference.field);
    else setOwn(fields, difference.field, difference.new);
  return { fields, cleared };
}

/**
 * The own version that shows what is wanted over the shared record, after somebody spoke of some fields. What was said of other fields stays
 * while another shared record, over which the version lies too, says something else: an edit here must not change what is seen there.
 */
export function amend(
  before: Own,
  {
    shared,
    elsewhere,
    wanted,
    spoken,
  }: { readonly shared: Fields; readonly elsewhere: Fields; readonly wanted: Fields; readonly spoken: readonly string[] },
): Own {
  const own = differences(shared, wanted);
  const kept = ownFieldNames(before).filter((field) => !spoken.includes(field) && originOf(elsewhere, before, field) === 'own');
  const standing = onlyFields(before, kept);
  return {
    fields: overlay(own.fields, { fields: standing.fields, cleared: [] }),
    cleared: [...new Set([...own.cleared, ...standing.cleared])].toSorted(),
  };
}

/** The own version without some of its fields: there the shared record shows through again. */
export function withoutFields(own: Own, names: readonly string[]): Own {
  const dropped = new Set(names);
  const fields: { [field: string]: Json } = {};
  for (const field of Object.keys(own.fields)) if (!dropped.has(field)) setOwn(fields, field, own.fields[field] ?? null);
  return { fields, cleared: own.cleared.filter((field) => !dropped.has(field)) };
}

/** The own version with some of its fields alone. */
export function onlyFields(own: Own, names: readonly string[]): Own {
  return withoutFields(
    own,
    ownFieldNames(own).filter((field) => !names.includes(field)),
  );
}

/** The names of the fields an own version speaks of, in order. */
export function ownFieldNames(own: Own): readonly string[] {
  return [...Object.keys(own.fields), ...own.cleared].toSorted();
}

/** Where a field's shown value comes from. A value of one's own that the shared record has come to say too is shared. */
export function originOf(shared: Fields, own: Own, field: string): Origin {
  const speaks = Object.hasOwn(own.fields, field) || own.cleared.includes(field);
  return speaks && !sameJson(valueOf(shared, field), valueOf(own.fields, field)) ? 'own' : 'shared';
}

/** Where the shared record moved since the own version was made on `base`, and what the own version says there, in the order of the fields' names. */
export function driftOf(base: Fields, shared: Fields, own: Own): readonly FieldDrift[] {
  const seen = overlay(shared, own);
  return diffFields(base, shared).map(({ field, old, new: now }) => {
    const mine = valueOf(seen, field);
    return { field, base: old, shared: now, mine, kind: sameJson(mine, now) ? 'followed' : 'apart' };
  });
}

/** Whether two own versions show the same over every shared record. */
export function sameOwn(left: Own, right: Own): boolean {
  return diffFields(left.fields, right.fields).length === 0 && left.cleared.toSorted().join('\n') === right.cleared.toSorted().join('\n');
}

// `__proto__` must become an own key; plain assignment would set the prototype.
function setOwn(fields: { [field: string]: Json }, field: string, value: Json): void {
  Object.defineProperty(fields, field, { value, enumerable: true, configurable: true, writable: true });
}

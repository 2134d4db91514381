import { valueOf, type Fields, type Json } from '../json.ts';
import { canonicalJson, sameJson } from './canonical.ts';
import { conflictKey, type Conflict, type FieldConflict, type RecordConflict, type Resolution } from './conflict.ts';
import { sameFields } from './diff.ts';
import { cleanFields } from './version.ts';

/**
 * Three-way merging of records (the rules are MERGE 4.1 and 4.2). Total: every three stands of a record have an answer. The answer is the same
 * from whichever side it is computed, up to swapping the two sides; it depends on values alone, never on time, locale or order.
 */

/** How a field is merged: whole, by element, by key, or not at all because it is computed again afterwards. */
export type FieldKind = 'scalar' | 'set' | 'object' | 'computed';

/** What the merge must know of a record's type. A field nobody knows merges whole, so that an older program never wipes it. */
export type KindOfField = (type: string, field: string) => FieldKind;

export interface Entity {
  readonly type: string;
  readonly id: string;
}

/** A field both sides left to the merge: how it came out without asking. */
export interface AutomaticMerge {
  readonly entity: Entity;
  /** `null` for a whole record that only one side touched. */
  readonly field: string | null;
  readonly from: 'source' | 'target' | 'both';
  readonly base: Json;
  readonly source: Json;
  readonly target: Json;
  readonly value: Json;
}

export interface RecordMerge {
  /** The merged record, `null` for none. A field in conflict stands as the target has it; a record in conflict too. */
  readonly fields: Fields | null;
  readonly conflicts: readonly Conflict[];
  readonly automatic: readonly AutomaticMerge[];
}

type Stand = Fields | null;

/**
 * Merges one record. With several `bases` (criss-cross) the base is virtual: where they agree it is what they agree on, where they disagree it
 * is unknown, and what is unknown is a conflict unless both sides agree. No base at all is a record that did not exist.
 */
export function mergeRecord(entity: Entity, bases: readonly Stand[], source: Stand, target: Stand, kindOf: KindOfField): RecordMerge {
  const base = bases[0] ?? null;
  const basesAgree = bases.every((other) => sameFields(other, base));
  if (sameFields(source, target))
    return clean(target, basesAgree && sameFields(source, base) ? [] : [record(entity, 'both', base, source, target, source)]);
  if (basesAgree && sameFields(source, base)) return clean(target, [record(entity, 'target', base, source, target, target)]);
  if (basesAgree && sameFields(target, base)) return clean(source, [record(entity, 'source', base, source, target, source)]);
  if (source === null || target === null) {
    const conflict: RecordConflict = {
      entity,
      field: null,
      kind: source === null ? 'delete-modify' : 'modify-delete',
      base: basesAgree ? base : null,
      source,
      target,
      baseUnknown: !basesAgree,
    };
    return { fields: target, conflicts: [conflict], automatic: [] };
  }
  return mergeFields(entity, bases, source, target, kindOf);
}

function mergeFields(entity: Entity, bases: readonly Stand[], source: Fields, target: Fields, kindOf: KindOfField): RecordMerge {
  const isAdd = bases.every((base) => base === null);
  const names = [...new Set([...Object.keys(source), ...Object.keys(target), ...bases.flatMap((base) => Object.keys(base ?? {}))])].sort();
  const merged: { [field: string]: Json } = {};
  const conflicts: FieldConflict[] = [];
  const automatic: AutomaticMerge[] = [];
  const put = (field: string, value: Json): void => {
    Object.defineProperty(merged, field, { value, enumerable: true, configurable: true, writable: true });
  };
  for (const field of names) {
    const mine = valueOf(source, field);
    const theirs = valueOf(target, field);
    const [first = null, ...others] = bases.map((base) => valueOf(base, field));
    const known = others.every((other) => sameJson(other, first));
    const outcome = mergeValue(kindOf(entity.type, field), isAdd || !known ? undefined : first, mine, theirs);
    if (outcome.kind === 'conflict') {
      put(field, theirs);
      conflicts.push({
        entity,
        field,
        kind: isAdd ? 'add-add' : 'modify-modify',
        base: known ? first : null,
        source: mine,
        target: theirs,
        baseUnknown: !known,
      });
    } else {
      put(field, outcome.value);
      if (
        !(known && sameJson(outcome.value, first) && sameJson(mine, theirs)) &&
        !(known && sameJson(mine, first) && sameJson(theirs, first))
      )
        automatic.push({
          entity,
          field,
          from: outcome.from,
          base: known ? first : null,
          source: mine,
          target: theirs,
          value: outcome.value,
        });
    }
  }
  return { fields: cleanFields(merged), conflicts, automatic };
}

type ValueMerge =
  | { readonly kind: 'merged'; readonly value: Json; readonly from: 'source' | 'target' | 'both' }
  | { readonly kind: 'conflict' };

/** Merges one value. `undefined` for the base is “no common start”: added on both sides, or unknown; then only equal values merge. */
function mergeValue(kind: FieldKind, base: Json | undefined, source: Json, target: Json): ValueMerge {
  if (sameJson(source, target)) return { kind: 'merged', value: target, from: 'both' };
  // Computed again after the merge; until then the greater canonical text, so that both directions agree.
  if (kind === 'computed') return { kind: 'merged', value: canonicalJson(source) > canonicalJson(target) ? source : target, from: 'both' };
  if (base === undefined) return { kind: 'conflict' };
  if (sameJson(source, base)) return { kind: 'merged', value: target, from: 'target' };
  if (sameJson(target, base)) return { kind: 'merged', value: source, from: 'source' };
  if (kind === 'set') {
    const value = mergeSets(base, source, target);
    if (value !== undefined) return { kind: 'merged', value, from: 'both' };
  }
  if (kind === 'object') {
    const value = mergeObjects(base, source, target);
    if (value !== undefined) return { kind: 'merged', value, from: 'both' };
  }
  return { kind: 'conflict' };
}

/** Union of what either side added, minus what either removed, in canonical order; absent is the empty set. `undefined` when one is no list. */
function mergeSets(base: Json, source: Json, target: Json): Json | undefined {
  const [was, mine, theirs] = [elementsOf(base), elementsOf(source), elementsOf(target)];
  if (!was || !mine || !theirs) return undefined;
  const kept = new Map<string, Json>();
  for (const [key, element] of [...mine, ...theirs]) if (!was.has(key) || (mine.has(key) && theirs.has(key))) kept.set(key, element);
  if (kept.size === 0) return source === null || target === null ? null : [];
  return [...kept].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, element]) => element);
}

function elementsOf(value: Json): ReadonlyMap<string, Json> | undefined {
  if (value === null) return new Map();
  return Array.isArray(value) ? new Map(value.map((element: Json) => [canonicalJson(element), element])) : undefined;
}

type JsonObject = { readonly [key: string]: Json };

/** Merges by key while all three are objects; lists and changes of type are whole values. `undefined` when a key conflicts. */
function mergeObjects(base: Json, source: Json, target: Json, prefer?: 'source' | 'target' | 'base'): Json | undefined {
  if (!isObject(base) || !isObject(source) || !isObject(target)) return prefer === undefined ? undefined : { source, target, base }[prefer];
  const merged: { [key: string]: Json } = {};
  for (const key of [...new Set([...Object.keys(base), ...Object.keys(source), ...Object.keys(target)])].sort()) {
    const [was, mine, theirs] = [entryOf(base, key), entryOf(source, key), entryOf(target, key)];
    let value: Json | undefined;
    if (sameEntry(mine, theirs) || sameEntry(mine, was)) value = theirs;
    else if (sameEntry(theirs, was)) value = mine;
    else {
      value =
        was === undefined || mine === undefined || theirs === undefined
          ? prefer && { source: mine, target: theirs, base: was }[prefer]
          : mergeObjects(was, mine, theirs, prefer);
      if (value === undefined && prefer === undefined) return undefined;
    }
    if (value !== undefined) Object.defineProperty(merged, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return merged;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entryOf(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function sameEntry(a: Json | undefined, b: Json | undefined): boolean {
  return a === undefined || b === undefined ? a === b : sameJson(a, b);
}

function clean(fields: Stand, automatic: readonly AutomaticMerge[]): RecordMerge {
  return { fields: fields === null ? null : cleanFields(fields), conflicts: [], automatic };
}

function record(
  entity: Entity,
  from: 'source' | 'target' | 'both',
  base: Stand,
  source: Stand,
  target: Stand,
  value: Stand,
): AutomaticMerge {
  return { entity, field: null, from, base, source, target, value };
}

/** A merged record with its conflicts decided. `extra` is the source's record under a new id, for `keep-both`. */
export interface ResolvedRecord {
  readonly fields: Fields | null;
  readonly extra: { readonly id: string; readonly fields: Fields } | null;
  readonly open: readonly Conflict[];
}

/**
 * Applies resolutions (by `conflictKey`) to a merged record. What nobody decided stays open and stands as the target has it. Taking one side of
 * a conflict in an object keeps what the other side changed at other keys. The caller has made sure that each resolution is offered.
 */
export function resolveRecord(merge: RecordMerge, resolutions: ReadonlyMap<string, Resolution>, kindOf: KindOfField): ResolvedRecord {
  let fields = merge.fields;
  let extra: ResolvedRecord['extra'] = null;
  const open: Conflict[] = [];
  for (const conflict of merge.conflicts) {
    const resolution = resolutions.get(conflictKey(conflict));
    if (resolution === undefined) {
      open.push(conflict);
      continue;
    }
    if (conflict.field === null) {
      if (resolution.kind === 'keep-both' && conflict.source !== null) extra = { id: resolution.newId, fields: conflict.source };
      fields = chosenRecord(conflict, resolution);
    } else {
      const value = chosenValue(conflict, resolution, kindOf(conflict.entity.type, conflict.field));
      fields = cleanFields({ ...fields, [conflict.field]: value });
    }
  }
  return { fields, extra, open };
}

function chosenRecord(conflict: RecordConflict, resolution: Resolution): Fields | null {
  switch (resolution.kind) {
    case 'source':
      return conflict.source;
    case 'target':
    case 'keep-both':
      return conflict.target;
    case 'base':
      return conflict.base;
    case 'delete':
      return null;
    case 'custom':
      return isObject(resolution.value) ? cleanFields(resolution.value) : conflict.target;
  }
}

function chosenValue(conflict: FieldConflict, resolution: Resolution, kind: FieldKind): Json {
  switch (resolution.kind) {
    case 'custom':
      return resolution.value;
    case 'source':
    case 'target':
    case 'base': {
      const whole = conflict[resolution.kind];
      return kind === 'object' ? (mergeObjects(conflict.base, conflict.source, conflict.target, resolution.kind) ?? whole) : whole;
    }
    case 'delete':
    case 'keep-both':
      return conflict.target;
  }
}

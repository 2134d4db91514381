import { valueOf, type Fields, type Json } from '../json.ts';
import { sameJson } from './canonical.ts';
import { diffFields, sameFields } from './diff.ts';
import { cleanFields } from './version.ts';

/** One change of the commit to be taken back, with its records. */
export interface RecordChange {
  readonly type: string;
  readonly id: string;
  readonly before: Fields | null;
  readonly after: Fields | null;
}

/** What has to be written so that the entity is as it was before. `fields` is the whole record; `null` deletes. */
export interface InverseChange {
  readonly type: string;
  readonly id: string;
  readonly op: 'create' | 'update' | 'delete';
  readonly fields: Fields | null;
}

/** A field (or, with `field: null`, the record) that somebody changed since. */
export interface InverseConflict {
  readonly type: string;
  readonly id: string;
  readonly field: string | null;
  /** What the commit had set it to, and what it is now; `null` is absent. */
  readonly committed: Json;
  readonly now: Json;
}

export interface Inverse {
  readonly changes: readonly InverseChange[];
  readonly conflicts: readonly InverseConflict[];
}

/**
 * The inverse of a commit's changes against the state of now, field by field: what still holds the commit's value goes back, what has gone
 * back already is left alone, what was changed since is a conflict. With conflicts the caller should write nothing.
 */
export function invertChanges(changes: readonly RecordChange[], now: (type: string, id: string) => Fields | null): Inverse {
  const inverse: InverseChange[] = [];
  const conflicts: InverseConflict[] = [];
  for (const change of changes) {
    const current = now(change.type, change.id);
    if (change.before === null) takeBackCreate(change, current);
    else if (change.after === null) takeBackDelete(change, change.before, current);
    else takeBackUpdate(change, change.before, change.after, current);
  }
  return { changes: inverse, conflicts };

  function takeBackCreate(change: RecordChange, current: Fields | null): void {
    if (current === null || change.after === null) return;
    if (sameFields(current, change.after)) inverse.push({ type: change.type, id: change.id, op: 'delete', fields: null });
    else reportFields(change, change.after, current);
  }

  function takeBackDelete(change: RecordChange, before: Fields, current: Fields | null): void {
    if (current === null) inverse.push({ type: change.type, id: change.id, op: 'create', fields: cleanFields(before) });
    // Somebody made it anew since; the same content means that it is back already.
    else if (!sameFields(current, before)) reportFields(change, before, current);
  }

  function takeBackUpdate(change: RecordChange, before: Fields, after: Fields, current: Fields | null): void {
    if (current === null) {
      conflicts.push({ type: change.type, id: change.id, field: null, committed: after, now: null });
      return;
    }
    const next: Record<string, Json> = { ...current };
    let moved = false;
    for (const { field, old, new: committed } of diffFields(before, after)) {
      const value = valueOf(current, field);
      if (sameJson(value, old)) continue;
      if (sameJson(value, committed)) {
        next[field] = old;
        moved = true;
      } else conflicts.push({ type: change.type, id: change.id, field, committed, now: value });
    }
    if (moved) inverse.push({ type: change.type, id: change.id, op: 'update', fields: cleanFields(next) });
  }

  function reportFields(change: RecordChange, committed: Fields, current: Fields): void {
    for (const difference of diffFields(committed, current))
      conflicts.push({
        type: change.type,
        id: change.id,
        field: difference.field,
        committed: difference.old,
        now: difference.new,
      });
  }
}

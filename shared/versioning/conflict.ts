import type { Fields, Json } from '../json.ts';

/** First word: what the source did; second: what the target did. */
export type ConflictKind = 'modify-modify' | 'modify-delete' | 'delete-modify' | 'add-add';

interface Entity {
  readonly type: string;
  readonly id: string;
}

/** One field that both sides changed to different values. `null` is absent. */
export interface FieldConflict {
  readonly entity: Entity;
  readonly field: string;
  readonly kind: 'modify-modify' | 'add-add';
  readonly base: Json;
  readonly source: Json;
  readonly target: Json;
  /** Several merge bases disagree on this field: there is no value that both sides started from, and `base` is `null`. */
  readonly baseUnknown: boolean;
}

/** One record that a side deleted and the other changed. The values are whole records; `null` is deleted. */
export interface RecordConflict {
  readonly entity: Entity;
  readonly field: null;
  readonly kind: 'modify-delete' | 'delete-modify';
  readonly base: Fields | null;
  readonly source: Fields | null;
  readonly target: Fields | null;
  readonly baseUnknown: boolean;
}

export type Conflict = FieldConflict | RecordConflict;

/** What was chosen for a conflict. Kind and value are kept apart, so that the text “source” can be a value. */
export type Resolution =
  | { readonly kind: 'source' | 'target' | 'base' }
  | { readonly kind: 'custom'; readonly value: Json }
  /** Only for records. `keep-both` keeps the target's stand and adds the source's record under `newId`. */
  | { readonly kind: 'delete' }
  | { readonly kind: 'keep-both'; readonly newId: string };

/** A conflict's name within its merge: the record and the field. Stable while the three values may change. */
export function conflictKey(conflict: Pick<Conflict, 'entity' | 'field'>): string {
  return JSON.stringify([conflict.entity.type, conflict.entity.id, conflict.field]);
}

/** Whether a resolution can be chosen for a conflict at all; the value of a custom one is not looked at. */
export function isOffered(conflict: Conflict, resolution: Resolution): boolean {
  switch (resolution.kind) {
    case 'source':
    case 'target':
    case 'custom':
      return true;
    case 'base':
      return !conflict.baseUnknown && !(conflict.field === null && conflict.base === null);
    case 'delete':
      return conflict.field === null;
    case 'keep-both':
      return conflict.field === null && conflict.source !== null;
  }
}

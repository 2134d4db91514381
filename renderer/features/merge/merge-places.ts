import type { Conflict, MergeClash, MergeSession } from '../../../shared/contract/app/merges.ts';
import type { Fields } from '../../../shared/json.ts';
import { findEntityType } from '../../../shared/roster/entity-type.ts';

/** A record on both sides; `null` where a side does not have it. */
export interface BothStands {
  readonly source: Fields | null;
  readonly target: Fields | null;
}

/** Where a record stands in the grid: whose row, and its first and last half day as slots. */
export interface GridSpan {
  readonly personId: string;
  readonly from: number;
  readonly to: number;
}

export type StandsByRecord = ReadonlyMap<string, BothStands>;

/** The key of a record in maps of the page. */
export function recordKey({ type, id }: { readonly type: string; readonly id: string }): string {
  return `${type} ${id}`;
}

/** The fields of a record in conflict, as far as the page knows them: as the target has it, else as the source does. */
export function fieldsOf(
  conflict: Pick<Conflict, 'entity' | 'field' | 'base' | 'source' | 'target'>,
  stands: StandsByRecord,
): Fields | null {
  const known = stands.get(recordKey(conflict.entity));
  if (known) return known.target ?? known.source;
  return conflict.field === null ? (asFields(conflict.target) ?? asFields(conflict.source) ?? asFields(conflict.base)) : null;
}

/** Where a record stands in the grid, `null` for one that has no place there. */
export function spanOf(type: string, fields: Fields | null): GridSpan | null {
  const axes = fields === null ? null : (findEntityType(type)?.axes(fields) ?? null);
  return axes === null || axes.subject === null ? null : { personId: axes.subject, from: axes.from, to: axes.to };
}

/** The person whose record is in conflict, `null` for records that belong to nobody. */
export function personOf(conflict: Conflict, stands: StandsByRecord): string | null {
  if (conflict.entity.type === 'person') return conflict.entity.id;
  const fields = fieldsOf(conflict, stands);
  const person = spanOf(conflict.entity.type, fields)?.personId ?? fields?.['personId'];
  return typeof person === 'string' ? person : null;
}

/** A JSON value that is a record's fields. */
export function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** Which of the conflicts that are still open, and the one on screen, a choice for many would decide. */
export interface DecisionScope {
  readonly kind: 'one' | 'record' | 'person' | 'field' | 'all';
  readonly conflicts: readonly Conflict[];
  /** Decided ones of the same kind, which stay as they are. */
  readonly decided: number;
}

/** The scopes in which a choice for this conflict can be made at once; those that hold only this one are left out. */
export function scopesOf(conflict: Conflict, session: Pick<MergeSession, 'conflicts'>, stands: StandsByRecord): readonly DecisionScope[] {
  const person = personOf(conflict, stands);
  const key = recordKey(conflict.entity);
  const tests: readonly (readonly [DecisionScope['kind'], (other: Conflict) => boolean])[] = [
    ['one', (other) => other.id === conflict.id],
    ['record', (other) => recordKey(other.entity) === key],
    ['person', (other) => person !== null && personOf(other, stands) === person],
    ['field', (other) => other.entity.type === conflict.entity.type && other.field === conflict.field],
    ['all', () => true],
  ];
  const scopes: DecisionScope[] = [];
  for (const [kind, belongs] of tests) {
    const all = session.conflicts.filter(belongs);
    const conflicts = all.filter((other) => other.id === conflict.id || other.decision === null);
    const ids = conflicts.map(({ id }) => id).join('\n');
    // A wider scope that holds no more than a narrower one says nothing new.
    if (kind !== 'one' && (conflicts.length < 2 || scopes.some((known) => known.conflicts.map(({ id }) => id).join('\n') === ids)))
      continue;
    scopes.push({ kind, conflicts, decided: all.length - conflicts.length });
  }
  return scopes;
}

/** The days (as slots) and people that a clash is about. */
export function spansOfClash({ slots, halfDays }: Pick<MergeClash, 'slots' | 'halfDays'>): {
  readonly people: readonly string[];
  readonly dates: readonly string[];
} {
  return {
    people: [...new Set(slots.map(({ personId }) => personId))],
    dates: [...new Set([...slots.map(({ date }) => date), ...halfDays.map(({ date }) => date)])],
  };
}

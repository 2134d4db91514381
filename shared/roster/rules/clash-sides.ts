import type { EntityId } from '../../ids.ts';
import type { EntityRecord } from '../entity-record.ts';
import { recordKey } from '../focus.ts';
import { cellOf, type StateCell } from '../roster-state.ts';
import type { ClashScope, Finding } from './clash.ts';
import { differsIn, isTouchedBy, standOf, type MergedRecord } from './merged-record.ts';

interface Entity {
  readonly type: string;
  readonly id: EntityId;
}

/** Tells which records of each side make a clash together. */
export interface SideIndex {
  entitiesOf(finding: Finding): { readonly sourceEntities: Entity[]; readonly targetEntities: Entity[] };
  /** The touched records that take part in a clash: those it names, and those that left or came to the half days it follows from. */
  touchedBy(finding: Finding): readonly MergedRecord[];
}

/** Indexes the records that either side touched. `rotations` are those of the merged roster. */
export function indexSides(merges: readonly MergedRecord[], rotations: readonly EntityRecord[]): SideIndex {
  const byKey = new Map(merges.map((merge) => [recordKey(merge.type, merge.id), merge]));
  const bySlot = new Map<number, Set<MergedRecord>>();
  for (const merge of merges)
    for (const { slot } of cellsOf(merge, rotations)) {
      const known = bySlot.get(slot);
      if (known) known.add(merge);
      else bySlot.set(slot, new Set([merge]));
    }
  const touchedBy = (finding: Finding): readonly MergedRecord[] => {
    const found = new Set<MergedRecord>();
    for (const { type, id } of [...finding.entities, ...finding.gone]) add(found, byKey.get(recordKey(type, id)));
    // Whose level changed may take up more of a supervisor, or come under the hour rules, without having moved.
    for (const { personId } of finding.slots) {
      const person = byKey.get(recordKey('person', personId));
      if (person && differsIn(person.base, person.merged, ['type', 'pgyLevel'])) found.add(person);
    }
    if (finding.scope) for (const merge of inScope(finding.scope, bySlot, rotations)) found.add(merge);
    return [...found].toSorted((a, b) => compareText(recordKey(a.type, a.id), recordKey(b.type, b.id)));
  };
  return {
    touchedBy,
    entitiesOf: (finding) => {
      const touched = touchedBy(finding);
      const of = (side: 'source' | 'target'): Entity[] =>
        touched.filter((merge) => isTouchedBy(merge, side)).map(({ type, id }) => ({ type, id }));
      const [sourceEntities, targetEntities] = [of('source'), of('target')];
      // A record that nobody touched stands on both sides; it is named where a side would otherwise have no part in it.
      const named = new Set([...sourceEntities, ...targetEntities].map(({ type, id }) => recordKey(type, id)));
      const untouched = finding.entities.filter(({ type, id }) => !named.has(recordKey(type, id))).map(({ type, id }) => ({ type, id }));
      return {
        sourceEntities: sourceEntities.length > 0 ? sourceEntities : untouched,
        targetEntities: targetEntities.length > 0 ? targetEntities : untouched,
      };
    },
  };
}

function* inScope(
  scope: ClashScope,
  bySlot: ReadonlyMap<number, ReadonlySet<MergedRecord>>,
  rotations: readonly EntityRecord[],
): Generator<MergedRecord> {
  for (let slot = scope.from; slot <= scope.to; slot++)
    for (const merge of bySlot.get(slot) ?? [])
      if (cellsOf(merge, rotations).some((cell) => cell.slot === slot && isOf(scope, cell))) yield merge;
}

function isOf({ personId, rotationId, supervision }: ClashScope, cell: StateCell): boolean {
  if (personId !== undefined && (cell.personId !== personId || cell.off)) return false;
  if (rotationId !== undefined && cell.shown?.id !== rotationId) return false;
  return !supervision || cell.supervises !== 'no' || cell.supervision.above > 0;
}

function cellsOf(merge: MergedRecord, rotations: readonly EntityRecord[]): readonly StateCell[] {
  if (merge.type !== 'assignment') return [];
  return [merge.base, merge.source, merge.target, merge.merged].flatMap((fields) => {
    const cell = fields && cellOf(standOf(merge, fields), rotations);
    return cell ? [cell] : [];
  });
}

function add<T>(set: Set<T>, item: T | undefined): void {
  if (item !== undefined) set.add(item);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

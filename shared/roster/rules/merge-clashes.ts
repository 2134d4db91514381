import type { EntityId } from '../../ids.ts';
import type { Fields } from '../../json.ts';
import type { Names } from '../definition.ts';
import { recordKey } from '../focus.ts';
import { isTrainee } from '../person-row.ts';
import type { RosterState } from '../roster-state.ts';
import { checkMergedRecords } from './check-record.ts';
import { toClash, type Clash, type Finding, type Rule } from './clash.ts';
import { indexSides, type SideIndex } from './clash-sides.ts';
import { entangledEdits } from './entangled-edit.ts';
import { longRules, orderClashes, rules } from './index.ts';
import { findLockedChanges, type LockWindow } from './lock-window.ts';
import { overlayMerges, type MergedRecord } from './merged-record.ts';
import { readStatePair, rotationsOf } from './merge-states.ts';
import { neighbourhoodOf, type Neighbourhood } from './neighbourhood.ts';
import { rememberAnswers, type RecordReader } from '../record-reader.ts';
import { isGraver } from './severity.ts';
import { findStaleSwaps } from './swap-stale.ts';
import { swapTwice } from './swap-twice.ts';
import { unique } from './unique.ts';

/** Changes to the merged roster that clear a clash and bring none. `fields` is the whole record after the change. */
export interface Repair {
  readonly id: string;
  readonly text: string;
  readonly changes: {
    readonly op: 'create' | 'update' | 'delete';
    readonly type: string;
    readonly id: EntityId;
    readonly fields: Fields | null;
  }[];
}

/** A clash that a merge brings, with the records of each side that make it together. */
export interface MergeClash extends Clash {
  readonly sourceEntities: { readonly type: string; readonly id: EntityId }[];
  readonly targetEntities: { readonly type: string; readonly id: EntityId }[];
  readonly repairs: Repair[];
}

/** Rules that judge a merged state. A window leaves out those that need four weeks, or records that it does not hold. */
export const stateRules: readonly Rule[] = [...rules, ...longRules, unique, swapTwice];

export interface NewClashesInput extends LockWindow {
  /** The target as it is, and as the merge makes it: the same part of both. */
  readonly before: RosterState;
  readonly after: RosterState;
  /** Every record that either side touched, as far as the part concerns it. */
  readonly merges: readonly MergedRecord[];
  /** For sentences; the people and rotations of the part unless told. */
  readonly names?: Names;
}

/**
 * The clashes that a merge adds to the target, in the order of `orderClashes` and without repairs. What the target had already is carried and not
 * listed, unless the merge makes it worse. Long lists of records are cut; `text` has the count.
 */
export function newClashes(input: NewClashesInput): readonly MergeClash[] {
  return toMergeClashes(findAdded(input), indexSides(input.merges, [...input.after.rotations.values()]));
}

/** The same as findings, to be compared with those of another state. */
export function findAdded({ before, after, merges, today, lockDays, names = namesOf(after, before) }: NewClashesInput): readonly Finding[] {
  return [
    ...stateRules.flatMap((rule) => rule.findAdded?.(before, after) ?? compareFindings(rule.find(before), rule.find(after))),
    ...findStaleSwaps(merges, names),
    ...entangledEdits(merges, names),
    ...checkMergedRecords(merges, names),
    ...findLockedChanges(merges, { today, lockDays }, names),
  ];
}

export interface MergeInput extends LockWindow {
  /** The target as it is. */
  readonly target: RecordReader;
  readonly merges: readonly MergedRecord[];
}

/** What is known of a merge while its clashes and their repairs are looked for. */
export interface MergeContext extends MergeInput {
  readonly merged: RecordReader;
  readonly sides: SideIndex;
  readonly names: Names;
}

/** Reads what a merge needs from the target, and no more, and answers with the clashes that it adds. */
export function findMergeClashes(input: MergeInput): readonly MergeClash[] {
  return judgeMerge(openMerge(input)).clashes;
}

/** Prepares a merge: the target is asked each question once. */
export function openMerge(input: MergeInput): MergeContext {
  const target = rememberAnswers(input.target);
  const merged = overlayMerges(target, input.merges);
  // Who is gone from the merged roster is still called by name.
  const gone = new Map(input.merges.flatMap(({ type, id, base, source, target: stand }) => lastStand(type, id, [stand, source, base])));
  const find = (type: string, id: string): Fields | undefined => merged.record(type, id)?.fields ?? gone.get(recordKey(type, id));
  const names = { person: (id: string) => find('person', id), rotation: (id: string) => find('rotation', id) };
  return { ...input, target, merged, names, sides: indexSides(input.merges, rotationsOf(merged)) };
}

function lastStand(type: string, id: string, stands: readonly (Fields | null)[]): readonly (readonly [string, Fields])[] {
  const fields = type === 'person' || type === 'rotation' ? stands.find((stand) => stand !== null) : undefined;
  return fields ? [[recordKey(type, id), fields]] : [];
}

/** The clashes of a prepared merge, and the same as findings. */
export function judgeMerge(context: MergeContext): { readonly clashes: readonly MergeClash[]; readonly findings: readonly Finding[] } {
  const { merges, today, lockDays, names } = context;
  const pair = readStatePair(context, neighbourhoodFor(context, merges), merges);
  const known = new Set(merges.filter(({ base, source, target }) => base ?? source ?? target).map(({ type, id }) => recordKey(type, id)));
  const findings = orderClashes(findAdded({ ...pair, merges, today, lockDays, names }).map((finding) => softenUnknown(finding, known)));
  return { clashes: toMergeClashes(findings, context.sides), findings };
}

/**
 * A reference to something that neither side ever had was written that way on purpose or by an import, and is no doing of the merge: it is told
 * and holds nothing up. One to something that a side deleted is what the merge has to answer for.
 */
function softenUnknown(finding: Finding, known: ReadonlySet<string>): Finding {
  const { gone } = finding;
  if (gone.length === 0 || gone.some(({ type, id }) => known.has(recordKey(type, id)))) return finding;
  return { ...finding, severity: 'info' };
}

/** What is needed to judge some of the merged records. */
export function neighbourhoodFor(
  { target, merged, today, merges: whole }: Pick<MergeContext, 'target' | 'merged' | 'today' | 'merges'>,
  merges: readonly MergedRecord[],
): Neighbourhood {
  const hasLimits = (personId: string): boolean => {
    const person = merged.record('person', personId);
    return person !== null && isTrainee(person);
  };
  return neighbourhoodOf(merges, { rotations: { target: rotationsOf(target), merged: rotationsOf(merged) }, today, whole, hasLimits });
}

/** Which findings of `after` are new, or worse than in `before`. */
export function compareFindings(before: readonly Finding[], after: readonly Finding[]): readonly Finding[] {
  const known = new Map(before.map((finding) => [finding.group, finding]));
  return after.filter((finding) => isWorse(finding, known.get(finding.group)));
}

// Weights are sums of thirds at worst; the last bit must not make something worse.
const weightTolerance = 1e-6;

/** Whether a finding is more than what was found before under the same group. */
export function isWorse(finding: Finding, before: Finding | undefined): boolean {
  if (!before || isGraver(finding.severity, before.severity) || finding.weight > before.weight + weightTolerance) return true;
  if (!finding.byMember) return false;
  const members = new Set(before.entities.map(({ type, id }) => recordKey(type, id)));
  return finding.entities.some(({ type, id }) => !members.has(recordKey(type, id)));
}

const mostListed = 500;

function toMergeClashes(findings: readonly Finding[], sides: SideIndex): readonly MergeClash[] {
  return orderClashes(findings).map((finding) => {
    const { sourceEntities, targetEntities } = sides.entitiesOf(finding);
    const clash = toClash(finding);
    return {
      ...clash,
      entities: clash.entities.slice(0, mostListed),
      slots: clash.slots.slice(0, mostListed),
      halfDays: clash.halfDays.slice(0, mostListed),
      sourceEntities: sourceEntities.slice(0, mostListed),
      targetEntities: targetEntities.slice(0, mostListed),
      repairs: [],
    };
  });
}

/** Names as in the merged roster; of what is gone from it, as in the target. */
function namesOf(after: RosterState, before: RosterState): Names {
  return {
    person: (id) => (after.people.get(id) ?? before.people.get(id))?.fields,
    rotation: (id) => (after.rotations.get(id) ?? before.rotations.get(id))?.fields,
  };
}

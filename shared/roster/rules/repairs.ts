import type { EntityId } from '../../ids.ts';
import { joinSpans, recordKey, type Span } from '../focus.ts';
import { shortHash } from '../short-hash.ts';
import { parseSlot } from '../slot.ts';
import type { Finding } from './clash.ts';
import {
  findAdded,
  isWorse,
  judgeMerge,
  neighbourhoodFor,
  openMerge,
  type MergeClash,
  type MergeContext,
  type MergeInput,
  type Repair,
} from './merge-clashes.ts';
import { overlayMerges, type MergedRecord } from './merged-record.ts';
import { readState } from './merge-states.ts';
import { joinRows, type Neighbourhood } from './neighbourhood.ts';
import { repairCandidates, type Candidate, type RepairChange, type SideNames } from './repair-candidates.ts';

/** A merge that was judged: its clashes, and on demand what would clear each. */
export interface MergeAnalysis {
  /** Without repairs. */
  readonly clashes: readonly MergeClash[];
  /** One to three repairs of a clash, or none where none can be proved. Each costs a handful of small reads; ask when they are looked at. */
  repairsOf(key: string): readonly Repair[];
}

const mostOffered = 3;
const mostTried = 12;
const mostOfKind: Readonly<Record<string, number>> = { remove: 2 };

/** Judges a merge and stands ready to repair it. `sideNames` are the branches’ names, for the words on the buttons. */
export function analyseMerge(input: MergeInput & { readonly sideNames: SideNames }): MergeAnalysis {
  const context = { ...openMerge(input), sideNames: input.sideNames };
  const { clashes, findings } = judgeMerge(context);
  const findingByKey = new Map(findings.map((finding) => [finding.key, finding]));
  const known = new Map<string, readonly Repair[]>();
  return {
    clashes,
    repairsOf: (key) => {
      const finding = findingByKey.get(key);
      const repairs = known.get(key) ?? (finding ? findRepairs(context, finding) : []);
      known.set(key, repairs);
      return repairs;
    },
  };
}

/**
 * The merged records after a repair: what it changes is merged so, whatever was decided before. A record that the merge had not touched joins
 * those it has.
 */
export function applyRepair(
  merges: readonly MergedRecord[],
  repair: { readonly changes: readonly RepairChange[] },
  targetOf: (type: string, id: string) => MergedRecord['target'],
): readonly MergedRecord[] {
  const next = new Map(merges.map((merge) => [recordKey(merge.type, merge.id), merge]));
  for (const { type, id, fields } of repair.changes) {
    const key = recordKey(type, id);
    const known = next.get(key);
    const target = known ? known.target : targetOf(type, id);
    const { undecided: _, ...stands } = known ?? { type, id, base: target, source: target, target };
    next.set(key, { ...stands, merged: fields });
  }
  return [...next.values()];
}

/** The repairs of one clash that hold: applied to the merged roster, the clash is gone and none has come. */
function findRepairs(context: MergeContext & { readonly sideNames: SideNames }, finding: Finding): readonly Repair[] {
  const repairs: Repair[] = [];
  const offered = new Map<string, number>();
  let tried = 0;
  for (const candidate of repairCandidates(context, finding)) {
    const ofKind = offered.get(candidate.kind) ?? 0;
    if (ofKind >= (mostOfKind[candidate.kind] ?? 1) || touchesUndecided(context, candidate)) continue;
    if (++tried > mostTried) break;
    const id = repairId(finding.key, candidate);
    if (repairs.some((repair) => repair.id === id) || !holds(context, finding, candidate)) continue;
    offered.set(candidate.kind, ofKind + 1);
    repairs.push({ id, text: candidate.text, changes: [...candidate.changes] });
    if (repairs.length === mostOffered) break;
  }
  return repairs;
}

function touchesUndecided({ merges }: MergeContext, { changes }: Candidate): boolean {
  return changes.some(({ type, id }) => merges.some((merge) => merge.type === type && merge.id === id && merge.undecided));
}

/**
 * Applies a candidate to the merged roster and lets all rules judge the part of it that the candidate or the clash touches. It holds when the
 * clash is gone and nothing is there that the merge had not already, or worse than it was.
 */
function holds(context: MergeContext, finding: Finding, { changes }: Candidate): boolean {
  const { target, merged, today, lockDays, names } = context;
  const targetOf = (type: string, id: string): MergedRecord['target'] => target.record(type, id)?.fields ?? null;
  const merges = concerned(context, finding, changes);
  const repaired = applyRepair(merges, { changes }, targetOf);
  const changed = new Set(changes.map(({ type, id }) => recordKey(type, id)));
  const isChanged = ({ type, id }: MergedRecord): boolean => changed.has(recordKey(type, id));
  const roster = overlayMerges(merged, repaired.filter(isChanged));
  const neighbourhood = unite([
    // What the merge had left pointing to nothing is known from the clash; only what the repair takes away is looked for again.
    { ...neighbourhoodFor(context, merges.filter(isChanged)), gone: [] },
    neighbourhoodFor({ ...context, merged: roster }, repaired.filter(isChanged)),
    aroundFinding(finding),
  ]);
  const touched = [...repaired, ...finding.entities];
  const before = readState(target, neighbourhood, touched);
  const facts = { before, today, lockDays, names };
  const now = findAdded({ ...facts, after: readState(merged, neighbourhood, touched), merges });
  const then = findAdded({ ...facts, after: readState(roster, neighbourhood, touched), merges: repaired });
  const known = new Map(now.map((each) => [each.group, each]));
  return then.every((each) => each.group !== finding.group && !isWorse(each, known.get(each.group)));
}

/** The merged records that rules about changes must see: those of the clash and of the repair, and every swap. */
function concerned(
  { merges, sides }: MergeContext,
  finding: Finding,
  changes: readonly { readonly type: string; readonly id: EntityId }[],
): readonly MergedRecord[] {
  const named = new Set([
    ...sides.touchedBy(finding).map(keyOf),
    ...finding.gone.map(({ type, id }) => recordKey(type, id)),
    ...changes.map(keyOf),
  ]);
  return merges.filter((merge) => merge.type === 'swap_record' || named.has(keyOf(merge)));
}

function keyOf({ type, id }: { readonly type: string; readonly id: string }): string {
  return recordKey(type, id);
}

/** What must be read to see whether a clash is still there. */
export function aroundFinding({ entities, slots, scope, gone, rule }: Finding): Neighbourhood {
  const personId = scope?.personId;
  const isColumn = scope !== null && personId === undefined;
  return {
    personIds: [],
    hull: null,
    rows: [
      ...slots.flatMap(({ personId: id, date, half }) => (isColumn ? [] : rowAt(id, date, half))),
      ...(personId !== undefined && scope ? [{ personId, from: scope.from, to: scope.to }] : []),
    ],
    columns: isColumn ? [{ from: scope.from, to: scope.to }] : [],
    lookups: gone,
    gone: [],
    identifiers: [],
    swaps: rule.startsWith('swap') || entities.some(({ type }) => type === 'swap_record'),
  };
}

function rowAt(personId: string, date: string, half: string): Neighbourhood['rows'] {
  const slot = parseSlot(date, half);
  return slot === null ? [] : [{ personId, from: slot, to: slot }];
}

/** All that several neighbourhoods name. */
export function unite(parts: readonly Neighbourhood[]): Neighbourhood {
  const rows = joinRows(parts.flatMap((part) => part.rows));
  const columns = joinSpans(parts.flatMap((part) => part.columns));
  return {
    personIds: [...new Set(parts.flatMap((part) => part.personIds))],
    hull: hullOf([...rows, ...columns]),
    rows,
    columns,
    lookups: parts.flatMap((part) => part.lookups),
    gone: parts.flatMap((part) => part.gone),
    identifiers: parts.flatMap((part) => part.identifiers),
    swaps: parts.some((part) => part.swaps),
  };
}

function hullOf(spans: readonly Span[]): Span | null {
  if (spans.length === 0) return null;
  return { from: Math.min(...spans.map(({ from }) => from)), to: Math.max(...spans.map(({ to }) => to)) };
}

/** The same for the same changes, wherever and whenever they are proposed. */
export function repairId(key: string, { changes }: Candidate): string {
  return `repair-${shortHash(JSON.stringify([key, changes]))}`;
}

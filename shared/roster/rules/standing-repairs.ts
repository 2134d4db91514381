import type { EntityRecord } from '../entity-record.ts';
import { recordKey } from '../focus.ts';
import { readRosterState, type RosterState } from '../roster-state.ts';
import { placeOf, rememberAnswers, toList, type RecordReader } from '../record-reader.ts';
import { slotOf, slotToDate } from '../slot.ts';
import type { Finding } from './clash.ts';
import { indexSides } from './clash-sides.ts';
import { rules } from './index.ts';
import { compareFindings, findAdded, neighbourhoodFor, openMerge, stateRules, type MergeContext, type Repair } from './merge-clashes.ts';
import { overlayMerges, type MergedRecord } from './merged-record.ts';
import { readState, rotationsOf } from './merge-states.ts';
import { repairCandidates, type Candidate, type SideNames } from './repair-candidates.ts';
import { aroundFinding, repairId, unite } from './repairs.ts';

const mostOffered = 4;
const mostTried = 16;
const mostOfKind: Readonly<Record<string, number>> = { remove: 2, move: 2, give: 3 };

/** A clash of a roster as it stands, found again by its key. `null` where the roster does not have it, or has it no more. */
export function findStanding(
  roster: RecordReader,
  { key, from, to }: { readonly key: string; readonly from: string; readonly to: string },
): Finding | null {
  const rule = rules.find((each) => key.startsWith(`${each.rule}|`));
  return rule?.find(stateOf(roster, { from, to })).find((finding) => finding.key === key) ?? null;
}

/** A window of the roster, as it is shown. */
function stateOf(roster: RecordReader, { from, to }: { readonly from: string; readonly to: string }): RosterState {
  const span = { from: slotOf(from, 'AM'), to: slotOf(to, 'PM') };
  return readRosterState({
    from,
    to,
    people: toList(roster.all('person')),
    assignments: roster.touching('assignment', span),
    absences: roster.touching('absence', span),
    rotations: rotationsOf(roster),
    holidays: roster.touching('holiday', span),
  });
}

/**
 * What would clear a clash outside of a merge: applied to the roster, the clash is gone, and nothing is there that was not before, or worse. The
 * one that keeps most comes first; none where none can be proved.
 */
export function repairStanding(target: RecordReader, finding: Finding): readonly Repair[] {
  const roster = rememberAnswers(target);
  // Both sides of a merge that changes nothing: what takes part in the clash stands the same on all of them.
  const merges = finding.entities.slice(0, 50).flatMap(({ type, id }): readonly MergedRecord[] => {
    const fields = roster.record(type, id)?.fields;
    return fields ? [{ type, id, base: fields, source: fields, target: fields, merged: fields }] : [];
  });
  const sides = { ...indexSides(merges, rotationsOf(roster)), touchedBy: () => merges };
  const sideNames = { source: '', target: '' };
  const context = { ...openMerge({ target: roster, merges }), sides, sideNames };
  const repairs: Repair[] = [];
  const offered = new Map<string, number>();
  let tried = 0;
  for (const candidate of repairCandidates(context, finding)) {
    const ofKind = offered.get(candidate.kind) ?? 0;
    const id = repairId(finding.key, candidate);
    if (ofKind >= (mostOfKind[candidate.kind] ?? 1) || repairs.some((repair) => repair.id === id)) continue;
    if (++tried > mostTried) break;
    if (!clears(context, finding, candidate)) continue;
    offered.set(candidate.kind, ofKind + 1);
    repairs.push({ id, text: candidate.text, changes: [...candidate.changes] });
    if (repairs.length === mostOffered) break;
  }
  return repairs;
}

function clears({ target, names }: MergeContext & { readonly sideNames: SideNames }, finding: Finding, { changes }: Candidate): boolean {
  const repaired = changes.map(({ type, id, fields }): MergedRecord => {
    const now = target.record(type, id)?.fields ?? null;
    return { type, id, base: now, source: fields, target: now, merged: fields };
  });
  const merged = overlayMerges(target, repaired);
  const neighbourhood = unite([neighbourhoodFor({ target, merged, merges: repaired, today: undefined }, repaired), aroundFinding(finding)]);
  const touched = [...repaired, ...finding.entities].filter(isFirst);
  const [before, after] = [readState(target, neighbourhood, touched), readState(merged, neighbourhood, touched)];
  const isThere = stateRules.some(
    (rule) => rule.rule === finding.rule && rule.find(after).some((found) => found.key === finding.key || found.group === finding.group),
  );
  if (isThere || findAdded({ before, after, merges: repaired, names }).length > 0) return false;
  // What a window shows is more than what two merged states are compared by: the first who comes to a half day makes it one that is planned.
  return daysOf(repaired).every((date) => {
    const shown = (reader: RecordReader) => rules.flatMap((rule) => rule.find(stateOf(reader, { from: date, to: date })));
    return compareFindings(shown(target), shown(merged)).length === 0;
  });
}

/** The days that a repair touches. */
function daysOf(repaired: readonly MergedRecord[]): readonly string[] {
  const places = repaired.flatMap(({ type, target, merged }) =>
    [target, merged].flatMap((fields) => (fields && type === 'assignment' ? (placeOf({ type, fields }) ?? []) : [])),
  );
  return [...new Set(places.map(({ from }) => slotToDate(from)))];
}

function isFirst(record: Pick<EntityRecord, 'type' | 'id'>, at: number, all: readonly Pick<EntityRecord, 'type' | 'id'>[]): boolean {
  return all.findIndex((each) => recordKey(each.type, each.id) === recordKey(record.type, record.id)) === at;
}

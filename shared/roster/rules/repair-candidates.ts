import { EntityId } from '../../ids.ts';
import { valueOf, type Fields } from '../../json.ts';
import { cellWords } from '../codes.ts';
import type { EntityRecord } from '../entity-record.ts';
import { findEntityType } from '../entity-type.ts';
import { textOf } from '../field.ts';
import { isTrainee } from '../person-row.ts';
import { placeOf } from '../record-reader.ts';
import { referencesOf } from '../references.ts';
import { cellOf } from '../roster-state.ts';
import { sameFields } from '../same-value.ts';
import { shortHash } from '../short-hash.ts';
import { dateToWords, slotToDate, slotToHalf, slotToWords } from '../slot.ts';
import { absenceOverlap } from './absence-overlap.ts';
import { capacity } from './capacity.ts';
import { checkRecordRule } from './check-record.ts';
import type { Finding } from './clash.ts';
import { coverageMinimum } from './coverage-minimum.ts';
import { danglingReference } from './dangling-reference.ts';
import { dayOff } from './day-off.ts';
import { doubleBooking } from './double-booking.ts';
import { freeHalfDays, freePeople, isSameLevel, type FreePlace } from './free-places.ts';
import { hoursWeek } from './hours-week.ts';
import { lockWindowRule } from './lock-window.ts';
import type { MergeContext, Repair } from './merge-clashes.ts';
import { standOf, type MergedRecord, type Side } from './merged-record.ts';
import { rotationsOf } from './merge-states.ts';
import { supervisionRatio } from './supervision-ratio.ts';
import { swapStaleRule } from './swap-stale.ts';
import { swapTwice } from './swap-twice.ts';
import { unique, uniqueFields } from './unique.ts';

export type RepairChange = Repair['changes'][number];

/** A way to clear a clash that nobody has proved yet. Of one kind only the first that holds is offered. */
export interface Candidate {
  readonly kind: string;
  readonly text: string;
  readonly changes: readonly RepairChange[];
}

/** What the two sides are called on screen: their branches. */
export interface SideNames {
  readonly source: string;
  readonly target: string;
}

// What a cell shows does not depend on which it is.
const anyId = EntityId.parse('cell');

type Context = MergeContext & { readonly sideNames: SideNames };

/** Each way that may clear a clash, the one that keeps most of both sides first. */
export function* repairCandidates(context: Context, finding: Finding): Generator<Candidate> {
  const touched = context.sides.touchedBy(finding).filter(({ undecided }) => !undecided);
  switch (finding.rule) {
    case doubleBooking.rule:
      yield* moveOne(context, touched);
      yield* eitherSide(context, touched);
      yield* removeOne(context, finding);
      return;
    case absenceOverlap.rule:
      yield* giveAway(context, finding);
      yield* moveOne(context, touched);
      yield* eitherSide(context, touched);
      yield* removeOne(context, finding);
      return;
    case coverageMinimum.rule:
    case supervisionRatio.rule:
      yield* fillIn(context, finding, touched);
      yield* eitherSide(context, touched);
      return;
    case capacity.rule:
      yield* moveOne(context, touched);
      yield* eitherSide(context, touched);
      yield* removeOne(context, { ...finding, entities: touched.filter(({ type }) => type === 'assignment') });
      return;
    case hoursWeek.rule:
    case dayOff.rule:
      yield* easeDays(context, touched);
      yield* wholeSide(context, touched);
      return;
    case danglingReference.rule:
      yield* bringBack(context, finding);
      yield* cutReferences(context, finding);
      yield* wholeSide(context, touched);
      return;
    case unique.rule:
      yield* clearIdentifier(context, finding, touched);
      yield* eitherSide(context, touched);
      return;
    case checkRecordRule:
      yield* extendDays(context, touched);
      yield* eitherSide(context, touched);
      return;
    case swapTwice.rule:
      yield* cancelOne(context, finding);
      yield* eitherSide(context, touched);
      return;
    case swapStaleRule:
      yield* wholeSide(
        context,
        touched.filter(({ type }) => type === 'assignment'),
      );
      yield* eitherSide(
        context,
        touched.filter(({ type }) => type === 'swap_record'),
      );
      return;
    case lockWindowRule:
      yield* wholeSide(context, touched);
      return;
    default:
      yield* eitherSide(context, touched);
  }
}

function titleOf({ names }: Context, type: string, fields: Fields): string {
  return findEntityType(type)?.title(fields, names) ?? type;
}

/** What a cell shows, with the name of the rotation whose code it is. */
function wordsOf({ merged }: Context, fields: Fields): string {
  const cell = cellOf(standOf({ type: 'assignment', id: anyId }, fields), rotationsOf(merged));
  return cellWords(fields, cell?.shown?.fields ?? cell?.rotation?.fields);
}

/** A change that gives a record these fields, or takes it away; `null` where it stands so already. */
function toChange(
  { merged }: Context,
  { type, id }: { readonly type: string; readonly id: EntityId },
  fields: Fields | null,
): RepairChange | null {
  const now = merged.record(type, id)?.fields ?? null;
  if (sameFields(now, fields)) return null;
  return { op: now === null ? 'create' : fields === null ? 'delete' : 'update', type, id, fields };
}

function toCandidate(kind: string, text: string, changes: readonly (RepairChange | null)[]): readonly Candidate[] {
  const real = changes.filter((change) => change !== null);
  return real.length === 0 ? [] : [{ kind, text, changes: real }];
}

/** One record as one of the sides has it. */
function* eitherSide(context: Context, touched: readonly MergedRecord[]): Generator<Candidate> {
  for (const side of ['target', 'source'] as const)
    for (const merge of touched.slice(0, 6))
      yield* toCandidate(side, sideText(context, merge, side), [toChange(context, merge, merge[side])]);
}

/** All the records together as one of the sides has them. */
function* wholeSide(context: Context, touched: readonly MergedRecord[]): Generator<Candidate> {
  for (const side of ['target', 'source'] as const) {
    const changes = touched.map((merge) => toChange(context, merge, merge[side]));
    const [only, ...others] = touched.filter((_, index) => changes[index] !== null);
    const text =
      only && others.length === 0 ? sideText(context, only, side) : `All ${others.length + 1} as on “${context.sideNames[side]}”`;
    yield* toCandidate(side, text, changes);
  }
}

function sideText(context: Context, merge: MergedRecord, side: Side): string {
  const fields = merge[side];
  const as = `As on “${context.sideNames[side]}”`;
  if (fields === null) return `${as}: without ${titleOf(context, merge.type, merge.merged ?? merge.base ?? {})}`;
  const title = titleOf(context, merge.type, fields);
  const text = findEntityType(merge.type)?.text(fields, context.names) ?? '';
  return text === '' || text === title ? `${as}: ${title}` : `${as}: ${title}: ${text}`;
}

/** One of the touched assignments in a half day that its person has free. */
function* moveOne(context: Context, touched: readonly MergedRecord[]): Generator<Candidate> {
  for (const merge of touched) {
    const place = merge.type === 'assignment' && merge.merged ? placeOf({ type: merge.type, fields: merge.merged }) : null;
    if (!place || place.subject === null || !merge.merged) continue;
    for (const slot of freeHalfDays(context.merged, place.subject, place.from).slice(0, 2)) {
      const fields = { ...merge.merged, date: slotToDate(slot), half: slotToHalf(slot) };
      const text = `Move ${wordsOf(context, merge.merged)} of ${titleOf(context, merge.type, merge.merged)} to ${slotToWords(slot)}`;
      yield* toCandidate('move', text, [toChange(context, merge, fields)]);
    }
  }
}

function* removeOne(context: Context, finding: Pick<Finding, 'entities'>): Generator<Candidate> {
  for (const { type, id } of finding.entities.slice(0, 4)) {
    const fields = type === 'assignment' ? context.merged.record(type, id)?.fields : undefined;
    if (fields)
      yield* toCandidate('remove', `Remove ${wordsOf(context, fields)} of ${titleOf(context, type, fields)}`, [
        toChange(context, { type, id }, null),
      ]);
  }
}

/** The assignments of a clash, one at a time, by somebody else who has the same level and is free. */
function* giveAway(context: Context, finding: Pick<Finding, 'entities'>): Generator<Candidate> {
  for (const { type, id } of finding.entities) {
    const record = type === 'assignment' ? context.merged.record(type, id) : null;
    if (record) yield* giveTo(context, record);
  }
}

function* giveTo(context: Context, record: EntityRecord): Generator<Candidate> {
  const place = placeOf(record);
  const owner = context.merged.record('person', place?.subject ?? '');
  if (!place || !owner) return;
  const others = freePeople(context.merged, place.from, (person) => person.id !== owner.id && isSameLevel(person.fields, owner.fields));
  for (const other of others.slice(0, 3)) {
    const text = `Give ${wordsOf(context, record.fields)} of ${titleOf(context, record.type, record.fields)} to ${titleOf(context, 'person', other.person.fields)}`;
    yield* toCandidate('give', text, [
      toChange(context, record, { ...record.fields, personId: other.person.id }),
      ...makeRoom(context, other),
    ]);
  }
}

function makeRoom(context: Context, { yielding }: FreePlace): readonly (RepairChange | null)[] {
  return yielding ? [toChange(context, yielding, null)] : [];
}

/** Somebody who is free, and has the level of one who left, on the rotation that is short; or a free member of the faculty to supervise. */
function* fillIn(context: Context, finding: Finding, touched: readonly MergedRecord[]): Generator<Candidate> {
  const slot = finding.scope?.from;
  if (slot === undefined) return;
  const isSupervision = finding.rule === supervisionRatio.rule;
  const leavers = leaversOf(context, finding, touched);
  const levels = leavers.flatMap(({ fields }) => context.merged.record('person', textOf(fields, 'personId') ?? '') ?? []);
  const isFit = (person: EntityRecord): boolean => {
    if (isSupervision) return textOf(person.fields, 'type') === 'faculty';
    return levels.length === 0 ? isTrainee(person) : levels.some((level) => isSameLevel(level.fields, person.fields));
  };
  const pattern = leavers[0]?.fields;
  const shows = isSupervision
    ? {
        rotationId: pattern ? valueOf(pattern, 'rotationId') : null,
        activity: pattern ? valueOf(pattern, 'activity') : 'AT',
        role: pattern ? valueOf(pattern, 'role') : null,
      }
    : { rotationId: finding.scope?.rotationId ?? null, activity: null };
  for (const { person, yielding } of freePeople(context.merged, slot, isFit).slice(0, 4)) {
    const place = { personId: person.id, date: slotToDate(slot), half: slotToHalf(slot) };
    const fields = withoutNull({ ...yielding?.fields, ...place, ...shows });
    const id = yielding?.id ?? newCellId(person.id, slot);
    if (!yielding && context.merged.record('assignment', id)) continue;
    const text = `Give ${wordsOf(context, fields)} on ${slotToWords(slot)} to ${titleOf(context, 'person', person.fields)}`;
    yield* toCandidate('give', text, [toChange(context, { type: 'assignment', id }, fields)]);
  }
}

/** What stood in the place that is now short, as the side that had it has it. */
function leaversOf(context: Context, { scope, rule }: Finding, touched: readonly MergedRecord[]): readonly EntityRecord[] {
  const rotations = rotationsOf(context.merged);
  return touched.flatMap((merge) =>
    [merge.base, merge.target, merge.source].flatMap((fields) => {
      const cell = fields && merge.type === 'assignment' ? cellOf(standOf(merge, fields), rotations) : null;
      const isLeft =
        cell?.slot === scope?.from && (rule === supervisionRatio.rule ? cell?.supervises !== 'no' : cell?.shown?.id === scope?.rotationId);
      return cell && isLeft ? [cell.record] : [];
    }),
  );
}

/** Days of duty that the merge brought, one at a time: given to somebody else, or taken away. */
function* easeDays(context: Context, touched: readonly MergedRecord[]): Generator<Candidate> {
  const brought = touched.filter(({ type, merged }) => type === 'assignment' && merged !== null);
  const byDate = Map.groupBy(brought, ({ merged }) => textOf(merged ?? {}, 'date') ?? '');
  const days = [...byDate].toSorted(([a], [b]) => (a < b ? 1 : -1)).slice(0, 3);
  for (const [date, merges] of days) {
    const gifts = merges
      .map(({ type, id }) => context.merged.record(type, id))
      .flatMap((record) => (record ? [[...giveTo(context, record)][0]] : []));
    const changes = gifts.flatMap((gift) => gift?.changes ?? []);
    if (gifts.every((gift) => gift !== undefined) && changes.length > 0)
      yield { kind: 'give', text: gifts.map((gift) => gift?.text ?? '').join('; '), changes };
    const removals = merges.map((merge) => toChange(context, merge, null));
    yield* toCandidate('remove', `Free ${dateToWords(date)} of ${titleOf(context, 'person', ownerOf(context, merges))}`, removals);
  }
}

function ownerOf(context: Context, merges: readonly MergedRecord[]): Fields {
  return context.merged.record('person', textOf(merges[0]?.merged ?? {}, 'personId') ?? '')?.fields ?? {};
}

/** The record that is gone, as the side that kept it has it. */
function* bringBack(context: Context, { gone }: Finding): Generator<Candidate> {
  for (const { type, id } of gone) {
    const merge = context.merges.find((each) => each.type === type && each.id === id);
    const fields = merge?.source ?? merge?.target ?? merge?.base;
    if (merge && fields && !merge.undecided)
      yield* toCandidate('back', `Keep ${titleOf(context, type, fields)}`, [toChange(context, merge, fields)]);
  }
}

const mostChildren = 50;

/** Without the reference where it may be empty, and without the records that mean nothing without it. */
function* cutReferences(context: Context, { gone, entities }: Finding): Generator<Candidate> {
  if (entities.length > mostChildren) return;
  const isGone = (to: string, id: string | null): boolean => gone.some((each) => each.type === to && each.id === id);
  const changes = entities.map(({ type, id }) => {
    const fields = context.merged.record(type, id)?.fields;
    const broken = fields ? referencesOf(type).filter(({ field, to }) => isGone(to, textOf(fields, field))) : [];
    if (!fields || broken.length === 0) return null;
    const cleared = withoutNull({ ...fields, ...Object.fromEntries(broken.map(({ field }) => [field, null])) });
    return toChange(context, { type, id }, broken.some(({ required }) => required) ? null : cleared);
  });
  const count = changes.filter((change) => change !== null).length;
  const verb = changes.some((change) => change?.op === 'delete') ? 'Remove' : 'Clear';
  yield* toCandidate('remove', `${verb} ${count === 1 ? 'what points to it' : `all ${count} that point to it`}`, changes);
}

function* clearIdentifier(context: Context, { rule, entities }: Finding, touched: readonly MergedRecord[]): Generator<Candidate> {
  const isTouched = new Set<string>(touched.map(({ id }) => id));
  for (const { type, id } of entities) {
    const record = isTouched.has(id) && rule === unique.rule ? context.merged.record(type, id) : null;
    const field = uniqueFields.find((each) => each.type === type)?.field ?? '';
    const definition = findEntityType(type)?.fields[field];
    if (!record || !definition || definition.required) continue;
    const text = `Leave out the ${definition.label.toLowerCase()} of ${titleOf(context, type, record.fields)}`;
    yield* toCandidate('clear', text, [toChange(context, record, withoutNull({ ...record.fields, [field]: null }))]);
  }
}

/** A last day that lies before the first is moved to the first. */
function* extendDays(context: Context, touched: readonly MergedRecord[]): Generator<Candidate> {
  for (const merge of touched) {
    const [start, end] = merge.merged ? [textOf(merge.merged, 'startDate'), textOf(merge.merged, 'endDate')] : [null, null];
    if (!merge.merged || start === null || end === null || end >= start) continue;
    const fields = { ...merge.merged, endDate: start };
    yield* toCandidate('extend', `Let it be ${titleOf(context, merge.type, fields)}`, [toChange(context, merge, fields)]);
  }
}

function* cancelOne(context: Context, { entities }: Finding): Generator<Candidate> {
  for (const { type, id } of entities) {
    const fields = context.merged.record(type, id)?.fields;
    if (!fields || textOf(fields, 'status') === 'executed') continue;
    yield* toCandidate('remove', `Cancel ${titleOf(context, type, fields)}`, [
      toChange(context, { type, id }, { ...fields, status: 'cancelled' }),
    ]);
  }
}

function withoutNull(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** The same for the same place, so that a repair that was looked at is the one that is applied. */
function newCellId(personId: string, slot: number): EntityId {
  return EntityId.parse(`cell-${shortHash(`${personId}|${slot}`)}`);
}

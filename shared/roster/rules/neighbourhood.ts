import { isCounted } from '../coverage.ts';
import type { EntityRecord } from '../entity-record.ts';
import { textOf } from '../field.ts';
import { joinSpans, recordKey, type Span } from '../focus.ts';
import { placeOf } from '../record-reader.ts';
import { referencesOf } from '../references.ts';
import { cellOf, type StateCell } from '../roster-state.ts';
import { firstDate, lastDate, parseDay, slotOf } from '../slot.ts';
import type { Fields } from '../../json.ts';
import { absenceFields, cellFields, differsIn, isBrought, standOf, type MergedRecord } from './merged-record.ts';
import { weeksOfSwap } from './swap-stale.ts';
import { stretchDays } from './stretches.ts';
import { identifierOf, uniqueFields } from './unique.ts';

/** A stretch of one person's row, in half days, both ends included. */
export interface RowSpan extends Span {
  readonly personId: string;
}

/** The records that the rules need beside those that a merge touched, so that what is read follows the changes and not the roster. */
export interface Neighbourhood {
  /** Everybody whose row is needed. */
  readonly personIds: readonly string[];
  /** First and last half day of rows and columns; `null` where nothing stands in the grid. */
  readonly hull: Span | null;
  /** Cells and absences of one person: around each change, four weeks where hours and days off are at stake. */
  readonly rows: readonly RowSpan[];
  /** Half days of which everybody's cells are needed, for coverage, room and supervision. */
  readonly columns: readonly Span[];
  /** Records that touched ones point to: whether they exist is asked. */
  readonly lookups: readonly { readonly type: string; readonly id: string }[];
  /** Records that the merge takes away: who still points to them is asked. */
  readonly gone: readonly { readonly type: string; readonly id: string }[];
  /** Values of unique fields that the merge brings: who else has them is asked. */
  readonly identifiers: readonly { readonly type: string; readonly field: string; readonly values: readonly string[] }[];
  /** Swaps were brought: the others are needed. */
  readonly swaps: boolean;
}

export interface NeighbourhoodOptions {
  /** The rotations of the target and of the merged roster. Without them every changed cell is taken to matter to its whole half day. */
  readonly rotations?: { readonly target: readonly EntityRecord[]; readonly merged: readonly EntityRecord[] };
  /** `YYYY-MM-DD`: a changed person or rotation is also judged in the four weeks from then on. */
  readonly today?: string | undefined;
  /** Whether the hour rules are about a person; everybody unless told. */
  readonly hasLimits?: (personId: string) => boolean;
  /** The whole merge, where only some of its records are asked about: a changed rotation is judged wherever the merge changed anything. */
  readonly whole?: readonly MergedRecord[];
}

const allTime: Span = { from: slotOf(firstDate, 'AM'), to: slotOf(lastDate, 'PM') };
/** Where all changes lie within so many days, a changed person or rotation is judged in all of them; else in the changed half days. */
const widestHullDays = 112;

const rotationFields = [
  'name',
  'rotationType',
  'templateCategory',
  'abbreviation',
  'displayAbbreviation',
  'capacity',
  'coverageMinimum',
  'requiresSupervision',
  'providesSupervision',
  'maxSupervisionRatio',
  'includesWeekend',
  'isArchived',
] as const;
const personFields = ['type', 'pgyLevel'] as const;

/** What is needed to judge what a merge brings. */
export function neighbourhoodOf(merges: readonly MergedRecord[], options: NeighbourhoodOptions = {}): Neighbourhood {
  const brought = merges.filter(isBrought);
  const rows = [...brought.flatMap((merge) => rowsAround(merge, options)), ...rowsOfGone(brought)];
  const columns = joinSpans([
    ...brought.flatMap((merge) => columnsAround(merge, options)),
    ...widerColumns(options.whole ?? merges, brought, options),
  ]);
  const joined = joinRows(rows);
  return {
    personIds: [...new Set(joined.map(({ personId }) => personId))].toSorted(),
    hull: hullOf([...joined.filter((span) => span.from !== allTime.from), ...columns]),
    rows: joined,
    columns,
    lookups: uniqueRecords(merges.flatMap(referredTo)),
    gone: brought.filter(({ merged }) => merged === null).map(({ type, id }) => ({ type, id })),
    identifiers: identifiersOf(brought),
    swaps: brought.some(({ type, merged }) => type === 'swap_record' && merged !== null && weeksOfSwap(merged).length > 0),
  };
}

/** Spans of each person, joined and in order. */
export function joinRows(rows: readonly RowSpan[]): readonly RowSpan[] {
  return [...Map.groupBy(rows, ({ personId }) => personId)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([personId, spans]) => joinSpans(spans).map(({ from, to }) => ({ personId, from, to })));
}

function rowsAround(merge: MergedRecord, options: NeighbourhoodOptions): readonly RowSpan[] {
  const { type, target, merged } = merge;
  if (type === 'absence' && differsIn(target, merged, absenceFields)) return [target, merged].flatMap((stand) => rowOf('absence', stand));
  if (type !== 'assignment' || !differsIn(target, merged, cellFields)) return [];
  const after = rowOf('assignment', merged);
  const reach = addsDuty(merge, options) ? (stretchDays - 1) * 2 : 0;
  return [
    ...rowOf('assignment', target),
    // Whole days: an afternoon's four weeks begin in the morning.
    ...after.map(({ personId, from, to }) => ({ personId, from: from - (from & 1) - reach, to: (to | 1) + reach })),
  ];
}

function rowOf(type: string, fields: Fields | null): readonly RowSpan[] {
  const place = fields && placeOf({ type, fields });
  return place && place.subject !== null ? [{ personId: place.subject, from: place.from, to: place.to }] : [];
}

// Fewer or other hours of the same half day cannot break an hour rule that was kept.
function addsDuty(merge: MergedRecord, { rotations, hasLimits }: NeighbourhoodOptions): boolean {
  const personId = textOf(merge.merged ?? {}, 'personId');
  if (personId !== null && hasLimits && !hasLimits(personId)) return false;
  if (!rotations || merge.merged === null) return true;
  const after = cellOf(standOf(merge, merge.merged), rotations.merged);
  const before = merge.target && cellOf(standOf(merge, merge.target), rotations.target);
  if (!after || after.off) return false;
  return (
    !before || before.off || before.personId !== after.personId || before.slot !== after.slot || before.hours < after.hours || after.isNight
  );
}

// Nothing can be known about everything that stood in the row of somebody who is gone, so it is asked for whole.
function rowsOfGone(brought: readonly MergedRecord[]): readonly RowSpan[] {
  return brought.flatMap(({ type, id, merged }) => (type === 'person' && merged === null ? [{ personId: id, ...allTime }] : []));
}

function columnsAround(merge: MergedRecord, { rotations }: NeighbourhoodOptions): readonly Span[] {
  const { type, target, merged } = merge;
  if (type === 'holiday')
    return [target, merged].flatMap((fields) => {
      const place = fields && placeOf({ type, fields });
      return place ? [{ from: place.from, to: place.to }] : [];
    });
  if (type !== 'assignment' || !differsIn(target, merged, cellFields)) return [];
  return [...columnOf(merge, target, rotations?.target), ...columnOf(merge, merged, rotations?.merged)];
}

function columnOf(merge: MergedRecord, fields: Fields | null, rotations: readonly EntityRecord[] | undefined): readonly Span[] {
  const place = fields && placeOf({ type: merge.type, fields });
  if (!place || (rotations && !mattersToOthers(cellOf(standOf(merge, fields), rotations)))) return [];
  return [{ from: place.from, to: place.to }];
}

function mattersToOthers(cell: StateCell | null): boolean {
  return cell !== null && (cell.supervision.above > 0 || cell.supervises !== 'no' || (cell.shown !== undefined && isCounted(cell.shown)));
}

/** A person's level, or what a rotation asks for, matters in half days that nobody changed. */
function widerColumns(merges: readonly MergedRecord[], brought: readonly MergedRecord[], { today }: NeighbourhoodOptions): readonly Span[] {
  const isWide = brought.some(
    ({ type, target, merged }) =>
      (type === 'rotation' && differsIn(target, merged, rotationFields)) || (type === 'person' && differsIn(target, merged, personFields)),
  );
  if (!isWide) return [];
  const slots = merges.flatMap((merge) =>
    merge.type === 'assignment'
      ? [merge.base, merge.source, merge.target, merge.merged].flatMap((fields) => rowOf('assignment', fields))
      : [],
  );
  const hull = hullOf(slots);
  const day = today === undefined ? null : parseDay(today);
  return [
    ...(hull && hull.to - hull.from < widestHullDays * 2 ? [hull] : slots.map(({ from, to }) => ({ from, to }))),
    ...(day === null ? [] : [{ from: day * 2, to: (day + stretchDays) * 2 - 1 }]),
  ];
}

function referredTo({ type, merged, target }: MergedRecord): readonly { readonly type: string; readonly id: string }[] {
  return referencesOf(type).flatMap(({ field, to }) =>
    [merged, target].flatMap((fields) => {
      const id = fields && textOf(fields, field);
      return id ? [{ type: to, id }] : [];
    }),
  );
}

function identifiersOf(brought: readonly MergedRecord[]): Neighbourhood['identifiers'] {
  return uniqueFields.flatMap(({ type, field }) => {
    const values = brought.flatMap(({ type: each, target, merged }) => {
      const value = each === type && merged ? identifierOf(merged, field) : null;
      return value === null || (target && identifierOf(target, field) === value) ? [] : [value];
    });
    return values.length === 0 ? [] : [{ type, field, values: [...new Set(values)].toSorted() }];
  });
}

function uniqueRecords<T extends { readonly type: string; readonly id: string }>(records: readonly T[]): readonly T[] {
  return [...new Map(records.map((record) => [recordKey(record.type, record.id), record])).values()];
}

function hullOf(spans: readonly Span[]): Span | null {
  if (spans.length === 0) return null;
  let { from, to } = allTime;
  [from, to] = [to, from];
  for (const span of spans) {
    from = Math.min(from, span.from);
    to = Math.max(to, span.to);
  }
  return { from, to };
}

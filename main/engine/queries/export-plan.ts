import type { ExportPreview, ExportRequest, ExportWhat } from '../../../shared/contract/app/exchange.ts';
import { notFound, RefusedError } from '../../../shared/errors.ts';
import { CommitHash, EntityId } from '../../../shared/ids.ts';
import { blockOf } from '../../../shared/roster/academic-calendar.ts';
import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import { isInProgramme, orderPeople, type PersonRow } from '../../../shared/roster/person-row.ts';
import { dateToDay } from '../../../shared/roster/slot.ts';
import { fileName, type FileStamp } from '../../exchange/export/file-stamp.ts';
import { limits } from '../../exchange/limits.ts';
import type { Place } from '../local-store/store.ts';
import type { Asker, StoreReader } from '../reader.ts';
import { listForExport, typeByWhat, type ExportList } from './export-list.ts';
import { placeOnBranch } from './find-branch.ts';
import { slotsOf } from './read-window.ts';

/** What an export will hold, decided as of one place that never changes any more. */
export interface ExportPlan {
  readonly request: ExportRequest;
  readonly preview: ExportPreview;
  readonly stamp: FileStamp;
  readonly place: Place;
  readonly since: Place | null;
  readonly content:
    | { readonly kind: 'roster'; readonly from: string; readonly to: string; readonly people: readonly PersonRow[] }
    | { readonly kind: 'list'; readonly list: ExportList };
}

export interface ExportSurroundings {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly userName: string;
}

/**
 * Decides what an export holds. Refuses INVALID a request that contradicts itself or is larger than an import of ours reads, NOT_FOUND an unknown
 * branch, moment or person.
 */
export function planExport(store: StoreReader, asker: Asker, request: ExportRequest, surroundings: ExportSurroundings): ExportPlan {
  refuseContradictions(request);
  const place = placeOnBranch(store, request.branch, request.at);
  const stamp = stampOf(store, place, request, surroundings);
  const since = findSince(store, place, request);
  if (request.people !== undefined)
    for (const id of request.people) if (store.versionAt('person', id, place) === null) throw notFound('person', id);
  const common = {
    what: request.what,
    format: request.format,
    branch: request.branch,
    commit: place.commit,
    position: place.position,
    at: place.at,
  };
  if (request.what === 'roster') {
    const { from, to } = periodOf(
      request,
      request.at === undefined ? surroundings.now : Date.parse(momentOf(request.at, place, surroundings)),
    );
    const people = peopleIn(store, place, request, { from, to });
    const halfDays = (dateToDay(to) - dateToDay(from) + 1) * 2;
    refuseTooLarge(people.length, halfDays);
    return {
      request,
      place,
      stamp,
      since,
      content: { kind: 'roster', from, to, people },
      preview: {
        ...common,
        name: fileName(`Roster ${from} to ${to}`, stamp, request.format),
        rows: people.length,
        halfDays,
        from,
        to,
        fields: rosterFields.map(([type, field]) => describeField(type, field)),
        withheld: [],
      },
    };
  }
  const list = listForExport(store, asker, place, { ...request, what: request.what });
  const days = request.from === undefined && request.to === undefined ? '' : ` ${request.from ?? 'start'} to ${request.to ?? 'end'}`;
  return {
    request,
    place,
    stamp,
    since,
    content: { kind: 'list', list },
    preview: {
      ...common,
      name: fileName(`${titles[request.what]}${days}`, stamp, request.format),
      rows: list.records.length,
      halfDays: 0,
      from: request.from ?? null,
      to: request.to ?? null,
      fields: list.fields.map((field) => describeField(list.type, field)),
      withheld: list.withheld.map((field) => describeField(list.type, field)),
    },
  };
}

export const titles = {
  roster: 'Roster',
  people: 'People',
  absences: 'Absences',
  rotations: 'Rotations',
  clinics: 'Clinics',
  patients: 'Patients',
} as const satisfies Readonly<Record<ExportWhat, string>>;

/** The fields that a wide rota shows, its hatching included. */
const rosterFields = [
  ['person', 'name'],
  ['person', 'role'],
  ['person', 'type'],
  ['person', 'pgyLevel'],
  ['person', 'template'],
  ['assignment', 'activity'],
  ['assignment', 'rotationId'],
  ['absence', 'startDate'],
  ['absence', 'endDate'],
] as const;

function describeField(type: string, field: string): ExportPreview['fields'][number] {
  const definition = entityTypeOf(type).fields[field];
  return { type, field, label: definition?.label ?? field, personal: definition?.personal === true };
}

function refuseContradictions({ what, format, from, to, people, since, includePersonal, reason }: ExportRequest): void {
  const invalid = (field: string, problem: string) =>
    new RefusedError('INVALID', problem, { what: 'export', fields: [{ field, problem }] });
  if (includePersonal && (reason === undefined || reason === ''))
    throw invalid('reason', 'Personal fields are exported only with a reason: say what they are needed for.');
  if (from !== undefined && to !== undefined && dateToDay(to) < dateToDay(from))
    throw invalid('to', `The export ends (${to}) before it starts (${from}).`);
  const hasDays = what === 'roster' || what === 'people' || what === 'absences';
  if (!hasDays && (from !== undefined || to !== undefined))
    throw invalid(from === undefined ? 'to' : 'from', `A list of ${what} has no first and last day: leave the days out.`);
  if (!hasDays && people !== undefined) throw invalid('people', `A list of ${what} is about nobody of the roster: leave the people out.`);
  if (since !== undefined && format === 'csv')
    throw invalid('since', 'A text table has one sheet only: export a workbook (xlsx) to have the changes since a moment beside it.');
  if (since !== undefined && typeByWhat[what === 'roster' ? 'people' : what].views)
    throw invalid('since', `Changes since a moment are not listed for ${what}.`);
}

function momentOf(at: string, place: Place, { now }: ExportSurroundings): string {
  return CommitHash.safeParse(at).success ? (place.at ?? new Date(now).toISOString()) : at;
}

/** One given end stands for the block it is in; none for the block of the moment. */
function periodOf({ from, to }: ExportRequest, moment: number): { readonly from: string; readonly to: string } {
  const near = from ?? to ?? new Date(moment).toISOString().slice(0, 10);
  const period = { from: from ?? blockOf(near).start, to: to ?? blockOf(near).end };
  slotsOf(period);
  return period;
}

function findSince(store: StoreReader, place: Place, { branch, since }: ExportRequest): Place | null {
  if (since === undefined) return null;
  const from = placeOnBranch(store, branch, since);
  if (from.position <= place.position) return from;
  const problem = 'The changes are asked for since a moment that lies behind the one exported.';
  throw new RefusedError('INVALID', problem, { what: 'export', fields: [{ field: 'since', problem }] });
}

function stampOf(store: StoreReader, place: Place, { branch, at }: ExportRequest, { now, userName }: ExportSurroundings): FileStamp {
  const madeAt = new Date(now).toISOString();
  const moment = at === undefined || CommitHash.safeParse(at).success ? null : new Date(Math.min(Date.parse(at), now)).toISOString();
  return {
    programme: store.properties().name,
    branch,
    position: place.position,
    commit: place.commit,
    shownAt: place.at,
    asOf: moment,
    madeAt,
    madeBy: userName,
  };
}

/** Those the grid would show on these days, in its order; or the chosen ones. */
function peopleIn(
  store: StoreReader,
  place: Place,
  { people: chosen }: ExportRequest,
  period: { readonly from: string; readonly to: string },
): readonly PersonRow[] {
  const everybody = orderPeople(
    [...store.entitiesAt('person', place)].map(({ type, id, version, fields }) => ({ type, id: EntityId.parse(id), version, fields })),
  );
  if (chosen !== undefined) {
    const ids = new Set<string>(chosen);
    return everybody.filter(({ id }) => ids.has(id));
  }
  const away = everybody.filter((row) => !isInProgramme(row, period.from, period.to)).map(({ id }) => id);
  if (away.length === 0) return everybody;
  const window = { ...slotsOf(period), subjects: away };
  const busy = new Set(
    ['assignment', 'absence'].flatMap((type) => store.windowAt(type, place, window).map(({ fields }) => fields['personId'])),
  );
  return everybody.filter((row) => isInProgramme(row, period.from, period.to) || busy.has(row.id));
}

function refuseTooLarge(people: number, halfDays: number): void {
  if (people <= limits.people && people * halfDays <= limits.halfDays) return;
  const problem = `${people} people on ${halfDays} half days are more than one file may hold (${limits.halfDays} cells): export fewer days or people.`;
  throw new RefusedError('INVALID', problem, { what: 'export', fields: [{ field: 'to', problem }] });
}

import type { ExportRequest, ExportWhat } from '../../../shared/contract/app/exchange.ts';
import { entityTypeOf, type EntityTypeDefinition } from '../../../shared/roster/entity-type.ts';
import { textOf } from '../../../shared/roster/field.ts';
import { isInProgramme } from '../../../shared/roster/person-row.ts';
import { maskFields, isMaskable } from '../../../shared/roster/mask-identifier.ts';
import { CommitHash, type Instant } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import type { ListedRecord } from '../../exchange/export/draw-list.ts';
import type { Place, StoredVersion } from '../local-store/store.ts';
import type { Asker, StoreReader } from '../reader.ts';
import { linksOf } from '../views/links-index.ts';
import { openSight } from '../views/sight.ts';

/** The records of a list, with the fields that are written and the personal ones that are not. */
export interface ExportList {
  readonly type: string;
  readonly records: readonly ListedRecord[];
  readonly fields: readonly string[];
  /** A withheld field that is written with most of its digits hidden, so that rows can be told apart. */
  readonly masked: string | null;
  readonly withheld: readonly string[];
}

export const typeByWhat: Readonly<Record<Exclude<ExportWhat, 'roster'>, EntityTypeDefinition>> = {
  people: entityTypeOf('person'),
  absences: entityTypeOf('absence'),
  rotations: entityTypeOf('rotation'),
  clinics: entityTypeOf('clinic'),
  patients: entityTypeOf('patient'),
};

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/**
 * Reads the records of a list as of a place, in the order in which people look for them, each as the asker sees it. Without personal fields
 * unless they are asked for.
 */
export function listForExport(
  store: StoreReader,
  asker: Asker,
  place: Place,
  request: Omit<ExportRequest, 'what'> & { readonly what: Exclude<ExportWhat, 'roster'> },
): ExportList {
  const definition = typeByWhat[request.what];
  const names = Object.keys(definition.fields);
  const isWritten = (name: string): boolean => request.includePersonal || definition.fields[name]?.personal !== true;
  const fields = names.filter(isWritten);
  const masked = isMaskable(definition) && !request.includePersonal ? definition.identifier : null;
  const see = definition.views ? seerOf(asker, place, request.at) : (version: StoredVersion) => ({ fields: version.fields, origin: '' });
  const records: (ListedRecord & { readonly order: string })[] = [];
  for (const version of store.entitiesAt(definition.type, place)) {
    const seen = see(version);
    if (seen === null || !isAsked(definition.type, version.id, seen.fields, request)) continue;
    const shown = masked === null ? seen.fields : maskFields(definition, seen.fields);
    records.push({ id: version.id, fields: shown, origin: seen.origin, order: orderOf(definition.type, seen.fields) });
  }
  return {
    type: definition.type,
    records: records.toSorted((a, b) => collator.compare(a.order, b.order) || (a.id < b.id ? -1 : 1)),
    fields,
    masked,
    withheld: names.filter((name) => !isWritten(name)),
  };
}

/** How the asker sees shared records: the own version, else the shared record where the asker may see that, else `null`. */
function seerOf({ whole, userId }: Asker, place: Place, at: ExportRequest['at']) {
  const instant: Instant | undefined = at !== undefined && CommitHash.safeParse(at).success ? (place.at ?? undefined) : at;
  const sight = openSight(whole, { asker: userId, at: instant });
  const links = linksOf(whole);
  return (version: StoredVersion): { readonly fields: Fields; readonly origin: string } | null => {
    const seen = sight.see(version);
    if (seen !== null) return { fields: seen.fields, origin: seen.version === null ? 'shared' : `own version ${seen.version.number}` };
    // What nobody registered is as open as the branch it stands on.
    return links.isGuarded(version.type, version.id) ? null : { fields: version.fields, origin: 'shared' };
  };
}

function isAsked(type: string, id: string, fields: Fields, { people, from, to }: Omit<ExportRequest, 'what'>): boolean {
  if (type === 'person') {
    if (people !== undefined && !people.some((each) => each === id)) return false;
    return isInProgramme({ fields }, from ?? '0000-00-00', to ?? '9999-99-99');
  }
  if (type !== 'absence') return true;
  if (people !== undefined && !people.some((each) => each === fields['personId'])) return false;
  return (
    (to === undefined || (textOf(fields, 'startDate') ?? '') <= to) && (from === undefined || (textOf(fields, 'endDate') ?? '') >= from)
  );
}

function orderOf(type: string, fields: Fields): string {
  return type === 'absence' ? `${textOf(fields, 'startDate')} ${textOf(fields, 'endDate')}` : (textOf(fields, 'name') ?? '');
}

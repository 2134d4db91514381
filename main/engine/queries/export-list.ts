import type { ExportRequest, ExportWhat } from '../../../shared/contract/app/exchange.ts';
import { entityTypeOf, type EntityTypeDefinition } from '../../../shared/roster/entity-type.ts';
import { textOf } from '../../../shared/roster/field.ts';
import { isInProgramme } from '../../../shared/roster/person-row.ts';
import type { Fields } from '../../../shared/json.ts';
import type { ListedRecord } from '../../exchange/export/draw-list.ts';
import type { Place } from '../local-store/store.ts';
import type { Asker, StoreReader } from '../reader.ts';

/** The records of a list, with the fields that are written and the personal ones that are not. */
export interface ExportList {
  readonly type: string;
  readonly records: readonly ListedRecord[];
  readonly fields: readonly string[];
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

/** Reads the records of a list as of a place, in the order in which people look for them. Without personal fields unless they are asked for. */
export function listForExport(
  store: StoreReader,
  _asker: Asker,
  place: Place,
  request: Omit<ExportRequest, 'what'> & { readonly what: Exclude<ExportWhat, 'roster'> },
): ExportList {
  const definition = typeByWhat[request.what];
  const names = Object.keys(definition.fields);
  const isWritten = (name: string): boolean => request.includePersonal || definition.fields[name]?.personal !== true;
  const fields = names.filter(isWritten);
  const records: (ListedRecord & { readonly order: string })[] = [];
  for (const version of store.entitiesAt(definition.type, place))
    if (isAsked(definition.type, version.id, version.fields, request))
      records.push({ id: version.id, fields: version.fields, order: orderOf(definition.type, version.fields) });
  return {
    type: definition.type,
    records: records.toSorted((a, b) => collator.compare(a.order, b.order) || (a.id < b.id ? -1 : 1)),
    fields,
    withheld: names.filter((name) => !isWritten(name)),
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

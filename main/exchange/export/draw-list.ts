import { parseDay } from '../../../shared/roster/slot.ts';
import type { EntityTypeDefinition, Names } from '../../../shared/roster/entity-type.ts';
import type { Fields, Json } from '../../../shared/json.ts';
import { keyHeading } from '../person-key.ts';
import { textCell, type BookCell, type BookRow, type BookSheet } from './book.ts';
import { looks } from './looks.ts';

/** One record of a list. */
export interface ListedRecord {
  readonly id: string;
  readonly fields: Fields;
  /** Whose version it is that shows, where users have their own. */
  readonly origin?: string;
}

/** A column of a list: its heading, its width in characters, and the value of a record. */
export interface ListColumn {
  readonly heading: string;
  readonly width: number;
  readonly valueOf: (record: ListedRecord) => ListValue;
}

/** A value as it is written: a date is a number of days since 1970-01-01 and stays one in a workbook. */
export type ListValue = { readonly text: string } | { readonly day: number; readonly text: string } | { readonly number: number };

/**
 * The key of a record and its fields, each under its label. A reference to a person or rotation has its name, and the id in a column of its own.
 * Types over which users keep views say at the end whose version it is.
 */
export function listColumns(definition: EntityTypeDefinition, fields: readonly string[], names: Names): readonly ListColumn[] {
  const columns = fields.flatMap((name): ListColumn[] => {
    const type = definition.fields[name];
    if (type === undefined) return [];
    const column: ListColumn = {
      heading: type.label,
      width: Math.min(40, Math.max(12, type.label.length + 3)),
      valueOf: ({ fields: of }) => readValue(of[name] ?? null, (value) => type.text(value, names)),
    };
    if (type.reference === undefined) return [column];
    return [column, { heading: `${type.label} (id)`, width: 14, valueOf: ({ fields: of }) => readValue(of[name] ?? null, plainText) }];
  });
  return [
    { heading: keyHeading, width: 14, valueOf: ({ id }) => ({ text: id }) },
    ...columns,
    ...(definition.views ? [{ heading: 'Seen as', width: 16, valueOf: ({ origin }: ListedRecord) => ({ text: origin ?? '' }) }] : []),
  ];
}

const plainText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

function readValue(value: Json, toText: (value: Json) => string): ListValue {
  if (value === null) return { text: '' };
  if (typeof value === 'number') return { number: value };
  if (typeof value === 'string') {
    const day = parseDay(value);
    if (day !== null) return { day, text: value };
  }
  return { text: toText(value) };
}

/** The list as a sheet with a heading, filters, and everything typed. */
export function listSheet(name: string, columns: readonly ListColumn[], records: readonly ListedRecord[]): BookSheet {
  return {
    name,
    columns: columns.map(({ heading, width }) => ({ width, ...(heading === keyHeading ? { hidden: true } : {}) })),
    frozen: { rows: 1, columns: Math.min(2, columns.length) },
    filterRow: 1,
    rows: listRows(columns, records),
  };
}

function* listRows(columns: readonly ListColumn[], records: readonly ListedRecord[]): Generator<BookRow> {
  yield { cells: columns.map(({ heading }) => textCell(heading, looks.headWrapped)) };
  for (const record of records) yield { cells: columns.map(({ valueOf }) => toCell(valueOf(record))) };
}

function toCell(value: ListValue): BookCell {
  if ('day' in value) return { kind: 'date', day: value.day, style: looks.date };
  return 'number' in value ? { kind: 'number', number: value.number } : textCell(value.text, looks.text);
}

/** The list as rows of a text table. */
export function* listTable(columns: readonly ListColumn[], records: readonly ListedRecord[]): Generator<readonly string[]> {
  yield columns.map(({ heading }) => heading);
  for (const record of records)
    yield columns.map(({ valueOf }) => {
      const value = valueOf(record);
      return 'number' in value ? String(value.number) : value.text;
    });
}

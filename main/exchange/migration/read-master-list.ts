import { notFound } from '../../../shared/errors.ts';
import type { Fields, Json } from '../../../shared/json.ts';
import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import { limits } from '../limits.ts';
import { readWorkbook } from '../read-workbook.ts';
import { refuseFile } from '../refuse-file.ts';
import type { RotaFile } from '../rota.ts';
import { foldSpaces, textOf, type Sheet } from '../sheet.ts';
import { readIdentifier, readText, readValue } from './master-cells.ts';
import { columnMeaning, describeMeaning } from './master-columns.ts';
import type { MasterList, MasterRow } from './master-list.ts';

/** A run of rows under one row of headings. */
interface Section {
  readonly identifier: number | null;
  readonly key: number | null;
  readonly users: readonly number[];
  readonly fields: readonly { readonly column: number; readonly field: string }[];
}

/**
 * Reads a list of records of a type and of who is linked to them, from a workbook or a text table: one row for each record and user, or the
 * records in one part and the links in another, on two sheets or one below the other. Columns are found by their headings. Refuses with
 * INVALID, `data.what` `file`, what is no workbook, has no column with the identifier or more rows than are read, and NOT_FOUND a sheet that
 * is not there.
 */
export function readMasterList(
  { name: fileName, bytes }: RotaFile,
  { type, sheet: name }: { readonly type: string; readonly sheet?: string | undefined },
): MasterList {
  const file: RotaFile = { name: fileName, bytes, holds: 'list' };
  const { sheets } = readWorkbook(file, limits.listRows);
  const chosen = name === undefined ? sheets.filter(({ hidden }) => !hidden) : sheets.filter((sheet) => sheet.name === name);
  if (name !== undefined && chosen.length === 0) throw notFound('sheet', name);
  const readings = chosen.map((sheet) => readSheet(sheet, type)).filter(({ found }) => found);
  // A list of links that names records by their numbers elsewhere means nothing without the records.
  if (!readings.some(({ identified }) => identified)) throw refuseWithoutIdentifier(file, type);
  for (const { sheet } of readings)
    if (sheet.beyond[0] !== undefined) throw refuseFile(file, 'too-large', `is too large to be taken over at once. ${sheet.beyond[0]}`);
  const only = readings.length === 1 ? readings[0] : undefined;
  const columns = new Map(readings.flatMap((reading) => [...reading.columns]));
  return {
    file: file.name,
    sheet: only?.sheet.name ?? null,
    columns: [...columns].map(([column, reads]) => ({ column, reads })),
    unread: [...new Set(readings.flatMap(({ unread }) => unread))],
    rows: readings.flatMap(({ sheet, rows }) => (only === undefined ? rows.map((row) => ({ ...row, sheet: sheet.name })) : rows)),
    padded: readings.reduce((sum, { padded }) => sum + padded, 0),
  };
}

interface Reading {
  readonly sheet: Sheet;
  /** Some row of it names the columns, and names one for the identifier. */
  found: boolean;
  identified: boolean;
  readonly columns: Map<string, string>;
  readonly unread: string[];
  readonly rows: MasterRow[];
  padded: number;
}

function readSheet(sheet: Sheet, type: string): Reading {
  const reading: Reading = { sheet, found: false, identified: false, columns: new Map(), unread: [], rows: [], padded: 0 };
  let section: Section | null = null;
  for (let row = 1; row <= sheet.rows; row += 1) {
    const headings = readHeadings(reading, type, row);
    if (headings !== null) section = headings;
    else if (section !== null) readRow(reading, { type, section, row });
  }
  return reading;
}

/** The columns that a row names; `null` for a row that is none of headings. */
function readHeadings(reading: Reading, type: string, row: number): Section | null {
  const { sheet } = reading;
  const named = sheet.columnsIn(row).map((column) => {
    const heading = foldSpaces(textOf(sheet.ownCell(row, column))).slice(0, 100);
    return { column, heading, meaning: columnMeaning(type, heading) };
  });
  const columnOf = (kind: 'identifier' | 'key'): number | null => named.find(({ meaning }) => meaning?.kind === kind)?.column ?? null;
  const identifier = columnOf('identifier');
  const users = named.filter(({ meaning }) => meaning?.kind === 'user').map(({ column }) => column);
  const key = columnOf('key');
  if (identifier === null && (key === null || users.length === 0)) return null;
  const fields = new Map<string, number>();
  const unread: string[] = [];
  for (const { column, heading, meaning } of named) {
    const isSecond = meaning !== null && meaning.kind !== 'user' && isTaken(meaning, { column, identifier, key, fields });
    if (meaning === null || isSecond) unread.push(heading);
    else reading.columns.set(heading, describeMeaning(type, meaning));
    if (meaning?.kind === 'field' && !isSecond) fields.set(meaning.field, column);
  }
  reading.unread.push(...unread.filter((heading) => heading !== ''));
  reading.found = true;
  reading.identified ||= identifier !== null;
  return { identifier, key, users, fields: [...fields].map(([field, column]) => ({ field, column })) };
}

/** Whether an earlier column says the same already. */
function isTaken(
  meaning: { readonly kind: 'key' } | { readonly kind: 'identifier' | 'field'; readonly field: string },
  taken: {
    readonly column: number;
    readonly identifier: number | null;
    readonly key: number | null;
    readonly fields: ReadonlyMap<string, number>;
  },
): boolean {
  if (meaning.kind === 'identifier') return taken.identifier !== taken.column;
  return meaning.kind === 'key' ? taken.key !== taken.column : taken.fields.has(meaning.field);
}

function readRow(
  reading: Reading,
  { type, section, row }: { readonly type: string; readonly section: Section; readonly row: number },
): void {
  const cellAt = (column: number | null) => (column === null ? undefined : reading.sheet.cell(row, column));
  const identifier = readIdentifier(type, cellAt(section.identifier));
  const key = readText(cellAt(section.key));
  const fields: Record<string, Json> = {};
  for (const { column, field } of section.fields) {
    const value = readValue(type, field, cellAt(column));
    if (value !== null) fields[field] = value;
  }
  const users = section.users.map((column) => foldSpaces(readText(cellAt(column)))).filter((user) => user !== '');
  if (identifier.text === '' && key === '' && users.length === 0 && isEmpty(fields)) return;
  if (identifier.padded) reading.padded += 1;
  reading.rows.push({
    sheet: null,
    row,
    identifier: identifier.text,
    key,
    byKey: section.identifier === null,
    fields,
    users: section.users.length === 0 ? null : users,
    describes: section.fields.length > 0,
  });
}

function isEmpty(fields: Fields): boolean {
  return Object.keys(fields).length === 0;
}

function refuseWithoutIdentifier(file: RotaFile, type: string): Error {
  const { fields, identifier, plural } = entityTypeOf(type);
  const label = fields[identifier ?? '']?.label ?? identifier ?? 'identifier';
  const example = type === 'patient' ? 'cpf_paciente' : 'cns_clinica';
  return refuseFile(
    file,
    'no-identifier',
    `has no column with the identifier of ${plural}. Call the column “${label}” or “${example}”, and the one that says who sees each of the ${plural} “User”.`,
  );
}

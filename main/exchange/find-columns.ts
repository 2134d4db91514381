import { looksLikeRole, parseHeading } from './describe-person.ts';
import { limits } from './limits.ts';
import { findKeyColumn, isKeyHeading, type KeyColumn } from './person-key.ts';
import type { RotaGroup } from './rota.ts';
import { foldSpaces, textOf, type Sheet } from './sheet.ts';
import { parseHalf, parseHeaderDate } from './header-words.ts';

/** Which columns beside the days say who a row is about. */
export interface PersonColumns {
  /** Several where first and last name stand apart, in the order they are said. */
  readonly name: readonly number[];
  readonly role: number | null;
  readonly template: number | null;
  readonly group: number | null;
  readonly rotations: readonly number[];
  /** Where each person has a row for the morning and one for the afternoon: the column that says which. */
  readonly half: number | null;
  /** Where an export of ours says which record each row is about. */
  readonly keys: KeyColumn | null;
  /** Columns with a heading that is none of these. */
  readonly ignored: readonly { readonly column: number; readonly label: string }[];
  /** Rows that hold these headings. */
  readonly labelRows: ReadonlySet<number>;
  /** The group that the heading of the names gives everybody below it (`Residents`). */
  readonly heading: RotaGroup | null;
}

type Meaning = 'name' | 'first' | 'last' | 'role' | 'template' | 'group' | 'rotation' | 'half' | 'key';

const labels: readonly (readonly [Meaning, RegExp])[] = [
  ['first', /^(first|given)( name)?$|^nome próprio$/],
  ['last', /^(last|family)( name)?$|^surname$|^sobrenome$/],
  [
    'name',
    /^(provider|resident|faculty|person|physician|doctor|clinician|employee|staff|staff member|student|intern|full|display)?s?( |\/)?names?$|^(providers?|residents?|faculty|people|person|physicians?|doctors?|clinicians?|employees?|staff|staff member|who|students?|interns?|last, ?first|nomes?|pessoa|médico)$/,
  ],
  ['role', /^(role|pgy|pgy[ -]?(level|year)?|level|grade|position|title|rank|training (year|level)|cargo|função|tipo|type)$/],
  ['template', /^(templates?|block template|tmpl|schedule type|pattern|modelo)$/],
  ['group', /^(group|section|team|grupo|equipe)$/],
  ['rotation', /^(rotations?|rot|block rotation|service|rodízio|estágio)[ -]?\d?( \(.*\))?$/],
  ['half', /^(half|half day|am\/pm|session|time|time of day|turno|período)$/],
];

/** Finds the columns by their headings, and where those are missing by what stands in them. `bodyRows` are the rows under the dates. */
export function findPersonColumns(
  sheet: Sheet,
  { firstDay, headRows, bodyRows }: { firstDay: number; headRows: readonly number[]; bodyRows: readonly number[] },
): PersonColumns {
  const left = Array.from({ length: firstDay - 1 }, (_, index) => index + 1).filter((column) => sheet.rowsIn(column).length > 0);
  const labelled = readLabels(sheet, left, headRows);
  const columnOf = (meaning: Meaning) => [...labelled.meanings].filter(([, each]) => each === meaning).map(([column]) => column);
  const fromLabels = columnOf('name').length > 0 ? columnOf('name').slice(0, 1) : [...columnOf('last'), ...columnOf('first')];
  const rest = left.filter((column) => !labelled.meanings.has(column) && !labelled.others.has(column));
  const body = new Set(bodyRows.filter((row) => !labelled.rows.has(row)));
  const values = new Map<number, readonly string[]>();
  const valuesOf = (column: number): readonly string[] => {
    const known =
      values.get(column) ??
      sheet
        .rowsIn(column)
        .filter((row) => body.has(row))
        .map((row) => foldSpaces(textOf(sheet.ownCell(row, column)).slice(0, limits.nameLength)))
        .filter((text) => text !== '');
    values.set(column, known);
    return known;
  };

  const half = columnOf('half')[0] ?? rest.find((column) => shareOf(valuesOf(column), (text) => parseHalf(text) !== null) > 0.9) ?? null;
  const role = columnOf('role')[0] ?? rest.find((column) => column !== half && shareOf(valuesOf(column), looksLikeRole) > 0.5) ?? null;
  const name =
    fromLabels.length > 0
      ? fromLabels
      : guessName(
          rest.filter((column) => column !== half && column !== role),
          valuesOf,
        );
  const others = rest.filter((column) => !name.includes(column) && column !== role && column !== half && valuesOf(column).length > 0);
  return {
    name,
    role,
    half,
    keys: findKeyColumn(sheet),
    template: columnOf('template')[0] ?? null,
    group: columnOf('group')[0] ?? null,
    // Without a heading, what stands beside the names are the rotations of the block.
    rotations: [...columnOf('rotation'), ...others].toSorted((a, b) => a - b),
    ignored: [...labelled.others].map(([column, label]) => ({ column, label })),
    labelRows: labelled.rows,
    heading: labelled.heading,
  };
}

function readLabels(sheet: Sheet, left: readonly number[], headRows: readonly number[]) {
  let best = {
    rows: new Set<number>(),
    meanings: new Map<number, Meaning>(),
    others: new Map<number, string>(),
    heading: null as RotaGroup | null,
  };
  for (const row of headRows) {
    const meanings = new Map<number, Meaning>();
    const others = new Map<number, string>();
    let heading: RotaGroup | null = null;
    for (const column of left) {
      const text = foldSpaces(textOf(sheet.ownCell(row, column)));
      if (text === '') continue;
      const meaning = readLabel(text);
      if (meaning === null) others.set(column, text);
      else if (!meanings.has(column)) meanings.set(column, meaning);
      if (meaning === 'name') heading = parseHeading(text);
    }
    const named = [...meanings.values()].some((meaning) => meaning === 'name' || meaning === 'last');
    if (named && meanings.size > best.meanings.size) best = { rows: new Set([row]), meanings, others, heading };
  }
  return best;
}

function readLabel(text: string): Meaning | null {
  if (text.length > 60) return null;
  if (isKeyHeading(text)) return 'key';
  const word = text.toLowerCase().replace(/[:*.]+$/, '');
  return labels.find(([, pattern]) => pattern.test(word))?.[0] ?? null;
}

/** Whether a text heads a column or a row instead of naming somebody. */
export function isLabel(text: string): boolean {
  return readLabel(foldSpaces(text)) !== null || /^(days?|dates?|weekdays?|week|block|dia|data)?[:.]?$/i.test(foldSpaces(text));
}

/** Whether a text heads a column of names. */
export function isNameLabel(text: string): boolean {
  return readLabel(text) === 'name';
}

/** Whether the sheet is a list with a row for each assignment: a column of dates beside a column of names, both with a heading. */
export function isList(sheet: Sheet): boolean {
  for (let row = 1; row <= Math.min(sheet.rows, 20); row += 1) {
    const columns = sheet.columnsIn(row);
    const labelAt = (column: number) => foldSpaces(textOf(sheet.ownCell(row, column)));
    const dates = columns.find((column) => /^(date|day|dia|data)$/i.test(labelAt(column)));
    if (dates === undefined || !columns.some((column) => isNameLabel(labelAt(column)))) continue;
    const below = sheet.rowsIn(dates).filter((each) => each > row);
    const isDate = (each: number) => parseHeaderDate(textOf(sheet.ownCell(each, dates))) !== null;
    if (below.length > 0 && below.slice(0, 10).every(isDate)) return true;
  }
  return false;
}

/** The names are the column with the most different texts that are no numbers; of equals, the one nearest to the days. */
function guessName(columns: readonly number[], valuesOf: (column: number) => readonly string[]): readonly number[] {
  let best: { column: number; different: number } | null = null;
  for (const column of columns) {
    const values = valuesOf(column).filter((text) => /\p{L}/u.test(text));
    const different = new Set(values).size;
    if (different > 0 && different >= (best?.different ?? 0)) best = { column, different };
  }
  return best === null ? [] : [best.column];
}

function shareOf(values: readonly string[], matches: (text: string) => boolean): number {
  return values.length === 0 ? 0 : values.filter(matches).length / values.length;
}

import { notFound, quote } from '../../shared/errors.ts';
import { dayToDate } from '../../shared/roster/slot.ts';
import { chooseYear, countAgreeing, yearOf, type YearChoice } from './choose-year.ts';
import { findPersonColumns, isList, type PersonColumns } from './find-columns.ts';
import { findDaySections, type DaySection } from './find-days.ts';
import { foldName } from './fold-name.ts';
import { IssueList } from './issue-list.ts';
import { limits } from './limits.ts';
import { mergePeople } from './merge-people.ts';
import { findKeyColumn } from './person-key.ts';
import { readRows, type Body, type RowsReading } from './read-rows.ts';
import { readWorkbook } from './read-workbook.ts';
import { refuseFile } from './refuse-file.ts';
import { reportColumns, reportDays, reportYear } from './report-issues.ts';
import type { ReadingHints, RotaDecisions, RotaFile, RotaReading } from './rota.ts';
import { transpose, type Sheet, type Workbook } from './sheet.ts';

/**
 * Reads a wide rota: people down, half days across (or the other way round), in a workbook or a text table. Finds by itself where the
 * dates, the halves of the day and the people are. The year is the file's unless `decisions.year` says otherwise. Everything that was
 * left out or looks wrong is in `issues`. Refuses with INVALID, `data.what` `file`, what is no workbook or holds no dates or no people,
 * and with NOT_FOUND a sheet that is not there.
 */
export function readRota(file: RotaFile, decisions: RotaDecisions = {}, hints: ReadingHints = {}): RotaReading {
  const workbook = readWorkbook(file);
  const misses: Miss[] = [];
  for (const upright of candidateSheets(workbook, decisions))
    for (const sheet of [upright, transpose(upright)]) {
      const layout = findLayout(sheet, { file, workbook, decisions, hints });
      if ('sections' in layout) return makeReading(file, workbook, layout);
      misses.push(layout);
    }
  throw refuseWithout(file, workbook, decisions, misses);
}

interface Layout {
  readonly sheet: Sheet;
  readonly sections: readonly DaySection[];
  readonly columns: PersonColumns;
  readonly year: YearChoice;
  readonly yearless: boolean;
  readonly rows: RowsReading;
  readonly issues: IssueList;
}

/** A sheet that does not read as a rota, and what it lacks. */
interface Miss {
  readonly sheet: Sheet;
  readonly lacks: 'dates' | 'year' | 'people' | 'width';
  readonly dateRow: number;
}

interface Surroundings {
  readonly file: RotaFile;
  readonly workbook: Workbook;
  readonly decisions: RotaDecisions;
  readonly hints: ReadingHints;
}

function candidateSheets({ sheets }: Workbook, decisions: RotaDecisions): readonly Sheet[] {
  if (decisions.sheet === undefined) return [...sheets.filter((sheet) => !sheet.hidden), ...sheets.filter((sheet) => sheet.hidden)];
  const chosen = sheets.find((sheet) => sheet.name === decisions.sheet);
  if (chosen === undefined) throw notFound('sheet', decisions.sheet);
  return [chosen];
}

function findLayout(sheet: Sheet, surroundings: Surroundings): Layout | Miss {
  // An export of ours says which rows are people, and any of them may be called like a heading.
  if (findKeyColumn(sheet) === null && (isList(sheet) || isList(transpose(sheet)))) return { sheet, lacks: 'width', dateRow: 1 };
  const found = findDaySections(sheet);
  const dated = found.find((section) => !section.yearless);
  const yearless = found.length > 0 && dated === undefined;
  const sections = yearless
    ? putIntoYear(sheet, surroundings)
    : // A later row of dates may leave out the year that the first one says.
      found.length > 1 && dated !== undefined
      ? findDaySections(sheet, yearOf(dated.columns[0]?.day ?? 0))
      : found;
  const miss = (lacks: Miss['lacks']): Miss => ({ sheet, lacks, dateRow: found[0]?.row ?? 0 });
  if (sections === null) return miss('year');
  const firstDay = sections
    .flatMap((section) => section.columns)
    .reduce<number>((least, { column }) => Math.min(least, column), limits.columns);
  if (sections.length === 0) return miss('dates');
  if (firstDay < 2) return miss('people');

  const bodies = sections.map((section, index) => bodyOf(sheet, section, sections[index + 1]));
  const columns = findPersonColumns(sheet, {
    firstDay,
    headRows: bodies.flatMap(({ section, above, rows }) => [
      ...above,
      section.row,
      ...section.headerRows,
      ...[...rows].filter((row) => row <= section.row + 6),
    ]),
    bodyRows: bodies.flatMap(({ rows }) => [...rows]),
  });
  const year = chooseYear(sections, surroundings.decisions.year);
  const issues = new IssueList();
  const withoutLabels = bodies.map((body) => ({ ...body, rows: new Set([...body.rows].filter((row) => !columns.labelRows.has(row))) }));
  const rows = readRows(
    {
      sheet,
      columns,
      issues,
      shift: year.shift,
      refuseTooMany: () =>
        refuseFile(
          surroundings.file,
          'too-large',
          `holds more people and days on sheet “${sheet.name}” than a rota has: at most ${limits.people} rows of people and ${limits.halfDays} half days are read.`,
        ),
    },
    withoutLabels,
  );
  if (rows.people.length === 0) return miss('people');
  return { sheet, sections, columns, year, yearless, rows, issues };
}

function bodyOf(sheet: Sheet, section: DaySection, next: DaySection | undefined): Body {
  const end = next === undefined ? sheet.rows : Math.min(next.row, ...next.headerRows) - 1;
  const rows = new Set(range(section.row + 1, end).filter((row) => !section.headerRows.has(row)));
  const above = range(Math.max(1, section.row - 6), section.row - 1).filter((row) => !section.headerRows.has(row));
  return { section, rows, above };
}

const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

/** Dates without a year belong to the year near the one the file was made in where the weekdays agree best; `null` where nothing tells. */
function putIntoYear(sheet: Sheet, { file, workbook, decisions, hints }: Surroundings): readonly DaySection[] | null {
  if (typeof decisions.year === 'number') return findDaySections(sheet, decisions.year);
  const named = /(?:^|\D)(20\d\d)(?!\d)/.exec(`${sheet.name} ${file.name}`)?.[1];
  const around = Number(named ?? workbook.savedOn?.slice(0, 4) ?? hints.today?.slice(0, 4) ?? Number.NaN);
  if (Number.isNaN(around)) return null;
  let best = { sections: findDaySections(sheet, around), agreeing: -1 };
  for (const year of [around, around + 1, around - 1, around + 2, around - 2]) {
    const sections = findDaySections(sheet, year);
    const agreeing = countAgreeing(sections);
    if (agreeing > best.agreeing) best = { sections, agreeing };
  }
  return best.sections;
}

function makeReading(file: RotaFile, workbook: Workbook, layout: Layout): RotaReading {
  const { sheet, rows, year, issues } = layout;
  const people = mergePeople(rows.people, issues);
  const keyless = people.filter(({ key }) => key === undefined);
  for (const [, namesakes] of Map.groupBy(keyless, ({ name }) => foldName(name)))
    if (namesakes.length > limits.namesakes)
      throw refuseFile(
        file,
        'too-large',
        `names “${quote(namesakes[0]?.name ?? '')}” in ${namesakes.length} rows of sheet “${sheet.name}”: nobody could tell them apart.`,
      );
  reportYear(issues, layout);
  reportDays(issues, layout);
  reportColumns(issues, layout);
  const days = layout.sections.flatMap((section) => section.columns.map(({ day }) => day + year.shift)).toSorted((a, b) => a - b);
  const [from, to] = [days[0] ?? 0, days.at(-1) ?? 0];
  return {
    file: file.name,
    sheet: sheet.name,
    sheets: workbook.sheets.map(({ name }) => name),
    from: dayToDate(from),
    to: dayToDate(to),
    years: { stated: year.stated, suggested: year.suggested, used: yearOf(from) },
    people,
    callRows: rows.callRows,
    issues: issues.all(),
  };
}

function refuseWithout(file: RotaFile, workbook: Workbook, decisions: RotaDecisions, misses: readonly Miss[]) {
  const nearest = misses.find(({ lacks }) => lacks === 'year') ?? misses.find(({ lacks }) => lacks === 'people');
  if (nearest?.lacks === 'year')
    return refuseFile(
      file,
      'no-year',
      `has dates without a year on sheet “${nearest.sheet.name}”. Say which year the first of them is in.`,
    );
  if (nearest?.lacks === 'people')
    return refuseFile(
      file,
      'no-people',
      `has dates in ${nearest.sheet.rowName(nearest.dateRow)} of sheet “${nearest.sheet.name}” but no people: a rota needs a column of names to the left of the dates, and a code in some cell of each row.`,
    );
  const list = misses.find(({ lacks }) => lacks === 'width');
  if (list !== undefined)
    return refuseFile(
      file,
      'list',
      `has a list on sheet “${list.sheet.name}”, with a row for each assignment. What is imported is a rota: the people below each other, the days side by side.`,
    );
  const names = (decisions.sheet === undefined ? workbook.sheets.map(({ name }) => name) : [decisions.sheet]).map(
    (name) => `“${name.slice(0, 60)}”`,
  );
  const looked =
    names.length === 1
      ? `sheet ${names[0]} has no row of dates`
      : `none of the sheets ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' …' : ''} has a row of dates`;
  return refuseFile(file, 'no-dates', `is no rota: ${looked}. A rota has a row of dates, one for each day, with the people below it.`);
}

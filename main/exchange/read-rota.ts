import { notFound } from '../../shared/errors.ts';
import { dayToDate } from '../../shared/roster/slot.ts';
import { chooseYear, countAgreeing, yearOf, type YearChoice } from './choose-year.ts';
import { findPersonColumns, type PersonColumns } from './find-columns.ts';
import { findDaySections, type DaySection } from './find-days.ts';
import { IssueList } from './issue-list.ts';
import { limits } from './limits.ts';
import { mergePeople } from './merge-people.ts';
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
  const layouts = candidateSheets(workbook, decisions)
    .flatMap((sheet) => [sheet, transpose(sheet)])
    .map((sheet) => findLayout(sheet, { file, workbook, decisions, hints }))
    .filter((layout) => layout !== null);
  const layout = layouts.find(({ rows }) => rows.people.length > 0);
  if (layout === undefined) throw refuseWithout(file, workbook, decisions, layouts);
  return makeReading(file, workbook, layout);
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

function findLayout(sheet: Sheet, surroundings: Surroundings): Layout | null {
  const found = findDaySections(sheet);
  const yearless = found.length > 0 && found.every((section) => section.yearless);
  const sections = yearless ? putIntoYear(sheet, surroundings) : found;
  const firstDay = Math.min(...sections.flatMap((section) => section.columns.map(({ column }) => column)));
  if (sections.length === 0 || firstDay < 2) return null;

  const bodies = sections.map((section, index) => bodyOf(sheet, section, sections[index + 1]));
  const columns = findPersonColumns(sheet, {
    firstDay,
    headRows: bodies.flatMap(({ section, above, rows }) => [
      ...above,
      section.row,
      ...section.headerRows,
      ...rows.filter((row) => row <= section.row + 6),
    ]),
    bodyRows: bodies.flatMap(({ rows }) => rows),
  });
  const year = chooseYear(sections, surroundings.decisions.year);
  const issues = new IssueList();
  const withoutLabels = bodies.map((body) => ({ ...body, rows: body.rows.filter((row) => !columns.labelRows.has(row)) }));
  const rows = readRows({ sheet, columns, issues, shift: year.shift }, withoutLabels);
  return { sheet, sections, columns, year, yearless, rows, issues };
}

function bodyOf(sheet: Sheet, section: DaySection, next: DaySection | undefined): Body {
  const end = next === undefined ? sheet.rows : Math.min(next.row, ...next.headerRows) - 1;
  const rows = range(section.row + 1, end).filter((row) => !section.headerRows.has(row));
  const above = range(Math.max(1, section.row - 6), section.row - 1).filter((row) => !section.headerRows.has(row));
  return { section, rows, above };
}

const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

/** Dates without a year belong to the year around which the file was made in which the weekdays agree best. */
function putIntoYear(sheet: Sheet, { file, workbook, decisions, hints }: Surroundings): readonly DaySection[] {
  if (typeof decisions.year === 'number') return findDaySections(sheet, decisions.year);
  const named = /(?:^|\D)(20\d\d)(?!\d)/.exec(`${sheet.name} ${file.name}`)?.[1];
  const around = Number(named ?? workbook.savedOn?.slice(0, 4) ?? hints.today?.slice(0, 4) ?? Number.NaN);
  if (Number.isNaN(around))
    throw refuseFile(file, 'no-year', `has dates without a year on sheet “${sheet.name}”. Say which year the first of them is in.`);
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
  if (people.length > limits.people)
    throw refuseFile(
      file,
      'too-large',
      `names ${people.length} people on sheet “${sheet.name}”; a rota of at most ${limits.people} is read.`,
    );
  reportYear(issues, layout);
  reportDays(issues, layout);
  reportColumns(issues, layout);
  const days = layout.sections.flatMap((section) => section.columns.map(({ day }) => day + year.shift));
  return {
    file: file.name,
    sheet: sheet.name,
    sheets: workbook.sheets.map(({ name }) => name),
    from: dayToDate(Math.min(...days)),
    to: dayToDate(Math.max(...days)),
    years: { stated: year.stated, suggested: year.suggested, used: yearOf(Math.min(...days)) },
    people,
    callRows: rows.callRows,
    issues: issues.all(),
  };
}

function refuseWithout(file: RotaFile, workbook: Workbook, decisions: RotaDecisions, layouts: readonly Layout[]) {
  const names = (decisions.sheet === undefined ? workbook.sheets.map(({ name }) => name) : [decisions.sheet])
    .slice(0, 5)
    .map((name) => `“${name.slice(0, 60)}”`);
  const where =
    names.length === 1 ? `sheet ${names[0]}` : `none of the sheets ${names.join(', ')}${workbook.sheets.length > 5 ? ' …' : ''}`;
  const found = layouts[0];
  if (found !== undefined)
    return refuseFile(
      file,
      'no-people',
      `has dates in ${found.sheet.rowName(found.sections[0]?.row ?? 1)} of sheet “${found.sheet.name}” but no people: a rota needs a column of names to the left of the dates, and a code in some cell of each row.`,
    );
  return refuseFile(
    file,
    'no-dates',
    names.length === 1
      ? `is no rota: ${where} has no row of dates. A rota has a row of dates, one for each day, with the people below it.`
      : `is no rota: ${where} has a row of dates. A rota has a row of dates, one for each day, with the people below it.`,
  );
}

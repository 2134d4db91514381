import { dateToWords, dayToDate } from '../../shared/roster/slot.ts';
import type { YearChoice } from './choose-year.ts';
import type { PersonColumns } from './find-columns.ts';
import { weekdayNumber, type DaySection } from './find-days.ts';
import type { IssueList } from './issue-list.ts';
import { foldSpaces, textOf, type Sheet } from './sheet.ts';

interface Layout {
  readonly sheet: Sheet;
  readonly sections: readonly DaySection[];
  readonly columns: PersonColumns;
  readonly year: YearChoice;
  readonly yearless: boolean;
}

/** Says when the year of the dates contradicts the weekdays, or was not in the file at all. */
export function reportYear(issues: IssueList, { sheet, sections, year, yearless }: Layout): void {
  const where = sheet.rowName(sections[0]?.row ?? 1);
  const { stated, suggested, used, agreement } = year;
  if (yearless)
    issues.add({
      kind: 'year',
      severity: 'warning',
      where,
      text: `The dates have no year. They are read as ${used}${agreement.of > 0 ? `, where ${agreement.stated} of ${agreement.of} weekdays agree` : ''}.`,
      data: { stated, suggested, used },
    });
  else if (stated !== suggested)
    issues.add({
      kind: 'year',
      severity: used === suggested ? 'info' : 'warning',
      where,
      text:
        `The dates say ${stated}, but the weekdays beside them are those of ${suggested}: in ${suggested} ${agreement.suggested} of ${agreement.of} agree, ` +
        `in ${stated} ${agreement.stated}. ${used === suggested ? `They are moved to ${suggested}.` : `They are taken as ${used} unless you correct the year.`}`,
      data: { stated, suggested, used },
    });
}

/** Says which weekdays contradict their dates where the year does not explain it. */
export function reportDays(issues: IssueList, { sheet, sections, year }: Layout): void {
  for (const line of sheet.beyond) issues.add({ kind: 'truncated', severity: 'warning', where: sheet.name, text: line });
  if (year.used !== year.suggested) return;
  const wrong = sections
    .flatMap((section) => section.weekdays)
    .filter((each) => !each.stated.includes(weekdayNumber(each.day + year.shift)));
  for (const { column, day, text } of wrong)
    issues.add({
      kind: 'weekday',
      severity: 'warning',
      where: sheet.columnName(column),
      text: `The header says ${foldSpaces(text).slice(0, 40)}, but the date is ${dateToWords(dayToDate(day + year.shift))}. The date counts.`,
    });
}

/** Says which columns hold something that is not imported. */
export function reportColumns(issues: IssueList, { sheet, sections, columns }: Layout): void {
  const days = sections.flatMap((section) => section.columns.map(({ column }) => column));
  const first = Math.min(...days);
  const last = Math.max(...days);
  const top = sections[0]?.row ?? 1;
  const beside: number[] = [];
  for (let column = last + 1; column <= sheet.columns; column += 1) if (sheet.rowsIn(column).length > 0) beside.push(column);
  if (beside.length > 0) {
    const formulas = beside.some((column) => sheet.rowsIn(column).some((row) => sheet.ownCell(row, column)?.formula === true));
    issues.add({
      kind: 'ignored-column',
      severity: 'info',
      where: nameRange(sheet, beside),
      text: `${beside.length === 1 ? 'One column' : `${beside.length} columns`} behind the days ${formulas ? 'count them with formulas and ' : ''}are not imported.`,
      data: { columns: beside.length },
    });
  }
  for (const column of new Set(sections.flatMap((section) => section.leftOut)))
    if (column > first && column < last && !days.includes(column))
      issues.add({
        kind: 'ignored-column',
        severity: 'warning',
        where: sheet.columnName(column),
        text: `This column stands among the days but is neither a morning nor an afternoon (“${headOf(sheet, top, column)}”). It is not imported.`,
      });
  if (columns.rotations.length > 0)
    issues.add({
      kind: 'ignored-column',
      severity: 'info',
      where: nameRange(sheet, columns.rotations),
      text: 'The rotations noted beside the names are not imported: what a person does on each half day is.',
      data: { columns: columns.rotations.length },
    });
  for (const { column, label } of columns.ignored)
    issues.add({
      kind: 'ignored-column',
      severity: 'info',
      where: sheet.columnName(column),
      text: `“${label.slice(0, 80)}” is not imported.`,
    });
}

function headOf(sheet: Sheet, top: number, column: number): string {
  const row = sheet.rowsIn(column).find((each) => each >= top - 2);
  return row === undefined ? '' : foldSpaces(textOf(sheet.ownCell(row, column))).slice(0, 40);
}

function nameRange(sheet: Sheet, columns: readonly number[]): string {
  const [first, last] = [columns[0] ?? 1, columns.at(-1) ?? 1];
  return first === last ? sheet.columnName(first) : `${sheet.columnName(first)} to ${sheet.columnName(last).replace(/^\w+ /, '')}`;
}

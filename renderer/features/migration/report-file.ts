import type { MigrationReport } from '../../../shared/contract/app/view-migrations.ts';
import { t } from '../../messages/index.ts';
import { counted } from './counted.ts';
import type { MasterType } from './opened.ts';
import { problemText } from './problem-text.ts';

const emptyLists: Readonly<Record<MasterType, string>> = {
  clinic: 'Clinic id,Name,Street,Number,City,District,Postcode,Telephone,Hours,User\r\n',
  patient:
    "CPF,Name,Age,Sex,Mother's name,Legally incapable,Guardian,State id,Weight,Height,Ethnicity choice,Ethnicity,Health card,E-mail,City,Address,Postcode,Telephone,Second telephone,User\r\n",
};

/** Saves a list that has its headings and nothing else. */
export function saveEmptyList(type: MasterType): void {
  saveText(type === 'clinic' ? 'clinics.csv' : 'patients.csv', emptyLists[type]);
}

/** Saves what a run came to: its counts, and every row that was not taken, with why. */
export function saveReport(report: MigrationReport): void {
  const { masters, links, users, issues } = report;
  const rows = [
    [t('migration.what'), report.file],
    [counted('migration.rows', report.rows), String(report.rows)],
    [t(report.type === 'patient' ? 'migration.newPatients' : 'migration.newClinics', { count: masters.created }), String(masters.created)],
    [t('migration.newLinks', { count: links.created }), String(links.created)],
    [t('migration.existing'), `${masters.existing} / ${links.existing}`],
    [t('migration.skipped', { count: report.skipped }), String(report.skipped)],
    [],
    ...users.map(({ name, links: count }) => [name, String(count)]),
    [],
    ...issues.map(({ sheet, row, problem, text }) => [...(sheet === null ? [] : [sheet]), String(row), problemText(problem), text]),
  ];
  const name = report.file.replace(/\.[A-Za-z]{2,4}$/, '').replaceAll(/[^\p{L}\p{N} ._-]/gu, '-');
  saveText(`${name} report.csv`, `${rows.map((row) => row.map(toCell).join(',')).join('\r\n')}\r\n`);
}

/** A text that a spreadsheet takes as a text: names of a file may begin as a formula does. */
function toCell(text: string): string {
  const guarded = /^[=+@\t\r-]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function saveText(name: string, text: string): void {
  // With its mark, Excel knows that the text is UTF-8.
  const address = URL.createObjectURL(new Blob(['\u{feff}', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads it after the click; a minute is more than it needs.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

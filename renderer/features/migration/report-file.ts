import type { MigrationReport } from '../../../shared/contract/app/view-migrations.ts';
import { tableLine, tableMark } from '../../../shared/text-table.ts';
import { t } from '../../messages/index.ts';
import { saveFile } from '../../ui/save-file.ts';
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
  saveTable(type === 'clinic' ? 'clinics.csv' : 'patients.csv', emptyLists[type]);
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
  saveTable(`${name} report.csv`, rows.map((row) => tableLine(row, ',')).join(''));
}

function saveTable(name: string, lines: string): void {
  saveFile({ name, mediaType: 'text/csv;charset=utf-8', content: `${tableMark}${lines}` });
}

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRota } from '../../../main/exchange/read-rota.ts';
import type { ReadingHints, RotaDecisions, RotaReading } from '../../../main/exchange/rota.ts';
import { daysFrom, makeWorkbook, serialOf, type TestCell } from './make-workbook.ts';

describe('a rota in text', () => {
  test('has one column for each day, which is both its halves, with day and month told apart by the days that follow', () => {
    const reading = readFixture('one-column-per-day.csv');
    expect({ ...summaryOf(reading), from: reading.from, to: reading.to }).toEqual({
      people: [
        '4 Silva, Ana resident: C C C C NF NF NF NF OFF OFF',
        "5 O'Brien, Tom resident: " + 'FMIT '.repeat(10).trim(),
        '6 Lima, Rui faculty: AT AT AT AT - - LV LV LV LV',
      ],
      issues: ['row 7 row-without-person', 'column H ignored-column'],
      from: '2026-01-05',
      to: '2026-01-09',
    });
  });

  test('says morning and afternoon in the dates, headings above the people, and is not in UTF-8', () => {
    const reading = readFixture('halves-in-dates-latin1.csv');
    expect(summaryOf(reading)).toEqual({
      people: [
        '3 Ana Conceição resident: C CV W W',
        '4 Tom Weber resident: NF OFF W W',
        '6 Ana Conceição faculty: AT AT LV LV',
        '7 Jo Park faculty: - - - -',
      ],
      issues: ['row 3 duplicate-name'],
    });
  });

  test('has the weeks below each other: the same person in each is one person', () => {
    expect(summaryOf(readFixture('stacked-weeks.csv'))).toEqual({
      people: ['3 Ana Silva resident: C C NF NF OFF OFF C C', '4 Rui Lima faculty: AT - LV LV LV LV AT AT'],
      issues: [],
    });
  });

  test.each([
    ['tabs', 'Name\t2026-03-02\t2026-03-03\nAna\tC\tNF\n'],
    ['semicolons', 'Name;2026-03-02;2026-03-03\nAna;C;NF\n'],
    ['a mark for UTF-8', '\ufeffName,2026-03-02,2026-03-03\nAna,C,NF\n'],
    ['a line that names the separator', 'sep=|\nName|2026-03-02|2026-03-03\nAna|C|NF\n'],
    ['months first', 'Name,3/2/2026,3/3/2026\nAna,C,NF\n'],
    ['days first', 'Name,02/03/2026,03/03/2026\nAna,C,NF\n'],
    ['dots', 'Name,2.3.26,3.3.26\nAna,C,NF\n'],
    ['month names', 'Name,2-Mar-26,3-Mar-26\nAna,C,NF\n'],
    ['weekdays in the dates', 'Name,"Mon, Mar 2, 2026","Tue, Mar 3, 2026"\nAna,C,NF\n'],
    ['two rows of headings', 'Name,2026-03-02,2026-03-03\n,Mon,Tue\nAna,C,NF\n'],
    ['no heading above the names', ',2026-03-02,2026-03-03\nAna,C,NF\n'],
    ['the days downwards', 'Day,Ana\n2026-03-02,C\n2026-03-03,NF\n'],
    ['a row for each half', 'Name,Half,2026-03-02,2026-03-03\nAna,AM,C,NF\n,PM,C,NF\n'],
  ])('may have %s', (_, text) => {
    const reading = readText(text);
    expect(
      reading.people.map(
        (person) =>
          person.name + ': ' + person.cells.map((cell) => `${cell.date} ${cell.half} ${cell.kind === 'code' ? cell.code : '-'}`).join(', '),
      ),
    ).toEqual(['Ana: 2026-03-02 AM C, 2026-03-02 PM C, 2026-03-03 AM NF, 2026-03-03 PM NF']);
  });

  test('that is a list of assignments is refused as one, not misread', () => {
    const list = 'Date,Name,Half,Code\n2026-03-02,Ana,AM,C\n2026-03-02,Ana,PM,C\n2026-03-03,Ana,AM,NF\n';
    expect(() => readText(list)).toThrow('“rota.csv” has a list on sheet “rota”, with a row for each assignment.');
  });

  test('may give first and last name apart, and other columns that are not imported', () => {
    const reading = readText('ID,Last name,First name,PGY,Pager,2026-03-02,2026-03-03\n7,Silva,Ana,PGY-2,555,C,NF\n');
    expect(summaryOf(reading)).toEqual({
      people: ['2 Silva, Ana resident: C C NF NF'],
      issues: ['column A ignored-column', 'column E ignored-column'],
    });
  });

  test('is read by the weekdays where day and month could be either', () => {
    const spanOf = (text: string) => readText(text).from;
    expect(spanOf('Name,Thu 05/02/2026,Thu 12/02/2026\nAna,C,NF\n')).toBe('2026-02-05');
    expect(spanOf('Name,Sat 05/02/2026,Sat 05/09/2026\nAna,C,NF\n')).toBe('2026-05-02');
  });
});

describe('a year', () => {
  const yearless = 'Name,Thu 12 Feb,Fri 13 Feb,Sat 14 Feb\nAna,C,C,W\n';

  test('that is missing is the one near the file’s own in which the weekdays agree', () => {
    const reading = readText(yearless, {}, { today: '2025-11-21' });
    expect({ from: reading.from, years: reading.years, issue: reading.issues[0]?.kind }).toEqual({
      from: '2026-02-12',
      years: { stated: 2026, suggested: 2026, used: 2026 },
      issue: 'year',
    });
    expect(readText(yearless, { year: 2020 }).from).toBe('2020-02-12');
  });

  test('that nothing tells is asked for', () => {
    expect(() => readText(yearless)).toThrow(
      '“rota.csv” has dates without a year on sheet “rota”. Say which year the first of them is in.',
    );
  });

  test('goes on after December, also where only some dates say it', () => {
    expect(readText('Name,30 Dec 2025,31 Dec,1 Jan,2 Jan\nAna,C,C,HOL,C\n')).toMatchObject({ from: '2025-12-30', to: '2026-01-02' });
  });

  test('that is corrected moves all days alike, also over a leap day', () => {
    const days = daysFrom('2024-02-26', 8);
    const weekdays = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed', 'Thu'];
    const text = `,${weekdays.join(',')}\nName,${days.join(',')}\nAna,${days.map(() => 'C').join(',')}\n`;
    expect(readText(text).years).toEqual({ stated: 2024, suggested: 2026, used: 2024 });
    expect(readText(text, { year: 'correct' })).toMatchObject({ from: '2026-02-26', to: '2026-03-05' });
  });

  test('does not hide a single weekday that is wrong', () => {
    const reading = readText(',Mon,Tue,Thu,Thu,Fri\nName,2026-03-02,2026-03-03,2026-03-04,2026-03-05,2026-03-06\nAna,C,C,C,C,C\n');
    expect(reading.issues.map(({ kind, where, text }) => [kind, where, text])).toEqual([
      ['weekday', 'column D', 'The header says Thu, but the date is Wed 2026-03-04. The date counts.'],
    ]);
  });
});

describe('a rota in a workbook', () => {
  test('may begin in any column, leave the template out, and merge a code over the half days it means', () => {
    const rows: TestCell[][] = [
      ['Block 9'],
      [],
      [null, null, 'Who', { date: '2026-02-12' }, null, { date: '2026-02-13' }, null],
      [null, null, null, 'AM', 'PM', 'AM', 'PM'],
      [null, 'PGY 1', 'Ana  Silva\u00a0', 'LV', null, null, null],
      [null, 'FAC', 'Rui', '\u00a0', 'C ', ' ', 'C\u00a0'],
    ];
    expect(summaryOf(readSheet(rows, ['D3:E3', 'F3:G3', 'D5:G5']))).toEqual({
      people: ['5 Ana Silva resident: LV LV LV LV', '6 Rui faculty: - C - C'],
      issues: [],
    });
  });

  test('may have lost the format of its dates, or count from 1904', () => {
    const row = (first: number): TestCell[][] => [
      ['Name', first, first + 1, first + 2],
      ['Ana', 'C', 'C', 'W'],
    ];
    expect(readSheet(row(serialOf('2026-02-12'))).from).toBe('2026-02-12');
    const mac = makeWorkbook(
      [
        {
          rows: [
            ['Name', { date: '2022-02-11' }, { date: '2022-02-12' }],
            ['Ana', 'C', 'C'],
          ],
        },
      ],
      {
        'xl/workbook.xml': '<workbook><workbookPr date1904="1"/><sheets><sheet name="S" sheetId="1"/></sheets></workbook>',
      },
    );
    expect(readRota({ name: 'mac.xlsx', bytes: mac }).from).toBe('2026-02-12');
  });

  test('takes the stored result of a formula, and leaves alone what cannot be a code', () => {
    const rows: TestCell[][] = [
      [
        'Name',
        'Role',
        { date: '2026-02-12' },
        { date: '2026-02-13' },
        { date: '2026-02-14' },
        { date: '2026-02-15' },
        { date: '2026-02-16' },
      ],
      ['Ana', 'R1', { formula: 'B9', result: 'NF' }, { formula: 'B10' }, { date: '2026-01-02' }, 'x'.repeat(61), 4],
    ];
    const reading = readSheet(rows);
    expect(
      reading.people[0]?.cells.filter(({ half }) => half === 'AM').map((cell) => (cell.kind === 'code' ? cell.code : cell.kind)),
    ).toEqual(['NF', 'unreadable', 'unreadable', 'unreadable', '4']);
    expect(reading.issues.map(({ text }) => text)).toEqual([
      'D2 is a formula without a stored result; E2 holds the date 2026-01-02; F2 holds a text of 61 characters. That is no code: what the roster holds there is left alone.',
    ]);
  });

  test('is the first sheet that reads as a rota, or the one that is asked for', () => {
    const rota = (name: string): TestCell[][] => [
      ['Name', { date: '2026-02-12' }, { date: '2026-02-13' }],
      [name, 'C', 'C'],
    ];
    const bytes = makeWorkbook([
      { name: 'Notes', rows: [['nothing here']] },
      { name: 'Old', hidden: true, rows: rota('Old') },
      { name: 'Block 9', rows: rota('Ana') },
      { name: 'Block 10', rows: rota('Rui') },
    ]);
    const file = { name: 'year.xlsx', bytes };
    const { sheet, sheets, people } = readRota(file);
    expect({ sheet, sheets, name: people[0]?.name }).toEqual({
      sheet: 'Block 9',
      sheets: ['Notes', 'Old', 'Block 9', 'Block 10'],
      name: 'Ana',
    });
    expect(readRota(file, { sheet: 'Block 10' }).people[0]?.name).toBe('Rui');
    expect(() => readRota(file, { sheet: 'Block 11' })).toThrow('There is no sheet “Block 11”.');
    expect(() => readRota(file, { sheet: 'Notes' })).toThrow('“year.xlsx” is no rota: sheet “Notes” has no row of dates.');
  });

  test('without people says where the dates are and what is missing', () => {
    expect(() =>
      readSheet([
        [null, { date: '2026-02-12' }, { date: '2026-02-13' }],
        [null, 'C', 'C'],
      ]),
    ).toThrow('“rota.xlsx” has dates in row 1 of sheet “Sheet1” but no people');
  });

  test('keeps two people of one name and kind apart, and says so', () => {
    const reading = readSheet([
      ['Name', 'Role', { date: '2026-02-12' }, { date: '2026-02-13' }],
      ['Kim', 'PGY 2', 'C', 'C'],
      ['KIM ', 'PGY 3', 'NF', 'NF'],
    ]);
    expect(summaryOf(reading)).toEqual({
      people: ['2 Kim resident: C C C C', '3 KIM resident: NF NF NF NF'],
      issues: ['row 2 duplicate-name'],
    });
  });

  test('reports a column among the days that is neither half of one', () => {
    const reading = readSheet([
      ['Name', { date: '2026-02-12' }, null, null, { date: '2026-02-13' }, null, null],
      [null, 'AM', 'PM', 'Night', 'AM', 'PM', 'Night'],
      ['Ana', 'C', 'CV', 'X', 'C', 'C', 'Y'],
    ]);
    expect(summaryOf(reading)).toEqual({
      people: ['3 Ana unknown: C CV C C'],
      issues: ['column G ignored-column', 'column D ignored-column'],
    });
  });
});

function readFixture(name: string): RotaReading {
  return readRota({ name, bytes: readFileSync(resolve(import.meta.dirname, '../../fixtures/rotas', name)) });
}

function readText(text: string, decisions?: RotaDecisions, hints?: ReadingHints): RotaReading {
  return readRota({ name: 'rota.csv', bytes: Buffer.from(text) }, decisions, hints);
}

function readSheet(rows: readonly (readonly TestCell[])[], merges: readonly string[] = []): RotaReading {
  return readRota({ name: 'rota.xlsx', bytes: makeWorkbook([{ rows, merges }]) });
}

function summaryOf(reading: RotaReading) {
  return {
    people: reading.people.map(
      ({ row, name, group, cells }) =>
        `${row} ${name} ${group}: ${cells.map((cell) => (cell.kind === 'code' ? cell.code : '-')).join(' ')}`,
    ),
    issues: reading.issues.map(({ where, kind }) => `${where} ${kind}`),
  };
}

import { blockOfDay } from '../../../shared/roster/academic-calendar.ts';
import { findActivityCode } from '../../../shared/roster/codes.ts';
import { textOf } from '../../../shared/roster/field.ts';
import type { PersonRow } from '../../../shared/roster/person-row.ts';
import { dayToDate, isWeekend, weekdayOf } from '../../../shared/roster/slot.ts';
import { keyHeading } from '../person-key.ts';
import { shownCode, shownRole } from '../shown-cell.ts';
import { textCell, type BookCell, type BookRow, type BookSheet, type CellStyle, type CellSpan } from './book.ts';
import { codeColours } from './code-colours.ts';
import { looks, quietFill } from './looks.ts';

/** What stands in one half day of one person: the codes, and the colour that the first one's rotation gives it. */
export interface DrawnCell {
  readonly codes: readonly string[];
  readonly color: string | null;
}

/** A stretch of the roster, ready to be drawn. Days count from 1970-01-01, slots are half days. */
export interface DrawnRoster {
  readonly title: string;
  readonly firstDay: number;
  readonly lastDay: number;
  /** In the order of the grid, groups together. */
  readonly people: readonly PersonRow[];
  readonly cellAt: (personId: string, slot: number) => DrawnCell | undefined;
  readonly isAway: (personId: string, slot: number) => boolean;
  /** Days on which nobody is expected, besides weekends. */
  readonly holidays: ReadonlySet<number>;
  /** What a code of a rotation means. */
  readonly nameOf: ReadonlyMap<string, string>;
}

const leftColumns = 4;
const headRows = 5;
const blank: BookCell = { kind: 'blank' };

/** The roster as a wide rota: people down in their groups, half days across, the key of each person in a hidden column. */
export function rosterSheet(roster: DrawnRoster): BookSheet {
  const days = daysOf(roster);
  return {
    name: 'Roster',
    columns: [
      { width: 12, hidden: true },
      { width: 26 },
      { width: 13 },
      { width: 10 },
      ...days.flatMap(() => [{ width: 5.6 }, { width: 5.6 }]),
    ],
    frozen: { rows: headRows, columns: leftColumns },
    spans: days.flatMap((_, index): CellSpan[] => {
      const column = leftColumns + 1 + index * 2;
      return [3, 4].map((row) => ({ row, column, lastRow: row, lastColumn: column + 1 }));
    }),
    rows: rosterRows(roster, days),
  };
}

/** The same rota as rows of a text table: one line of headings, a column for each half day. */
export function* rosterTable(roster: DrawnRoster): Generator<readonly string[]> {
  const days = daysOf(roster);
  yield [
    keyHeading,
    'Group',
    'Name',
    'Role',
    'Template',
    ...days.flatMap((day) => [`${weekdayOf(day)} ${dayToDate(day)} AM`, `${weekdayOf(day)} ${dayToDate(day)} PM`]),
  ];
  for (const person of roster.people)
    yield [
      person.id,
      person.group,
      person.name,
      shownRole(person.fields),
      textOf(person.fields, 'template') ?? '',
      ...days.flatMap((day) => [day * 2, day * 2 + 1].map((slot) => shownCode(roster.cellAt(person.id, slot)?.codes ?? []))),
    ];
}

function* rosterRows(roster: DrawnRoster, days: readonly number[]): Generator<BookRow> {
  yield { cells: [null, textCell(roster.title, looks.title)], height: 24 };
  yield {
    cells: [
      null,
      null,
      null,
      null,
      ...days.flatMap((day, index) => {
        const block = blockOfDay(day);
        return index === 0 || blockOfDay(day - 1) !== block
          ? [textCell(`${block.name}, ${block.academicYear}–${block.academicYear + 1}`, looks.block), null]
          : [null, null];
      }),
    ],
  };
  const isQuiet = (day: number) => isWeekend(day) || roster.holidays.has(day);
  const dayLook = (day: number) => (isQuiet(day) ? looks.quietDay : looks.day);
  yield {
    cells: [
      null,
      blank,
      blank,
      blank,
      ...days.flatMap((day) => [textCell(weekdayOf(day), dayLook(day)), { kind: 'blank', style: dayLook(day) } as const]),
    ],
  };
  yield {
    cells: [
      null,
      blank,
      blank,
      blank,
      ...days.flatMap((day) => [{ kind: 'date', day, style: dayLook(day) } as const, { kind: 'blank', style: dayLook(day) } as const]),
    ],
  };
  yield {
    cells: [
      textCell(keyHeading, looks.key),
      textCell('Name', looks.head),
      textCell('Role', looks.head),
      textCell('Template', looks.head),
      ...days.flatMap(() => [textCell('AM', looks.half), textCell('PM', looks.half)]),
    ],
  };
  const style = cellStyles();
  let group = '';
  for (const person of roster.people) {
    if (person.group !== group) {
      group = person.group;
      const filler = { kind: 'blank', style: looks.group } as const;
      yield { cells: [null, textCell(group, looks.group), filler, filler, ...days.flatMap(() => [filler, filler])] };
    }
    yield {
      cells: [
        textCell(person.id, looks.key),
        textCell(person.name, looks.text),
        textCell(shownRole(person.fields), looks.text),
        textCell(textOf(person.fields, 'template') ?? '', looks.text),
        ...days.flatMap((day) =>
          [day * 2, day * 2 + 1].map((slot) => {
            const cell = roster.cellAt(person.id, slot);
            const code = cell === undefined ? '' : shownCode(cell.codes);
            return textCell(code, style(code, cell?.color ?? null, roster.isAway(person.id, slot), isQuiet(day), slot % 2 === 0));
          }),
        ),
      ],
    };
  }
}

/** One style object for cells that look alike. */
function cellStyles() {
  const known = new Map<string, CellStyle>();
  return (code: string, color: string | null, away: boolean, quiet: boolean, starts: boolean): CellStyle => {
    const key = `${code} ${color} ${away} ${quiet} ${starts}`;
    const found = known.get(key) ?? makeStyle(code, color, away, quiet, starts);
    known.set(key, found);
    return found;
  };
}

function makeStyle(code: string, color: string | null, away: boolean, quiet: boolean, starts: boolean): CellStyle {
  const colours = code === '' ? null : codeColours(code, color);
  const fill = colours?.fill ?? (quiet ? quietFill : undefined);
  return {
    align: 'center',
    size: 9,
    ...(fill === undefined ? {} : { fill }),
    ...(colours === null ? {} : { color: colours.text }),
    ...(away ? { hatched: true } : {}),
    ...(starts ? { edge: 'left' } : {}),
  };
}

/** What the codes mean, how often each is used, in their colours; the most used first. */
export function codesSheet(roster: DrawnRoster): BookSheet {
  const uses = new Map<string, { count: number; color: string | null }>();
  for (const { id } of roster.people)
    for (let slot = roster.firstDay * 2; slot <= roster.lastDay * 2 + 1; slot += 1) {
      const cell = roster.cellAt(id, slot);
      for (const code of cell?.codes ?? []) {
        const use = uses.get(code);
        if (use === undefined) uses.set(code, { count: 1, color: cell?.color ?? null });
        else use.count += 1;
      }
    }
  const sorted = [...uses].toSorted(([a, { count: ofA }], [b, { count: ofB }]) => ofB - ofA || (a < b ? -1 : 1));
  return {
    name: 'Codes',
    columns: [{ width: 14 }, { width: 44 }, { width: 12 }],
    frozen: { rows: 1, columns: 0 },
    filterRow: 1,
    rows: [
      { cells: [textCell('Code', looks.head), textCell('Means', looks.head), textCell('Half days', looks.head)] },
      ...sorted.map(([code, { count, color }]): BookRow => {
        const colours = codeColours(code, color);
        return {
          cells: [
            textCell(shownCode([code]), { fill: colours.fill, color: colours.text, align: 'center', bold: true }),
            textCell(roster.nameOf.get(code) ?? findActivityCode(code)?.name ?? ''),
            { kind: 'number', number: count },
          ],
        };
      }),
    ],
  };
}

function daysOf({ firstDay, lastDay }: DrawnRoster): readonly number[] {
  return Array.from({ length: lastDay - firstDay + 1 }, (_, index) => firstDay + index);
}

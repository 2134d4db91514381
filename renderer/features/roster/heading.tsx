import type { HalfDay } from '../../../shared/contract/app/roster.ts';
import { dateParts, dateText } from '../../ui/format.ts';
import type { HeaderBand, HeaderSpan } from '../../ui/grid/model.ts';
import { t } from '../../messages/index.ts';
import style from './roster.module.css';

/** The three levels over the grid: academic blocks, days, half days with the number of clashes in each. */
export function headingBands(
  columns: readonly HalfDay[],
  columnWidth: number,
  today: string,
  clashes: ReadonlyMap<number, number>,
): readonly HeaderBand[] {
  return [
    { key: 'block', height: 24, spans: blockSpans(columns) },
    { key: 'day', height: 22, spans: daySpans(columns, columnWidth, today) },
    {
      key: 'half',
      height: 17,
      spans: columns.map((column, index) => {
        const count = clashes.get(index) ?? 0;
        const name = t('roster.columnName', { date: dateText(column.date), half: column.half });
        return {
          key: column.label,
          from: index,
          to: index + 1,
          name: count > 0 ? `${name}, ${t('roster.rowClashes', { count })}` : name,
          content: column.half,
          className: [style.halfBand, quiet(column) ? style.dayQuiet : '', count > 0 ? style.halfClash : ''].filter(Boolean).join(' '),
        };
      }),
    },
  ];
}

function quiet(column: HalfDay): boolean {
  return column.weekend || column.holiday !== null;
}

function blockSpans(columns: readonly HalfDay[]): readonly HeaderSpan[] {
  return runs(columns, (column) => `${column.academicYear} ${column.block}`).map(({ first, from, to, key }) => ({
    key,
    from,
    to,
    content: t(first.block === 0 ? 'roster.blockOrientation' : 'roster.block', {
      number: first.block,
      year: `${first.academicYear}–${String(first.academicYear + 1).slice(2)}`,
    }),
    className: style.blockBand,
  }));
}

function daySpans(columns: readonly HalfDay[], columnWidth: number, today: string): readonly HeaderSpan[] {
  return runs(columns, (column) => column.date).map(({ first, from, to, key }) => {
    const { weekday, day, month } = dateParts(first.date);
    const wide = columnWidth * (to - from);
    return {
      key,
      from,
      to,
      name: [dateText(first.date, true), first.holiday].filter((part) => part !== null).join(', '),
      content: (
        <span title={first.holiday ?? undefined}>
          <em>{wide >= 56 ? weekday : weekday.slice(0, 2)}</em> {day}
          {wide >= 84 || day === '1' ? ` ${month}` : ''}
        </span>
      ),
      className: [
        style.dayBand,
        quiet(first) ? style.dayQuiet : '',
        first.holiday === null ? '' : style.dayHoliday,
        first.date === today ? style.dayToday : '',
      ]
        .filter(Boolean)
        .join(' '),
    };
  });
}

interface Run {
  readonly key: string;
  readonly first: HalfDay;
  readonly from: number;
  readonly to: number;
}

function runs(columns: readonly HalfDay[], keyOf: (column: HalfDay) => string): readonly Run[] {
  const found: Run[] = [];
  columns.forEach((column, index) => {
    const last = found.at(-1);
    const key = keyOf(column);
    if (last?.key === key) found[found.length - 1] = { ...last, to: index + 1 };
    else found.push({ key, first: column, from: index, to: index + 1 });
  });
  return found;
}

import { dateParts, dateText } from '../format.ts';
import type { HeaderBand } from './model.ts';

/** The days, and under each its half days, as the header of a grid. */
export function dayBands(
  columns: readonly { readonly date: string; readonly half: string }[],
  look: { readonly day: string | undefined; readonly half: string | undefined },
): readonly HeaderBand[] {
  const days: { from: number; to: number; date: string }[] = [];
  columns.forEach(({ date }, index) => {
    const last = days.at(-1);
    if (last?.date === date) last.to = index + 1;
    else days.push({ from: index, to: index + 1, date });
  });
  return [
    {
      key: 'days',
      height: 24,
      spans: days.map(({ from, to, date }) => {
        const { weekday, day, month } = dateParts(date);
        return { key: date, from, to, name: dateText(date, true), content: `${weekday} ${day} ${month}`, className: look.day };
      }),
    },
    {
      key: 'halves',
      height: 18,
      spans: columns.map(({ date, half }, index) => ({
        key: `${date} ${half}`,
        from: index,
        to: index + 1,
        name: `${dateText(date)} ${half}`,
        content: half,
        className: look.half,
      })),
    },
  ];
}

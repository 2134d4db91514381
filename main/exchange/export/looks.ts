import type { CellStyle } from './book.ts';

/** How the parts of our workbooks look that are no codes. */
export const looks = {
  title: { bold: true, size: 14 },
  note: { color: '5B6472', italic: true },
  head: { bold: true, fill: 'E9EDF3', edge: 'bottom' },
  headWrapped: { bold: true, fill: 'E9EDF3', edge: 'bottom', wrap: true },
  day: { bold: true, fill: 'E9EDF3', align: 'center', edge: 'left', dates: 'short' },
  quietDay: { bold: true, fill: 'DDE1E8', color: '5B6472', align: 'center', edge: 'left', dates: 'short' },
  half: { fill: 'F3F5F8', color: '5B6472', size: 8, align: 'center', edge: 'bottom' },
  block: { bold: true, color: '3B4660', align: 'left', edge: 'left' },
  group: { bold: true, fill: 'F3F5F8', color: '3B4660' },
  text: {},
  wrapped: { wrap: true },
  date: { dates: 'long', align: 'left' },
  key: { color: '9AA3B2', size: 8 },
} as const satisfies Readonly<Record<string, CellStyle>>;

/** The fill of empty cells on weekends and holidays. */
export const quietFill = 'F0F2F5';

/** Excel's own formats that show a number as a date, by number; 18 to 21 and 45 to 47 show only a time. */
const builtInDates = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58]);

/** Whether a number format shows a date: one of Excel's own, or one of the file's that has a day, or a month with a year, in it. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return builtInDates.has(id);
  const pattern = code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').toLowerCase();
  return /d|m+[^a-z]*y|y+[^a-z]*m/.test(pattern) && !/general/.test(pattern);
}

const dayMillis = 86_400_000;

/**
 * The day of an Excel serial number, or `null` where there is none. Excel counts from the last day of 1899 and believes in a
 * 29 February 1900, which is before any roster; workbooks from old Macs count from 1904.
 */
export function serialToDate(serial: number, from1904: boolean): string | null {
  const whole = Math.floor(serial) + (from1904 ? 1_462 : 0);
  if (whole < 61 || whole > 2_958_465) return null;
  return new Date(Date.UTC(1899, 11, 30) + whole * dayMillis).toISOString().slice(0, 10);
}

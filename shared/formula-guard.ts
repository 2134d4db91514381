/**
 * Spreadsheets take a text of a text table for a formula when it begins with one of these, also behind blanks and quotation marks, and in its
 * full-width form. A hostile name would then run in the workbook of whoever opens the file.
 */
const beginning = /^[\s"'`“”‘’«»\u200b-\u200d\u2060]*[=+\-@\t\r\n＝＋－＠﹦﹢﹣﹫]/;

/** Whether a spreadsheet might take the text for a formula. */
export function looksLikeFormula(text: string): boolean {
  return beginning.test(text);
}

/** The text with an apostrophe before it where a spreadsheet might take it for a formula. `unguardText` gives back exactly what it was. */
export function guardText(text: string): string {
  return looksLikeFormula(text) ? `'${text}` : text;
}

/** The text without the apostrophe that `guardText` put before it. Apostrophes that somebody wrote stay. */
export function unguardText(text: string): string {
  return text.startsWith("'") && looksLikeFormula(text.slice(1)) ? text.slice(1) : text;
}

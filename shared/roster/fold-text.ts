/** A text as it is searched: blanks as one space, without case and without accents. */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * Makes the test of a record against what somebody typed: every word is in the name, or the digits (three or more, punctuation does not count)
 * are in the identifier. Blank text finds everything.
 */
export function matchText(text: string): (record: { readonly foldedName: string; readonly identifier: string }) => boolean {
  const folded = foldText(text);
  if (folded === '') return () => true;
  const words = folded.split(' ');
  const digits = /^[\d\s./-]+$/.test(text) ? text.replace(/\D/g, '') : '';
  return ({ foldedName, identifier }) =>
    words.every((word) => foldedName.includes(word)) || (digits.length >= 3 && identifier.includes(digits));
}

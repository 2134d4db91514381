import { foldSpaces } from './sheet.ts';

/** A name as it is compared: blanks as one space, no difference between capitals and small letters. */
export function foldName(name: string): string {
  return foldSpaces(name).normalize('NFC').toLowerCase();
}

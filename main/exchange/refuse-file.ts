import { quote, RefusedError } from '../../shared/errors.ts';

/** Why a file was refused, as a word that stays the same. */
export type FileProblem =
  | 'empty'
  | 'too-large'
  | 'encrypted'
  | 'other-format'
  | 'not-a-workbook'
  | 'damaged'
  | 'unsafe'
  | 'no-sheet'
  | 'no-dates'
  | 'no-year'
  | 'no-people'
  | 'list'
  | 'no-identifier';

/** Refuses a file that cannot be imported; `sentence` says why and what to do, and begins after the file's name. */
export function refuseFile(file: { readonly name: string }, reason: FileProblem, sentence: string): RefusedError {
  return new RefusedError('INVALID', `“${quote(file.name)}” ${sentence}`, { what: 'file', id: quote(file.name), reason });
}

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

/**
 * Refuses a file that cannot be imported; `sentence` says why and what to do, and begins after the file's name. It speaks of a rota, unless the
 * file is said to hold something else.
 */
export function refuseFile(
  { name, holds = 'rota' }: { readonly name: string; readonly holds?: string | undefined },
  reason: FileProblem,
  sentence: string,
): RefusedError {
  return new RefusedError('INVALID', `“${quote(name)}” ${sentence.replaceAll(/\brota\b/g, holds)}`, {
    what: 'file',
    id: quote(name),
    reason,
  });
}

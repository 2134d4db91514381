import { RefusedError } from '../../../shared/errors.ts';

const fullCodes = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'];
const readOnlyCodes = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'SQLITE_CANTOPEN', 'SQLITE_READONLY', 'SQLITE_IOERR'];

/** What the disk said, as a refusal; `null` for a failure that is not the disk's. */
export function diskRefusal(error: unknown, { what, file }: { readonly what: string; readonly file: string }): RefusedError | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (fullCodes.some((known) => code.startsWith(known)))
    return new RefusedError('STORAGE_FULL', `The disk of the ${what} ${file} is full. Nothing was changed; make room and try again.`, {
      what,
      id: file,
    });
  if (readOnlyCodes.some((known) => code.startsWith(known)))
    return new RefusedError('READ_ONLY', `The ${what} ${file} cannot be written to (${code}). Nothing was changed.`, { what, id: file });
  return null;
}

import type { z } from 'zod';
import type { UploadedFile } from '../../../shared/contract/app/exchange.ts';
import { RefusedError, quote } from '../../../shared/errors.ts';

/** The bytes of a file that was handed over. Refuses INVALID an empty file, and what is no base64 text. */
export function decodeFile({ name, base64 }: z.infer<typeof UploadedFile>): Uint8Array {
  // Blanks go first: looking past them and back again would take the square of their number.
  const text = base64.replaceAll(/\s+/g, '');
  if (text === '') throw new RefusedError('INVALID', `The file “${quote(name)}” is empty.`, { what: 'file', id: quote(name) });
  if (text.length % 4 === 1 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text))
    throw new RefusedError('INVALID', `The contents of the file “${quote(name)}” did not arrive whole: they are no base64 text.`, {
      what: 'file',
      id: quote(name),
    });
  return Buffer.from(text, 'base64');
}

import type { z } from 'zod';
import type { UploadedFile } from '../../../shared/contract/app/exchange.ts';
import { RefusedError, quote } from '../../../shared/errors.ts';

/** The bytes of a file that was handed over. Refuses INVALID what is no base64 text. */
export function decodeFile({ name, base64 }: z.infer<typeof UploadedFile>): Uint8Array {
  if (base64.length === 0 || base64.length % 4 === 1 || !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(base64))
    throw new RefusedError('INVALID', `The contents of the file “${quote(name)}” did not arrive whole: they are no base64 text.`, {
      what: 'file',
      id: quote(name),
    });
  return Buffer.from(base64, 'base64');
}

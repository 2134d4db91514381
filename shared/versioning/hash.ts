// The only file that may ask for node:crypto; everything else asks here.
import { hash } from 'node:crypto';

/** SHA-256 of a text's UTF-8 bytes, as 64 lower-case hex. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

import { sha256 } from '../../../../shared/versioning/hash.ts';
import type { Shape } from '../shape-table.ts';
import { fieldAt, versionText } from '../version-text.ts';

/** Trying every byte at every place takes some 0.5 ms per byte of the body. */
const longestBody = 1_000;

/**
 * Which field of a damaged version holds the damage: looks for the one byte that, put back, gives the version its name again. `null` when no
 * single byte of the body does (the damage is elsewhere, or larger).
 */
export function findDamagedField(
  shape: Shape,
  body: Buffer,
  entity: { readonly type: string; readonly id: string },
  salt: string | null,
  hash: string,
): string | null {
  if (body.length > longestBody) return null;
  const bytes = Buffer.from(body);
  for (let at = 0; at < bytes.length; at++) {
    const stored = bytes[at]!;
    for (let value = 0; value < 256; value++) {
      if (value === stored) continue;
      bytes[at] = value;
      const tried = bytes.toString('utf8');
      const text = versionText(shape, tried, entity.type, entity.id, salt);
      if (text !== null && sha256(text) === hash) return fieldAt(shape, tried, Buffer.from(bytes.subarray(0, at)).toString('utf8').length);
    }
    bytes[at] = stored;
  }
  return null;
}

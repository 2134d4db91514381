import { Checksum, type VersionHash } from '../ids.ts';
import type { Fields, Json } from '../json.ts';
import { canonicalJson, canonicalString } from './canonical.ts';
import { sha256 } from './hash.ts';

/** What a version is made of. `salt` (32 hex) keeps the hash of personal data from being guessed. */
export interface VersionContent {
  readonly type: string;
  readonly id: string;
  readonly fields: Fields;
  readonly salt?: string | null;
}

/** Fields as they are stored: without top-level nulls, keys in canonical order, frozen. */
export function cleanFields(fields: Fields): Fields {
  const clean: { [field: string]: Json } = {};
  for (const field of Object.keys(fields).sort()) {
    const value = fields[field];
    // `__proto__` must become an own key; plain assignment would set the prototype.
    if (value !== null && value !== undefined)
      Object.defineProperty(clean, field, { value, enumerable: true, configurable: true, writable: true });
  }
  return Object.freeze(clean);
}

/** The canonical JSON of `{ type, id, fields, salt? }`: the bytes whose hash names the version. */
export function canonicalVersion(content: VersionContent): string {
  return joinVersion(content.type, content.id, canonicalJson(cleanFields(content.fields)), content.salt ?? null);
}

/** `canonicalVersion` from fields that are canonical text already. */
export function joinVersion(type: string, id: string, fields: string, salt: string | null): string {
  const head = `{"fields":${fields},"id":${canonicalString(id)},`;
  return salt === null ? `${head}"type":${canonicalString(type)}}` : `${head}"salt":"${salt}","type":${canonicalString(type)}}`;
}

/** Names a version by its content. */
export function hashVersion(content: VersionContent): VersionHash {
  return nameVersion(canonicalVersion(content));
}

/** Names a version by its canonical JSON. */
export function nameVersion(canonical: string): VersionHash {
  // What SHA-256 gives in hex needs no parsing; at thousands a second that would be most of the cost.
  return sha256(canonical) as VersionHash;
}

/** SHA-256 of the canonical JSON of the fields alone: equal data, equal checksum. */
export function checksumOf(fields: Fields): Checksum {
  return Checksum.parse(sha256(canonicalJson(cleanFields(fields))));
}

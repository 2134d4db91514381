import { Checksum, EntityId, VersionHash } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import { checksumOf } from '../../../shared/versioning/version.ts';
import type { StoreReader } from '../reader.ts';
import { namesAt } from '../words/names-at.ts';

export interface VersionAnswer {
  readonly version: VersionHash;
  readonly type: string;
  readonly id: EntityId;
  readonly fields: Fields;
  readonly checksum: Checksum;
  readonly text: string;
}

/** The content that a version hash names; `null` for a hash that names nothing here. */
export function readVersion(store: StoreReader, hash: string): VersionAnswer | null {
  const parsed = VersionHash.safeParse(hash);
  const stored = parsed.success ? store.versionByHash(parsed.data) : null;
  if (stored === null) return null;
  const names = namesAt(store, store.placeOf(store.commitOf(stored.row).commit));
  return {
    version: stored.version,
    type: stored.type,
    id: EntityId.parse(stored.id),
    fields: stored.fields,
    checksum: checksumOf(stored.fields),
    text: entityTypeOf(stored.type).text(stored.fields, names),
  };
}

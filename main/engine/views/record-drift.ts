import type { VersionHash } from '../../../shared/ids.ts';
import { driftOf, ownFieldNames, type FieldDrift } from '../../../shared/versioning/overlay.ts';
import type { StoreReader } from '../reader.ts';
import type { Seen } from './sight.ts';
import type { OwnVersion } from './user-view.ts';

/** A record whose shared one moved on since the own version that shows was made. */
export interface RecordDrift {
  readonly version: OwnVersion;
  readonly base: VersionHash;
  readonly fields: readonly FieldDrift[];
}

/**
 * Where the shared record moved on since the own version was made; `null` where it did not, where nothing of one's own shows, and where the
 * shared record has only come to say what the own version says.
 */
export function recordDriftOf(whole: StoreReader, seen: Seen): RecordDrift | null {
  const { version, shared, differs } = seen;
  if (version === null || version.base === null || version.base === shared.version) return null;
  const names = ownFieldNames(differs);
  if (!names.some((field) => seen.originOf(field) === 'own')) return null;
  const base = whole.versionByHash(version.base);
  if (base === null) return null;
  const spoken = new Set(names);
  const fields = driftOf(base.fields, shared.fields, differs).filter(({ field, kind }) => kind === 'apart' || !spoken.has(field));
  return fields.length === 0 ? null : { version, base: version.base, fields };
}

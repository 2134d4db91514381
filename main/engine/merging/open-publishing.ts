import { VersionHash } from '../../../shared/ids.ts';
import type { Json } from '../../../shared/json.ts';
import { findEntityType } from '../../../shared/roster/entity-type.ts';
import { sameJson } from '../../../shared/versioning/canonical.ts';
import { diffFields, sameFields } from '../../../shared/versioning/diff.ts';
import { sha256 } from '../../../shared/versioning/hash.ts';
import { overlay, ownFieldNames } from '../../../shared/versioning/overlay.ts';
import { cleanFields } from '../../../shared/versioning/version.ts';
import type { Publishing } from '../local-store/merge-table.ts';
import type { BranchRecord, Place, StoredVersion } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { computeMerge } from './compute-merge.ts';
import type { MergeSubject } from './merge-subject.ts';
import { changedEntities, type ResolvedMerge } from './resolve-merge.ts';

/**
 * Values of somebody's own, to be brought into the shared record of a branch: three-way against the shared version they came from, whichever
 * branch that stood on. Fields that are not published stand as in that version, so that the branch's own moves there are kept.
 */
export function openPublishing(
  store: StoreReader,
  { target, place }: { readonly target: BranchRecord; readonly place: Place },
  publishing: Publishing,
): MergeSubject {
  const { type, id } = publishing;
  const base = baseOf(store, publishing);
  const source = { ...base, ...putTogether(['source', publishing]), fields: overlay(base.fields, publishing) };
  const standing = store.versionAt(type, id, place);
  const computed = computeMerge([{ type, id, bases: [base, ...doubtsAbout(publishing, base, standing)], source, target: standing }]);
  return {
    kind: 'pick',
    sourceName: nameOfPublishing(publishing),
    targetName: target.name,
    source: null,
    target: place,
    targetRef: target.ref,
    bases: [],
    upToDate: computed.conflicts.length === 0 && computed.records.every(({ merge }) => sameFields(merge.fields, standing?.fields ?? null)),
    computed,
    publishes: publishing,
  };
}

/** What the side is called that the values of somebody's own stand on. */
export function nameOfPublishing({ userName }: Publishing): string {
  return `${userName}’s version`;
}

const mostNamed = 3;

/** Says what kind of values came into the shared record, and neither whose nor which: commits are for everybody who sees the branch. */
export function messageOfPublishing({ type }: Publishing, resolved: ResolvedMerge): string {
  const definition = findEntityType(type);
  const label = definition?.label ?? type;
  const changed = changedEntities(resolved).flatMap(({ target, merged }) => diffFields(target, merged).map(({ field }) => field));
  if (changed.length === 0) return `Keep the shared record of a ${label}`;
  const labels = Object.entries(definition?.fields ?? {}).flatMap(([name, field]) => (changed.includes(name) ? [field.label] : []));
  if (labels.length === 0 || labels.length > mostNamed) return `Publish ${changed.length} fields of a ${label}`;
  const last = labels.at(-1) ?? '';
  return `Publish ${labels.length > 1 ? `${labels.slice(0, -1).join(', ')} and ${last}` : last} of a ${label}`;
}

/** Whether a version stands in the store, and was not only put together for a merge. */
export function isStored({ row }: StoredVersion): boolean {
  return row !== notStored;
}

const notStored = -1;

function baseOf(store: StoreReader, publishing: Publishing): StoredVersion {
  const { type, id, base } = publishing;
  const stored = base === null ? null : store.versionByHash(base);
  return stored ?? { ...putTogether(['base', publishing]), type, id, fields: {} };
}

/**
 * A value may be asked for that was the shared one when it was last compared, and is not any more. Three-way it would be no change, and the
 * branch's move would win unasked; a second base that disagrees there makes people decide.
 */
function doubtsAbout(publishing: Publishing, base: StoredVersion, target: StoredVersion | null): StoredVersion[] {
  if (target === null) return [];
  const fields: { [field: string]: Json } = {};
  for (const field of ownFieldNames(publishing)) {
    const [was, wanted, now] = [base.fields, publishing.fields, target.fields].map((each) => each[field] ?? null);
    if (sameJson(was ?? null, wanted ?? null) && !sameJson(wanted ?? null, now ?? null)) fields[field] = now ?? null;
  }
  if (Object.keys(fields).length === 0) return [];
  return [{ ...base, ...putTogether(['base', publishing]), fields: cleanFields({ ...base.fields, ...fields }) }];
}

// The name tells the stands apart while the merge is computed; it is kept nowhere. Without a salt nothing on the branch is made to look like it.
function putTogether(what: readonly ['base' | 'source', Publishing]): Pick<StoredVersion, 'row' | 'version' | 'salt'> {
  return { row: notStored, version: VersionHash.parse(sha256(JSON.stringify(what))), salt: null };
}

import type { CommitHash, Instant } from '../../../shared/ids.ts';
import { RefusedError } from '../../../shared/errors.ts';
import type { Fields, Json } from '../../../shared/json.ts';
import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import { diffFields } from '../../../shared/versioning/diff.ts';
import { invertChanges, type InverseChange, type InverseConflict, type RecordChange } from '../../../shared/versioning/inverse.ts';
import type { CommitRecord, Place, StoredChange, StoredVersion } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { namesAt } from '../words/names-at.ts';
import { loadVersions } from './load-versions.ts';

export interface CommitInverse {
  readonly changes: readonly InverseChange[];
  /** What stood before the commit, whose content comes back. */
  readonly earlier: ReadonlyMap<string, StoredVersion>;
}

/**
 * What has to be written on a place to take a commit back, field by field. Refuses STALE, naming record, field and person, when something it
 * changed was changed again since.
 */
export function invertCommit(store: StoreReader, record: CommitRecord, place: Place): CommitInverse {
  const { changes, earlier } = loadChanges(store, store.changesOf(record.commit));
  const inverse = invertChanges(changes, (type, id) => store.versionAt(type, id, place)?.fields ?? null);
  if (inverse.conflicts.length > 0) throw staleRefusal(store, record, place, inverse.conflicts);
  return { changes: inverse.changes, earlier };
}

const portion = 200;

/** Whether taking the commit back would do anything, or be refused. Reads no more of a large commit than it takes to know. */
export function hasInverse(store: StoreReader, record: CommitRecord, place: Place): boolean {
  const stored = store.changesOf(record.commit);
  for (let start = 0; start < stored.length; start += portion) {
    const { changes } = loadChanges(store, stored.slice(start, start + portion));
    const inverse = invertChanges(changes, (type, id) => store.versionAt(type, id, place)?.fields ?? null);
    if (inverse.changes.length > 0 || inverse.conflicts.length > 0) return true;
  }
  return false;
}

interface LoadedChanges {
  readonly changes: readonly RecordChange[];
  readonly earlier: ReadonlyMap<string, StoredVersion>;
}

function loadChanges(store: StoreReader, stored: readonly StoredChange[]): LoadedChanges {
  const versionByRow = loadVersions(
    store,
    stored.map((change) => ({ before: change.before, after: change.op === 'delete' ? null : change.after })),
  );
  const earlier = new Map<string, StoredVersion>();
  const changes = stored.map((change) => {
    const before = versionByRow(change.before);
    if (before !== null) earlier.set(`${change.type} ${change.id}`, before);
    const after = change.op === 'delete' ? null : versionByRow(change.after);
    return { type: change.type, id: change.id, before: before?.fields ?? null, after: after?.fields ?? null };
  });
  return { changes, earlier };
}

interface NamedConflict {
  readonly type: string;
  readonly id: string;
  readonly title: string;
  readonly field: string | null;
  readonly label: string | null;
  readonly now: Json;
  readonly nowText: string;
  readonly author: string | null;
  readonly authorName: string | null;
  readonly at: Instant | null;
  readonly commit: CommitHash | null;
}

const conflictsShown = 50;

function staleRefusal(store: StoreReader, record: CommitRecord, place: Place, conflicts: readonly InverseConflict[]): RefusedError {
  const named = conflicts.slice(0, conflictsShown).map((conflict) => nameConflict(store, conflict, place));
  const [first] = named;
  const sentence =
    first === undefined
      ? ''
      : first.field === null
        ? `${first.title} was deleted${byWhom(first)} since.`
        : `${first.title}: ${first.label} was changed to “${first.nowText || 'nothing'}”${byWhom(first)} since.`;
  const more = conflicts.length > 1 ? ` ${conflicts.length} fields changed since.` : '';
  return new RefusedError('STALE', `“${record.message.slice(0, 80)}” cannot be taken back as a whole. ${sentence}${more}`, {
    what: 'commit',
    id: record.commit,
    conflicts: named,
  });
}

function byWhom(conflict: NamedConflict): string {
  return conflict.authorName === null ? '' : ` by ${conflict.authorName}`;
}

function nameConflict(store: StoreReader, conflict: InverseConflict, place: Place): NamedConflict {
  const { type, id, field, now } = conflict;
  const definition = entityTypeOf(type);
  const names = namesAt(store, place);
  const setter = findSetter(store, conflict, place);
  const fields = store.versionAt(type, id, place)?.fields ?? (isFields(conflict.committed) ? conflict.committed : {});
  return {
    type,
    id,
    title: definition.title(fields, names),
    field,
    label: field === null ? null : (definition.fields[field]?.label ?? field),
    now,
    nowText: field === null || now === null ? '' : (definition.fields[field]?.text(now, names) ?? JSON.stringify(now)).slice(0, 200),
    author: setter?.author ?? null,
    authorName: setter?.authorName ?? null,
    at: setter?.at ?? null,
    commit: setter?.commit ?? null,
  };
}

/** The commit that gave the field the value it has now; for a record as a whole, the one that deleted it. */
function findSetter(store: StoreReader, { type, id, field }: InverseConflict, place: Place): CommitRecord | null {
  const history = store.versionsOf(type, id, place).toReversed();
  if (field === null) return history[0]?.commit ?? null;
  for (const [index, occurrence] of history.entries()) {
    const older = history[index + 1];
    const fieldsOf = (entry: typeof occurrence | undefined): Fields | null =>
      entry === undefined || entry.op === 'delete' ? null : (store.versions([entry.row])[0]?.fields ?? null);
    if (diffFields(fieldsOf(older), fieldsOf(occurrence)).some((difference) => difference.field === field)) return occurrence.commit;
  }
  return null;
}

function isFields(value: Json): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

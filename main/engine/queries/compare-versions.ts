import { EntityId, VersionHash, type Instant } from '../../../shared/ids.ts';
import type { FieldChange } from '../../../shared/contract/app/base.ts';
import { RefusedError, quote } from '../../../shared/errors.ts';
import { publicTypeOf } from '../../../shared/roster/entity-type.ts';
import type { Occurrence, StoredVersion } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { describeFieldChanges, summariseFieldChanges } from '../words/field-changes.ts';
import { namesAt } from '../words/names-at.ts';

export interface VersionComparison {
  readonly type: string;
  readonly id: EntityId;
  readonly from: VersionHash;
  readonly to: VersionHash;
  readonly fromAt: Instant;
  readonly toAt: Instant;
  readonly changes: FieldChange[];
  readonly added: string[];
  readonly removed: string[];
  readonly modified: string[];
  readonly summary: string;
}

/** What leads from one version of an entity to another, in either direction of time. Refuses NOT_FOUND unless both are versions of it. */
export function compareVersions(
  store: StoreReader,
  { type, id, from, to }: { readonly type: string; readonly id: string; readonly from: string; readonly to: string },
): VersionComparison {
  const definition = publicTypeOf(type);
  const history = store.versionsOf(type, id);
  const old = newestOf(history, from);
  const now = newestOf(history, to);
  if (old === undefined || now === undefined) {
    const missing = [...(old === undefined ? [from] : []), ...(now === undefined ? [to] : [])].map(quote);
    throw new RefusedError(
      'NOT_FOUND',
      `One or both versions not found: ${definition.label} “${quote(id)}” has no version ${missing.join(' and ')}.`,
      {
        what: 'version',
        id: missing[0] ?? '',
      },
    );
  }
  const changes = describeFieldChanges({
    definition,
    from: bodyOf(store, old).fields,
    to: bodyOf(store, now).fields,
    fromNames: namesAt(store, store.placeOf(old.commit.commit)),
    toNames: namesAt(store, store.placeOf(now.commit.commit)),
  });
  const fieldsOf = (kind: FieldChange['kind']): string[] => changes.filter((change) => change.kind === kind).map((change) => change.field);
  return {
    type,
    id: EntityId.parse(id),
    from: VersionHash.parse(from),
    to: VersionHash.parse(to),
    fromAt: old.commit.at,
    toAt: now.commit.at,
    changes,
    added: fieldsOf('added'),
    removed: fieldsOf('removed'),
    modified: fieldsOf('modified'),
    summary: summariseFieldChanges(changes),
  };
}

function newestOf(history: readonly Occurrence[], hash: string): Occurrence | undefined {
  return history.findLast((occurrence) => occurrence.op !== 'delete' && occurrence.version === hash);
}

function bodyOf(store: StoreReader, occurrence: Occurrence): StoredVersion {
  const [version] = store.versions([occurrence.row]);
  if (version === undefined) throw new Error(`version row ${occurrence.row} has no body`);
  return version;
}

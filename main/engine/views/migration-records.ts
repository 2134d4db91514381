import type { Migration } from '../../../shared/contract/app/view-migrations.ts';
import { notFound, RefusedError } from '../../../shared/errors.ts';
import { CommitHash, EntityId, type Instant } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import { booleanOf, numberOf, textOf } from '../../../shared/roster/field.ts';
import { ACCESS_REF } from '../../../shared/versioning/ref-name.ts';
import type { StoredVersion } from '../local-store/store.ts';
import type { Asker, StoreReader, Writer } from '../reader.ts';

/** A migration that was run, as it is kept. */
export interface MigrationRecord {
  readonly migration: EntityId;
  readonly type: string;
  /** The full name of the branch's ref as it was then. */
  readonly ref: string;
  readonly file: string;
  readonly masters: number;
  readonly links: number;
  readonly skipped: number;
  readonly commits: readonly CommitHash[];
  readonly author: string;
  readonly authorName: string;
  readonly at: Instant;
  readonly reversedAt: Instant | null;
}

export const migrationType = 'view_migration';

/** Every migration there was, newest first. */
export function readMigrations(whole: StoreReader): readonly MigrationRecord[] {
  if (whole.ref(ACCESS_REF) === null) return [];
  return [...whole.entitiesAt(migrationType, whole.placeAt(ACCESS_REF))]
    .map((version) => toRecord(whole, version))
    .toSorted((a, b) => (a.at > b.at ? -1 : a.at < b.at ? 1 : a.migration > b.migration ? -1 : 1));
}

/** One migration. Refuses NOT_FOUND one that never was. */
export function findMigration(whole: StoreReader, migration: string): MigrationRecord {
  const version = whole.ref(ACCESS_REF) === null ? null : whole.versionAt(migrationType, migration, whole.placeAt(ACCESS_REF));
  if (version === null) throw notFound('migration', migration);
  return toRecord(whole, version);
}

/** What is written of a migration. */
export function migrationToFields(
  record: Pick<MigrationRecord, 'type' | 'ref' | 'file' | 'masters' | 'links' | 'skipped' | 'commits'>,
  reversed: boolean,
): Fields {
  const { type, ref, file, masters, links, skipped, commits } = record;
  return {
    entityType: type,
    branch: ref,
    file,
    masters,
    links,
    skipped,
    ...(commits.length === 0 ? {} : { commits: commits.toSorted() }),
    ...(reversed ? { reversed } : {}),
  };
}

/** A migration as the list of them tells it. */
export function describeMigration({ ref: _ref, commits: _commits, ...rest }: MigrationRecord, branch: string): Migration {
  return { ...rest, branch };
}

/** Refuses FORBIDDEN whoever does not decide about branches and rules: a migration speaks of what others are linked to. */
export function refuseUnlessMigrator({ role, userId, users }: Pick<Asker, 'role' | 'userId' | 'users'>): void {
  if (role === 'approver' || role === 'admin') return;
  throw new RefusedError(
    'FORBIDDEN',
    `${users.nameOf(userId) ?? userId} is ${role === 'viewer' ? 'a viewer' : 'an editor'}; only an approver or an administrator may take over lists of records and links.`,
    { what: 'role', id: role },
  );
}

/** Who asks, where a command runs. */
export function askerOf({ role, actor, users }: Writer): Pick<Asker, 'role' | 'userId' | 'users'> {
  return { role, users, userId: actor.userId };
}

function toRecord(whole: StoreReader, version: StoredVersion): MigrationRecord {
  const { fields } = version;
  const written = whole.versionsOf(migrationType, version.id);
  const made = written.find(({ op }) => op === 'create')?.commit ?? whole.commitOf(version.row);
  const commits = fields['commits'];
  return {
    migration: EntityId.parse(version.id),
    type: textOf(fields, 'entityType') ?? '',
    ref: textOf(fields, 'branch') ?? '',
    file: textOf(fields, 'file') ?? '',
    masters: numberOf(fields, 'masters') ?? 0,
    links: numberOf(fields, 'links') ?? 0,
    skipped: numberOf(fields, 'skipped') ?? 0,
    commits: Array.isArray(commits) ? commits.map((commit) => CommitHash.parse(commit)) : [],
    author: made.author,
    authorName: made.authorName,
    at: made.at,
    reversedAt: booleanOf(fields, 'reversed') === true ? (written.find(({ op }) => op === 'update')?.commit.at ?? null) : null,
  };
}

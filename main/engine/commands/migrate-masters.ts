import type { MigrationReport } from '../../../shared/contract/app/view-migrations.ts';
import { EntityId, type CommitHash, type Instant } from '../../../shared/ids.ts';
import type { EntityTypeDefinition } from '../../../shared/roster/entity-type.ts';
import { planMigration, type MigrationPlan, type PlannedLink } from '../../exchange/migration/plan-migration.ts';
import { makeSalt, makeUuidV7 } from '../ids.ts';
import type { DraftChange } from '../local-store/store.ts';
import type { RunningJob } from '../programs/jobs.ts';
import { findBranch } from '../queries/find-branch.ts';
import {
  cutReport,
  prepareMigration,
  stampOf,
  stateOf,
  wholeBar,
  type MigrationDesk,
  type MigrationRequest,
  type PreparedMigration,
} from '../queries/preview-migration.ts';
import type { Writer } from '../reader.ts';
import { askerOf, migrationToFields, migrationType, refuseUnlessMigrator } from '../views/migration-records.ts';
import { readUserView } from '../views/user-view.ts';
import { appendToAccess } from '../views/write-access.ts';
import { appendToView, draftLink } from '../views/write-view.ts';
import { appendOnTip } from './append-gesture.ts';
import { inPortions } from './in-portions.ts';
import { refuseProtected } from './refuse-protected.ts';

export type MigrateAnswer =
  | {
      readonly kind: 'migrated';
      readonly migration: EntityId;
      readonly commit: CommitHash | null;
      readonly at: Instant;
      readonly report: MigrationReport;
    }
  | { readonly kind: 'unchanged'; readonly report: MigrationReport };

type Request = MigrationRequest & { readonly message?: string | undefined };

const mostIssues = 10_000;

/**
 * Takes a list of shared records and links over: reads and plans it in slices, and writes everything as one. A run that fails or is stopped
 * leaves nothing. Answers `unchanged`, and writes nothing, where everything is there already.
 */
export async function migrateMasters(
  desk: MigrationDesk & { run<Answer>(command: (writer: Writer) => Answer): Promise<Answer> },
  request: Request,
  job: RunningJob,
): Promise<MigrateAnswer> {
  const prepared = await prepareMigration(desk, request, job);
  job.progress(wholeBar * 0.6);
  await job.breathe();
  return desk.run((writer) => writeMigration(writer, prepared, request));
}

function writeMigration(writer: Writer, { definition, list, plan: planned, stamp }: PreparedMigration, request: Request): MigrateAnswer {
  refuseUnlessMigrator(askerOf(writer));
  const branch = findBranch(writer.whole, request.branch);
  refuseProtected(writer, branch.ref);
  const plan = stampOf(writer) === stamp ? planned : planMigration(list, definition.type, stateOf(writer, definition, branch));
  const report = cutReport(plan.report, mostIssues);
  if (plan.masters.length === 0 && plan.links.length === 0) return { kind: 'unchanged', report };
  const migration = EntityId.parse(makeUuidV7(writer.clock(), writer.random));
  const { ids, commits, at } = writeMasters(writer, definition, { ref: branch.ref, plan, message: request.message });
  const linkedAt = writeLinks(writer, definition, { plan, ids, migration });
  const record = {
    type: definition.type,
    ref: branch.ref,
    file: list.file,
    masters: plan.masters.length,
    links: plan.links.length,
    skipped: report.skipped,
    commits,
  };
  const { at: keptAt } = appendToAccess(writer, {
    message: `Migrate ${definition.plural}`,
    kind: 'import',
    changes: [{ type: migrationType, id: migration, op: 'create', fields: migrationToFields(record, false) }],
  });
  const times = [at, linkedAt, keptAt].filter((each) => each !== null);
  const last = times.toSorted().at(-1) ?? keptAt;
  return { kind: 'migrated', migration, commit: commits.at(-1) ?? null, at: last, report };
}

interface MasterIds {
  readonly byIdentifier: ReadonlyMap<string, string>;
  /** Records that were nowhere before: only linked users see them. One that stands on another branch stays as open or guarded as it was. */
  readonly isNew: ReadonlySet<string>;
}

function writeMasters(
  writer: Writer,
  { type, personal, plural }: EntityTypeDefinition,
  { ref, plan, message }: { readonly ref: string; readonly plan: MigrationPlan; readonly message: string | undefined },
): { readonly ids: MasterIds; readonly commits: readonly CommitHash[]; readonly at: Instant | null } {
  const byIdentifier = new Map<string, string>();
  const isNew = new Set<string>();
  const changes = plan.masters.map(({ identifier, id: known, fields }): DraftChange => {
    const id = known ?? makeUuidV7(writer.clock(), writer.random);
    byIdentifier.set(identifier, id);
    if (known === null) isNew.add(id);
    return { type, id, op: 'create', fields, ...(personal ? { salt: makeSalt(writer.random) } : {}) };
  });
  const said = message === undefined || message === '' ? `Migrate ${plural} from a list` : message;
  const written = inPortions(changes).map((portion) => appendOnTip(writer, ref, { message: said, kind: 'import', changes: portion }));
  return {
    ids: { byIdentifier, isNew },
    commits: written.map(({ commit }) => commit),
    at: written.at(-1)?.at ?? null,
  };
}

interface LinksToWrite {
  readonly plan: MigrationPlan;
  readonly ids: MasterIds;
  readonly migration: EntityId;
}

/** A link for each planned one. A record that nobody is linked to is guarded all the same, by a link of the one who migrates that shows nothing. */
function writeLinks(writer: Writer, { type, plural }: EntityTypeDefinition, { plan, ids, migration }: LinksToWrite): Instant | null {
  const idOf = (link: PlannedLink): string => {
    const id = link.id ?? ids.byIdentifier.get(link.identifier);
    if (id === undefined) throw new Error('a link was planned to a record that is nowhere');
    return id;
  };
  const byUser = Map.groupBy(plan.links, ({ user }) => user);
  const linked = new Set(plan.links.map(idOf));
  const alone = [...ids.isNew].filter((id) => !linked.has(id));
  if (alone.length > 0 && !byUser.has(writer.actor.userId)) byUser.set(writer.actor.userId, []);
  let at: Instant | null = null;
  for (const [user, links] of byUser) {
    const view = readUserView(writer.whole, user);
    const draft = (id: string, isLinked: boolean): DraftChange => {
      const link = view?.link(type, id) ?? null;
      const given = {
        linked: isLinked,
        origin: 'migrate',
        migration,
        first: isLinked,
        guards: ids.isNew.has(id) || link?.guards === true,
      } as const;
      return draftLink(writer, link, { type, id }, { ...given, ...(isLinked ? { lastNumber: Math.max(1, link?.lastNumber ?? 0) } : {}) });
    };
    const changes = [
      ...links.map((link) => draft(idOf(link), true)),
      ...(user === writer.actor.userId ? alone.map((id) => draft(id, false)) : []),
    ];
    for (const portion of inPortions(changes)) {
      const commit = appendToView(writer, { message: `Migrate ${plural}`, kind: 'import', changes: portion, user });
      if (at === null || commit.at > at) at = commit.at;
    }
  }
  return at;
}

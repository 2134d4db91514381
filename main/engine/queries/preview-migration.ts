import type { z } from 'zod';
import type { UploadedFile } from '../../../shared/contract/app/exchange.ts';
import type { MigrationReport } from '../../../shared/contract/app/view-migrations.ts';
import type { EntityTypeDefinition } from '../../../shared/roster/entity-type.ts';
import type { MasterList } from '../../exchange/migration/master-list.ts';
import { planMigrationSlices, type MigrationPlan, type MigrationState } from '../../exchange/migration/plan-migration.ts';
import { readMasterList } from '../../exchange/migration/read-master-list.ts';
import type { BranchRecord } from '../local-store/store.ts';
import type { RunningJob } from '../programs/jobs.ts';
import type { Asker, StoreReader } from '../reader.ts';
import { readMigrationState } from '../views/migration-state.ts';
import { refuseUnlessMigrator } from '../views/migration-records.ts';
import { viewTypeOf } from '../views/own-record.ts';
import { decodeFile } from './decode-file.ts';
import { findBranch } from './find-branch.ts';

export interface MigrationRequest {
  readonly type: string;
  readonly file: z.infer<typeof UploadedFile>;
  readonly branch: string;
  readonly sheet?: string | undefined;
}

/** How the work on a list reaches the programme, which may be open for others in between. */
export interface MigrationDesk {
  ask<Answer>(question: (store: StoreReader, asker: Asker) => Answer): Promise<Answer>;
}

export interface PreparedMigration {
  readonly definition: EntityTypeDefinition;
  readonly list: MasterList;
  readonly plan: MigrationPlan;
  /** The programme and its users as the plan saw them: where they are others by now, it must be made again. */
  readonly stamp: string;
}

const sliceMillis = 20;
/** The bar counts thousandths; reading the file and writing take the rest. */
export const wholeBar = 1_000;
const [readShare, plannedShare] = [200, 600];

/**
 * Reads a list and plans what taking it over would change, in slices between which others are answered. Refuses FORBIDDEN whoever may not,
 * and what `readMasterList` refuses. Writes nothing.
 */
export async function prepareMigration(desk: MigrationDesk, request: MigrationRequest, job?: RunningJob): Promise<PreparedMigration> {
  const definition = viewTypeOf(request.type);
  await desk.ask((_store, asker) => {
    refuseUnlessMigrator(asker);
    return findBranch(asker.whole, request.branch);
  });
  // The file is read in one go: that the work has begun is told before, so that it can be stopped meanwhile.
  await (job?.breathe() ?? breathe());
  const list = readMasterList({ name: request.file.name, bytes: decodeFile(request.file) }, request);
  job?.progress(readShare, wholeBar);
  await (job?.breathe() ?? breathe());
  const { state, stamp } = await desk.ask((_store, asker) => {
    const branch = findBranch(asker.whole, request.branch);
    return { state: stateOf(asker, definition, branch), stamp: stampOf(asker) };
  });
  const slices = planMigrationSlices(list, request.type, state);
  let sliceEnds = performance.now() + sliceMillis;
  for (;;) {
    const slice = slices.next();
    if (slice.done === true) return { definition, list, plan: slice.value, stamp };
    if (performance.now() < sliceEnds) continue;
    job?.progress(readShare + ((plannedShare - readShare) * slice.value) / Math.max(1, list.rows.length));
    await (job?.breathe() ?? breathe());
    sliceEnds = performance.now() + sliceMillis;
  }
}

/** What taking a list over would do. */
export async function previewMigration(
  desk: MigrationDesk,
  request: MigrationRequest & { readonly limit: number },
): Promise<MigrationReport> {
  const { plan } = await prepareMigration(desk, request);
  return cutReport(plan.report, request.limit);
}

/** The report with its first issues. */
export function cutReport(report: MigrationReport, limit: number): MigrationReport {
  return { ...report, issues: report.issues.slice(0, limit) };
}

/** What the plan has to know of the programme. */
export function stateOf(
  { whole, users }: Pick<Asker, 'whole' | 'users'>,
  definition: EntityTypeDefinition,
  { ref }: BranchRecord,
): MigrationState {
  return readMigrationState(whole, users, { definition, ref });
}

/** Another one as soon as anything in the programme or its users has changed. */
export function stampOf({ whole, users }: Pick<Asker, 'whole' | 'users'>): string {
  return JSON.stringify([whole.refLog({ limit: 1 })[0]?.hash ?? '', users.all.map(({ userId, name }) => [userId, name])]);
}

function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

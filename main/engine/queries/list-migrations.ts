import type { Migration } from '../../../shared/contract/app/view-migrations.ts';
import { refToName } from '../../../shared/versioning/ref-name.ts';
import type { Asker, StoreReader } from '../reader.ts';
import { describeMigration, readMigrations, refuseUnlessMigrator, type MigrationRecord } from '../views/migration-records.ts';
import { pageOf, type PageAnswer, type PageRequest } from './page-of.ts';
import { findOwner } from './plan-reversal.ts';

/** The migrations there were, newest first. Refuses FORBIDDEN whoever may not migrate. */
export function listMigrations(asker: Asker, request: PageRequest): PageAnswer<Migration> {
  refuseUnlessMigrator(asker);
  const page = pageOf(readMigrations(asker.whole), request, ({ migration }) => migration);
  return { ...page, items: page.items.map((record) => describeMigration(record, branchNameOf(asker.whole, record))) };
}

/** The branch by its name of now, where it was renamed since. */
function branchNameOf(whole: StoreReader, record: MigrationRecord): string {
  const stands = whole.ref(record.ref) !== null;
  return refToName(stands ? record.ref : (findOwner(whole, record)?.ref ?? record.ref));
}

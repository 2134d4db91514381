import type { Migration } from '../../../shared/contract/app/view-migrations.ts';
import type { Asker } from '../reader.ts';
import { describeMigration, readMigrations, refuseUnlessMigrator } from '../views/migration-records.ts';
import { pageOf, type PageAnswer, type PageRequest } from './page-of.ts';

/** The migrations there were, newest first. Refuses FORBIDDEN whoever may not migrate. */
export function listMigrations(asker: Asker, request: PageRequest): PageAnswer<Migration> {
  refuseUnlessMigrator(asker);
  return pageOf(readMigrations(asker.whole).map(describeMigration), request, ({ migration }) => migration);
}

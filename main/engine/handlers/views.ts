import { adoptOffer } from '../commands/adopt-offer.ts';
import { archiveOwnVersion } from '../commands/archive-own-version.ts';
import { cleanUpViews } from '../commands/clean-up-views.ts';
import { clearOwnVersion } from '../commands/clear-own-version.ts';
import { migrateMasters } from '../commands/migrate-masters.ts';
import { offerOwnVersion } from '../commands/offer-own-version.ts';
import { publishOwnVersion } from '../commands/publish-own-version.ts';
import { registerRecord } from '../commands/register-record.ts';
import { removeOwnVersion } from '../commands/remove-own-version.ts';
import { revealIdentifier } from '../commands/reveal-identifier.ts';
import { reverseMigration } from '../commands/reverse-migration.ts';
import { saveOwnVersion } from '../commands/save-own-version.ts';
import { settleDrift } from '../commands/settle-drift.ts';
import { unlinkRecord } from '../commands/unlink-record.ts';
import { useOwnVersion } from '../commands/use-own-version.ts';
import { withdrawOffer } from '../commands/withdraw-offer.ts';
import { compareViews } from '../queries/compare-views.ts';
import { listCleanup } from '../queries/list-cleanup.ts';
import { listDrift } from '../queries/list-drift.ts';
import { listMigrations } from '../queries/list-migrations.ts';
import { listOffers } from '../queries/list-offers.ts';
import { listOwnVersions } from '../queries/list-own-versions.ts';
import { listReveals } from '../queries/list-reveals.ts';
import { listViews } from '../queries/list-views.ts';
import { previewReversal } from '../queries/plan-reversal.ts';
import { previewMigration } from '../queries/preview-migration.ts';
import { readSeen } from '../queries/read-seen.ts';
import { readViewMatrix } from '../queries/read-view-matrix.ts';
import { searchSeen } from '../queries/search-seen.ts';
import { viewTypeOf } from '../views/own-record.ts';
import type { EngineAccess } from './engine-access.ts';
import type { Implementer } from './implement-contract.ts';

export function viewHandlers(os: Implementer, engine: EngineAccess) {
  return {
    register: os.views.register.handler(({ input }) => engine.run((writer) => registerRecord(writer, input))),
    get: os.views.get.handler(({ input }) => engine.ask((store, asker) => readSeen(store, asker, input))),
    save: os.views.save.handler(({ input }) => engine.run((writer) => saveOwnVersion(writer, input))),
    clear: os.views.clear.handler(({ input }) => engine.run((writer) => clearOwnVersion(writer, input))),
    unlink: os.views.unlink.handler(({ input }) => engine.run((writer) => unlinkRecord(writer, input))),
    search: os.views.search.handler(({ input }) => engine.ask((store, asker) => searchSeen(store, asker, input))),
    versions: os.views.versions.handler(({ input }) => engine.ask((store, asker) => listOwnVersions(store, asker, input))),
    useVersion: os.views.useVersion.handler(({ input }) => engine.run((writer) => useOwnVersion(writer, input))),
    archive: os.views.archive.handler(({ input }) => engine.run((writer) => archiveOwnVersion(writer, input))),
    remove: os.views.remove.handler(({ input }) => engine.run((writer) => removeOwnVersion(writer, input))),
    previewCleanup: os.views.previewCleanup.handler(({ input }) => engine.ask((store, asker) => listCleanup(store, asker, input))),
    cleanup: os.views.cleanup.handler(({ input }) => engine.run((writer) => cleanUpViews(writer, input))),
    offer: os.views.offer.handler(({ input }) => engine.run((writer) => offerOwnVersion(writer, input))),
    withdraw: os.views.withdraw.handler(({ input }) => engine.run((writer) => withdrawOffer(writer, input))),
    offers: os.views.offers.handler(({ input }) => engine.ask((store, asker) => listOffers(store, asker, input))),
    adopt: os.views.adopt.handler(({ input }) => engine.run((writer) => adoptOffer(writer, input))),
    publish: os.views.publish.handler(({ input }) => engine.run((writer) => publishOwnVersion(writer, input))),
    compare: os.views.compare.handler(({ input }) => engine.ask((store, asker) => compareViews(store, asker, input))),
    matrix: os.views.matrix.handler(({ input }) => engine.ask((store, asker) => readViewMatrix(store, asker, input))),
    drift: os.views.drift.handler(({ input }) => engine.ask((store, asker) => listDrift(store, asker, input))),
    settle: os.views.settle.handler(({ input }) => engine.run((writer) => settleDrift(writer, input))),
    reveal: os.views.reveal.handler(({ input }) => engine.run((writer) => revealIdentifier(writer, input))),
    reveals: os.views.reveals.handler(({ input }) =>
      engine.ask((store, asker) => listReveals(store, asker, input ?? { branch: 'main', gathered: false, limit: 100 })),
    ),
    list: os.views.list.handler(() => engine.ask((_store, asker) => listViews(asker))),
    previewMigration: os.views.previewMigration.handler(({ input }) => previewMigration(engine, input)),
    migrate: os.views.migrate.handler(({ input }) =>
      engine.jobs.run({ kind: 'migrate', label: `Migrating ${viewTypeOf(input.type).plural}` }, (job) =>
        migrateMasters(engine, input, job),
      ),
    ),
    migrations: os.views.migrations.handler(({ input }) => engine.ask((_store, asker) => listMigrations(asker, input ?? { limit: 100 }))),
    previewReversal: os.views.previewReversal.handler(({ input }) => engine.ask((_store, asker) => previewReversal(asker, input))),
    reverseMigration: os.views.reverseMigration.handler(({ input }) => engine.run((writer) => reverseMigration(writer, input))),
  };
}

import { publishOwnVersion } from '../commands/publish-own-version.ts';
import { RefusedError } from '../../../shared/errors.ts';
import type { EngineAccess } from './engine-access.ts';
import type { Implementer } from './implement-contract.ts';

export function viewHandlers(os: Implementer, engine: EngineAccess) {
  const pending = async (): Promise<never> => {
    await engine.programs.whenOpen();
    throw new RefusedError('UNSUPPORTED', 'This cannot be done yet.', { what: 'views' });
  };
  return {
    register: os.views.register.handler(pending),
    get: os.views.get.handler(pending),
    save: os.views.save.handler(pending),
    clear: os.views.clear.handler(pending),
    unlink: os.views.unlink.handler(pending),
    search: os.views.search.handler(pending),
    versions: os.views.versions.handler(pending),
    useVersion: os.views.useVersion.handler(pending),
    archive: os.views.archive.handler(pending),
    remove: os.views.remove.handler(pending),
    previewCleanup: os.views.previewCleanup.handler(pending),
    cleanup: os.views.cleanup.handler(pending),
    offer: os.views.offer.handler(pending),
    withdraw: os.views.withdraw.handler(pending),
    offers: os.views.offers.handler(pending),
    adopt: os.views.adopt.handler(pending),
    publish: os.views.publish.handler(({ input }) => engine.run((writer) => publishOwnVersion(writer, input))),
    compare: os.views.compare.handler(pending),
    matrix: os.views.matrix.handler(pending),
    drift: os.views.drift.handler(pending),
    settle: os.views.settle.handler(pending),
    reveal: os.views.reveal.handler(pending),
    reveals: os.views.reveals.handler(pending),
    list: os.views.list.handler(pending),
    previewMigration: os.views.previewMigration.handler(pending),
    migrate: os.views.migrate.handler(pending),
    migrations: os.views.migrations.handler(pending),
    previewReversal: os.views.previewReversal.handler(pending),
    reverseMigration: os.views.reverseMigration.handler(pending),
  };
}

import { importRota } from '../commands/import-rota.ts';
import { makeUuidV7 } from '../ids.ts';
import { exportFile } from '../commands/export-file.ts';
import { planExport } from '../queries/export-plan.ts';
import { planFileImport, previewImport } from '../queries/plan-file-import.ts';
import { actingUser } from '../queries/read-session.ts';
import type { EngineAccess } from './engine-access.ts';
import type { Implementer } from './implement-contract.ts';

export function exchangeHandlers(os: Implementer, engine: EngineAccess) {
  const surroundings = {
    get today() {
      return new Date(engine.clock()).toISOString().slice(0, 10);
    },
    newId: () => makeUuidV7(engine.clock(), engine.random),
  };
  const exportSurroundings = () => ({ now: engine.clock(), userName: actingUser(engine.settings.read()).name });
  return {
    previewExport: os.exchange.previewExport.handler(({ input }) =>
      engine.ask((store, asker) => planExport(store, asker, input, exportSurroundings()).preview),
    ),
    export: os.exchange.export.handler(({ input }) =>
      engine.jobs.run({ kind: 'export', label: `Exporting ${input.what}` }, async (job) => {
        await job.breathe();
        return exportFile(engine, input, exportSurroundings(), job);
      }),
    ),
    previewImport: os.exchange.previewImport.handler(({ input }) =>
      engine.ask((store) => previewImport(store, planFileImport(store, input, surroundings), input)),
    ),
    import: os.exchange.import.handler(({ input }) =>
      engine.jobs.run({ kind: 'import', label: `Importing ${input.file.name.slice(0, 100)}` }, async (job) => {
        await job.breathe();
        return engine.run((writer) => importRota(writer, input));
      }),
    ),
  };
}

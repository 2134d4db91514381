import { rollbackEntity } from '../commands/rollback-entity.ts';
import { compareVersions } from '../queries/compare-versions.ts';
import { readAllAt } from '../queries/read-all-at.ts';
import { readAt } from '../queries/read-at.ts';
import { readBlame } from '../queries/read-blame.ts';
import { readHistory } from '../queries/read-history.ts';
import { readLineage } from '../queries/read-lineage.ts';
import { readVersion } from '../queries/read-version.ts';
import type { EngineAccess } from './engine-access.ts';
import type { Implementer } from './implement-contract.ts';

export function versionHandlers(os: Implementer, engine: EngineAccess) {
  return {
    history: os.versions.history.handler(({ input }) => engine.ask((store) => readHistory(store, input))),
    get: os.versions.get.handler(({ input }) => engine.ask((store) => readVersion(store, input.version))),
    at: os.versions.at.handler(({ input }) => engine.ask((store, asker) => readAt(store, input, asker))),
    allAt: os.versions.allAt.handler(({ input }) => engine.ask((store, asker) => readAllAt(store, input, asker))),
    compare: os.versions.compare.handler(({ input }) => engine.ask((store) => compareVersions(store, input))),
    rollback: os.versions.rollback.handler(({ input }) => engine.run((writer) => rollbackEntity(writer, input))),
    blame: os.versions.blame.handler(({ input }) => engine.ask((store) => readBlame(store, input))),
    lineage: os.versions.lineage.handler(({ input }) => engine.ask((store, asker) => readLineage(store, input, asker))),
  };
}

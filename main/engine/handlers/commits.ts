import { revertCommit } from '../commands/revert-commit.ts';
import { readCommit } from '../queries/read-commit.ts';
import { readCommitAt } from '../queries/read-commit-at.ts';
import { readDensity } from '../queries/read-density.ts';
import { readLine } from '../queries/read-line.ts';
import type { EngineAccess } from './engine-access.ts';
import type { Implementer } from './implement-contract.ts';

export function commitHandlers(os: Implementer, engine: EngineAccess) {
  return {
    line: os.commits.line.handler(({ input }) => engine.ask((store) => readLine(store, input))),
    get: os.commits.get.handler(({ input }) => engine.ask((store) => readCommit(store, input))),
    at: os.commits.at.handler(({ input }) => engine.ask((store) => readCommitAt(store, input))),
    revert: os.commits.revert.handler(({ input }) => engine.run((writer) => revertCommit(writer, input))),
    density: os.commits.density.handler(({ input }) => engine.ask((store) => readDensity(store, input))),
  };
}

import { diffCommits } from '../queries/diff-commits.ts';
import type { EngineAccess } from './engine-access.ts';
import type { Implementer } from './implement-contract.ts';

export function diffHandlers(os: Implementer, engine: EngineAccess) {
  return {
    commits: os.diff.commits.handler(({ input }) => engine.ask((store) => diffCommits(store, input))),
  };
}

import { runVerify } from '../commands/run-verify.ts';
import type { EngineAccess } from './engine-access.ts';
import type { Implementer } from './implement-contract.ts';

export function verifyHandlers(os: Implementer, engine: EngineAccess) {
  return {
    run: os.verify.run.handler(async ({ input }) => {
      const { store } = await engine.programs.whenOpen();
      return runVerify({ store, jobs: engine.jobs }, input ?? { full: true });
    }),
  };
}

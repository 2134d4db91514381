import { runVerify } from '../commands/run-verify.ts';
import { actingUser } from '../queries/read-session.ts';
import { maskFaults } from '../sighted-store/mask-faults.ts';
import type { EngineAccess } from './engine-access.ts';
import type { Implementer } from './implement-contract.ts';

export function verifyHandlers(os: Implementer, engine: EngineAccess) {
  return {
    run: os.verify.run.handler(async ({ input }) => {
      const { store } = await engine.programs.whenOpen();
      const { userId } = actingUser(engine.settings.read());
      const report = await runVerify({ store, jobs: engine.jobs }, input ?? { full: true });
      return { ...report, faults: maskFaults(store, userId, report.faults) };
    }),
  };
}

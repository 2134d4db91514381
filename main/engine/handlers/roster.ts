import { readCell } from '../queries/read-cell.ts';
import { readCodes } from '../queries/read-codes.ts';
import { readRepairs } from '../queries/read-repairs.ts';
import { readStep } from '../queries/read-step.ts';
import { readWindow } from '../queries/read-window.ts';
import type { EngineAccess } from './engine-access.ts';
import type { Implementer } from './implement-contract.ts';

export function rosterHandlers(os: Implementer, engine: EngineAccess) {
  return {
    window: os.roster.window.handler(({ input }) => engine.ask((store, asker) => readWindow(store, input, asker))),
    step: os.roster.step.handler(({ input }) => engine.ask((store) => readStep(store, input))),
    cell: os.roster.cell.handler(({ input }) => engine.ask((store) => readCell(store, input))),
    repairs: os.roster.repairs.handler(({ input }) => engine.ask((store) => readRepairs(store, input))),
    codes: os.roster.codes.handler(async ({ input }) => {
      await engine.programs.whenOpen();
      await engine.programs.whenWarm();
      return engine.ask((store) => readCodes(store, input ?? { branch: 'main' }));
    }),
  };
}

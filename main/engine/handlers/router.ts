import type { Router } from '@orpc/server';
import type { AppContract } from '../../../shared/contract/app/index.ts';
import { branchHandlers } from './branches.ts';
import { changeHandlers } from './changes.ts';
import { commitHandlers } from './commits.ts';
import { diffHandlers } from './diff.ts';
import type { EngineAccess } from './engine-access.ts';
import { exchangeHandlers } from './exchange.ts';
import { implementContract } from './implement-contract.ts';
import { mergeHandlers } from './merges.ts';
import { noteHandlers } from './notes.ts';
import { jobHandlers, programHandlers } from './program.ts';
import { rosterHandlers } from './roster.ts';
import { sessionHandlers } from './session.ts';
import { verifyHandlers } from './verify.ts';
import { versionHandlers } from './versions.ts';
import { viewHandlers } from './views.ts';

/** Every procedure of the app contract. */
export function createRouter(engine: EngineAccess, { checkAnswers }: { readonly checkAnswers: boolean }): EngineRouter {
  const os = implementContract({ checkAnswers, log: engine.log });
  return os.router({
    session: sessionHandlers(os, engine),
    program: programHandlers(os, engine),
    jobs: jobHandlers(os, engine),
    changes: changeHandlers(os, engine),
    commits: commitHandlers(os, engine),
    versions: versionHandlers(os, engine),
    notes: noteHandlers(os, engine),
    branches: branchHandlers(os, engine),
    roster: rosterHandlers(os, engine),
    diff: diffHandlers(os, engine),
    verify: verifyHandlers(os, engine),
    exchange: exchangeHandlers(os, engine),
    merges: mergeHandlers(os, engine),
    views: viewHandlers(os, engine),
  });
}

/** Named by the contract: what TypeScript infers of so many procedures is too long to be written down. */
export type EngineRouter = Router<AppContract, Record<never, never>>;

import { implement, type ImplementerInternalWithMiddlewares } from '@orpc/server';
import { appContract, type AppContract } from '../../../shared/contract/app/index.ts';
import type { EngineLog } from '../engine-log.ts';
import { answerFailure } from './answer-failure.ts';

type NoContext = Record<never, never>;
export type Implementer = ImplementerInternalWithMiddlewares<AppContract, NoContext, NoContext>;

/**
 * The contract, to be filled in by each group's handlers. Every failure passes one place on its way out. What the handlers answer is typed by
 * the contract; parsing every answer again would cost more than making it, so that is done only where `checkAnswers` asks, as the tests do.
 */
export function implementContract({ checkAnswers, log }: { readonly checkAnswers: boolean; readonly log: EngineLog }): Implementer {
  return implement(appContract, checkAnswers ? {} : { initialOutputValidationIndex: Number.NaN }).use(async ({ next, path }) => {
    try {
      return await next();
    } catch (failure) {
      throw answerFailure(failure, { procedure: path.join('/'), log });
    }
  });
}

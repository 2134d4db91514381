import { ORPCError } from '@orpc/client';
import type { RefusalCode, RefusalData } from '../../shared/errors.ts';

/** What went wrong with a call, for a screen: a refusal keeps its code, data and sentence; anything else is a fault of ours. */
export interface CallProblem {
  readonly code: RefusalCode | 'FAULT';
  readonly message: string;
  readonly data: RefusalData;
}

/** Turns whatever a call threw into a problem that a screen can show. */
export function problemOf(error: unknown): CallProblem {
  if (error instanceof ORPCError) {
    const data = (typeof error.data === 'object' && error.data !== null ? error.data : {}) as RefusalData;
    if (error.status < 500) return { code: error.code as RefusalCode, message: error.message, data };
    return { code: 'FAULT', message: error.message, data };
  }
  return { code: 'FAULT', message: error instanceof Error ? error.message : String(error), data: {} };
}

/** Whether the engine itself answered, with whatever; otherwise the call never came through, and may be tried again without end. */
export function isAnswer(error: unknown): boolean {
  return error instanceof ORPCError;
}
